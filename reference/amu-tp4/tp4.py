"""TP 4: MNIST and crack detection with convolutional networks."""

import glob

import numpy as np
import torch
from imageio.v3 import imread
from matplotlib import pyplot as plt
from sklearn.model_selection import train_test_split
from torch import nn
from torch.optim import Adam
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms
from torchvision.datasets import MNIST

IMAGES = "./"
SIDE = 64
EPOCHS = 2  # more of them give better networks


def load_mnist(batch_size=64):
    """The loaders of the training and the test set, normalised."""
    # <solution>
    transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
    train_set = MNIST(root="./data", train=True, download=True, transform=transform)
    test_set = MNIST(root="./data", train=False, download=True, transform=transform)
    train_loader = DataLoader(train_set, batch_size=batch_size, shuffle=True)
    test_loader = DataLoader(test_set, batch_size=batch_size, shuffle=False)
    return train_loader, test_loader
    # </solution>


class MultinomialRegression(nn.Module):
    """One linear map from the 784 pixels to the scores of the 10 digits."""

    def __init__(self):
        super().__init__()
        # <solution>
        self.linear = nn.Linear(28 * 28, 10)
        # </solution>

    def forward(self, x):
        # <solution>
        return self.linear(torch.flatten(x, 1))
        # </solution>


class CNN1(nn.Module):
    """A convolution with 32 filters, a pooling, a dense layer."""

    def __init__(self):
        super().__init__()
        # <solution>
        self.conv = nn.Conv2d(1, 32, kernel_size=3)
        self.pool = nn.MaxPool2d(2, stride=2)
        self.dense = nn.Linear(32 * 13 * 13, 10)
        # </solution>

    def forward(self, x):
        # <solution>
        x = self.pool(torch.relu(self.conv(x)))  # (32, 26, 26), then (32, 13, 13)
        return self.dense(torch.flatten(x, 1))  # 5408 values
        # </solution>


class CNN2(nn.Module):
    """Two convolutions with 32 and 64 filters, each with its pooling, and two dense layers."""

    def __init__(self):
        super().__init__()
        # <solution>
        self.conv1 = nn.Conv2d(1, 32, kernel_size=3)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3)
        self.pooling = nn.MaxPool2d(2)
        self.dense1 = nn.Linear(64 * 5 * 5, 128)
        self.dense2 = nn.Linear(128, 10)
        # </solution>

    def forward(self, x):
        # <solution>
        x = self.pooling(torch.relu(self.conv1(x)))  # (32, 13, 13)
        x = self.pooling(torch.relu(self.conv2(x)))  # (64, 5, 5)
        x = torch.relu(self.dense1(torch.flatten(x, 1)))  # 1600 values
        return self.dense2(x)
        # </solution>


def count_parameters(model):
    """How many numbers the model learns."""
    # <solution>
    return sum(p.numel() for p in model.parameters())
    # </solution>


def evaluate(model, loader):
    """The percentage of images classified right, over the whole set."""
    # <solution>
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images).argmax(1)
            correct += (predicted == labels).sum().item()
            total += len(labels)
    return 100 * correct / total
    # </solution>


def list_images(folder):
    """The paths of all images, and 1 for those that show a crack."""
    positive = sorted(glob.glob(folder + "Positive/*.jpg"))
    negative = sorted(glob.glob(folder + "Negative/*.jpg"))
    return positive + negative, np.array([1] * len(positive) + [0] * len(negative))


def split(images, labels):
    """(images, labels) for training (60 %), validation (20 %) and test (20 %)."""
    # <solution>
    rest, test, y_rest, y_test = train_test_split(images, labels, test_size=0.2, random_state=12, stratify=labels)
    train, valid, y_train, y_valid = train_test_split(rest, y_rest, test_size=0.25, random_state=12, stratify=y_rest)
    return (train, y_train), (valid, y_valid), (test, y_test)
    # </solution>


class Dataset_fissures(Dataset):  # noqa: N801  # the name that the statement gives
    """Images read from their files, grey, normalised, with their labels."""

    def __init__(self, img_path, img_labels):
        # <solution>
        self.img_path = img_path
        self.img_labels = torch.tensor(img_labels, dtype=torch.float32)
        self.transforms = transforms.Compose([
            transforms.ToTensor(),
            transforms.Grayscale(),
            transforms.Resize((SIDE, SIDE)),
            transforms.Normalize(mean=[0.5], std=[0.5]),
        ])  # fmt: skip
        # </solution>

    def __len__(self):
        # <solution>
        return len(self.img_path)
        # </solution>

    def __getitem__(self, index):
        # <solution>
        return self.transforms(imread(self.img_path[index])), self.img_labels[index]
        # </solution>


class CrackCNN(nn.Module):
    """Three convolutions; one output: the logit of a crack."""

    def __init__(self):
        super().__init__()
        # <solution>
        self.features = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        )  # fmt: skip
        self.dense = nn.Linear(32 * (SIDE // 8) ** 2, 1)
        # </solution>

    def forward(self, x):
        # <solution>
        return self.dense(torch.flatten(self.features(x), 1))
        # </solution>


def train(model, train_loader, valid_loader=None, epochs=5, lr=1e-3):
    """Train with Adam; after every epoch, the percentage on the validation set."""
    # <solution>
    binary = isinstance(model, CrackCNN)
    criterion = nn.BCEWithLogitsLoss() if binary else nn.CrossEntropyLoss()
    optimizer = Adam(model.parameters(), lr=lr)
    history = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for images, labels in train_loader:
            optimizer.zero_grad()
            outputs = model(images)
            loss = criterion(outputs.squeeze(1), labels) if binary else criterion(outputs, labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        seen = {"loss": total / len(train_loader.dataset)}
        if valid_loader is not None:
            seen["valid"] = evaluate_cracks(model, valid_loader) if binary else evaluate(model, valid_loader)
        history.append(seen)
        print(epoch + 1, seen)
    return history
    # </solution>


def evaluate_cracks(model, loader):
    """The percentage of walls classified right: a crack where the logit is positive."""
    # <solution>
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images).squeeze(1) > 0
            correct += (predicted == (labels > 0.5)).sum().item()
            total += len(labels)
    return 100 * correct / total
    # </solution>


def main():
    """Everything that the statement asks for, in its order."""
    # <solution>
    torch.manual_seed(12)
    train_loader, test_loader = load_mnist()
    for kind in (MultinomialRegression, CNN1, CNN2):
        model = kind()
        train(model, train_loader, epochs=EPOCHS)
        print(f"{kind.__name__}: {count_parameters(model)} paramètres, {evaluate(model, test_loader):.1f} %")

    sets = [Dataset_fissures(*one) for one in split(*list_images(IMAGES))]
    train_loader, valid_loader, test_loader = (DataLoader(one, 20, shuffle=one is sets[0]) for one in sets)
    model = CrackCNN()
    history = train(model, train_loader, valid_loader, epochs=EPOCHS)
    print(f"CrackCNN: {count_parameters(model)} paramètres, {evaluate_cracks(model, test_loader):.1f} %")
    plt.plot([seen["valid"] for seen in history], label="validation")
    plt.xlabel("époque")
    plt.ylabel("images bien classées (%)")
    plt.legend()
    plt.savefig("fissures.png")
    # </solution>


if __name__ == "__main__":
    main()
