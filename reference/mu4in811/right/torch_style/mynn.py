"""Layers remember their input, as in PyTorch: backward takes the gradient of the output and returns that of the input."""
import numpy as np


class Module:
    def __call__(self, *args):
        return self.forward(*args)

    def zero_grad(self):
        pass

    def step(self, lr):
        pass


class Linear(Module):
    def __init__(self, in_features, out_features, bias=True):
        bound = 1 / np.sqrt(in_features)
        self.W = np.random.uniform(-bound, bound, (out_features, in_features))
        self.b = np.random.uniform(-bound, bound, out_features) if bias else None
        self.zero_grad()

    def zero_grad(self):
        self.dW = np.zeros_like(self.W)
        self.db = None if self.b is None else np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        out = x @ self.W.T
        return out if self.b is None else out + self.b

    def backward(self, grad_output):
        self.dW += grad_output.T @ self.x
        if self.b is not None:
            self.db += grad_output.sum(0)
        return grad_output @ self.W

    def step(self, lr):
        self.W -= lr * self.dW
        if self.b is not None:
            self.b -= lr * self.db


class Tanh(Module):
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad_output):
        return grad_output * (1 - self.out ** 2)


class Sigmoid(Module):
    def forward(self, x):
        self.out = np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))
        return self.out

    def backward(self, grad_output):
        return grad_output * self.out * (1 - self.out)


class Softmax(Module):
    def forward(self, x):
        z = np.exp(x - x.max(1, keepdims=True))
        self.out = z / z.sum(1, keepdims=True)
        return self.out

    def backward(self, grad_output):
        return self.out * (grad_output - np.einsum("ij,ij->i", grad_output, self.out)[:, None])


class MSELoss(Module):
    def forward(self, input, target):
        self.diff = input - target
        assert self.diff.shape == input.shape
        return (self.diff ** 2).mean()

    def backward(self):
        return 2 * self.diff / self.diff.size


class CrossEntropyLoss(Module):
    """On logits, with class indices."""

    def forward(self, input, target):
        self.target = target
        shifted = input - input.max(1, keepdims=True)
        self.logp = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
        return -self.logp[np.arange(len(target)), target].mean()

    def backward(self):
        grad = np.exp(self.logp)
        grad[np.arange(len(self.target)), self.target] -= 1
        return grad / len(grad)


class Sequential(Module):
    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad

    def zero_grad(self):
        for layer in self.layers:
            layer.zero_grad()

    def step(self, lr):
        for layer in self.layers:
            layer.step(lr)


class Optim:
    def __init__(self, model, criterion, lr=0.01):
        self.model, self.criterion, self.lr = model, criterion, lr

    def step(self, x, y):
        loss = self.criterion(self.model(x), y)
        self.model.zero_grad()
        self.model.backward(self.criterion.backward())
        self.model.step(self.lr)
        return loss


class SGD(Optim):
    """Un pas de descente ; les lots sont faits à part."""


def get_batches(X, Y, batch_size):
    perm = np.random.permutation(len(X))
    return [(X[i], Y[i]) for i in np.array_split(perm, range(batch_size, len(X), batch_size))]


def train_classifier(X, Y, hidden=64, batch_size=32, epochs=10, lr=0.01):
    model = Sequential(Linear(X.shape[1], hidden), Tanh(), Linear(hidden, Y.shape[1]))
    optim = SGD(model, CrossEntropyLoss(), lr)
    history = []
    for _ in range(epochs):
        history.append(np.mean([optim.step(x, y) for x, y in get_batches(X, Y, batch_size)]))
    return model, history


class Autoencoder(Sequential):
    def __init__(self, input_dim=784, latent_dim=2):
        h = [input_dim, max(16, input_dim // 4), max(8, input_dim // 8)]
        super().__init__(
            Linear(h[0], h[1]), Tanh(), Linear(h[1], h[2]), Tanh(), Linear(h[2], latent_dim),
            Linear(latent_dim, h[2]), Tanh(), Linear(h[2], h[1]), Tanh(), Linear(h[1], h[0]), Sigmoid())


def add_noise(x, sigma):
    return np.clip(x + sigma * np.random.standard_normal(x.shape), 0, 1)


def one_hot(labels, num_classes):
    return (labels[:, None] == np.arange(num_classes)).astype(float)
