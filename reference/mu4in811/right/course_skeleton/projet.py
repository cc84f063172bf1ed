# -*- coding: utf-8 -*-
import numpy as np


class Loss(object):
    def forward(self, y, yhat):
        pass

    def backward(self, y, yhat):
        pass


class Module(object):
    def __init__(self):
        self._parameters = None
        self._gradient = None

    def zero_grad(self):
        ## Annule gradient
        pass

    def forward(self, X):
        ## Calcule la passe forward
        pass

    def update_parameters(self, gradient_step=1e-3):
        ## Calcule la mise a jour des parametres selon le gradient calcule et le pas de gradient_step
        self._parameters -= gradient_step*self._gradient

    def backward_update_gradient(self, input, delta):
        ## Met a jour la valeur du gradient
        pass

    def backward_delta(self, input, delta):
        ## Calcul la derivee de l'erreur
        pass


class MSELoss(Loss):
    def forward(self, y, yhat):
        assert y.shape == yhat.shape
        return np.sum((y - yhat)**2, axis=1)

    def backward(self, y, yhat):
        assert y.shape == yhat.shape
        return 2*(yhat - y)


class Linear(Module):
    """pas de biais"""
    def __init__(self, input, output):
        self.input = input
        self.output = output
        self._parameters = np.random.randn(input, output)
        self._gradient = np.zeros((input, output))

    def zero_grad(self):
        self._gradient = np.zeros((self.input, self.output))

    def forward(self, X):
        return X @ self._parameters

    def backward_update_gradient(self, input, delta):
        self._gradient += input.T @ delta / len(input)

    def backward_delta(self, input, delta):
        return delta @ self._parameters.T


class TanH(Module):
    def forward(self, X):
        return np.tanh(X)

    def update_parameters(self, gradient_step=1e-3):
        pass

    def backward_delta(self, input, delta):
        return delta*(1 - np.tanh(input)**2)


class Sigmoide(Module):
    def forward(self, X):
        return 1/(1 + np.exp(-X))

    def update_parameters(self, gradient_step=1e-3):
        pass

    def backward_delta(self, input, delta):
        sig = self.forward(input)
        return delta*sig*(1 - sig)


class LogSoftmax(Module):
    def forward(self, X):
        Z = X - np.max(X, axis=1, keepdims=True)
        return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))

    def update_parameters(self, gradient_step=1e-3):
        pass

    def backward_delta(self, input, delta):
        return delta - np.exp(self.forward(input))*delta.sum(axis=1, keepdims=True)


class CELoss(Loss):
    """y: les indices des classes, yhat: les log-probabilites"""
    def forward(self, y, yhat):
        y = np.array(y).reshape(-1)
        return -yhat[np.arange(len(y)), y]

    def backward(self, y, yhat):
        y = np.array(y).reshape(-1)
        d = np.zeros(yhat.shape)
        d[np.arange(len(y)), y] = -1
        return d


class Sequentiel(object):
    def __init__(self, *args):
        self.modules = args

    def forward(self, X):
        self.inputs = [X]
        for m in self.modules:
            self.inputs.append(m.forward(self.inputs[-1]))
        return self.inputs[-1]

    def update_parameters(self, gradient_step=1e-3):
        for m in self.modules:
            m.update_parameters(gradient_step)

    def backward_delta(self, input, delta):
        self.forward(input)
        for m, entree in zip(self.modules[::-1], self.inputs[-2::-1]):
            m.backward_update_gradient(entree, delta)
            delta = m.backward_delta(entree, delta)
        return delta


class Optim(object):
    def __init__(self, net, loss, eps):
        self._net, self._loss, self._eps = net, loss, eps

    def step(self, batch_x, batch_y):
        for m in self._net.modules:
            m.zero_grad()
        yhat = self._net.forward(batch_x)
        self._net.backward_delta(batch_x, self._loss.backward(batch_y, yhat))
        self._net.update_parameters(self._eps)
        return self._loss.forward(batch_y, yhat).mean()


def SGD(net, datax, datay, batch_size, loss, nb_iter=100, eps=1e-3, verbose=False):
    opt = Optim(net, loss, eps)
    liste_loss = []
    for it in range(nb_iter):
        idx = np.random.permutation(np.arange(datax.shape[0]))
        batches = [idx[k:k + batch_size] for k in range(0, len(idx), batch_size)]
        l = [opt.step(datax[b], datay[b]) for b in batches]
        liste_loss.append(np.mean(l))
        if verbose:
            print(it, liste_loss[-1])
    return liste_loss


class AutoEncoder(Sequentiel):
    def __init__(self, D, d=2):
        encodeur = [Linear(D, 32), TanH(), Linear(32, 16), TanH(), Linear(16, d), TanH()]
        decodeur = [Linear(d, 16), TanH(), Linear(16, 32), TanH(), Linear(32, D), Sigmoide()]
        super().__init__(*encodeur, *decodeur)


def add_noise(x, c):
    return x + np.random.normal(loc=0, scale=c, size=x.shape)


def regression_lineaire(datax, datay, eps=1e-1, nb_iter=200):
    l, mse = Linear(datax.shape[1], datay.shape[1]), MSELoss()
    couts = []
    for i in range(nb_iter):
        yhat = l.forward(datax)
        couts.append(mse.forward(datay, yhat).mean())
        l.zero_grad()
        l.backward_update_gradient(datax, mse.backward(datay, yhat))
        l.update_parameters(eps)
    return l, couts


if __name__ == '__main__':
    x = np.random.rand(100, 1)
    y = 3*x + 0.05*np.random.randn(100, 1)
    print(regression_lineaire(x, y)[1][-1])
