import torch
from torch import nn
from .config import cfg

def xavier(m):
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)
        nn.init.zeros_(m.bias)

class MyMLP(nn.Module):
    def __init__(self, input_size, hidden=None, dropout=None):
        super().__init__()
        hidden = cfg.model.hidden if hidden is None else hidden
        p = cfg.model.dropout if dropout is None else dropout
        sizes = [input_size] + list(hidden)
        self.body = nn.Sequential(*[nn.Sequential(nn.Linear(i, o), nn.ReLU(), nn.Dropout(p)) for i, o in zip(sizes[:-1], sizes[1:])])
        self.head = nn.Linear(sizes[-1], 1)
        self.apply(xavier)

    def forward(self, x):
        return self.head(self.body(x.flatten(1))).squeeze(-1)
