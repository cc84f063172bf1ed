import numpy as np
import matplotlib.pyplot as plt
import random


class Loss(object):
    def forward(self, y, yhat):
        pass
    def backward(self, y, yhat):
        pass


class MSELoss(Loss):
    def forward(self, y, yhat):
        # y et yhat : taille (batch, d)
        if y.shape != yhat.shape:
            y = np.reshape(y, yhat.shape)
        erreurs = []
        for i in range(len(y)):
            somme = 0
            for j in range(len(y[i])):
                somme = somme + (y[i][j] - yhat[i][j]) ** 2
            erreurs.append(somme)
        return np.array(erreurs)

    def backward(self, y, yhat):
        if y.shape != yhat.shape:
            y = np.reshape(y, yhat.shape)
        return 2 * (yhat - y)


class Module(object):
    def __init__(self):
        self._parameters = None
        self._gradient = None

    def zero_grad(self):
        pass

    def forward(self, X):
        pass

    def update_parameters(self, gradient_step=1e-3):
        pass

    def backward_update_gradient(self, input, delta):
        pass

    def backward_delta(self, input, delta):
        pass


class Linear(Module):
    def __init__(self, nb_entrees, nb_sorties):
        Module.__init__(self)
        self.nb_entrees = nb_entrees
        self.nb_sorties = nb_sorties
        self._parameters = np.zeros((nb_entrees, nb_sorties))
        for i in range(nb_entrees):
            for j in range(nb_sorties):
                self._parameters[i][j] = random.gauss(0, 1)
        self._bias = np.zeros((1, nb_sorties))
        self.zero_grad()

    def zero_grad(self):
        self._gradient = np.zeros((self.nb_entrees, self.nb_sorties))
        self._grad_bias = np.zeros((1, self.nb_sorties))

    def forward(self, X):
        self._forward = np.dot(X, self._parameters) + self._bias
        return self._forward

    def update_parameters(self, gradient_step=1e-3):
        self._parameters = self._parameters - gradient_step * self._gradient
        self._bias = self._bias - gradient_step * self._grad_bias

    def backward_update_gradient(self, input, delta):
        for k in range(input.shape[0]):
            self._gradient = self._gradient + np.outer(input[k], delta[k])
            self._grad_bias = self._grad_bias + delta[k]

    def backward_delta(self, input, delta):
        return np.dot(delta, np.transpose(self._parameters))


class TanH(Module):
    def forward(self, X):
        self._forward = np.tanh(X)
        return self._forward

    def backward_delta(self, input, delta):
        derivee = 1 - np.power(self._forward, 2)
        return derivee * delta


class Sigmoide(Module):
    def forward(self, X):
        self._forward = 1 / (1 + np.exp(-X))
        return self._forward

    def backward_delta(self, input, delta):
        derivee = self._forward * (1 - self._forward)
        return derivee * delta


class Softmax(Module):
    def forward(self, X):
        m = np.max(X, axis=1, keepdims=True)
        e = np.exp(X - m)
        self._forward = e / np.sum(e, axis=1, keepdims=True)
        return self._forward

    def backward_delta(self, input, delta):
        s = self._forward
        resultat = np.zeros(s.shape)
        n, k = s.shape
        for ex in range(n):
            for i in range(k):
                for j in range(k):
                    if i == j:
                        resultat[ex][i] += delta[ex][j] * s[ex][j] * (1 - s[ex][i])
                    else:
                        resultat[ex][i] += - delta[ex][j] * s[ex][j] * s[ex][i]
        return resultat


class CrossEntropie(Loss):
    def forward(self, y, yhat):
        eps = 1e-12
        return - np.sum(y * np.log(yhat + eps), axis=1)

    def backward(self, y, yhat):
        eps = 1e-12
        return - y / (yhat + eps)


class Sequentiel(object):
    def __init__(self):
        self.liste = []
        self.noms = []

    def add_module(self, nom, module):
        self.liste.append(module)
        self.noms.append(nom)

    def forward(self, X):
        res = X
        for m in self.liste:
            res = m.forward(res)
        return res

    def backward(self, X, delta):
        # on garde toutes les entrees
        entrees = []
        res = X
        for m in self.liste:
            entrees.append(res)
            res = m.forward(res)
        i = len(self.liste) - 1
        while i >= 0:
            self.liste[i].backward_update_gradient(entrees[i], delta)
            delta = self.liste[i].backward_delta(entrees[i], delta)
            i = i - 1
        return delta

    def zero_grad(self):
        for m in self.liste:
            m.zero_grad()

    def update_parameters(self, pas):
        for m in self.liste:
            m.update_parameters(pas)


class Optim(object):
    def __init__(self, net, loss, eps):
        self.net = net
        self.loss = loss
        self.eps = eps

    def step(self, batch_x, batch_y):
        # 1. on met les gradients a zero
        self.net.zero_grad()
        # 2. passe avant
        sortie = self.net.forward(batch_x)
        # 3. cout
        cout = self.loss.forward(batch_y, sortie)
        # 4. passe arriere
        delta = self.loss.backward(batch_y, sortie)
        self.net.backward(batch_x, delta)
        # 5. mise a jour
        self.net.update_parameters(self.eps)
        return np.mean(cout)


class SGD(object):
    def __init__(self, reseau, cout, pas):
        self.optim = Optim(reseau, cout, pas)

    def fit(self, donnees, batch_size, nb_epochs):
        liste_couts = []
        for e in range(nb_epochs):
            donnees = list(donnees)
            random.shuffle(donnees)
            debut = 0
            couts = []
            while debut < len(donnees):
                paquet = donnees[debut:debut + batch_size]
                x = np.array([p[0] for p in paquet])
                y = np.array([p[1] for p in paquet])
                couts.append(self.optim.step(x, y))
                debut = debut + batch_size
            liste_couts.append(np.mean(couts))
            print("epoque", e, "cout", liste_couts[-1])
        return liste_couts


class AutoEncodeur(object):
    def __init__(self, taille, dim_code=2):
        self.encodeur = Sequentiel()
        self.encodeur.add_module("l1", Linear(taille, 20))
        self.encodeur.add_module("t1", TanH())
        self.encodeur.add_module("l2", Linear(20, 10))
        self.encodeur.add_module("t2", TanH())
        self.encodeur.add_module("l3", Linear(10, dim_code))
        self.encodeur.add_module("t3", TanH())
        self.decodeur = Sequentiel()
        self.decodeur.add_module("l4", Linear(dim_code, 10))
        self.decodeur.add_module("t4", TanH())
        self.decodeur.add_module("l5", Linear(10, 20))
        self.decodeur.add_module("t5", TanH())
        self.decodeur.add_module("l6", Linear(20, taille))
        self.decodeur.add_module("s6", Sigmoide())

    def forward(self, X):
        self.code = self.encodeur.forward(X)
        return self.decodeur.forward(self.code)

    def backward(self, X, delta):
        code = self.encodeur.forward(X)
        delta = self.decodeur.backward(code, delta)
        return self.encodeur.backward(X, delta)

    def zero_grad(self):
        self.encodeur.zero_grad()
        self.decodeur.zero_grad()

    def update_parameters(self, pas):
        self.encodeur.update_parameters(pas)
        self.decodeur.update_parameters(pas)


def bruiter(images, c):
    resultat = np.copy(images)
    for i in range(resultat.shape[0]):
        for j in range(resultat.shape[1]):
            resultat[i][j] = resultat[i][j] + random.gauss(0, c)
    return resultat


# ---------- test de la regression lineaire
x = np.random.uniform(0, 50, (100, 1))
y = 5 * x + np.random.normal(0, 5, (100, 1))
x = (x - x.mean()) / x.std()
y = (y - y.mean()) / y.std()
l = Linear(1, 1)
mse = MSELoss()
couts = []
for epoque in range(20):
    for i in range(len(x)):
        l.zero_grad()
        p = l.forward(x[i:i+1])
        couts.append(mse.forward(y[i:i+1], p)[0])
        l.backward_update_gradient(x[i:i+1], mse.backward(y[i:i+1], p))
        l.update_parameters(0.01)
plt.plot(couts)
plt.show()
print("pente :", l._parameters[0][0])
