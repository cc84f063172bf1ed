import argparse
from collections import Counter
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

import pulses

# Q1.1 : per-spectrogram standardization.
# The three folders do not seem to come from the same microphone (levels differ). With one mean and one std per
# spectrogram every clip is brought back to the same scale, so the network looks at the shape of the event and not at
# its level, and no statistic has to be shared between the sets (hence no leakage).


def standardize(x, reference=None):
    out = []
    for s in x:
        std = s.std()
        if std < 1e-6:  # silent clip
            out.append(np.zeros_like(s))
        else:
            out.append((s - s.mean()) / std)
    return np.stack(out)


def prepare(data_dir, out_dir):
    for split in ["train", "valid", "test"]:
        x, y = pulses.build_spectrograms(Path(data_dir) / split)
        target = Path(out_dir) / split
        target.mkdir(exist_ok=True, parents=True)
        np.save(target / "x", standardize(x))
        np.save(target / "y", y)


class MyMLP(nn.Module):
    """ModuleList, one ReLU and one Dropout shared by all layers."""

    def __init__(self, input_size, hidden_sizes=(128, 64, 32), dropout=0.1):
        super().__init__()
        dims = [input_size] + list(hidden_sizes) + [1]
        self.layers = nn.ModuleList()
        for i in range(len(dims) - 1):
            self.layers.append(nn.Linear(dims[i], dims[i + 1]))
        self.relu = nn.ReLU()
        self.drop = nn.Dropout(dropout)
        self.reset()

    def reset(self):
        for layer in self.layers:
            nn.init.xavier_uniform_(layer.weight)
            bound = (6 / (layer.in_features + layer.out_features)) ** 0.5
            nn.init.uniform_(layer.bias, -bound, bound)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        for layer in self.layers:
            x = self.drop(self.relu(layer(x)))
        return x.view(-1)


def load_dataset(folder):
    folder = Path(folder)
    x = torch.from_numpy(np.load(folder / "x.npy"))
    y = torch.from_numpy(np.load(folder / "y.npy")).float()
    return TensorDataset(x.float(), y)


def make_loaders(root, batch_size):
    root = Path(root)
    return (
        DataLoader(load_dataset(root / "train"), batch_size=batch_size, shuffle=True),
        DataLoader(load_dataset(root / "valid"), batch_size=batch_size),
        DataLoader(load_dataset(root / "test"), batch_size=batch_size),
    )


# Q1.6: all metrics come from the four counts


def accuracy(tp, fp, tn, fn):
    return (tp + tn) / (tp + fp + tn + fn)


def precision(tp, fp, tn, fn):
    try:
        return tp / (tp + fp)
    except ZeroDivisionError:
        return 0.0


def recall(tp, fp, tn, fn):
    try:
        return tp / (tp + fn)
    except ZeroDivisionError:
        return 0.0


def f1_score(tp, fp, tn, fn):
    try:
        return 2 * tp / (2 * tp + fp + fn)
    except ZeroDivisionError:
        return 0.0


def false_positive_rate(tp, fp, tn, fn):
    try:
        return fp / (fp + tn)
    except ZeroDivisionError:
        return 0.0


def false_negative_rate(tp, fp, tn, fn):
    try:
        return fn / (fn + tp)
    except ZeroDivisionError:
        return 0.0


METRICS = {f.__name__: f for f in (accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate)}


@torch.no_grad()
def evaluate(model, loader, criterion):
    model.eval()
    cases, loss = Counter(), 0.0
    for x, y in loader:
        logits = model(x)
        loss += criterion(logits, y).item() * len(y)
        cases.update(zip((y > 0.5).tolist(), (logits > 0).tolist()))
    tp, fp = cases[True, True], cases[False, True]
    tn, fn = cases[False, False], cases[True, False]
    return loss / len(loader.dataset), {name: f(tp, fp, tn, fn) for name, f in METRICS.items()}


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=3)
    history = {"train": {}, "valid": {}}
    for epoch in range(1, epochs + 1):
        model.train()
        for x, y in train_loader:

            def closure():
                optimizer.zero_grad()
                loss = criterion(model(x), y)
                loss.backward()
                return loss

            optimizer.step(closure)

        print(f"epoch {epoch}")
        for split, loader in (("train", train_loader), ("valid", valid_loader)):
            loss, values = evaluate(model, loader, criterion)
            for name, value in {"loss": loss, **values}.items():
                history[split].setdefault(name, []).append(value)
            print("   ", split, f"loss={loss:.4f}", *(f"{k}={v:.3f}" for k, v in values.items()))
        scheduler.step(history["valid"]["loss"][-1])
    return history


def plot(history):
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    for split in history:
        left.plot(history[split]["loss"], label=split)
        right.plot(history[split]["f1_score"], label=split)
    left.set_title("loss")
    right.set_title("F1")
    left.legend()
    right.legend()
    fig.savefig("curves.png")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--batch-size", type=int, default=12)
    parser.add_argument("--lr", type=float, default=1e-3)
    args = parser.parse_args()

    prepare("data", "npy")
    train_loader, valid_loader, test_loader = make_loaders("npy", args.batch_size)
    model = MyMLP(32 * 24)
    history = train(model, train_loader, valid_loader, args.epochs, args.lr)
    print("test:", evaluate(model, test_loader, nn.BCEWithLogitsLoss()))
    plot(history)
