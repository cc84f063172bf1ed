# one file, no classes for the models, everything by functions that return nn.Sequential
import pathlib
import numpy as np
import torch
from torch import nn
from torch.utils.data import Dataset, DataLoader, Subset
from torchvision import datasets, transforms as T
from PIL import Image


def get_mnist_loaders(bs=64):
    tr = T.Compose([T.ToTensor(), T.Normalize((0.1307,), (0.3081,))])
    sets = {k: datasets.MNIST("../data", train=(k == "train"), download=True, transform=tr) for k in ("train", "test")}
    return {k: DataLoader(s, batch_size=bs, shuffle=(k == "train")) for k, s in sets.items()}


def logistic_regression():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 10), nn.LogSoftmax(dim=1))


MultinomialRegression = logistic_regression


def make_cnn1():
    return nn.Sequential(nn.Conv2d(1, 32, 3), nn.MaxPool2d(2, 2), nn.ReLU(), nn.Flatten(), nn.Linear(32 * 13 * 13, 10))


def make_cnn2():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2, 2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2, 2),
        nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Dropout(0.2), nn.Linear(128, 10))


def make_crack_cnn():
    return nn.Sequential(
        nn.Conv2d(1, 12, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(12, 24, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(24, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 64, 32), nn.ReLU(), nn.Linear(32, 1), nn.Flatten(0))


def count_params(model):
    return {"total": sum(p.numel() for p in model.parameters()), "trainable": sum(p.numel() for p in model.parameters() if p.requires_grad)}


def compute_accuracy(model, dataloader, device="cpu"):
    model.eval()
    all_true, all_pred = [], []
    for x, y in dataloader:
        with torch.no_grad():
            all_pred.append(model(x.to(device)).argmax(1).cpu().numpy())
        all_true.append(y.numpy())
    return 100 * np.mean(np.concatenate(all_true) == np.concatenate(all_pred))


def train(model, train_loader, criterion, optimizer, num_epochs=2, val_loader=None, metric=None):
    for epoch in range(num_epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            criterion(model(x), y).backward()
            optimizer.step()


def train_cracks(model, train_loader, val_loader, epochs=3):
    opt, crit = torch.optim.Adam(model.parameters(), lr=1e-3), nn.BCEWithLogitsLoss()
    out = []
    for _ in range(epochs):
        model.train()
        for x, y in train_loader:
            loss = crit(model(x), y.float())
            opt.zero_grad()
            loss.backward()
            opt.step()
        model.eval()
        with torch.no_grad():
            loss = np.mean([crit(model(x), y.float()).item() for x, y in val_loader])
            acc = np.concatenate([((model(x) > 0) == (y > .5)).numpy() for x, y in val_loader]).mean()
        out.append((loss, acc))
    return out


class ImageDataset(Dataset):
    def __init__(self, files, labels, size=64):
        self.files, self.labels, self.size = files, np.asarray(labels, dtype=np.float32), size

    def __len__(self):
        return len(self.files)

    def __getitem__(self, k):
        im = Image.open(self.files[k]).convert("L").resize((self.size, self.size))
        a = np.asarray(im, dtype=np.float32) / 255
        return torch.from_numpy(2 * a - 1)[None], self.labels[k]


def main():
    loaders = get_mnist_loaders()
    for make in (logistic_regression, make_cnn1, make_cnn2):
        model = make()
        loss = nn.NLLLoss() if make is logistic_regression else nn.CrossEntropyLoss()
        train(model, loaders["train"], loss, torch.optim.Adam(model.parameters(), lr=1e-3), 1)
        print(make.__name__, count_params(model)["total"], compute_accuracy(model, loaders["test"]))
    files = sorted(map(str, pathlib.Path(".").glob("*ive/*.jpg")))
    data = ImageDataset(files, ["Positive" in f for f in files])
    idx = np.random.default_rng(1).permutation(len(data))
    cut = [int(.6 * len(idx)), int(.8 * len(idx))]
    a, b, c = (DataLoader(Subset(data, part.tolist()), 16, shuffle=n == 0) for n, part in enumerate(np.split(idx, cut)))
    model = make_crack_cnn()
    print(train_cracks(model, a, b, 1), count_params(model))


if __name__ == "__main__":
    main()
