"""Une bibliothèque de réseaux de neurones, écrite avec NumPy seul.

Un module transforme un lot d'exemples, de taille (lot, entrées). Pour apprendre, il reçoit `delta`, la dérivée du coût par
rapport à sa sortie ; il en tire la dérivée par rapport à ses paramètres, qu'il accumule, et celle par rapport à son entrée,
qu'il rend au module précédent.
"""

import numpy as np


class Loss:
    """Un coût : sa valeur, et sa dérivée par rapport à la prédiction."""

    def forward(self, y, yhat):
        """Le coût de la prédiction yhat pour la cible y."""
        raise NotImplementedError

    def backward(self, y, yhat):
        """La dérivée du coût par rapport à yhat, de la taille de yhat."""
        raise NotImplementedError


class Module:
    """Un module ; sans paramètres, sauf si une sous-classe en a."""

    def zero_grad(self):
        """Remettre à zéro les gradients accumulés."""

    def forward(self, X):
        """La sortie du module pour le lot X."""
        raise NotImplementedError

    def update_parameters(self, gradient_step=1e-3):
        """Faire un pas contre le gradient accumulé ; ne l'efface pas."""

    def backward_update_gradient(self, input, delta):
        """Ajouter au gradient accumulé celui de ce lot."""

    def backward_delta(self, input, delta):
        """La dérivée du coût par rapport à l'entrée."""
        raise NotImplementedError


# 1. Linéaire


class MSELoss(Loss):
    """L'erreur quadratique de chaque exemple."""

    def forward(self, y, yhat):
        assert y.shape == yhat.shape, f"{y.shape} et {yhat.shape}"
        return np.sum((y - yhat) ** 2, axis=-1)

    def backward(self, y, yhat):
        assert y.shape == yhat.shape, f"{y.shape} et {yhat.shape}"
        return 2 * (yhat - y) / len(y)


class Linear(Module):
    """X W + b."""

    def __init__(self, n_in, n_out):
        limit = np.sqrt(6 / (n_in + n_out))
        self.weight = np.random.uniform(-limit, limit, (n_in, n_out))
        self.bias = np.zeros((1, n_out))
        self.weight_gradient = np.zeros((n_in, n_out))
        self.bias_gradient = np.zeros((1, n_out))

    def zero_grad(self):
        self.weight_gradient[:] = 0
        self.bias_gradient[:] = 0

    def forward(self, X):
        return X @ self.weight + self.bias

    def update_parameters(self, gradient_step=1e-3):
        self.weight -= gradient_step * self.weight_gradient
        self.bias -= gradient_step * self.bias_gradient

    def backward_update_gradient(self, input, delta):
        self.weight_gradient += input.T @ delta
        self.bias_gradient += delta.sum(axis=0, keepdims=True)

    def backward_delta(self, input, delta):
        return delta @ self.weight.T


def linear_regression(x, y, eps=0.05, epochs=200):
    """Une couche Linear entraînée sur (x, y) par descente de gradient, et le coût à chaque époque."""
    layer, loss, losses = Linear(x.shape[1], y.shape[1]), MSELoss(), []
    for _ in range(epochs):
        yhat = layer.forward(x)
        losses.append(loss.forward(y, yhat).mean())
        layer.zero_grad()
        layer.backward_update_gradient(x, loss.backward(y, yhat))
        layer.update_parameters(eps)
    return layer, losses


# 2. Non linéaire


class TanH(Module):
    """La tangente hyperbolique."""

    def forward(self, X):
        return np.tanh(X)

    def backward_delta(self, input, delta):
        return delta * (1 - input**2)


class Sigmoid(Module):
    """La sigmoïde, par la tangente hyperbolique : rien ne déborde."""

    def forward(self, X):
        return (1 + np.tanh(X / 2)) / 2

    def backward_delta(self, input, delta):
        output = self.forward(input)
        return delta * output * (1 - output)


# 3. Encapsulage


class Sequential(Module):
    """Des modules à la suite."""

    def __init__(self, *modules):
        raise NotImplementedError

    def zero_grad(self):
        raise NotImplementedError

    def forward(self, X):
        raise NotImplementedError

    def update_parameters(self, gradient_step=1e-3):
        raise NotImplementedError

    def backward_update_gradient(self, input, delta):
        raise NotImplementedError

    def backward_delta(self, input, delta):
        raise NotImplementedError

    def _backward(self, input, delta, update):
        """Du dernier module au premier : chacun reçoit sa propre entrée, et le delta du suivant."""
        raise NotImplementedError


class Optim:
    """Un pas d'apprentissage : passe avant, coût, passe arrière, mise à jour."""

    def __init__(self, net, loss, eps):
        raise NotImplementedError

    def step(self, batch_x, batch_y):
        """Un pas sur un lot ; renvoie le coût moyen avant ce pas."""
        raise NotImplementedError


def SGD(net, data, loss, batch_size=32, epochs=10, eps=1e-2):
    """Descente de gradient stochastique sur data = (x, y) ; renvoie le coût moyen de chaque époque."""
    raise NotImplementedError


# 4. Plusieurs classes


class Softmax(Module):
    """Des scores aux probabilités, ligne par ligne."""

    def forward(self, X):
        raise NotImplementedError

    def backward_delta(self, input, delta):
        raise NotImplementedError


class CrossEntropyLoss(Loss):
    """-log de la probabilité de la bonne classe ; y est un codage one-hot, yhat des probabilités."""

    SMALLEST = 1e-12

    def forward(self, y, yhat):
        raise NotImplementedError

    def backward(self, y, yhat):
        raise NotImplementedError


def one_hot(y, n_classes):
    """Une ligne par étiquette : 1 à la place de la classe, 0 ailleurs."""
    raise NotImplementedError


# 5. Auto-encodeur


class AutoEncoder(Module):
    """Trois couches vers un code de dimension d, trois couches pour revenir."""

    def __init__(self, n_in, d=2):
        raise NotImplementedError

    def zero_grad(self):
        raise NotImplementedError

    def forward(self, X):
        raise NotImplementedError

    def update_parameters(self, gradient_step=1e-3):
        raise NotImplementedError

    def backward_update_gradient(self, input, delta):
        raise NotImplementedError


def add_noise(x, c):
    """x plus un bruit gaussien d'écart-type c, tiré pour chaque pixel."""
    raise NotImplementedError
