import numpy as np


class Module:
    def zero_grad(self):
        pass

    def update_parameters(self, learning_rate):
        pass

    def backward_update_gradient(self, entree, delta):
        pass


class ModuleLineaire(Module):
    """Les parametres sont dans un seul tableau, le biais dans sa derniere ligne; gradient moyen sur le lot."""

    def __init__(self, dim_entree, dim_sortie):
        a = (6 / (dim_entree + dim_sortie)) ** 0.5
        self.p = np.random.uniform(-a, a, size=(dim_entree + 1, dim_sortie))
        self.g = np.zeros(self.p.shape)

    def zero_grad(self):
        self.g = np.zeros(self.p.shape)

    def forward(self, entree):
        return entree @ self.p[:-1] + self.p[-1]

    def backward_update_gradient(self, entree, delta):
        augmentee = np.concatenate([entree, np.ones((entree.shape[0], 1))], axis=1)
        self.g += augmentee.T @ delta / entree.shape[0]

    def backward_delta(self, entree, delta):
        return delta @ self.p[:-1].T

    def update_parameters(self, learning_rate):
        self.p -= learning_rate * self.g


class TangenteHyperbolique(Module):
    def forward(self, entree):
        return np.tanh(entree)

    def backward_delta(self, entree, delta):
        return delta * (1 - np.square(np.tanh(entree)))


class Sigmoïde(Module):
    def forward(self, entree):
        return np.exp(-np.logaddexp(0, -entree))

    def backward_delta(self, entree, delta):
        s = self.forward(entree)
        return delta * s * (1 - s)


class Softmax(Module):
    def forward(self, entree):
        m = entree - entree.max(axis=1)[:, np.newaxis]
        return np.exp(m - np.log(np.exp(m).sum(axis=1))[:, np.newaxis])

    def backward_delta(self, entree, delta):
        s = self.forward(entree)
        jacobiennes = np.array([np.diag(si) - np.outer(si, si) for si in s])
        return np.einsum('nij,nj->ni', jacobiennes, delta)
