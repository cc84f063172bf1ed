import torch
import torch.nn as nn


class Classifier(nn.Module):
    """Base class: knows how to train itself and how to give its score, like in scikit-learn."""

    loss = nn.CrossEntropyLoss()

    def predict(self, x):
        return self(x).argmax(1)

    def score(self, loader):
        self.eval()
        ok, n = 0, 0
        with torch.no_grad():
            for x, y in loader:
                ok += (self.predict(x) == y).sum().item()
                n += len(y)
        return 100 * ok / n

    def fit(self, train_loader, valid_loader=None, epochs=3, lr=1e-3):
        optimizer = torch.optim.Adam(self.parameters(), lr=lr)
        history = []
        for epoch in range(epochs):
            self.train()
            for x, y in train_loader:
                optimizer.zero_grad()
                loss = self.loss(self(x), y)
                loss.backward()
                optimizer.step()
            if valid_loader is not None:
                history.append(self.score(valid_loader))
                print(f"{type(self).__name__} epoch {epoch + 1}/{epochs}: {history[-1]:.1f} %")
        return history

    @property
    def n_parameters(self):
        return sum(p.numel() for p in self.parameters())


class MultinomialRegression(Classifier):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(784, 10)

    def forward(self, x):
        return self.linear(x.flatten(1))


class SmallCNN(Classifier):
    """question 1.3"""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 32, 3)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Linear(32 * 13 * 13, 10)

    def forward(self, x):
        return self.fc(self.pool(self.conv(x).relu()).flatten(1))


class BigCNN(Classifier):
    """question 1.4"""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3)
        self.conv2 = nn.Conv2d(32, 64, 3)
        self.pool = nn.MaxPool2d(2)
        self.fc1 = nn.Linear(64 * 5 * 5, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = self.pool(self.conv1(x).relu())
        x = self.pool(self.conv2(x).relu())
        return self.fc2(self.fc1(x.flatten(1)).relu())


class CrackDetector(Classifier):
    loss = nn.BCEWithLogitsLoss()

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.AdaptiveMaxPool2d(2),
            nn.Flatten(), nn.Linear(128, 1))

    def forward(self, x):
        return self.body(x).squeeze(-1)

    def predict(self, x):
        return (self(x) > 0).float()
