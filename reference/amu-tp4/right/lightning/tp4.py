"""TP4, dans le style de PyTorch Lightning (sans la bibliothèque)."""
import glob
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset, random_split
from torchvision import transforms
from torchvision.datasets import MNIST
import cv2
import numpy as np


class DataModule:
    def train_dataloader(self): raise NotImplementedError
    def val_dataloader(self): raise NotImplementedError


class MNISTData(DataModule):
    def __init__(self, batch_size=64, path="./data"):
        self.batch_size = batch_size
        tf = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
        self.train_set = MNIST(path, train=True, download=True, transform=tf)
        self.test_set = MNIST(path, train=False, download=True, transform=tf)

    def train_dataloader(self):
        return DataLoader(self.train_set, batch_size=self.batch_size, shuffle=True)

    def val_dataloader(self):
        return DataLoader(self.test_set, batch_size=self.batch_size)


class LitModule(nn.Module):
    lr = 1e-3

    def loss(self, out, y):
        return F.cross_entropy(out, y)

    def predict(self, x):
        return self(x).argmax(dim=1)

    def training_step(self, batch):
        x, y = batch
        return self.loss(self(x), y)

    def validation_step(self, batch):
        x, y = batch
        return (self.predict(x) == y).sum().item(), len(y)

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=self.lr)

    @property
    def num_params(self):
        return sum(p.numel() for p in self.parameters() if p.requires_grad)


class MultinomialRegression(LitModule):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(784, 10)

    def forward(self, x):
        return self.fc(x.flatten(1))


class CNN1(LitModule):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels=1, out_channels=32, kernel_size=(3, 3))
        self.fc = nn.Linear(32 * 13 * 13, 10)

    def forward(self, x):
        x = F.relu(self.conv1(x))
        x = F.max_pool2d(x, 2)
        return self.fc(x.flatten(1))


class CNN2(LitModule):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3)
        self.conv2 = nn.Conv2d(32, 64, 3)
        self.fc1 = nn.Linear(1600, 128)
        self.fc2 = nn.Linear(128, 10)
        self.drop = nn.Dropout(0.25)

    def forward(self, x):
        for conv in (self.conv1, self.conv2):
            x = F.max_pool2d(F.relu(conv(x)), 2)
        x = self.drop(F.relu(self.fc1(x.flatten(1))))
        return self.fc2(x)


class Dataset_fissures(Dataset):
    def __init__(self, img_path, img_labels):
        self.img_path = img_path
        self.img_labels = np.asarray(img_labels, dtype=np.float32)

    def __len__(self):
        return len(self.img_path)

    def __getitem__(self, idx):
        img = cv2.imread(self.img_path[idx], cv2.IMREAD_GRAYSCALE)
        img = cv2.resize(img, (120, 120), interpolation=cv2.INTER_AREA)
        x = torch.from_numpy(img.astype(np.float32) / 255.0).unsqueeze(0)
        return (x - 0.5) / 0.5, self.img_labels[idx]


def split(images, labels):
    full = Dataset_fissures(images, labels)
    g = torch.Generator().manual_seed(3)
    return random_split(full, [0.6, 0.2, 0.2], generator=g)


class CrackCNN(LitModule):
    def __init__(self, width=16):
        super().__init__()
        chans = [1, width, 2 * width, 4 * width]
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1, bias=False) for a, b in zip(chans, chans[1:]))
        self.bns = nn.ModuleList(nn.BatchNorm2d(b) for b in chans[1:])
        self.out = nn.Linear(chans[-1], 1)

    def forward(self, x):
        for conv, bn in zip(self.convs, self.bns):
            x = F.max_pool2d(F.relu(bn(conv(x))), 2)
        return self.out(x.amax(dim=(-2, -1))).squeeze(1)

    def loss(self, out, y):
        return F.binary_cross_entropy_with_logits(out, y)

    def predict(self, x):
        return (torch.sigmoid(self(x)) >= 0.5).float()


class Trainer:
    def __init__(self, max_epochs=5):
        self.max_epochs = max_epochs
        self.journal = []

    def validate(self, model, loader):
        model.eval()
        good = total = 0
        with torch.no_grad():
            for batch in loader:
                g, n = model.validation_step(batch)
                good, total = good + g, total + n
        return 100 * good / total

    def fit(self, model, train_loader, val_loader=None):
        opt = model.configure_optimizers()
        for epoch in range(self.max_epochs):
            model.train()
            for batch in train_loader:
                opt.zero_grad()
                loss = model.training_step(batch)
                loss.backward()
                opt.step()
            if val_loader is not None:
                self.journal.append(self.validate(model, val_loader))
                print(f"epoch {epoch}: val {self.journal[-1]:.2f}")
        return self.journal


def evaluate(model, loader):
    return Trainer().validate(model, loader)


if __name__ == "__main__":
    dm = MNISTData(64)
    for cls in (MultinomialRegression, CNN1, CNN2):
        net = cls()
        Trainer(3).fit(net, dm.train_dataloader(), dm.val_dataloader())
        print(cls.__name__, net.num_params, evaluate(net, dm.val_dataloader()))
    pos, neg = sorted(glob.glob("./Positive/*.jpg")), sorted(glob.glob("./Negative/*.jpg"))
    tr, va, te = split(pos + neg, [1] * len(pos) + [0] * len(neg))
    net = CrackCNN()
    Trainer(6).fit(net, DataLoader(tr, 16, shuffle=True), DataLoader(va, 16))
    print("fissures :", net.num_params, evaluate(net, DataLoader(te, 16)))
