import numpy as np
import torch
import torch.nn as nn
import os
from torch.utils.data import TensorDataset, DataLoader
import matplotlib.pyplot as plt
from pulses import build_spectrograms


def standardize(x, reference=None):
    # standardisation globale, mu et sigma du train. Cela garde les écarts de niveau entre les bandes et rend
    # l'apprentissage plus stable.
    ref = x if reference is None else reference
    return (x - ref.mean()) / (ref.std() + 1e-8)


def prepare(data_dir, out_dir):
    x_train, y_train = build_spectrograms(os.path.join(data_dir, "train"))
    x_valid, y_valid = build_spectrograms(os.path.join(data_dir, "valid"))
    x_test, y_test = build_spectrograms(os.path.join(data_dir, "test"))
    for name, x, y in [("train", x_train, y_train), ("valid", x_valid, y_valid), ("test", x_test, y_test)]:
        os.makedirs(os.path.join(out_dir, name), exist_ok=True)
        np.save(os.path.join(out_dir, name, "x.npy"), standardize(x, x_train))
        np.save(os.path.join(out_dir, name, "y.npy"), y)


class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.model = nn.Sequential(
            nn.Linear(input_size, 256),
            nn.ReLU(),
            nn.Dropout(0.3),
            nn.Linear(256, 128),
            nn.ReLU(),
            nn.Dropout(0.3),
            nn.Linear(128, 64),
            nn.ReLU(),
            nn.Dropout(0.3),
            nn.Linear(64, 1),
        )

    def init_weights(self):
        for layer in self.model:
            if isinstance(layer, nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                nn.init.zeros_(layer.bias)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        return self.model(x).squeeze(1)


def load_dataset(folder):
    x = np.load(os.path.join(folder, "x.npy"))
    y = np.load(os.path.join(folder, "y.npy"))
    return TensorDataset(torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32))


def make_loaders(root, batch_size):
    train = DataLoader(load_dataset(os.path.join(root, "train")), batch_size=batch_size, shuffle=True)
    valid = DataLoader(load_dataset(os.path.join(root, "valid")), batch_size=batch_size)
    test = DataLoader(load_dataset(os.path.join(root, "test")), batch_size=batch_size)
    return train, valid, test


def accuracy(y_true, y_pred):
    return np.mean(np.array(y_true) == np.array(y_pred))


def tp_fp_tn_fn(y_true, y_pred):
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    tp = np.sum((y_true == 1) & (y_pred == 1))
    fp = np.sum((y_true == 0) & (y_pred == 1))
    tn = np.sum((y_true == 0) & (y_pred == 0))
    fn = np.sum((y_true == 1) & (y_pred == 0))
    return tp, fp, tn, fn


def precision(y_true, y_pred):
    tp, fp, tn, fn = tp_fp_tn_fn(y_true, y_pred)
    if tp + fn == 0:
        return 0.0
    return tp / (tp + fn)


def recall(y_true, y_pred):
    tp, fp, tn, fn = tp_fp_tn_fn(y_true, y_pred)
    if tp + fp == 0:
        return 0.0
    return tp / (tp + fp)


def f1_score(y_true, y_pred):
    p = precision(y_true, y_pred)
    r = recall(y_true, y_pred)
    if p + r == 0:
        return 0.0
    return 2 * p * r / (p + r)


def false_positive_rate(y_true, y_pred):
    tp, fp, tn, fn = tp_fp_tn_fn(y_true, y_pred)
    if fp + tn == 0:
        return 0.0
    return fp / (fp + tn)


def false_negative_rate(y_true, y_pred):
    tp, fp, tn, fn = tp_fp_tn_fn(y_true, y_pred)
    if fn + tp == 0:
        return 0.0
    return fn / (fn + tp)


def get_predictions(model, loader):
    model.eval()
    y_true, y_pred = [], []
    with torch.no_grad():
        for x, y in loader:
            y_true.extend(y.numpy())
            y_pred.extend((model(x) > 0).float().numpy())
    return y_true, y_pred


def train(model, train_loader, valid_loader, epochs, lr):
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=lr, total_steps=epochs * len(train_loader))
    loss_fn = nn.BCEWithLogitsLoss()
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        stats = {}
        for name, loader in [("train", train_loader), ("valid", valid_loader)]:
            y_true, y_pred = get_predictions(model, loader)
            stats[name + "_accuracy"] = accuracy(y_true, y_pred)
            stats[name + "_precision"] = precision(y_true, y_pred)
            stats[name + "_recall"] = recall(y_true, y_pred)
            stats[name + "_f1"] = f1_score(y_true, y_pred)
            stats[name + "_fpr"] = false_positive_rate(y_true, y_pred)
            stats[name + "_fnr"] = false_negative_rate(y_true, y_pred)
        history.append(stats)
        print(epoch + 1, {k: round(float(v), 3) for k, v in stats.items()})
    return history


if __name__ == "__main__":
    prepare("data", "dataset")
    train_loader, valid_loader, test_loader = make_loaders("dataset", 16)
    model = MyMLP(32 * 24)
    history = train(model, train_loader, valid_loader, 15, 1e-3)
    plt.plot([h["valid_f1"] for h in history])
    plt.show()
