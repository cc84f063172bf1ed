"""UE73, TP2, Alice Martin."""
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from pulses import build_spectrograms

EPOCHS = 12
BATCH_SIZE = 8
LR = 1e-3


# 1.1
# Je standardise par bande de fréquence avec les statistiques du train. Le bruit n'a pas le même niveau dans toutes les
# bandes : ramenées à la même échelle, elles partent à égalité et l'optimiseur n'a pas à rattraper ces différences.
# Je m'attends à une perte qui descend plus vite pendant les premières époques.
def standardize(x, reference=None):
    if reference is None:
        reference = x
    mean = reference.mean(axis=(0, 2), keepdims=True)
    std = reference.std(axis=(0, 2), keepdims=True) + 1e-7
    return ((x - mean) / std).astype(np.float32)


# 1.2
def prepare(data_dir, out_dir):
    data_dir, out_dir = Path(data_dir), Path(out_dir)
    x_train, y_train = build_spectrograms(data_dir / "train")
    save(out_dir / "train", standardize(x_train), y_train)
    for name in ("valid", "test"):
        x, y = build_spectrograms(data_dir / name)
        save(out_dir / name, standardize(x, x_train), y)


def save(folder, x, y):
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "x.npy", x)
    np.save(folder / "y.npy", y)


# 1.3
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.linear1 = nn.Linear(input_size, 200)
        self.linear2 = nn.Linear(200, 100)
        self.linear3 = nn.Linear(100, 40)
        self.linear4 = nn.Linear(40, 1)
        self.relu = nn.ReLU()
        self.dropout = nn.Dropout(0.25)
        for linear in (self.linear1, self.linear2, self.linear3, self.linear4):
            nn.init.xavier_uniform_(linear.weight)
            nn.init.zeros_(linear.bias)

    def forward(self, x):
        x = x.flatten(1)
        x = self.dropout(self.relu(self.linear1(x)))
        x = self.dropout(self.relu(self.linear2(x)))
        x = self.dropout(self.relu(self.linear3(x)))
        return self.linear4(x).squeeze(1)


# 1.4
def load_dataset(folder):
    x = torch.from_numpy(np.load(Path(folder) / "x.npy")).float()
    y = torch.from_numpy(np.load(Path(folder) / "y.npy")).float()
    return TensorDataset(x, y)


def make_loaders(root, batch_size):
    train_loader = DataLoader(load_dataset(Path(root) / "train"), batch_size=batch_size, shuffle=True)
    valid_loader = DataLoader(load_dataset(Path(root) / "valid"), batch_size=batch_size)
    test_loader = DataLoader(load_dataset(Path(root) / "test"), batch_size=batch_size)
    return train_loader, valid_loader, test_loader


# 1.6
def confusion(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true) == 1, np.asarray(y_pred) == 1
    tp = int((y_true & y_pred).sum())
    fp = int((~y_true & y_pred).sum())
    tn = int((~y_true & ~y_pred).sum())
    fn = int((y_true & ~y_pred).sum())
    return tp, fp, tn, fn


def accuracy(y_true, y_pred):
    tp, fp, tn, fn = confusion(y_true, y_pred)
    return (tp + tn) / (tp + fp + tn + fn)


def precision(y_true, y_pred):
    tp, fp, tn, fn = confusion(y_true, y_pred)
    return tp / (tp + fp) if tp + fp else 0.0


def recall(y_true, y_pred):
    tp, fp, tn, fn = confusion(y_true, y_pred)
    return tp / (tp + fn) if tp + fn else 0.0


def f1_score(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return 2 * p * r / (p + r) if p + r else 0.0


def false_positive_rate(y_true, y_pred):
    tp, fp, tn, fn = confusion(y_true, y_pred)
    return fp / (fp + tn) if fp + tn else 0.0


def false_negative_rate(y_true, y_pred):
    tp, fp, tn, fn = confusion(y_true, y_pred)
    return fn / (fn + tp) if fn + tp else 0.0


METRICS = [accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate]


def evaluate(model, loader):
    model.eval()
    true, pred = [], []
    with torch.no_grad():
        for x, y in loader:
            true.append(y.numpy())
            pred.append(model(x).numpy() > 0)
    true, pred = np.concatenate(true), np.concatenate(pred)
    return {metric.__name__: metric(true, pred) for metric in METRICS}


# 1.5
def train(model, train_loader, valid_loader, epochs, lr):
    loss_fn = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=lr, epochs=epochs, steps_per_epoch=len(train_loader)
    )
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        row = {}
        for name, loader in (("train", train_loader), ("valid", valid_loader)):
            for metric, value in evaluate(model, loader).items():
                row[f"{name}_{metric}"] = value
        history.append(row)
        print(f"époque {epoch + 1:2d}", "  ".join(f"{key} {value:.3f}" for key, value in row.items()))
    return history


if __name__ == "__main__":
    torch.manual_seed(0)
    prepare("data", "dataset")
    train_loader, valid_loader, test_loader = make_loaders("dataset", BATCH_SIZE)
    model = MyMLP(train_loader.dataset.tensors[0][0].numel())
    history = train(model, train_loader, valid_loader, EPOCHS, LR)
    print("test", evaluate(model, test_loader))
    plt.plot([row["train_accuracy"] for row in history], label="train")
    plt.plot([row["valid_accuracy"] for row in history], label="valid")
    plt.legend()
    plt.show()
