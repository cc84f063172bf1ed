import numpy as np
from src.base import Module


class Sequentiel:
    def __init__(self, liste_modules):
        self.modules = liste_modules

    def forward(self, X):
        """Renvoie la liste de toutes les sorties, l'entree en premier."""
        sorties = [X]
        for m in self.modules:
            sorties.append(m.forward(sorties[-1]))
        return sorties

    def backward(self, sorties, delta):
        for i in range(len(self.modules) - 1, -1, -1):
            self.modules[i].backward_update_gradient(sorties[i], delta)
            delta = self.modules[i].backward_delta(sorties[i], delta)
        return delta

    def zero_grad(self):
        for m in self.modules:
            m.zero_grad()

    def update_parameters(self, pas):
        for m in self.modules:
            m.update_parameters(pas)


class Optim:
    def __init__(self, net, loss, eps=1e-3):
        self.net = net
        self.loss = loss
        self.eps = eps

    def step(self, batch_x, batch_y):
        self.net.zero_grad()
        sorties = self.net.forward(batch_x)
        cout = self.loss.forward(batch_y, sorties[-1])
        self.net.backward(sorties, self.loss.backward(batch_y, sorties[-1]))
        self.net.update_parameters(self.eps)
        return cout


def SGD(reseau, datax, datay, taille_batch, cout, pas=1e-3, nb_epoques=10):
    opt = Optim(reseau, cout, pas)
    historique = []
    n = len(datax)
    for e in range(nb_epoques):
        indices = np.arange(n)
        np.random.shuffle(indices)
        total = 0
        for i in range(0, n, taille_batch):
            lot = indices[i:i + taille_batch]
            total += np.sum(opt.step(datax[lot], datay[lot]))
        historique.append(total / n)
    return historique
