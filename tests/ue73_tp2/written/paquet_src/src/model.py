from torch import nn


class PulseNet(nn.Module):
    def __init__(self, in_features: int, width: int = 128, drop: float = 0.2):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(in_features, width),
            nn.ReLU(),
            nn.Dropout(drop),
            nn.Linear(width, width // 2),
            nn.ReLU(),
            nn.Dropout(drop),
            nn.Linear(width // 2, width // 4),
            nn.ReLU(),
            nn.Dropout(drop),
            nn.Linear(width // 4, 1),
        )
        for p in self.net:
            if isinstance(p, nn.Linear):
                nn.init.xavier_uniform_(p.weight)
                nn.init.zeros_(p.bias)

    def forward(self, x):
        return self.net(x).squeeze(1)
