# Student code with mistakes: each snippet loses what its header says, and nothing else.
# ruff: noqa
# fmt: off
# mypy: ignore-errors
import copy
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn import init


class Right(nn.Module):
    """Right, but for what a snippet changes."""

    def __init__(self, input_size, sizes=(64, 32, 16), p=0.2, bias=True):
        super().__init__()
        dims = [input_size, *sizes, 1]
        self.l = nn.ModuleList([nn.Linear(a, b, bias=bias) for a, b in zip(dims, dims[1:])])
        self.drop = nn.Dropout(p)
        self.init()

    def init(self):
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            if l.bias is not None:
                nn.init.zeros_(l.bias)

    def act(self, z):
        return F.relu(z)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            x = self.drop(self.act(l(x)))
        return self.l[-1](x)


# ==== three layers -> mlp.layers: layer-count
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(input_size, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 32), nn.ReLU(),
                                 nn.Dropout(0.2), nn.Linear(32, 1))
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.net(x)


# ==== five layers by a loop -> mlp.layers: layer-count
class MyMLP(Right):
    def __init__(self, input_size):
        super().__init__(input_size, (64, 32, 16, 8))


# ==== one layer alone -> mlp.layers: layer-count
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.w = nn.Parameter(nn.init.xavier_uniform_(torch.empty(input_size, 1)))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x.flatten(1) @ self.w + self.b


# ==== two maps without anything between, five in all -> mlp.layers: layer-count; mlp.relu: relu-missing; mlp.dropout: dropout-missing
class MyMLP(Right):
    def __init__(self, input_size):
        super().__init__(input_size, (64, 32, 16, 8))

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-2]:
            x = self.drop(self.act(l(x)))
        return self.l[-1](self.l[-2](x))


# ==== a hidden layer declared and never used -> mlp.layers: layer-never-used
class MyMLP(Right):
    def __init__(self, input_size):
        super().__init__(input_size)
        self.fc5 = nn.Linear(16, 16)
        nn.init.xavier_uniform_(self.fc5.weight)


# ==== a head declared and never used -> mlp.layers: layer-never-used
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.fc1 = nn.Linear(input_size, 64)
        self.fc2 = nn.Linear(64, 32)
        self.fc3 = nn.Linear(32, 1)
        self.fc4 = nn.Linear(32, 1)
        self.drop = nn.Dropout(0.2)
        for fc in (self.fc1, self.fc2, self.fc3, self.fc4):
            nn.init.xavier_uniform_(fc.weight)
            nn.init.zeros_(fc.bias)

    def forward(self, x):
        x = self.drop(F.relu(self.fc1(x.flatten(1))))
        x = self.drop(F.relu(self.fc2(x)))
        return self.fc3(x)


# ==== a parameter matrix declared and never used -> mlp.layers: layer-never-used
class MyMLP(Right):
    def __init__(self, input_size):
        super().__init__(input_size)
        self.W = nn.Parameter(torch.rand(16, 16))


# ==== one layer used twice -> mlp.layers: layer-used-twice
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.fc1 = nn.Linear(input_size, 64)
        self.fc2 = nn.Linear(64, 64)
        self.fc3 = nn.Linear(64, 1)
        self.drop = nn.Dropout(0.2)
        for fc in (self.fc1, self.fc2, self.fc3):
            nn.init.xavier_uniform_(fc.weight)
            nn.init.zeros_(fc.bias)

    def forward(self, x):
        x = self.drop(F.relu(self.fc1(x.flatten(1))))
        x = self.drop(F.relu(self.fc2(x)))
        x = self.drop(F.relu(self.fc2(x)))
        return self.fc3(x)


# ==== the same module twice in a Sequential -> mlp.layers: layer-used-twice
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        hidden = nn.Linear(64, 64)
        self.net = nn.Sequential(nn.Linear(input_size, 64), nn.ReLU(), nn.Dropout(0.2), hidden, nn.ReLU(), nn.Dropout(0.2),
                                 hidden, nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 1))
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.net(x.flatten(1))


# ==== one matrix used twice, the second time transposed -> mlp.layers: layer-used-twice
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        n = (input_size, 64, 32)
        self.w = nn.ParameterList([nn.Parameter(nn.init.xavier_uniform_(torch.empty(b, a))) for a, b in zip(n, n[1:])])
        self.b = nn.ParameterList([nn.Parameter(torch.zeros(k)) for k in (64, 32, 64)])
        self.last = nn.Linear(64, 1)
        nn.init.xavier_uniform_(self.last.weight)
        nn.init.zeros_(self.last.bias)
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = self.drop(F.relu(F.linear(x.flatten(1), self.w[0], self.b[0])))
        x = self.drop(F.relu(F.linear(x, self.w[1], self.b[1])))
        x = self.drop(F.relu(F.linear(x, self.w[1].t(), self.b[2])))
        return self.last(x)


# ==== nn.Sigmoid -> mlp.relu: other-activation
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(input_size, 64), nn.Sigmoid(), nn.Dropout(0.2), nn.Linear(64, 32), nn.Sigmoid(),
                                 nn.Dropout(0.2), nn.Linear(32, 16), nn.Sigmoid(), nn.Dropout(0.2), nn.Linear(16, 1))
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.net(x.flatten(1))


# ==== x.tanh() -> mlp.relu: other-activation
class MyMLP(Right):
    def act(self, z):
        return z.tanh()


# ==== F.leaky_relu -> mlp.relu: other-activation
class MyMLP(Right):
    def act(self, z):
        return F.leaky_relu(z, 0.2)


# ==== a leaky ReLU by torch.where -> mlp.relu: relu-missing|other-activation
class MyMLP(Right):
    def act(self, z):
        return torch.where(z > 0, z, 0.01 * z)


# ==== nn.GELU, nn.ELU, nn.SiLU -> mlp.relu: other-activation
class MyMLP(Right):
    def __init__(self, input_size):
        super().__init__(input_size)
        self.acts = nn.ModuleList([nn.GELU(), nn.ELU(), nn.SiLU()])

    def forward(self, x):
        x = x.flatten(1)
        for l, act in zip(self.l, self.acts):
            x = self.drop(act(l(x)))
        return self.l[-1](x)


# ==== nn.PReLU -> mlp.relu: other-activation
class MyMLP(Right):
    def __init__(self, input_size):
        super().__init__(input_size)
        self.prelu = nn.PReLU()

    def act(self, z):
        return self.prelu(z)


# ==== F.softplus -> mlp.relu: other-activation
class MyMLP(Right):
    def act(self, z):
        return F.softplus(z)


# ==== sigmoid by hand -> mlp.relu: relu-missing|other-activation
class MyMLP(Right):
    def act(self, z):
        return 1 / (1 + torch.exp(-z))


# ==== nn.ReLU6 -> mlp.relu: other-activation
class MyMLP(Right):
    def __init__(self, input_size):
        super().__init__(input_size)
        self.r6 = nn.ReLU6()

    def act(self, z):
        return self.r6(4 * z)


# ==== sigmoid after the second map only -> mlp.relu: other-activation
class MyMLP(Right):
    def forward(self, x):
        x = self.drop(F.relu(self.l[0](x.flatten(1))))
        x = self.drop(torch.sigmoid(self.l[1](x)))
        x = self.drop(F.relu(self.l[2](x)))
        return self.l[3](x)


# ==== no activation at all -> mlp.relu: relu-missing
class MyMLP(Right):
    def act(self, z):
        return z


# ==== ReLU computed and thrown away -> mlp.relu: relu-missing
class MyMLP(Right):
    def act(self, z):
        F.relu(z)
        return z


# ==== ReLU before the maps, so none between the last two -> mlp.relu: relu-missing
class MyMLP(Right):
    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            x = self.drop(l(F.relu(x)))
        return self.l[-1](x)


# ==== no activation between the third and the last -> mlp.relu: relu-missing
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(input_size, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 32), nn.ReLU(),
                                 nn.Dropout(0.2), nn.Linear(32, 16), nn.Dropout(0.2), nn.Linear(16, 1), nn.ReLU())
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.net(x.flatten(1))


# ==== the negative part -> mlp.relu: relu-missing
class MyMLP(Right):
    def act(self, z):
        return torch.clamp(z, max=0)


# ==== absolute value -> mlp.relu: relu-missing
class MyMLP(Right):
    def act(self, z):
        return z.abs()


# ==== F.dropout by default -> mlp.dropout: dropout-in-eval
class MyMLP(Right):
    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            x = F.dropout(F.relu(l(x)), 0.3)
        return self.l[-1](x)


# ==== training=True -> mlp.dropout: dropout-in-eval
class MyMLP(Right):
    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            x = F.dropout(F.relu(l(x)), p=0.3, training=True)
        return self.l[-1](x)


# ==== torch.dropout with train always -> mlp.dropout: dropout-in-eval
class MyMLP(Right):
    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            x = torch.dropout(F.relu(l(x)), 0.3, True)
        return self.l[-1](x)


# ==== a new nn.Dropout at every pass -> mlp.dropout: dropout-in-eval
class MyMLP(Right):
    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            x = nn.Dropout(0.3)(F.relu(l(x)))
        return self.l[-1](x)


# ==== own mask in both modes -> mlp.dropout: dropout-in-eval
class MyMLP(Right):
    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            h = F.relu(l(x))
            x = h * (torch.rand_like(h) > 0.2).float() / 0.8
        return self.l[-1](x)


# ==== own mask of numpy in both modes -> mlp.dropout: dropout-in-eval
class MyMLP(Right):
    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            h = F.relu(l(x))
            x = h * torch.tensor(np.random.binomial(1, 0.8, h.shape), dtype=torch.float32) / 0.8
        return self.l[-1](x)


# ==== dropout after the last layer left on in evaluation -> mlp.dropout: dropout-in-eval
class MyMLP(Right):
    def forward(self, x):
        return F.dropout(super().forward(x), 0.2)


# ==== rate 0 -> mlp.dropout: dropout-rate-zero
class MyMLP(Right):
    def __init__(self, input_size, p=0.0):
        super().__init__(input_size, p=p)


# ==== rate 0 by F.dropout -> mlp.dropout: dropout-rate-zero
class MyMLP(Right):
    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            x = F.dropout(F.relu(l(x)), 0, self.training)
        return self.l[-1](x)


# ==== rate 0.98 -> mlp.dropout: dropout-rate-too-high
class MyMLP(Right):
    def __init__(self, input_size):
        super().__init__(input_size, p=0.98)


# ==== rate 1 -> mlp.dropout: dropout-rate-too-high
class MyMLP(Right):
    def __init__(self, input_size):
        super().__init__(input_size, p=1)


# ==== no dropout -> mlp.dropout: dropout-missing
class MyMLP(Right):
    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            x = F.relu(l(x))
        return self.l[-1](x)


# ==== dropout on the input only -> mlp.dropout: dropout-missing
class MyMLP(Right):
    def forward(self, x):
        x = self.drop(x.flatten(1))
        for l in self.l[:-1]:
            x = F.relu(l(x))
        return self.l[-1](x)


# ==== dropout forgotten after the second map -> mlp.dropout: dropout-missing
class MyMLP(Right):
    def forward(self, x):
        x = self.drop(F.relu(self.l[0](x.flatten(1))))
        x = F.relu(self.l[1](x))
        x = self.drop(F.relu(self.l[2](x)))
        return self.l[3](x)


# ==== dropout called, its result dropped -> mlp.dropout: dropout-missing
class MyMLP(Right):
    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            x = F.relu(l(x))
            self.drop(x)
        return self.l[-1](x)


# ==== F.dropout with training=False -> mlp.dropout: dropout-missing
class MyMLP(Right):
    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            x = F.dropout(F.relu(l(x)), 0.3, False)
        return self.l[-1](x)


# ==== dropout in evaluation instead of training -> mlp.dropout: dropout-in-eval
class MyMLP(Right):
    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            x = F.dropout(F.relu(l(x)), 0.3, not self.training)
        return self.l[-1](x)


# ==== nothing initialised -> mlp.xavier_weights: pytorch-default; mlp.xavier_biases: pytorch-default
class MyMLP(Right):
    def init(self):
        pass


# ==== a method defined and never called -> mlp.xavier_weights: init-never-called
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(input_size, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 32), nn.ReLU(),
                                 nn.Dropout(0.2), nn.Linear(32, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 1))

    def init_weights(self):
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.net(x.flatten(1))


# ==== a function defined and never applied -> mlp.xavier_weights: init-never-called
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(input_size, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 32), nn.ReLU(),
                                 nn.Dropout(0.2), nn.Linear(32, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 1))

    def forward(self, x):
        return self.net(x.flatten(1))


def init_weights(m):
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)
        m.bias.data.fill_(0.0)


if __name__ == "__main__":
    model = MyMLP(768)


# ==== applied to convolutions, of which there are none -> mlp.xavier_weights: pytorch-default; mlp.xavier_biases: pytorch-default
class MyMLP(Right):
    def init(self):
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)


# ==== initialised before the layers exist -> mlp.xavier_weights: pytorch-default; mlp.xavier_biases: pytorch-default
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.apply(self.poids)
        self.l1, self.l2, self.l3, self.l4 = nn.Linear(input_size, 64), nn.Linear(64, 32), nn.Linear(32, 16), nn.Linear(16, 1)
        self.drop = nn.Dropout(0.2)

    def poids(self, m):
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def forward(self, x):
        x = x.flatten(1)
        for l in (self.l1, self.l2, self.l3):
            x = self.drop(F.relu(l(x)))
        return self.l4(x)


# ==== a copy is initialised -> mlp.xavier_weights: pytorch-default
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.xavier_uniform_(l.weight.clone())
            nn.init.zeros_(l.bias)


# ==== xavier_normal_ -> mlp.xavier_weights: xavier-normal
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.xavier_normal_(l.weight)
            nn.init.zeros_(l.bias)


# ==== xavier normal by hand -> mlp.xavier_weights: xavier-normal
class MyMLP(Right):
    def init(self):
        for l in self.l:
            o, i = l.weight.shape
            l.weight.data = torch.randn(o, i) * math.sqrt(2 / (i + o))
            l.bias.data.zero_()


# ==== xavier normal with a gain -> mlp.xavier_weights: xavier-normal
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.xavier_normal_(l.weight, gain=nn.init.calculate_gain("relu"))
            nn.init.zeros_(l.bias)


# ==== kaiming_uniform_ -> mlp.xavier_weights: kaiming-uniform
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.kaiming_uniform_(l.weight)
            nn.init.zeros_(l.bias)


# ==== kaiming_uniform_, fan_out -> mlp.xavier_weights: kaiming-uniform
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.kaiming_uniform_(l.weight, mode="fan_out", nonlinearity="relu")
            nn.init.zeros_(l.bias)


# ==== He by hand -> mlp.xavier_weights: kaiming-normal
class MyMLP(Right):
    def init(self):
        for l in self.l:
            o, i = l.weight.shape
            l.weight.data = torch.randn(o, i) * (2 / i) ** 0.5
            l.bias.data.zero_()


# ==== kaiming_normal_, fan_out -> mlp.xavier_weights: kaiming-normal
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.kaiming_normal_(l.weight, mode="fan_out")
            nn.init.zeros_(l.bias)


# ==== kaiming_uniform_ on square hidden layers -> mlp.xavier_weights: kaiming-uniform
class MyMLP(Right):
    def __init__(self, input_size):
        super().__init__(input_size, (128, 128, 128))

    def init(self):
        for l in self.l:
            nn.init.kaiming_uniform_(l.weight, nonlinearity="relu")
            nn.init.zeros_(l.bias)


# ==== bound by fan_in only -> mlp.xavier_weights: one-fan-only
class MyMLP(Right):
    def init(self):
        for l in self.l:
            a = math.sqrt(3 / l.in_features)
            nn.init.uniform_(l.weight, -a, a)
            nn.init.zeros_(l.bias)


# ==== bound by fan_out only -> mlp.xavier_weights: one-fan-only
class MyMLP(Right):
    def init(self):
        for l in self.l:
            a = 1 / math.sqrt(l.out_features)
            nn.init.uniform_(l.weight, -a, a)
            nn.init.zeros_(l.bias)


# ==== square root forgotten -> mlp.xavier_weights: other-law
class MyMLP(Right):
    def init(self):
        for l in self.l:
            a = 6 / (l.in_features + l.out_features)
            nn.init.uniform_(l.weight, -a, a)
            nn.init.zeros_(l.bias)


# ==== deviation taken for the bound -> mlp.xavier_weights: other-law
class MyMLP(Right):
    def init(self):
        for l in self.l:
            a = math.sqrt(2 / (l.in_features + l.out_features))
            nn.init.uniform_(l.weight, -a, a)
            nn.init.zeros_(l.bias)


# ==== positive half only -> mlp.xavier_weights: other-law
class MyMLP(Right):
    def init(self):
        for l in self.l:
            a = math.sqrt(6 / (l.in_features + l.out_features))
            l.weight.data = torch.rand_like(l.weight) * a
            nn.init.zeros_(l.bias)


# ==== constant -> mlp.xavier_weights: constant-weights
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.constant_(l.weight, 0.5)
            nn.init.zeros_(l.bias)


# ==== zeros -> mlp.xavier_weights: constant-weights
class MyMLP(Right):
    def init(self):
        for p in self.parameters():
            nn.init.zeros_(p)


# ==== ones by fill_ -> mlp.xavier_weights: constant-weights
class MyMLP(Right):
    def init(self):
        for l in self.l:
            l.weight.data.fill_(1.0)
            l.bias.data.fill_(0.0)


# ==== U(-1, 1) -> mlp.xavier_weights: other-law
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.uniform_(l.weight, -1, 1)
            nn.init.zeros_(l.bias)


# ==== U(0, 1) by rand -> mlp.xavier_weights: other-law
class MyMLP(Right):
    def init(self):
        for l in self.l:
            l.weight.data = torch.rand(l.weight.shape)
            nn.init.zeros_(l.bias)


# ==== N(0, 0.01²) -> mlp.xavier_weights: other-law
class MyMLP(Right):
    def init(self):
        for l in self.l:
            l.weight.data.normal_(0, 0.01)
            nn.init.zeros_(l.bias)


# ==== orthogonal, truncated normal, sparse -> mlp.xavier_weights: other-law
class MyMLP(Right):
    def init(self):
        nn.init.orthogonal_(self.l[0].weight)
        nn.init.trunc_normal_(self.l[1].weight)
        nn.init.sparse_(self.l[2].weight, 0.5)
        nn.init.xavier_uniform_(self.l[3].weight)
        for l in self.l:
            nn.init.zeros_(l.bias)


# ==== Xavier on the first layer only -> mlp.xavier_weights: other-law
class MyMLP(Right):
    def init(self):
        nn.init.xavier_uniform_(self.l[0].weight)
        for l in self.l:
            nn.init.zeros_(l.bias)


# ==== Xavier on all but the last layer -> mlp.xavier_weights: other-law
class MyMLP(Right):
    def init(self):
        for l in self.l[:-1]:
            nn.init.xavier_uniform_(l.weight)
        for l in self.l:
            nn.init.zeros_(l.bias)


# ==== a gain of 5 -> mlp.xavier_weights: other-law
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.xavier_uniform_(l.weight, gain=5)
            nn.init.zeros_(l.bias)


# ==== the same seed before each layer -> mlp.xavier_weights: layers-equal
class MyMLP(Right):
    def init(self):
        for l in self.l:
            torch.manual_seed(0)
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)


# ==== the same generator state before each layer -> mlp.xavier_weights: layers-equal
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.xavier_uniform_(l.weight, generator=torch.Generator().manual_seed(3))
            nn.init.zeros_(l.bias)


# ==== biases left as they were -> mlp.xavier_biases: pytorch-default
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)


# ==== only what has two axes is initialised -> mlp.xavier_biases: pytorch-default
class MyMLP(Right):
    def init(self):
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)


# ==== normal biases -> mlp.xavier_biases: other-law
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.normal_(l.bias, std=0.1)


# ==== biases in [0, 1] -> mlp.xavier_biases: other-law
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.uniform_(l.bias)


# ==== biases of 1 -> mlp.xavier_biases: other-law
class MyMLP(Right):
    def init(self):
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.ones_(l.bias)


# ==== no biases -> mlp.xavier_biases: no-bias
class MyMLP(Right):
    def __init__(self, input_size):
        super().__init__(input_size, bias=False)


# ==== no biases, matrices by hand -> mlp.xavier_biases: no-bias
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        n = (input_size, 64, 32, 16, 1)
        self.w = nn.ParameterList([nn.Parameter(nn.init.xavier_uniform_(torch.empty(a, b))) for a, b in zip(n, n[1:])])
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = x.flatten(1)
        for w in self.w[:3]:
            x = self.drop(F.relu(x @ w))
        return x @ self.w[3]


# ==== sigmoid at the end -> mlp.output: activation-at-output
class MyMLP(Right):
    def forward(self, x):
        return torch.sigmoid(super().forward(x))


# ==== nn.Sigmoid at the end of a Sequential -> mlp.output: activation-at-output
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(input_size, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 32), nn.ReLU(),
                                 nn.Dropout(0.2), nn.Linear(32, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 1), nn.Sigmoid())
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.net(x.flatten(1)).squeeze(1)


# ==== sigmoid by hand at the end -> mlp.output: activation-at-output
class MyMLP(Right):
    def forward(self, x):
        return 1 / (1 + torch.exp(-super().forward(x)))


# ==== softmax over one output -> mlp.output: activation-at-output
class MyMLP(Right):
    def forward(self, x):
        return F.softmax(super().forward(x), dim=1)


# ==== sigmoid in evaluation only -> mlp.output: activation-at-output
class MyMLP(Right):
    def forward(self, x):
        z = super().forward(x)
        return z if self.training else z.sigmoid()


# ==== logarithm of the sigmoid -> mlp.output: activation-at-output
class MyMLP(Right):
    def forward(self, x):
        return F.logsigmoid(super().forward(x))


# ==== a decision in place of logits -> mlp.output: activation-at-output
class MyMLP(Right):
    def forward(self, x):
        return (torch.sigmoid(super().forward(x)) > 0.5).float()


# ==== two outputs -> mlp.output: wrong-shape
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(input_size, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 32), nn.ReLU(),
                                 nn.Dropout(0.2), nn.Linear(32, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 2))
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.xavier_uniform_(m.weight)
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.net(x.flatten(1))


# ==== squeeze() -> mlp.output: batch-axis-dropped
class MyMLP(Right):
    def forward(self, x):
        return super().forward(x).squeeze()


# ==== torch.squeeze without an axis -> mlp.output: batch-axis-dropped
class MyMLP(Right):
    def forward(self, x):
        return torch.squeeze(super().forward(x))


# ==== one row of all outputs -> mlp.output: wrong-shape
class MyMLP(Right):
    def forward(self, x):
        return super().forward(x).view(1, -1)


# ==== three axes -> mlp.output: wrong-shape
class MyMLP(Right):
    def forward(self, x):
        return super().forward(x).unsqueeze(1)


# ==== mean over the batch -> mlp.output: wrong-shape
class MyMLP(Right):
    def forward(self, x):
        return super().forward(x).mean()
