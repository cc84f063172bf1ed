"""Le réseau et son apprentissage."""
import numpy as np


class Sequentiel:
    def __init__(self):
        self.modules = []

    def append_modules(self, *args):
        for module in args:
            self.modules.append(module)

    def zero_grad(self):
        for module in self.modules:
            module.zero_grad()

    def net_forward(self, X):
        sorties = [X]
        for module in self.modules:
            sorties.append(module.forward(sorties[-1]))
        return sorties

    def backward(self, sorties, delta):
        for module, entree in zip(self.modules[::-1], sorties[-2::-1]):
            module.backward_update_gradient(entree, delta)
            delta = module.backward_delta(entree, delta)
        return delta

    def update_parameters(self, eps):
        for module in self.modules:
            module.update_parameters(eps)


class Optim:
    """Un pas ; c'est la boucle qui remet le gradient à zéro."""

    def __init__(self, net, loss, eps):
        self.net, self.loss, self.eps = net, loss, eps

    def step(self, batch_x, batch_y):
        sorties = self.net.net_forward(batch_x)
        self.net.backward(sorties, self.loss.backward_loss(batch_y, sorties[-1]))
        self.net.update_parameters(self.eps)
        return self.loss.forward(batch_y, sorties[-1]).mean()

    def SGD(self, donnees, labels, batch_taille, ite):
        couts = []
        for _ in range(ite):
            ordre = np.random.permutation(len(donnees))
            for debut in range(0, len(donnees), batch_taille):
                lot = ordre[debut : debut + batch_taille]
                self.net.zero_grad()
                couts.append(self.step(donnees[lot], labels[lot]))
        return couts


def softmax(z):
    """Pour afficher des probabilités seulement."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
