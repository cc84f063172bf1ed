"""The network (question 1.3)."""

import torch
from torch import nn


class Block(nn.Module):
    """Linear -> ReLU -> Dropout, initialised with Xavier."""

    def __init__(self, n_in: int, n_out: int, p: float) -> None:
        super().__init__()
        self.linear = nn.Linear(n_in, n_out)
        self.activation = nn.ReLU(inplace=True)
        self.dropout = nn.Dropout(p)
        nn.init.xavier_uniform_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.dropout(self.activation(self.linear(x)))


class MyMLP(nn.Module):
    def __init__(self, input_size: int, p: float = 0.2) -> None:
        super().__init__()
        self.block1 = Block(input_size, 192, p)
        self.block2 = Block(192, 96, p)
        self.block3 = Block(96, 48, p)
        self.head = nn.Linear(48, 1)
        nn.init.xavier_uniform_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x: (batch, freq * time), already flattened on disk; a spectrogram is accepted as well."""
        hidden = self.block3(self.block2(self.block1(torch.flatten(x, start_dim=1))))
        return torch.squeeze(self.head(hidden), dim=-1)
