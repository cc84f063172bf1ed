import glob, random
import torch, torch.nn as nn, torch.nn.functional as F
from torch.utils.data import Dataset, DataLoader, random_split, Subset
from torchvision import transforms as T
from torchvision.datasets import MNIST
from torchvision.io import read_image
import numpy as np
from PIL import Image

torch.manual_seed(0)

MNIST_TF = T.Compose([T.ToTensor(), T.Normalize(0.1307, 0.3081)])
loaders = {
    s: DataLoader(MNIST("data", train=(s == "train"), download=True, transform=MNIST_TF), batch_size=64, shuffle=(s == "train"))
    for s in ("train", "test")
}

flatten = lambda x: x.view(x.shape[0], -1)


def n_params(m):
    return sum(p.numel() for p in m.parameters())


def evaluate(m, loader, binary=False):
    m.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for xb, yb in loader:
            z = m(xb)
            pred = (z.view(-1) > 0).long() if binary else z.argmax(-1)
            correct += int((pred == yb.long()).sum())
            total += len(yb)
    return 100 * correct / total


def fit(m, train_loader, val_loader, epochs=4, lr=1e-3, binary=False):
    opt = torch.optim.Adam(m.parameters(), lr)
    lossf = nn.BCEWithLogitsLoss() if binary else nn.CrossEntropyLoss()
    hist = {"loss": [], "val": []}
    for epoch in range(epochs):
        m.train()
        running = 0.
        for xb, yb in train_loader:
            opt.zero_grad(set_to_none=True)
            z = m(xb)
            loss = lossf(z.view(-1), yb) if binary else lossf(z, yb)
            loss.backward()
            opt.step()
            running += loss.item()
        hist["loss"].append(running / len(train_loader))
        hist["val"].append(evaluate(m, val_loader, binary))
    return hist


class Fissures(Dataset):
    """list of (path, label)"""

    def __init__(self, samples):
        self.samples = samples
        self.tf = T.Compose([T.Resize((64, 64)), T.Grayscale(), T.ToTensor(), T.Normalize(0.5, 0.5)])

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, i):
        p, y = self.samples[i]
        return self.tf(Image.open(p)), torch.tensor(float(y))


class FissureNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(1, 12, 5, padding=2)
        self.c2 = nn.Conv2d(12, 24, 3, padding=1)
        self.c3 = nn.Conv2d(24, 48, 3, padding=1)
        self.bn = nn.ModuleList([nn.BatchNorm2d(n) for n in (12, 24, 48)])
        self.drop = nn.Dropout(0.2)
        self.fc = nn.Linear(48 * 4, 1)

    def forward(self, x):
        for c, b in zip((self.c1, self.c2, self.c3), self.bn):
            x = F.max_pool2d(F.relu(b(c(x))), 2)
        x = F.adaptive_max_pool2d(x, 2)
        return self.fc(self.drop(flatten(x)))


def main():
    regression = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    cnn1 = nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(5408, 10))
    cnn2 = nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10),
    )
    for name, m in (("regression", regression), ("cnn1", cnn1), ("cnn2", cnn2)):
        h = fit(m, loaders["train"], loaders["test"])
        print(f"{name:12s} {n_params(m):8d} {h['val'][-1]:.2f}%")

    samples = [(p, 1) for p in glob.glob("Positive/*.jpg")] + [(p, 0) for p in glob.glob("Negative/*.jpg")]
    random.Random(3).shuffle(samples)
    n = len(samples)
    parts = samples[: int(0.6 * n)], samples[int(0.6 * n): int(0.8 * n)], samples[int(0.8 * n):]
    tr, va, te = [DataLoader(Fissures(p), batch_size=16, shuffle=(i == 0)) for i, p in enumerate(parts)]
    net = FissureNet()
    print("FissureNet:", n_params(net), "parameters")
    print(fit(net, tr, va, epochs=12, binary=True))
    print("test:", evaluate(net, te, binary=True))


if __name__ == "__main__":
    main()
