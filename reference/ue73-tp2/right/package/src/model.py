import torch
from torch import nn


class Block(nn.Module):
    """Linear -> Dropout -> ReLU"""

    def __init__(self, n_in, n_out, p):
        super().__init__()
        self.fc = nn.Linear(n_in, n_out)
        self.drop = nn.Dropout(p)
        self.act = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.act(self.drop(self.fc(x)))


def init_weights(m):
    if type(m) is nn.Linear:
        nn.init.xavier_uniform_(m.weight)
        m.bias.data.fill_(0)


class MyMLP(nn.Module):
    def __init__(self, n_inputs, hidden=128, p=0.1):
        super().__init__()
        self.body = nn.Sequential(
            Block(n_inputs, hidden, p),
            Block(hidden, hidden // 2, p),
            Block(hidden // 2, hidden // 4, p),
        )
        self.head = nn.Linear(hidden // 4, 1)
        self.apply(init_weights)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        return self.head(self.body(x))
