import numpy as np
from couts import CoutMSE
from modules import ModuleLineaire, Sigmoïde, TangenteHyperbolique


class Sequentiel:
    def __init__(self, couches=None):
        self.couches = couches or []

    def forward(self, x):
        self.activations = [x]
        for c in self.couches:
            self.activations.append(c.forward(self.activations[-1]))
        return self.activations[-1]

    def backward(self, delta):
        for c, a in zip(self.couches[::-1], self.activations[:-1][::-1]):
            c.backward_update_gradient(a, delta)
            delta = c.backward_delta(a, delta)

    def zero_grad(self):
        for c in self.couches:
            c.zero_grad()

    def update_parameters(self, learning_rate):
        for c in self.couches:
            c.update_parameters(learning_rate)


class Optimiseur:
    def __init__(self, reseau, cout, pas):
        self.reseau, self.cout, self.pas = reseau, cout, pas

    def step(self, lot_x, lot_y):
        prediction = self.reseau.forward(lot_x)
        self.reseau.zero_grad()
        self.reseau.backward(self.cout.backward(lot_y, prediction))
        self.reseau.update_parameters(self.pas)
        return self.cout.forward(lot_y, prediction).mean()


def descente_stochastique(optimiseur, x, y, nb_batch, nb_epochs):
    """nb_batch paquets de tailles presque egales a chaque epoque."""
    for _ in range(nb_epochs):
        ordre = np.random.permutation(len(x))
        for paquet in np.array_split(ordre, nb_batch):
            optimiseur.step(x[paquet], y[paquet])


def creer_autoencodeur(dim, code):
    T, L = TangenteHyperbolique, ModuleLineaire
    return Sequentiel([L(dim, 24), T(), L(24, 12), T(), L(12, code),
                       L(code, 12), T(), L(12, 24), T(), L(24, dim), Sigmoïde()])


def ajoute_bruit(x, sigma):
    return x + np.random.normal(scale=sigma, size=x.shape)
