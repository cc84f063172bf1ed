"""Biblioteca de redes neuronales. Dentro trabajo con columnas (un ejemplo = una columna), como en mi curso de algebra."""
import numpy as np

np.random.seed(7)


class Perdida:
    def forward(self, y, yhat):
        raise NotImplementedError

    def backward(self, y, yhat):
        raise NotImplementedError


class Modulo:
    def zero_grad(self):
        pass

    def forward(self, X):
        """X: (lote, entradas)"""
        return self.adelante(np.transpose(X)).T

    def update_parameters(self, gradient_step=1e-3):
        pass

    def backward_update_gradient(self, input, delta):
        self.acumular(input.T, delta.T)

    def backward_delta(self, input, delta):
        return self.atras(input.T, delta.T).T

    def acumular(self, X, d):
        pass


class Lineal(Modulo):
    def __init__(self, n_entradas, n_salidas):
        limite = 1 / np.sqrt(n_entradas)
        self.W = np.random.uniform(-limite, limite, (n_salidas, n_entradas))
        self.b = np.random.uniform(-limite, limite, (n_salidas, 1))
        self.zero_grad()

    def zero_grad(self):
        self.dW, self.db = 0 * self.W, 0 * self.b

    def adelante(self, X):
        return self.W @ X + self.b

    def acumular(self, X, d):
        n = X.shape[1]
        self.dW = self.dW + d @ X.T / n
        self.db = self.db + d.sum(axis=1, keepdims=True) / n

    def atras(self, X, d):
        return self.W.T @ d

    def update_parameters(self, gradient_step=1e-3):
        self.W -= gradient_step * self.dW
        self.b -= gradient_step * self.db


class Curva(Modulo):
    def adelante(self, X):
        return np.tanh(X)

    def atras(self, X, d):
        return d / np.cosh(np.clip(X, -300, 300)) ** 2


class Sigmoide(Modulo):
    def adelante(self, X):
        return 1 / (1 + np.exp(-np.clip(X, -500, 500)))

    def atras(self, X, d):
        s = self.adelante(X)
        return d * (s - s * s)


class Softmax(Modulo):
    def adelante(self, X):
        E = np.exp(X - X.max(0))
        return E / E.sum(0)

    def atras(self, X, d):
        S = self.adelante(X)
        return S * (d - (S * d).sum(0))


class Secuencial(Modulo):
    def __init__(self, capas):
        self.capas = capas

    def forward(self, X):
        for capa in self.capas:
            X = capa.forward(X)
        return X

    def zero_grad(self):
        [capa.zero_grad() for capa in self.capas]

    def update_parameters(self, gradient_step=1e-3):
        [capa.update_parameters(gradient_step) for capa in self.capas]

    def backward_update_gradient(self, input, delta):
        if not self.capas:
            return
        self._retro(self.capas, input, delta, True)

    def backward_delta(self, input, delta):
        return self._retro(self.capas, input, delta, False)

    def _retro(self, capas, x, delta, actualizar):
        """recursivo: la primera capa recibe x, el resto recibe su salida"""
        primera, *resto = capas
        if resto:
            delta = self._retro(resto, primera.forward(x), delta, actualizar)
        if actualizar:
            primera.backward_update_gradient(x, delta)
        return primera.backward_delta(x, delta)


class Distancia(Perdida):
    def forward(self, y, yhat):
        self._mismo(y, yhat)
        return ((yhat - y) ** 2).sum(axis=1, keepdims=True)

    def backward(self, y, yhat):
        self._mismo(y, yhat)
        return 2 * (yhat - y)

    @staticmethod
    def _mismo(y, yhat):
        if y.shape != yhat.shape:
            raise ValueError(f"tamaños distintos: {y.shape} {yhat.shape}")


class Sorpresa(Perdida):
    """y en one-hot, yhat probabilidades"""
    def forward(self, y, yhat):
        return -(y * np.log(np.maximum(yhat, 1e-10))).sum(axis=1)

    def backward(self, y, yhat):
        return -y / np.maximum(yhat, 1e-10)


class Optimizador:
    def __init__(self, red, perdida, eps):
        self.red, self.perdida, self.eps = red, perdida, eps

    def step(self, x, y):
        salida = self.red.forward(x)
        valor = self.perdida.forward(y, salida).mean()
        self.red.backward_update_gradient(x, self.perdida.backward(y, salida))
        self.red.update_parameters(self.eps)
        self.red.zero_grad()
        return valor


def lotes(x, y, tamano):
    """generador de lotes barajados"""
    orden = np.random.permutation(len(x))
    i = 0
    while i < len(x):
        yield x[orden[i:i + tamano]], y[orden[i:i + tamano]]
        i += tamano


def SGD(red, datos, perdida, tamano_lote=32, epocas=10, eps=1e-2):
    opt = Optimizador(red, perdida, eps)
    historia = []
    for epoca in range(epocas):
        suma = 0
        for bx, by in lotes(*datos, tamano_lote):
            suma += opt.step(bx, by) * len(bx)
        historia.append(suma / len(datos[0]))
    return historia


def regresion_lineal(x, y, eps=0.05, epocas=200):
    capa = Lineal(x.shape[1], 1)
    perdida = Distancia()
    costes = []
    if y.ndim == 1:
        y = y[:, None]
    for _ in range(epocas):
        capa.zero_grad()
        p = capa.forward(x)
        costes.append(perdida.forward(y, p).mean())
        capa.backward_update_gradient(x, perdida.backward(y, p))
        capa.update_parameters(eps)
    return capa, costes


def one_hot(y, n_clases):
    r = np.zeros((len(y), n_clases))
    r[range(len(y)), y] = 1
    return r


def autocodificador(n_in, d=2):
    def par(a, b, f=Curva):
        return [Lineal(a, b), f()]
    return Secuencial(par(n_in, 64) + par(64, 16) + par(16, d) + par(d, 16) + par(16, 64) + par(64, n_in, Sigmoide))


def agregar_ruido(x, c):
    ruido = np.random.normal(0, c, x.shape)
    return x + ruido


if __name__ == "__main__":
    x = np.random.rand(100, 1)
    print(regresion_lineal(x, 3 * x + 0.01 * np.random.randn(100, 1), 0.1, 2000)[0].W)
