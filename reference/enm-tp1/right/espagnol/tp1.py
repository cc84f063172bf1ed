# Taller 1: perceptrón. Todo con NumPy donde se puede.
import numpy as np
import torch
from torch.utils.data import Dataset, DataLoader
from torch.utils.data.sampler import Sampler


class Perceptron(torch.nn.Module):
    def __init__(self, entradas, clases):
        super().__init__()
        desviacion = np.sqrt(2.0 / entradas)          # He
        self.pesos = torch.nn.Parameter(torch.tensor(np.random.normal(0, desviacion, (clases, entradas)), dtype=torch.float32))
        self.sesgo = torch.nn.Parameter(torch.zeros(clases))

    def forward(self, x):
        return softmax(torch.nn.functional.linear(x, self.pesos, self.sesgo))


def decidir(probabilidades):
    return np.argmax(np.asarray(probabilidades.detach() if torch.is_tensor(probabilidades) else probabilidades), axis=1)


def softmax(z):
    numerador = torch.exp(z - z.max(axis=1, keepdims=True)[0])
    return numerador / numerador.sum(axis=1, keepdims=True)


def uno_de_n(objetivo, n_clases):
    m = np.zeros((len(objetivo), n_clases))
    m[np.arange(len(objetivo)), objetivo] = 1
    return m


def perdida_nll(probabilidades, objetivo):
    # la verosimilitud mide la confianza, la diferencia de clases no tiene sentido (nieve no es 2 veces lluvia)
    p = (probabilidades * torch.tensor(uno_de_n(objetivo, probabilidades.shape[1]), dtype=torch.float32)).sum(1)
    return torch.nn.functional.nll_loss(torch.log(p.clamp(1e-9))[:, None], torch.zeros(len(p), dtype=torch.long))


def entropia_cruzada_binaria(p, objetivo):
    p = torch.clip(p, 1e-6, 1 - 1e-6)
    return torch.where(objetivo == 1, -torch.log(p), -torch.log(1 - p)).mean()


class DatosEtiquetados(Dataset):
    def __init__(self, x, y, aumentar=None):
        self.x, self.y, self.aumentar = x, y, aumentar

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        x = self.x[i]
        if self.aumentar:
            x = self.aumentar(x)
        return x, self.y[i]


class MuestreadorEquilibrado(Sampler):
    """Elige primero una clase al azar, luego un ejemplo de esa clase."""

    def __init__(self, etiquetas):
        self.n = len(etiquetas)
        etiquetas = np.asarray(etiquetas)
        self.grupos = [np.flatnonzero(etiquetas == c) for c in np.unique(etiquetas)]

    def __iter__(self):
        for _ in range(self.n):
            g = self.grupos[torch.randint(len(self.grupos), ()).item()]
            yield int(g[torch.randint(len(g), ()).item()])

    def __len__(self):
        return self.n


def crear_cargador(datos, tam_lote, ponderado=False):
    if ponderado:
        return DataLoader(datos, tam_lote, sampler=MuestreadorEquilibrado(datos.y))
    return DataLoader(datos, tam_lote, shuffle=True)


def gradientes(modelo, x, y):
    for p in modelo.parameters():
        p.grad = None
    perdida_nll(modelo(x), y).backward()
    return {nombre: p.grad for nombre, p in modelo.named_parameters()}


def entrenar(modelo, cargador, epocas=40, lr=0.2):
    perdidas = []
    for e in range(epocas):
        acumulada = 0.0
        for x, y in cargador:
            for p in modelo.parameters():
                p.grad = None
            g = gradientes(modelo, x, y)
            with torch.no_grad():
                for nombre, p in modelo.named_parameters():
                    p -= lr * g[nombre]
                acumulada += perdida_nll(modelo(x), y).item()
        perdidas.append(acumulada / len(cargador))
    return perdidas


class XorMLP(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.oculta = torch.nn.Linear(2, 12)
        self.salida = torch.nn.Linear(12, 2)

    def forward(self, x):
        return torch.softmax(self.salida(torch.relu(self.oculta(x))), dim=1)


def entrenar_xor():
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = torch.tensor([0, 1, 1, 0])
    red = XorMLP()
    opt = torch.optim.Adam(red.parameters(), lr=0.05)
    for _ in range(400):
        opt.zero_grad()
        perdida_nll(red(x), y).backward()
        opt.step()
    return red
