import math

import torch
from torch import nn


class PerceptronMulticouche(nn.Module):
    def __init__(self, taille, couches=(120, 60, 30), taux=0.15):
        super().__init__()
        tailles = [taille] + list(couches) + [1]
        self.lineaires = nn.ModuleList()
        for a, b in zip(tailles[:-1], tailles[1:]):
            l = nn.Linear(a, b)
            borne = math.sqrt(6 / (a + b))
            with torch.no_grad():
                l.weight.uniform_(-borne, borne)
                l.bias.uniform_(-borne, borne)
            self.lineaires.append(l)
        self.abandon = nn.Dropout(taux)

    def forward(self, x):
        x = torch.flatten(x, 1)
        for i, l in enumerate(self.lineaires):
            x = l(x)
            if i < 3:
                x = self.abandon(x.clamp(min=0))
        return x
