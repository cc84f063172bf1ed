# Student code: its style is part of what is tested.
# ruff: noqa
# fmt: off
# mypy: ignore-errors
import copy
import functools
import math
import random
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import List, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.nn import init


# ==== layers one by one, nn.init for each
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.fc1 = nn.Linear(input_size, 128)
        self.fc2 = nn.Linear(128, 64)
        self.fc3 = nn.Linear(64, 32)
        self.fc4 = nn.Linear(32, 1)
        self.relu = nn.ReLU()
        self.dropout = nn.Dropout(0.3)
        nn.init.xavier_uniform_(self.fc1.weight)
        nn.init.xavier_uniform_(self.fc2.weight)
        nn.init.xavier_uniform_(self.fc3.weight)
        nn.init.xavier_uniform_(self.fc4.weight)
        nn.init.zeros_(self.fc1.bias)
        nn.init.zeros_(self.fc2.bias)
        nn.init.zeros_(self.fc3.bias)
        nn.init.zeros_(self.fc4.bias)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        x = self.dropout(self.relu(self.fc1(x)))
        x = self.dropout(self.relu(self.fc2(x)))
        x = self.dropout(self.relu(self.fc3(x)))
        x = self.dropout(self.relu(self.fc4(x)))
        return x


# ==== a subclass of nn.Sequential
class MyMLP(nn.Sequential):
    def __init__(self, input_size, h1=100, h2=60, h3=30, p=0.2):
        super().__init__(
            nn.Flatten(),
            nn.Linear(input_size, h1), nn.ReLU(), nn.Dropout(p),
            nn.Linear(h1, h2), nn.ReLU(), nn.Dropout(p),
            nn.Linear(h2, h3), nn.ReLU(), nn.Dropout(p),
            nn.Linear(h3, 1), nn.Flatten(0))
        for m in self:
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                m.bias.data.fill_(0)


# ==== Sequential attribute from an OrderedDict, init by apply with a module function
def init_weights(m):
    if type(m) == nn.Linear:
        nn.init.xavier_uniform_(m.weight)
        m.bias.data.fill_(0.01)


class MyMLP(nn.Module):
    def __init__(self, input_size, p=0.5):
        super().__init__()
        self.net = nn.Sequential(OrderedDict([
            ("lin1", nn.Linear(input_size, 96)), ("relu1", nn.ReLU(inplace=True)), ("drop1", nn.Dropout(p)),
            ("lin2", nn.Linear(96, 48)), ("relu2", nn.ReLU(inplace=True)), ("drop2", nn.Dropout(p)),
            ("lin3", nn.Linear(48, 24)), ("relu3", nn.ReLU(inplace=True)), ("drop3", nn.Dropout(p)),
            ("lin4", nn.Linear(24, 1))]))
        self.net.apply(init_weights)

    def forward(self, x):
        return self.net(x.reshape(len(x), -1))[:, 0]


# ==== ModuleList and range, init in a loop over self.modules()
class MyMLP(nn.Module):
    def __init__(self, input_size, hidden=[200, 100, 50], dropout=0.1):
        super().__init__()
        dims = [input_size] + list(hidden) + [1]
        self.couches = nn.ModuleList()
        for i in range(len(dims) - 1):
            self.couches.append(nn.Linear(dims[i], dims[i + 1]))
        self.drop = nn.Dropout(dropout)
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight, gain=nn.init.calculate_gain("relu"))
                if m.bias is not None:
                    nn.init.constant_(m.bias, 0)

    def forward(self, x):
        x = torch.flatten(x, start_dim=1)
        for i in range(len(self.couches)):
            x = self.couches[i](x)
            if i < len(self.couches) - 1:
                x = self.drop(F.relu(x))
        return x.squeeze(-1)


# ==== ModuleDict
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.layers = nn.ModuleDict({
            "in": nn.Linear(input_size, 80), "h1": nn.Linear(80, 40), "h2": nn.Linear(40, 20), "out": nn.Linear(20, 1)})
        self.p = nn.Dropout(p=0.25)
        for name, layer in self.layers.items():
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        x = x.flatten(1)
        for name in ("in", "h1", "h2"):
            x = self.p(torch.relu(self.layers[name](x)))
        return self.layers["out"](x)


# ==== F.linear with parameters (out, in), numbers by hand
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        sizes = [input_size, 64, 48, 32, 1]
        self.w = nn.ParameterList()
        self.b = nn.ParameterList()
        for n_in, n_out in zip(sizes[:-1], sizes[1:]):
            a = math.sqrt(6 / (n_in + n_out))
            self.w.append(nn.Parameter(torch.rand(n_out, n_in) * 2 * a - a))
            self.b.append(nn.Parameter(torch.rand(n_out) * 2 * a - a))

    def forward(self, x):
        x = x.reshape(x.shape[0], -1)
        for w, b in zip(self.w, self.b):
            x = F.dropout(F.relu(F.linear(x, w, b)), 0.1, self.training)
        return x


# ==== x @ W + b with parameters (in, out)
class MyMLP(nn.Module):
    def __init__(self, input_size, n=90):
        super().__init__()
        self.W1, self.b1 = self.make(input_size, n)
        self.W2, self.b2 = self.make(n, n // 2)
        self.W3, self.b3 = self.make(n // 2, n // 3)
        self.W4, self.b4 = self.make(n // 3, 1)

    def make(self, i, o):
        lim = np.sqrt(6.0 / (i + o))
        return (nn.Parameter(torch.FloatTensor(i, o).uniform_(-lim, lim)), nn.Parameter(torch.zeros(o)))

    def forward(self, x):
        x = x.flatten(1)
        x = F.dropout(torch.clamp(x @ self.W1 + self.b1, min=0), p=0.2, training=self.training)
        x = F.dropout(torch.clamp(x @ self.W2 + self.b2, min=0), p=0.2, training=self.training)
        x = F.dropout(torch.clamp(x @ self.W3 + self.b3, min=0), p=0.2, training=self.training)
        return (x @ self.W4 + self.b4).view(-1)


# ==== torch.addmm
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        shapes = [(input_size, 70), (70, 50), (50, 30), (30, 1)]
        for k, (i, o) in enumerate(shapes, 1):
            w = torch.empty(i, o)
            nn.init.xavier_uniform_(w)
            setattr(self, f"w{k}", nn.Parameter(w))
            setattr(self, f"b{k}", nn.Parameter(torch.zeros(o)))
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        h = x.flatten(1)
        for k in (1, 2, 3):
            h = torch.addmm(getattr(self, f"b{k}"), h, getattr(self, f"w{k}"))
            h = self.drop(h.clamp_min(0))
        return torch.addmm(self.b4, h, self.w4).flatten()


# ==== einsum, weights (out, in)
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        dims = (input_size, 84, 42, 21, 1)
        self.weights = nn.ParameterList([nn.Parameter(nn.init.xavier_uniform_(torch.empty(o, i))) for i, o in zip(dims, dims[1:])])
        self.biases = nn.ParameterList([nn.Parameter(torch.zeros(o)) for o in dims[1:]])
        self.drop = nn.Dropout(0.3)

    def forward(self, x):
        x = x.flatten(1)
        for k, (w, b) in enumerate(zip(self.weights, self.biases)):
            x = torch.einsum("bi,oi->bo", x, w) + b
            if k < 3:
                x = self.drop(torch.maximum(x, torch.zeros_like(x)))
        return x


# ==== einsum, weights (in, out)
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        dims = (input_size, 84, 42, 21, 1)
        self.weights = nn.ParameterList([nn.Parameter(nn.init.xavier_uniform_(torch.empty(i, o))) for i, o in zip(dims, dims[1:])])
        self.biases = nn.ParameterList([nn.Parameter(torch.zeros(1, o)) for o in dims[1:]])
        self.drop = nn.Dropout(0.3)

    def forward(self, x):
        x = x.flatten(1)
        for k, (w, b) in enumerate(zip(self.weights, self.biases)):
            x = torch.einsum("bi,io->bo", [x, w]) + b
            if k < 3:
                x = self.drop(torch.max(x, torch.tensor(0.0)))
        return x


# ==== matrices on the left, examples as columns
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        n = [input_size, 60, 40, 20, 1]
        for l in range(1, 5):
            a = (6 / (n[l] + n[l - 1])) ** 0.5
            self.register_parameter(f"W{l}", nn.Parameter(torch.empty(n[l], n[l - 1]).uniform_(-a, a)))
            self.register_parameter(f"b{l}", nn.Parameter(torch.zeros(n[l], 1)))
        self.dropout = nn.Dropout(0.2)

    def forward(self, x):
        a = x.flatten(1).T
        a = self.dropout(F.relu(self.W1 @ a + self.b1))
        a = self.dropout(F.relu(self.W2 @ a + self.b2))
        a = self.dropout(F.relu(self.W3 @ a + self.b3))
        return (self.W4 @ a + self.b4).T


# ==== own linear layer class
class MyLinear(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.weight = nn.Parameter(torch.Tensor(n_out, n_in))
        self.bias = nn.Parameter(torch.Tensor(n_out))
        self.reset_parameters()

    def reset_parameters(self):
        bound = math.sqrt(6.0 / sum(self.weight.shape))
        with torch.no_grad():
            self.weight.uniform_(-bound, bound)
            self.bias.uniform_(-bound, bound)

    def forward(self, x):
        return x.matmul(self.weight.t()) + self.bias


class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l1, self.l2 = MyLinear(input_size, 110), MyLinear(110, 55)
        self.l3, self.l4 = MyLinear(55, 25), MyLinear(25, 1)
        self.d = nn.Dropout(0.15)

    def forward(self, x):
        h = x.flatten(start_dim=1)
        h = self.d(self.l1(h).relu())
        h = self.d(self.l2(h).relu())
        h = self.d(self.l3(h).relu())
        return self.l4(h)


# ==== nn.Linear with another reset_parameters
class XavierLinear(nn.Linear):
    def reset_parameters(self):
        nn.init.xavier_uniform_(self.weight)
        if self.bias is not None:
            nn.init.zeros_(self.bias)


class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.m = nn.Sequential(XavierLinear(input_size, 100), nn.Dropout(0.2), nn.ReLU(), XavierLinear(100, 50),
                               nn.Dropout(0.2), nn.ReLU(), XavierLinear(50, 25), nn.Dropout(0.2), nn.ReLU(),
                               XavierLinear(25, 1))

    def forward(self, x):
        return self.m(x.flatten(1))


# ==== LazyLinear, brought to life in the constructor
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.LazyLinear(120), nn.ReLU(), nn.Dropout(0.2), nn.LazyLinear(60), nn.ReLU(),
                                 nn.Dropout(0.2), nn.LazyLinear(30), nn.ReLU(), nn.Dropout(0.2), nn.LazyLinear(1))
        self.net(torch.zeros(2, input_size))
        for p in self.net.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)
            else:
                nn.init.zeros_(p)

    def forward(self, x):
        return self.net(x)


# ==== blocks in nested sub-modules
class Block(nn.Module):
    def __init__(self, n_in, n_out, p=0.2, last=False):
        super().__init__()
        self.linear = nn.Linear(n_in, n_out)
        self.act = nn.ReLU()
        self.drop = nn.Dropout(p)
        self.last = last
        nn.init.xavier_uniform_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, x):
        z = self.linear(x)
        return z if self.last else self.drop(self.act(z))


class Encoder(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.b1, self.b2 = Block(n, 99), Block(99, 33)

    def forward(self, x):
        return self.b2(self.b1(x))


class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.encoder = Encoder(input_size)
        self.head = nn.Sequential(Block(33, 11), Block(11, 1, last=True))

    def forward(self, x):
        return self.head(self.encoder(x.flatten(1)))


# ==== shared instances, x * (x > 0)
class Relu(nn.Module):
    def forward(self, x):
        return x * (x > 0)


class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        relu, drop = Relu(), nn.Dropout(0.2)
        self.seq = nn.Sequential(nn.Linear(input_size, 77), relu, drop, nn.Linear(77, 55), relu, drop, nn.Linear(55, 33), relu,
                                 drop, nn.Linear(33, 1))
        self.apply(self._init)

    def _init(self, module):
        if isinstance(module, nn.Linear):
            torch.nn.init.xavier_uniform_(module.weight)
            torch.nn.init.zeros_(module.bias)

    def forward(self, x):
        return self.seq(torch.flatten(x, 1)).squeeze(1)


# ==== torch.where
class MyMLP(nn.Module):
    def __init__(self, input_size, p=0.2):
        super().__init__()
        self.a, self.b, self.c, self.d = nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)
        self.drop = nn.Dropout(p)
        for couche in [self.a, self.b, self.c, self.d]:
            nn.init.xavier_uniform_(couche.weight)
            nn.init.xavier_uniform_(couche.bias.unsqueeze(0))

    def relu(self, z):
        return torch.where(z > 0, z, torch.zeros_like(z))

    def forward(self, x):
        x = self.drop(self.relu(self.a(x.flatten(1))))
        x = self.drop(self.relu(self.b(x)))
        x = self.drop(self.relu(self.c(x)))
        return self.d(x)


# ==== torch.where with a number
class MyMLP(nn.Module):
    def __init__(self, input_size, p=0.2):
        super().__init__()
        self.a, self.b, self.c, self.d = nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)
        self.drop = nn.Dropout(p)
        for couche in self.children():
            if hasattr(couche, "weight"):
                nn.init.xavier_uniform_(couche.weight)
                nn.init.xavier_uniform_(couche.bias.unsqueeze(1))

    def forward(self, x):
        x = x.flatten(1)
        for couche in (self.a, self.b, self.c):
            x = couche(x)
            x = torch.where(x < 0, 0.0, x)
            x = self.drop(x)
        return self.d(x)


# ==== masked values set to zero in place
class MyMLP(nn.Module):
    def __init__(self, input_size, p=0.2):
        super().__init__()
        self.linears = nn.ModuleList([nn.Linear(a, b) for a, b in [(input_size, 64), (64, 32), (32, 16), (16, 1)]])
        self.drop = nn.Dropout(p)
        for lin in self.linears:
            nn.init.xavier_uniform_(lin.weight)
            nn.init.zeros_(lin.bias)

    def forward(self, x):
        x = x.flatten(1)
        for lin in self.linears[:3]:
            x = lin(x)
            x[x < 0] = 0
            x = self.drop(x)
        return self.linears[3](x)


# ==== masked_fill
class MyMLP(nn.Module):
    def __init__(self, input_size, p=0.2):
        super().__init__()
        self.linears = nn.ModuleList([nn.Linear(a, b) for a, b in [(input_size, 64), (64, 32), (32, 16), (16, 1)]])
        self.drop = nn.Dropout(p)
        for lin in self.linears:
            nn.init.xavier_uniform_(lin.weight)
            nn.init.zeros_(lin.bias)

    def forward(self, x):
        x = x.flatten(1)
        for lin in self.linears[:3]:
            x = lin(x)
            x = self.drop(x.masked_fill(x < 0, 0))
        return self.linears[3](x)


# ==== F.threshold
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.linears = nn.ModuleList([nn.Linear(a, b) for a, b in [(input_size, 64), (64, 32), (32, 16), (16, 1)]])
        for lin in self.linears:
            nn.init.xavier_uniform_(lin.weight)
            nn.init.zeros_(lin.bias)

    def forward(self, x):
        x = x.flatten(1)
        for lin in self.linears[:3]:
            x = F.dropout(F.threshold(lin(x), 0, 0), 0.3, self.training)
        return self.linears[3](x)


# ==== nn.Threshold and clip
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.linears = nn.ModuleList([nn.Linear(a, b) for a, b in [(input_size, 64), (64, 32), (32, 16), (16, 1)]])
        self.t = nn.Threshold(0.0, 0.0)
        for lin in self.linears:
            nn.init.xavier_uniform_(lin.weight)
            nn.init.zeros_(lin.bias)

    def forward(self, x):
        x = x.flatten(1)
        x = F.dropout(self.t(self.linears[0](x)), 0.3, self.training)
        x = F.dropout(torch.clip(self.linears[1](x), 0), 0.3, self.training)
        x = F.dropout(self.linears[2](x).clamp(0), 0.3, self.training)
        return self.linears[3](x)


# ==== (x + |x|) / 2
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.linears = nn.ModuleList([nn.Linear(a, b) for a, b in [(input_size, 64), (64, 32), (32, 16), (16, 1)]])
        self.drop = nn.Dropout(0.2)
        [nn.init.xavier_uniform_(lin.weight) for lin in self.linears]
        [nn.init.zeros_(lin.bias) for lin in self.linears]

    def forward(self, x):
        x = x.flatten(1)
        for lin in self.linears[:3]:
            z = lin(x)
            x = self.drop((z + abs(z)) / 2)
        return self.linears[3](x)


# ==== BatchNorm1d after each map
class MyMLP(nn.Module):
    def __init__(self, input_size, p=0.3):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Flatten(),
            nn.Linear(input_size, 128), nn.BatchNorm1d(128), nn.ReLU(), nn.Dropout(p),
            nn.Linear(128, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Dropout(p),
            nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(p),
            nn.Linear(32, 1))
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.layers(x)


# ==== BatchNorm1d whose bias stands for the layer's
class MyMLP(nn.Module):
    def __init__(self, input_size, p=0.3):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Flatten(),
            nn.Linear(input_size, 128, bias=False), nn.BatchNorm1d(128), nn.ReLU(), nn.Dropout(p),
            nn.Linear(128, 64, bias=False), nn.BatchNorm1d(64), nn.ReLU(), nn.Dropout(p),
            nn.Linear(64, 32, bias=False), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(p),
            nn.Linear(32, 1))
        for m in self.modules():
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                if m.bias is not None:
                    nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.layers(x)


# ==== LayerNorm after each activation
class MyMLP(nn.Module):
    def __init__(self, input_size, p=0.3):
        super().__init__()
        self.f1, self.n1 = nn.Linear(input_size, 64), nn.LayerNorm(64)
        self.f2, self.n2 = nn.Linear(64, 32), nn.LayerNorm(32)
        self.f3, self.n3 = nn.Linear(32, 16), nn.LayerNorm(16)
        self.f4 = nn.Linear(16, 1)
        self.drop = nn.Dropout(p)
        for f in (self.f1, self.f2, self.f3, self.f4):
            nn.init.xavier_uniform_(f.weight)
            nn.init.zeros_(f.bias)

    def forward(self, x):
        x = self.drop(self.n1(F.relu(self.f1(x.flatten(1)))))
        x = self.drop(self.n2(F.relu(self.f2(x))))
        x = self.drop(self.n3(F.relu(self.f3(x))))
        return self.f4(x).squeeze(dim=-1)


# ==== input normalised by a BatchNorm1d first
class MyMLP(nn.Module):
    def __init__(self, input_size, p=0.3):
        super().__init__()
        self.bn = nn.BatchNorm1d(input_size)
        self.drop0 = nn.Dropout(0.05)
        self.f = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(p)
        for f in self.f:
            nn.init.xavier_uniform_(f.weight)
            nn.init.zeros_(f.bias)

    def forward(self, x):
        x = self.drop0(self.bn(x.flatten(1)))
        for f in self.f[:-1]:
            x = self.drop(F.relu(f(x)))
        return self.f[-1](x)


# ==== weight_norm parametrization
from torch.nn.utils.parametrizations import weight_norm


class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        def couche(i, o):
            lin = nn.Linear(i, o)
            nn.init.xavier_uniform_(lin.weight)
            nn.init.zeros_(lin.bias)
            return weight_norm(lin)
        self.net = nn.Sequential(couche(input_size, 64), nn.ReLU(), nn.Dropout(0.2), couche(64, 32), nn.ReLU(), nn.Dropout(0.2),
                                 couche(32, 16), nn.ReLU(), nn.Dropout(0.2), couche(16, 1))

    def forward(self, x):
        return self.net(x.flatten(1))


# ==== weight_norm of old, clamped activations
import warnings
warnings.simplefilter("ignore")


class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        def couche(i, o):
            lin = nn.Linear(i, o)
            nn.init.xavier_uniform_(lin.weight)
            nn.init.zeros_(lin.bias)
            return torch.nn.utils.weight_norm(lin)
        self.c1, self.c2, self.c3, self.c4 = couche(input_size, 64), couche(64, 32), couche(32, 16), couche(16, 1)
        self.d = nn.Dropout(0.2)

    def forward(self, x):
        x = x.flatten(1)
        for c in (self.c1, self.c2, self.c3):
            x = self.d(torch.maximum(c(x), torch.zeros(1)))
        return self.c4(x)


# ==== dropout of its own, a Bernoulli mask
class MyDropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        mask = torch.bernoulli(torch.full_like(x, 1 - self.p))
        return x * mask / (1 - self.p)


class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(input_size, 64), nn.ReLU(), MyDropout(0.2), nn.Linear(64, 32), nn.ReLU(),
                                 MyDropout(0.2), nn.Linear(32, 16), nn.ReLU(), MyDropout(0.2), nn.Linear(16, 1))
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.net(x.flatten(1))


# ==== dropout masks drawn before the layers
class MyMLP(nn.Module):
    def __init__(self, input_size, p=0.2):
        super().__init__()
        self.p = p
        self.lins = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        for m in self.lins:
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def forward(self, x):
        x = x.flatten(1)
        if self.training:
            masks = [(torch.rand(len(x), n) > self.p).float() / (1 - self.p) for n in (64, 32, 16)]
        else:
            masks = [1.0, 1.0, 1.0]
        for lin, mask in zip(self.lins, masks):
            x = F.relu(lin(x)) * mask
        return self.lins[-1](x)


# ==== dropout masks drawn with numpy
class MyMLP(nn.Module):
    def __init__(self, input_size, p=0.2):
        super().__init__()
        self.p = p
        self.lins = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        for m in self.lins:
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def drop(self, x):
        if self.training:
            mask = np.random.binomial(1, 1 - self.p, size=tuple(x.shape))
            return x * torch.from_numpy(mask).float() / (1 - self.p)
        return x

    def forward(self, x):
        x = x.flatten(1)
        for lin in self.lins[:-1]:
            x = self.drop(F.relu(lin(x)))
        return self.lins[-1](x)


# ==== dropout by a distribution
class MyMLP(nn.Module):
    def __init__(self, input_size, p=0.2):
        super().__init__()
        self.keep = torch.distributions.Bernoulli(1 - p)
        self.lins = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        for m in self.lins:
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def forward(self, x):
        x = x.flatten(1)
        for lin in self.lins[:-1]:
            x = F.relu(lin(x))
            if self.training:
                x = x * self.keep.sample(x.shape) / self.keep.probs
        return self.lins[-1](x)


# ==== torch.dropout
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.lins = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        for m in self.lins:
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def forward(self, x):
        x = x.flatten(1)
        for lin in self.lins[:-1]:
            x = torch.dropout(torch.relu(lin(x)), 0.3, train=self.training)
        return self.lins[-1](x)


# ==== AlphaDropout
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.lins = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.AlphaDropout(0.1)
        for m in self.lins:
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def forward(self, x):
        x = x.flatten(1)
        for lin in self.lins[:-1]:
            x = self.drop(F.relu(lin(x)))
        return self.lins[-1](x)


# ==== dropout only where training, by an if
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.lins = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        for m in self.lins:
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def forward(self, x):
        x = x.flatten(1)
        for i, lin in enumerate(self.lins):
            x = lin(x)
            if i < 3:
                x = x.relu_()
                if self.training:
                    x = F.dropout(x, 0.4)
        return x


# ==== two dropouts, one of them switched off
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.lins = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop, self.extra = nn.Dropout(0.2), nn.Dropout(0.5)
        for m in self.lins:
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def train(self, mode=True):
        super().train(mode)
        self.extra.eval()
        return self

    def forward(self, x):
        x = x.flatten(1)
        for lin in self.lins[:-1]:
            x = self.extra(self.drop(F.relu(lin(x))))
        return self.lins[-1](x)


# ==== constructor with a list of hidden sizes by keyword
class MyMLP(nn.Module):
    def __init__(self, input_size, *, hidden_sizes=None, dropout=0.2, activation=nn.ReLU):
        super().__init__()
        hidden_sizes = hidden_sizes or [150, 75, 25]
        blocks, n = [nn.Flatten()], input_size
        for h in hidden_sizes:
            blocks += [nn.Linear(n, h), activation(), nn.Dropout(dropout)]
            n = h
        blocks.append(nn.Linear(n, 1))
        self.model = nn.Sequential(*blocks)
        self.model.apply(lambda m: nn.init.xavier_uniform_(m.weight) if isinstance(m, nn.Linear) else None)
        self.model.apply(lambda m: nn.init.zeros_(m.bias) if isinstance(m, nn.Linear) else None)

    def forward(self, x):
        return self.model(x)


# ==== constructor with *args and **kwargs
class MyMLP(nn.Module):
    def __init__(self, input_size, *args, **kwargs):
        super().__init__()
        sizes = [input_size, *(args or (64, 32, 16)), 1]
        p = kwargs.get("p", 0.2)
        self.linear = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.drop = nn.Dropout(p)
        for l in self.linear:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        x = x.flatten(1)
        *first, last = self.linear
        for l in first:
            x = self.drop(F.relu(l(x)))
        return last(x)


# ==== constructor with a configuration object
@dataclass
class Config:
    hidden: List[int] = field(default_factory=lambda: [64, 32, 16])
    dropout: float = 0.2


class MyMLP(nn.Module):
    def __init__(self, input_dim: int, config: Optional[Config] = None) -> None:
        super().__init__()
        self.config = config or Config()
        h = self.config.hidden
        self.stack: nn.Sequential = nn.Sequential(
            nn.Linear(input_dim, h[0]), nn.ReLU(), nn.Dropout(self.config.dropout), nn.Linear(h[0], h[1]), nn.ReLU(),
            nn.Dropout(self.config.dropout), nn.Linear(h[1], h[2]), nn.ReLU(), nn.Dropout(self.config.dropout), nn.Linear(h[2], 1))
        for param in self.parameters():
            if len(param.shape) > 1:
                nn.init.xavier_uniform_(param)
            else:
                param.data.zero_()

    def forward(self, x: Tensor) -> Tensor:
        if x.dim() == 3:
            x = x.view(x.size(0), -1)
        return self.stack(x)


# ==== sizes as required parameters with French names and defaults
class MonMLP(nn.Module):
    def __init__(self, taille_entree, cachee1=120, cachee2=60, cachee3=30, taille_sortie=1, taux=0.25):
        super(MonMLP, self).__init__()
        self.entree = nn.Linear(taille_entree, cachee1)
        self.milieu1 = nn.Linear(cachee1, cachee2)
        self.milieu2 = nn.Linear(cachee2, cachee3)
        self.sortie = nn.Linear(cachee3, taille_sortie)
        self.abandon = nn.Dropout(taux)
        self.initialiser()

    def initialiser(self):
        for couche in (self.entree, self.milieu1, self.milieu2, self.sortie):
            nn.init.xavier_uniform_(couche.weight)
            nn.init.zeros_(couche.bias)

    def forward(self, entree):
        s = entree.reshape(entree.shape[0], -1)
        s = self.abandon(F.relu(self.entree(s)))
        s = self.abandon(F.relu(self.milieu1(s)))
        s = self.abandon(F.relu(self.milieu2(s)))
        return self.sortie(s)


# ==== pictures only: it unpacks three axes
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.n = input_size
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        batch, freq, time = x.shape
        assert freq * time == self.n
        x = x.view(batch, freq * time)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x).squeeze(-1)


# ==== a channel axis is put in and flattened away
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.flatten = nn.Flatten()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        x = self.flatten(x.unsqueeze(1))
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return torch.squeeze(self.l[3](x), 1)


# ==== output by reshape(-1)
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        x = torch.reshape(x, (x.shape[0], -1)).contiguous().to(torch.float32)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x).reshape(-1)


# ==== last layer as a dot product with a vector
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        def u(*shape):
            a = math.sqrt(6 / sum(shape)) if len(shape) > 1 else math.sqrt(6 / (shape[0] + 1))
            return nn.Parameter((torch.rand(*shape) - 0.5) * 2 * a)
        self.w1, self.w2, self.w3, self.w4 = u(input_size, 64), u(64, 32), u(32, 16), u(16)
        self.b1, self.b2, self.b3 = (nn.Parameter(torch.zeros(n)) for n in (64, 32, 16))
        self.b4 = nn.Parameter(torch.tensor(0.0))
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = x.flatten(1)
        x = self.drop(F.relu(torch.mm(x, self.w1) + self.b1))
        x = self.drop(F.relu(torch.mm(x, self.w2) + self.b2))
        x = self.drop(F.relu(torch.mm(x, self.w3) + self.b3))
        return x @ self.w4 + self.b4


# ==== bias added after the squeeze
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        dims = [input_size, 64, 32, 16, 1]
        self.w = nn.ParameterList(nn.Parameter(nn.init.xavier_uniform_(torch.empty(o, i))) for i, o in zip(dims, dims[1:]))
        self.b = nn.ParameterList(nn.Parameter(torch.zeros(o)) for o in dims[1:])
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = x.flatten(1)
        for w, b in list(zip(self.w, self.b))[:3]:
            x = self.drop(F.relu(F.linear(x, w) + b))
        return F.linear(x, self.w[3]).squeeze(1) + self.b[3]


# ==== manual_seed in the constructor
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        torch.manual_seed(42)
        np.random.seed(42)
        random.seed(42)
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


# ==== initial values by a generator of its own
class MyMLP(nn.Module):
    def __init__(self, input_size, seed=0):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)
        g = torch.Generator().manual_seed(seed)
        for l in self.l:
            nn.init.xavier_uniform_(l.weight, generator=g)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


# ==== numpy draws copied in
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)
        for l in self.l:
            fan_out, fan_in = l.weight.shape
            a = np.sqrt(6 / (fan_in + fan_out))
            l.weight.data = torch.from_numpy(np.random.uniform(-a, a, (fan_out, fan_in))).float()
            l.bias.data = torch.from_numpy(np.random.uniform(-a, a, fan_out).astype(np.float32))

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


# ==== .data.uniform_ in apply, biases left to the same bound
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)

        def xavier(m):
            if isinstance(m, nn.Linear):
                lim = math.sqrt(6 / (m.in_features + m.out_features))
                m.weight.data.uniform_(-lim, lim)
                m.bias.data.uniform_(-lim, lim)

        self.apply(xavier)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


# ==== init function called by the program
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


def init_weights(m):
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)
        nn.init.zeros_(m.bias)


if __name__ == "__main__":
    model = MyMLP(768)
    model.apply(init_weights)


# ==== init function on the whole network, called by the program
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


def initialiser_poids(modele):
    for nom, parametre in modele.named_parameters():
        if "weight" in nom:
            nn.init.xavier_uniform_(parametre)
        elif "bias" in nom:
            nn.init.zeros_(parametre)


def main():
    modele = MyMLP(768)
    initialiser_poids(modele)


if __name__ == "__main__":
    main()


# ==== a method that the program calls
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)

    def init_weights(self):
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


def main():
    model = MyMLP(768)
    model.init_weights()


if __name__ == "__main__":
    main()


# ==== an init function of another name, applied in main
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


def glorot(couche):
    if isinstance(couche, nn.Linear):
        nn.init.xavier_uniform_(couche.weight)
        nn.init.zeros_(couche.bias)


if __name__ == "__main__":
    reseau = MyMLP(768)
    reseau.apply(glorot)


# ==== features kept for later, hooks
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)
        self.features = None
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        self.features = x
        return self.l[3](x)


# ==== double precision inside
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)
        self.double()

    def forward(self, x):
        x = x.flatten(1).double()
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


# ==== device and dtype from its own parameters
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)
        self.to("cuda" if torch.cuda.is_available() else "cpu")

    def forward(self, x):
        x = x.flatten(1).to(self.l[0].weight.device).type_as(self.l[0].weight)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


# ==== functools.reduce and lambdas
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)
        self.act = lambda z: F.relu(z)
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        step = lambda h, l: self.drop(self.act(l(h)))
        return self.l[3](functools.reduce(step, self.l[:3], x.flatten(1)))


# ==== a factory function returns the network
def MyMLP(input_size, p=0.2):
    model = nn.Sequential(nn.Flatten(), nn.Linear(input_size, 64), nn.ReLU(), nn.Dropout(p), nn.Linear(64, 32), nn.ReLU(),
                          nn.Dropout(p), nn.Linear(32, 16), nn.ReLU(), nn.Dropout(p), nn.Linear(16, 1))
    for m in model:
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)
    return model


# ==== scripted by the compiler
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l1, self.l2, self.l3, self.l4 = nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)
        self.drop = nn.Dropout(0.2)
        for l in (self.l1, self.l2, self.l3, self.l4):
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        # type: (Tensor) -> Tensor
        x = torch.flatten(x, 1)
        x = self.drop(torch.relu(self.l1(x)))
        x = self.drop(torch.relu(self.l2(x)))
        x = self.drop(torch.relu(self.l3(x)))
        y = self.l4(x)
        return y.squeeze(1) if y.dim() > 1 else y


# ==== gain √2 by hand, biases by fan of the weight
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)
        gain = nn.init.calculate_gain("relu")
        for l in self.l:
            fan_in, fan_out = nn.init._calculate_fan_in_and_fan_out(l.weight)
            std = gain * math.sqrt(2.0 / (fan_in + fan_out))
            a = math.sqrt(3.0) * std
            with torch.no_grad():
                l.weight.uniform_(-a, a)
                l.bias.uniform_(-a, a)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


# ==== gain √2 on hidden layers, 1 on the last
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.2)
        for l in self.l[:3]:
            nn.init.xavier_uniform_(l.weight, gain=nn.init.calculate_gain("relu"))
            nn.init.zeros_(l.bias)
        nn.init.xavier_uniform_(self.l[3].weight)
        nn.init.zeros_(self.l[3].bias)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


# ==== a large network on narrow layers
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 10), nn.Linear(10, 8), nn.Linear(8, 4), nn.Linear(4, 1)])
        self.drop = nn.Dropout(0.1)
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


# ==== square hidden layers
class MyMLP(nn.Module):
    def __init__(self, input_size, n=64):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, n), nn.Linear(n, n), nn.Linear(n, n), nn.Linear(n, 1)])
        self.drop = nn.Dropout(0.1)
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.xavier_uniform_(l.bias.view(1, -1))

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        return self.l[3](x)


# ==== as wide as the input everywhere
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.fc1 = nn.Linear(input_size, 512)
        self.fc2 = nn.Linear(512, 256)
        self.fc3 = nn.Linear(256, 128)
        self.fc4 = nn.Linear(128, 1)
        self.do1, self.do2, self.do3, self.do4 = nn.Dropout(0.5), nn.Dropout(0.4), nn.Dropout(0.3), nn.Dropout(0.2)
        for fc in [self.fc1, self.fc2, self.fc3, self.fc4]:
            torch.nn.init.xavier_uniform_(fc.weight)
            torch.nn.init.constant_(fc.bias, 0.1)

    def forward(self, x):
        x = torch.flatten(x, 1)
        x = F.relu(self.do1(self.fc1(x)))
        x = F.relu(self.do2(self.fc2(x)))
        x = F.relu(self.do3(self.fc3(x)))
        x = F.relu(self.do4(self.fc4(x)))
        return x


# ==== raises on anything but float32, prints shapes
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l = nn.ModuleList([nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)])
        self.drop = nn.Dropout(0.1)
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        if x.dtype != torch.float32:
            raise TypeError("float32 attendu")
        if torch.isnan(x).any():
            raise ValueError("nan")
        x = x.flatten(1)
        for l in self.l[:3]:
            x = self.drop(F.relu(l(x)))
        out = self.l[3](x)
        assert out.shape == (len(x), 1), out.shape
        return out


# ==== old Variable and functional names
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super(MyMLP, self).__init__()
        self.hidden1 = nn.Linear(input_size, 64)
        self.hidden2 = nn.Linear(64, 64)
        self.hidden3 = nn.Linear(64, 32)
        self.predict = nn.Linear(32, 1)
        for w in [self.hidden1, self.hidden2, self.hidden3, self.predict]:
            init.xavier_uniform_(w.weight)
            init.zeros_(w.bias)

    def forward(self, x):
        x = torch.autograd.Variable(x).view(x.size()[0], -1)
        x = nn.functional.dropout(nn.functional.relu(self.hidden1(x)), training=self.training)
        x = nn.functional.dropout(nn.functional.relu(self.hidden2(x)), training=self.training)
        x = nn.functional.dropout(nn.functional.relu(self.hidden3(x)), training=self.training)
        return self.predict(x)


# ==== predict and loss methods beside forward
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(input_size, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 32), nn.ReLU(),
                                 nn.Dropout(0.2), nn.Linear(32, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 1))
        for name, p in self.named_parameters():
            if name.endswith("weight"):
                nn.init.xavier_uniform_(p)
            else:
                nn.init.zeros_(p)

    def forward(self, x):
        return self.net(x.flatten(1)).squeeze(1)

    def predict_proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self.predict_proba(x) > 0.5).float()


# ==== gain as a number, fans by hand with numpy
class MyMLP(nn.Module):
    def __init__(self, input_size, hidden_size=64, num_classes=1):
        super().__init__()
        self.linear1 = nn.Linear(input_size, hidden_size)
        self.linear2 = nn.Linear(hidden_size, hidden_size // 2)
        self.linear3 = nn.Linear(hidden_size // 2, hidden_size // 4)
        self.linear4 = nn.Linear(hidden_size // 4, num_classes)
        self.drop = nn.Dropout(p=0.3)
        for lin in (self.linear1, self.linear2, self.linear3, self.linear4):
            a = np.sqrt(6) / np.sqrt(lin.in_features + lin.out_features)
            nn.init.uniform_(lin.weight, a=-a, b=a)
            nn.init.zeros_(lin.bias)

    def forward(self, x):
        x = x.view(-1, self.linear1.in_features)
        x = self.drop(F.relu(self.linear1(x)))
        x = self.drop(F.relu(self.linear2(x)))
        x = self.drop(F.relu(self.linear3(x)))
        return self.linear4(x)


# ==== a Parameter that scales the weights
class Scaled(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1))
        self.weight = nn.Parameter(nn.init.xavier_uniform_(torch.empty(o, i)))
        self.bias = nn.Parameter(torch.zeros(o))

    def forward(self, x):
        return F.linear(x, self.scale * self.weight, self.bias)


class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.net = nn.Sequential(Scaled(input_size, 64), nn.ReLU(), nn.Dropout(0.2), Scaled(64, 32), nn.ReLU(), nn.Dropout(0.2),
                                 Scaled(32, 16), nn.ReLU(), nn.Dropout(0.2), Scaled(16, 1))

    def forward(self, x):
        return self.net(x.flatten(1))


# ==== tensordot and inner
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        n = (input_size, 64, 32, 16, 1)
        self.w = nn.ParameterList([nn.init.xavier_uniform_(nn.Parameter(torch.empty(b, a))) for a, b in zip(n, n[1:])])
        self.b = nn.ParameterList([nn.Parameter(torch.zeros(b)) for b in n[1:]])
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = x.flatten(1)
        x = self.drop(F.relu(torch.tensordot(x, self.w[0], dims=([1], [1])) + self.b[0]))
        x = self.drop(F.relu(torch.tensordot(x, self.w[1].T, dims=1) + self.b[1]))
        x = self.drop(F.relu(torch.inner(x, self.w[2]) + self.b[2]))
        return torch.inner(x, self.w[3]) + self.b[3]


# ==== out parameters and in-place sums
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        n = (input_size, 64, 32, 16, 1)
        self.w = nn.ParameterList([nn.init.xavier_uniform_(nn.Parameter(torch.empty(a, b))) for a, b in zip(n, n[1:])])
        self.b = nn.ParameterList([nn.Parameter(torch.zeros(b)) for b in n[1:]])
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = x.flatten(1)
        for k in range(3):
            z = torch.matmul(x, self.w[k])
            z += self.b[k]
            F.relu(z, inplace=True)
            x = self.drop(z)
        z = torch.matmul(x, self.w[3])
        z.add_(self.b[3])
        return z
