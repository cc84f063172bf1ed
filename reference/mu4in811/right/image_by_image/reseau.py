import numpy as np
import struct

class Cout:
    def forward(self, y, yhat): pass
    def backward(self, y, yhat): pass

class Brique:
    def __init__(self):
        self.params = None
        self.grad = None
    def zero_grad(self): pass
    def forward(self, X): pass
    def update_parameters(self, pas=1e-3): pass
    def backward_update_gradient(self, entree, delta): pass
    def backward_delta(self, entree, delta): pass

class ErreurQuad(Cout):
    """somme des carres par exemple"""
    def forward(self, y, yhat):
        y = y.reshape(yhat.shape)
        return ((y - yhat) ** 2).sum(axis=1)
    def backward(self, y, yhat):
        y = y.reshape(yhat.shape)
        return -2 * (y - yhat)

class Lineaire(Brique):
    def __init__(self, entree, sortie):
        self.entree, self.sortie = entree, sortie
        borne = np.sqrt(6 / (entree + sortie))
        self.W = np.random.uniform(-borne, borne, (entree, sortie))
        self.b = np.zeros((1, sortie))
        self.zero_grad()
    def zero_grad(self):
        self.gW = np.zeros_like(self.W)
        self.gb = np.zeros_like(self.b)
    def forward(self, X):
        assert X.shape[1] == self.entree
        return np.dot(X, self.W) + self.b
    def backward_update_gradient(self, entree, delta):
        self.gW += np.dot(entree.T, delta)
        self.gb += delta.sum(axis=0, keepdims=True)
    def backward_delta(self, entree, delta):
        return np.dot(delta, self.W.T)
    def update_parameters(self, pas=1e-3):
        self.W -= pas * self.gW
        self.b -= pas * self.gb

class TangenteH(Brique):
    def forward(self, X):
        return np.tanh(X)
    def backward_delta(self, entree, delta):
        return delta * (1 - np.tanh(entree) ** 2)

class Sigmoide(Brique):
    def forward(self, X):
        return np.where(X >= 0, 1 / (1 + np.exp(-np.abs(X))), np.exp(-np.abs(X)) / (1 + np.exp(-np.abs(X))))
    def backward_delta(self, entree, delta):
        s = self.forward(entree)
        return delta * s * (1 - s)

class Enchainement(Brique):
    def __init__(self, liste):
        self.liste = liste
    def forward(self, X):
        self.sorties = [X]
        for m in self.liste:
            self.sorties.append(m.forward(self.sorties[-1]))
        return self.sorties[-1]
    def retropropager(self, delta):
        for m, e in zip(reversed(self.liste), reversed(self.sorties[:-1])):
            m.backward_update_gradient(e, delta)
            delta = m.backward_delta(e, delta)
        return delta
    def update_parameters(self, pas=1e-3):
        for m in self.liste: m.update_parameters(pas)
    def zero_grad(self):
        for m in self.liste: m.zero_grad()

class Optimiseur:
    def __init__(self, reseau, cout, pas=1e-3):
        self.reseau, self.cout, self.pas = reseau, cout, pas
    def step(self, x, y):
        self.reseau.zero_grad()
        yhat = self.reseau.forward(x)
        c = np.mean(self.cout.forward(y, yhat))
        self.reseau.retropropager(self.cout.backward(y, yhat) / len(x))
        self.reseau.update_parameters(self.pas)
        return c

def descente(reseau, donnees, cout, taille_lot=32, epoques=10, pas=1e-2):
    x, y = donnees
    opt = Optimiseur(reseau, cout, pas)
    couts = []
    for e in range(epoques):
        ordre = np.random.permutation(len(x))
        c = []
        for d in range(0, len(x), taille_lot):
            lot = ordre[d:d + taille_lot]
            c.append(opt.step(x[lot], y[lot]))
        couts.append(np.mean(c))
    return couts

class SoftMax(Brique):
    def forward(self, X):
        e = np.exp(X - X.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
    def backward_delta(self, entree, delta):
        s = self.forward(entree)
        return s * (delta - (s * delta).sum(axis=1, keepdims=True))

class EntropieCroisee(Cout):
    def forward(self, y, yhat):
        return -np.sum(y * np.log(yhat + 1e-12), axis=1)
    def backward(self, y, yhat):
        return -y / (yhat + 1e-12)

def codage(y, k):
    t = np.zeros((len(y), k))
    for i, c in enumerate(y):
        t[i, int(c)] = 1
    return t

def auto_encodeur(n, d=2, h1=128, h2=32):
    return Enchainement([Lineaire(n, h1), TangenteH(), Lineaire(h1, h2), TangenteH(), Lineaire(h2, d),
                         TangenteH(), Lineaire(d, h2), TangenteH(), Lineaire(h2, h1), TangenteH(), Lineaire(h1, n), Sigmoide()])

def lire(chemin):
    with open(chemin, 'rb') as f:
        b = f.read()
    n = b[3]
    dims = struct.unpack('>' + 'i' * n, b[4:4 + 4 * n])
    return np.frombuffer(b, np.uint8, offset=4 + 4 * n).reshape(dims)

if __name__ == '__main__':
    x = lire('data/train-images-idx3-ubyte').reshape(-1, 784) / 255.
    y = lire('data/train-labels-idx1-ubyte')
    net = Enchainement([Lineaire(784, 100), TangenteH(), Lineaire(100, 10), SoftMax()])
    print(descente(net, (x, codage(y, 10)), EntropieCroisee(), 32, 20, 0.1)[-1])
    ae = auto_encodeur(784, 10)
    print(descente(ae, (x, x), ErreurQuad(), 32, 30, 0.01)[-1])
    sigma = 0.2
    bruitees = x.copy()
    for i in range(len(bruitees)):
        bruitees[i] += sigma * np.random.randn(*bruitees[i].shape)
    print(np.mean((ae.forward(bruitees) - x) ** 2))
