import argparse, os, random
from pathlib import Path
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch.utils.data import DataLoader, Dataset, random_split, Subset
from torchvision import datasets, transforms
from PIL import Image
from tqdm import tqdm


class LogReg(nn.Module):
    def __init__(self, in_dim=784, out_dim=10):
        super().__init__()
        self.fc = nn.Linear(in_dim, out_dim)

    def forward(self, x):
        return self.fc(x.view(x.size(0), -1))


class Net1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 32, 3)
        self.fc = nn.Linear(5408, 10)

    def forward(self, x):
        x = F.avg_pool2d(F.relu(self.conv(x)), 2)
        return self.fc(x.view(x.size(0), -1))


class Net2(nn.Module):
    def __init__(self, dropout=0.0):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3)
        self.conv2 = nn.Conv2d(32, 64, 3)
        self.drop = nn.Dropout(dropout)
        self.fc1 = nn.Linear(1600, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.conv1(x), 2))
        x = F.relu(F.max_pool2d(self.conv2(x), 2))
        x = torch.flatten(x, 1)
        x = self.drop(F.relu(self.fc1(x)))
        return self.fc2(x)


class CrackNet(nn.Module):
    """VGG-like"""
    def __init__(self, width=16):
        super().__init__()
        def block(i, o):
            return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(inplace=True), nn.MaxPool2d(2))
        self.features = nn.Sequential(block(1, width), block(width, 2 * width), block(2 * width, 4 * width))
        self.gap = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(4 * width, 1)

    def forward(self, x):
        x = self.gap(self.features(x)).flatten(1)
        return self.head(x).squeeze(-1)


class CrackDataset(Dataset):
    def __init__(self, img_paths, labels, transform=None):
        self.img_paths, self.labels, self.transform = img_paths, labels, transform or transforms.Compose([
            transforms.Grayscale(1), transforms.Resize((96, 96)), transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])

    def __len__(self):
        return len(self.img_paths)

    def __getitem__(self, idx):
        img = Image.open(self.img_paths[idx]).convert("RGB")
        return self.transform(img), np.float32(self.labels[idx])


def get_loaders(bs=64):
    t = transforms.ToTensor()
    tr = datasets.MNIST("./data", train=True, download=True, transform=t)
    te = datasets.MNIST("./data", train=False, download=True, transform=t)
    return DataLoader(tr, bs, shuffle=True), DataLoader(te, 1000)


def train_one_epoch(model, loader, optimizer, criterion, device):
    model.train()
    total = 0.
    for x, y in tqdm(loader, leave=False):
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * x.size(0)
    return total / len(loader.dataset)


@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    model.eval()
    n = 0
    for x, y in loader:
        out = model(x.to(device))
        pred = out.argmax(1) if out.dim() == 2 else (out > 0).long()
        n += (pred.cpu() == y.long()).sum().item()
    return 100. * n / (len(loader) * loader.batch_size)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def run_mnist(device, epochs):
    train_loader, test_loader = get_loaders()
    for cls in (LogReg, Net1, Net2):
        model = cls().to(device)
        optimizer = optim.Adam(model.parameters(), lr=1e-3)
        for epoch in range(1, epochs + 1):
            train_one_epoch(model, train_loader, optimizer, nn.CrossEntropyLoss(), device)
        print(f"{cls.__name__:10s} | params {count_parameters(model):,} | acc {evaluate(model, test_loader, device):.2f}%")


def run_cracks(device, epochs, root="."):
    files = sorted(Path(root).glob("Positive/*.jpg")) + sorted(Path(root).glob("Negative/*.jpg"))
    labels = [int(p.parent.name == "Positive") for p in files]
    full = CrackDataset([str(p) for p in files], labels)
    n = len(full)
    n_train, n_val = int(0.6 * n), int(0.2 * n)
    train_set, val_set, test_set = random_split(full, [n_train, n_val, n - n_train - n_val], generator=torch.Generator().manual_seed(0))
    train_loader, val_loader, test_loader = DataLoader(train_set, 16, shuffle=True), DataLoader(val_set, 16), DataLoader(test_set, 16)
    model = CrackNet().to(device)
    optimizer = optim.SGD(model.parameters(), lr=1e-2, momentum=0.9)
    criterion = nn.BCEWithLogitsLoss()
    history = {"loss": [], "val_acc": []}
    for epoch in range(epochs):
        history["loss"].append(train_one_epoch(model, train_loader, optimizer, criterion, device))
        print(epoch, history["loss"][-1])
    print("test", evaluate(model, test_loader, device), "params", count_parameters(model))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=3)
    args = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    run_mnist(device, args.epochs)
    run_cracks(device, args.epochs)


if __name__ == "__main__":
    main()
