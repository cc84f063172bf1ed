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
        # <solution>
        assert y.shape == yhat.shape, f"{y.shape} et {yhat.shape}"
        return np.sum((y - yhat) ** 2, axis=-1)
        # </solution>

    def backward(self, y, yhat):
        # <solution>
        assert y.shape == yhat.shape, f"{y.shape} et {yhat.shape}"
        return 2 * (yhat - y) / len(y)
        # </solution>


class Linear(Module):
    """X W + b."""

    def __init__(self, n_in, n_out):
        # <solution>
        limit = np.sqrt(6 / (n_in + n_out))
        self.weight = np.random.uniform(-limit, limit, (n_in, n_out))
        self.bias = np.zeros((1, n_out))
        self.weight_gradient = np.zeros((n_in, n_out))
        self.bias_gradient = np.zeros((1, n_out))
        # </solution>

    def zero_grad(self):
        # <solution>
        self.weight_gradient[:] = 0
        self.bias_gradient[:] = 0
        # </solution>

    def forward(self, X):
        # <solution>
        return X @ self.weight + self.bias
        # </solution>

    def update_parameters(self, gradient_step=1e-3):
        # <solution>
        self.weight -= gradient_step * self.weight_gradient
        self.bias -= gradient_step * self.bias_gradient
        # </solution>

    def backward_update_gradient(self, input, delta):
        # <solution>
        self.weight_gradient += input.T @ delta
        self.bias_gradient += delta.sum(axis=0, keepdims=True)
        # </solution>

    def backward_delta(self, input, delta):
        # <solution>
        return delta @ self.weight.T
        # </solution>


def linear_regression(x, y, eps=0.05, epochs=200):
    """Une couche Linear entraînée sur (x, y) par descente de gradient, et le coût à chaque époque."""
    # <solution>
    layer, loss, losses = Linear(x.shape[1], y.shape[1]), MSELoss(), []
    for _ in range(epochs):
        yhat = layer.forward(x)
        losses.append(loss.forward(y, yhat).mean())
        layer.zero_grad()
        layer.backward_update_gradient(x, loss.backward(y, yhat))
        layer.update_parameters(eps)
    return layer, losses
    # </solution>


# 2. Non linéaire


class TanH(Module):
    """La tangente hyperbolique."""

    def forward(self, X):
        # <solution>
        return np.tanh(X)
        # </solution>

    def backward_delta(self, input, delta):
        # <solution>
        return delta * (1 - np.tanh(input) ** 2)
        # </solution>


class Sigmoid(Module):
    """La sigmoïde, par la tangente hyperbolique : rien ne déborde."""

    def forward(self, X):
        # <solution>
        return (1 + np.tanh(X / 2)) / 2
        # </solution>

    def backward_delta(self, input, delta):
        # <solution>
        output = self.forward(input)
        return delta * output * (1 - output)
        # </solution>


# 3. Encapsulage


class Sequential(Module):
    """Des modules à la suite."""

    def __init__(self, *modules):
        # <solution>
        self.modules = list(modules)
        # </solution>

    def zero_grad(self):
        # <solution>
        for module in self.modules:
            module.zero_grad()
        # </solution>

    def forward(self, X):
        # <solution>
        for module in self.modules:
            X = module.forward(X)
        return X
        # </solution>

    def update_parameters(self, gradient_step=1e-3):
        # <solution>
        for module in self.modules:
            module.update_parameters(gradient_step)
        # </solution>

    def backward_update_gradient(self, input, delta):
        # <solution>
        self._backward(input, delta, update=True)
        # </solution>

    def backward_delta(self, input, delta):
        # <solution>
        return self._backward(input, delta, update=False)
        # </solution>

    def _backward(self, input, delta, update):
        """Du dernier module au premier : chacun reçoit sa propre entrée, et le delta du suivant."""
        # <solution>
        inputs = [input]
        for module in self.modules:
            inputs.append(module.forward(inputs[-1]))
        for module, own in zip(reversed(self.modules), reversed(inputs[:-1]), strict=True):
            if update:
                module.backward_update_gradient(own, delta)
            delta = module.backward_delta(own, delta)
        return delta
        # </solution>


class Optim:
    """Un pas d'apprentissage : passe avant, coût, passe arrière, mise à jour."""

    def __init__(self, net, loss, eps):
        # <solution>
        self.net, self.loss, self.eps = net, loss, eps
        # </solution>

    def step(self, batch_x, batch_y):
        """Un pas sur un lot ; renvoie le coût moyen avant ce pas."""
        # <solution>
        yhat = self.net.forward(batch_x)
        delta = self.loss.backward(batch_y, yhat)
        self.net.zero_grad()
        self.net.backward_update_gradient(batch_x, delta)
        self.net.update_parameters(self.eps)
        return np.mean(self.loss.forward(batch_y, yhat))
        # </solution>


def SGD(net, data, loss, batch_size=32, epochs=10, eps=1e-2):
    """Descente de gradient stochastique sur data = (x, y) ; renvoie le coût moyen de chaque époque."""
    # <solution>
    (x, y), optim, losses = data, Optim(net, loss, eps), []
    for _ in range(epochs):
        order = np.random.permutation(len(x))
        costs = []
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            costs.append(optim.step(x[batch], y[batch]))
        losses.append(np.mean(costs))
    return losses
    # </solution>


# 4. Plusieurs classes


class Softmax(Module):
    """Des scores aux probabilités, ligne par ligne."""

    def forward(self, X):
        # <solution>
        exp = np.exp(X - X.max(axis=1, keepdims=True))
        return exp / exp.sum(axis=1, keepdims=True)
        # </solution>

    def backward_delta(self, input, delta):
        # <solution>
        output = self.forward(input)
        return output * (delta - (output * delta).sum(axis=1, keepdims=True))
        # </solution>


class CrossEntropyLoss(Loss):
    """-log de la probabilité de la bonne classe ; y est un codage one-hot, yhat des probabilités."""

    SMALLEST = 1e-12

    def forward(self, y, yhat):
        # <solution>
        return -np.sum(y * np.log(np.maximum(yhat, self.SMALLEST)), axis=1)
        # </solution>

    def backward(self, y, yhat):
        # <solution>
        return -y / np.maximum(yhat, self.SMALLEST) / len(y)
        # </solution>


def one_hot(y, n_classes):
    """Une ligne par étiquette : 1 à la place de la classe, 0 ailleurs."""
    # <solution>
    return np.eye(n_classes)[y]
    # </solution>


# 5. Auto-encodeur


class AutoEncoder(Module):
    """Trois couches vers un code de dimension d, trois couches pour revenir."""

    def __init__(self, n_in, d=2):
        # <solution>
        first, second = max(n_in // 4, 2 * d), max(n_in // 8, 2 * d)
        self.encoder = Sequential(Linear(n_in, first), TanH(), Linear(first, second), TanH(), Linear(second, d), TanH())
        self.decoder = Sequential(
            Linear(d, second), TanH(), Linear(second, first), TanH(), Linear(first, n_in), Sigmoid()
        )
        # </solution>

    def zero_grad(self):
        # <solution>
        self.encoder.zero_grad()
        self.decoder.zero_grad()
        # </solution>

    def forward(self, X):
        # <solution>
        return self.decoder.forward(self.encoder.forward(X))
        # </solution>

    def update_parameters(self, gradient_step=1e-3):
        # <solution>
        self.encoder.update_parameters(gradient_step)
        self.decoder.update_parameters(gradient_step)
        # </solution>

    def backward_update_gradient(self, input, delta):
        # <solution>
        code = self.encoder.forward(input)
        self.decoder.backward_update_gradient(code, delta)
        self.encoder.backward_update_gradient(input, self.decoder.backward_delta(code, delta))
        # </solution>


def add_noise(x, c):
    """x plus un bruit gaussien d'écart-type c, tiré pour chaque pixel."""
    # <solution>
    return x + np.random.normal(0, c, x.shape)
    # </solution>
