# Gaëlle Roux
# pas eu le temps de finir, il manque la boucle d'entraînement et des métriques

from pathlib import Path
import numpy as np
import torch
from torch import nn
from torch.utils.data import TensorDataset
from pulses import build_spectrograms


def standardize(x, reference=None):
    # une moyenne et un écart-type par spectrogramme
    mu = x.mean(axis=(1, 2), keepdims=True)
    sigma = x.std(axis=(1, 2), keepdims=True)
    return (x - mu) / sigma


def prepare(data_dir, out_dir):
    for name in ["train", "valid", "test"]:
        x, y = build_spectrograms(Path(data_dir) / name)
        d = Path(out_dir) / name
        d.mkdir(parents=True, exist_ok=True)
        np.save(d / "x.npy", standardize(x))
        np.save(d / "y.npy", y)


class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.fc1 = nn.Linear(input_size, 64)
        self.fc2 = nn.Linear(64, 32)
        self.fc3 = nn.Linear(32, 1)
        self.drop = nn.Dropout(0.2)

    def forward(self, x):
        x = x.flatten(1)
        x = self.drop(torch.relu(self.fc1(x)))
        x = self.drop(torch.relu(self.fc2(x)))
        return self.fc3(x)


def load_dataset(folder):
    x = torch.tensor(np.load(Path(folder) / "x.npy"))
    y = torch.tensor(np.load(Path(folder) / "y.npy"))
    return TensorDataset(x, y)


def make_loaders(root, batch_size):
    raise NotImplementedError  # TODO


def accuracy(y_true, y_pred):
    return (np.array(y_true) == np.array(y_pred)).mean()


def precision(y_true, y_pred):
    tp = sum((np.array(y_true) == 1) & (np.array(y_pred) == 1))
    return tp / sum(np.array(y_pred) == 1)


def recall(y_true, y_pred):
    tp = sum((np.array(y_true) == 1) & (np.array(y_pred) == 1))
    return tp / (tp + fn)


# TODO f1, FPR, FNR
# TODO train

prepare("data", "dataset")
train_set = load_dataset("dataset/train")
model = MyMLP(32 * 24)
print(model(train_set[:4][0]))
train(model, *make_loaders("dataset", 8), epochs=10, lr=1e-3)
