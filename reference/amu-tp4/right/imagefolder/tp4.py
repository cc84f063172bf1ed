import torch, torch.nn as nn
from torch.utils.data import DataLoader, Dataset
from torchvision import datasets, transforms
from torchvision.io import read_image
import os, random

transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])


def load_mnist(batch_size=64):
    train_dataset = datasets.MNIST(root='data', train=True, transform=transform, download=True)
    test_dataset = datasets.MNIST(root='data', train=False, transform=transform)
    return (DataLoader(dataset=train_dataset, batch_size=batch_size, shuffle=True),
            DataLoader(dataset=test_dataset, batch_size=batch_size, shuffle=False))


class MultinomialRegression(nn.Module):
    def __init__(self, n_in=784, n_out=10):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(n_in, n_out))

    def forward(self, x):
        return self.net(x)


class CNN1(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 32, (3, 3)), nn.ReLU(inplace=True), nn.MaxPool2d((2, 2), (2, 2)))
        self.classifier = nn.Linear(5408, num_classes)

    def forward(self, x):
        return self.classifier(self.features(x).reshape(x.shape[0], -1))


class CNN2(nn.Module):
    def __init__(self, num_classes):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 32, 3), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2))
        self.classifier = nn.Sequential(nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, num_classes))

    def forward(self, x):
        return self.classifier(torch.flatten(self.features(x), 1))


class CrackCNN(nn.Module):
    def __init__(self):
        super().__init__()
        layers, c = [], 1
        for k in (16, 32, 32):
            layers += [nn.Conv2d(c, k, 3, padding='same'), nn.ReLU(), nn.MaxPool2d(2)]
            c = k
        self.cnn = nn.Sequential(*layers)
        self.out = nn.Linear(32 * 8 * 8, 1)

    def forward(self, x):
        return self.out(self.cnn(x).flatten(1)).squeeze(1)


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    n_ok, n = 0, 0
    with torch.no_grad():
        for X, y in loader:
            out = model(X)
            pred = (out > 0).long() if out.ndim == 1 else out.argmax(-1)
            n_ok += (pred == y.long()).sum().item()
            n += y.numel()
    model.train(was_training)
    return round(100 * n_ok / n, 2)


def train(model, train_loader, valid_loader, epochs=5, lr=1e-3):
    """The same loop for both: the loss is chosen by the model."""
    loss_fn = nn.BCEWithLogitsLoss() if isinstance(model, CrackCNN) else nn.CrossEntropyLoss()
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    for e in range(1, epochs + 1):
        model.train()
        for X, y in train_loader:
            opt.zero_grad(set_to_none=True)
            loss_fn(model(X), y).backward()
            opt.step()
        print(f"epoch {e}: {evaluate(model, valid_loader)} %")


class SurfaceCrackDataset(Dataset):
    def __init__(self, paths, labels):
        self.paths = paths
        self.labels = [float(l) for l in labels]
        self.t = transforms.Compose([transforms.Grayscale(), transforms.Resize((64, 64)), transforms.ConvertImageDtype(torch.float32), transforms.Normalize((.5,), (.5,))])

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, i):
        return self.t(read_image(self.paths[i])), torch.tensor(self.labels[i])


def split(images, labels, seed=0):
    pairs = list(zip(images, labels))
    random.Random(seed).shuffle(pairs)
    n = len(pairs)
    parts = pairs[:int(.6 * n)], pairs[int(.6 * n):int(.8 * n)], pairs[int(.8 * n):]
    return parts


if __name__ == '__main__':
    tr, te = load_mnist()
    for m in (MultinomialRegression(), CNN1(), CNN2(10)):
        train(m, tr, te, epochs=1)
        print(type(m).__name__, 'parameters:', sum(p.numel() for p in m.parameters()))
    folder = datasets.ImageFolder('.', is_valid_file=lambda p: 'tive' in p and p.endswith('.jpg'))
    files = [p for p, _ in folder.samples]
    sets = [SurfaceCrackDataset([p for p, _ in s], [l for _, l in s]) for s in split(files, [int('Positive' in f) for f in files])]
    loaders = [DataLoader(s, 20, shuffle=i == 0) for i, s in enumerate(sets)]
    m = CrackCNN()
    train(m, loaders[0], loaders[1], epochs=1)
    print('test', evaluate(m, loaders[2]), 'parameters:', sum(p.numel() for p in m.parameters()))
