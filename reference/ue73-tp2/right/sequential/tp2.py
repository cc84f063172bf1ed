# UE73 - TP2 - pulses acoustiques
import os

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim
from torch.utils.data import DataLoader, TensorDataset

from pulses import build_spectrograms

nb_epochs = 15
batch_size = 16
learning_rate = 1e-3


# ------------------------------------------------------------------
# Question 1
# ------------------------------------------------------------------
# J'ai choisi la standardisation globale (un seul mu, un seul sigma) :
# un pulse se voit parce qu'il est plus fort que le reste du spectrogramme,
# et avec un seul couple on garde les rapports entre les bandes et entre les
# clips. mu et sigma sont ceux du train pour ne rien savoir du test.
def standardize(x, reference=None):
    if reference is None:
        reference = x
    mu = reference.mean()
    sigma = reference.std()
    return (x - mu) / (sigma + 1e-8)


# ------------------------------------------------------------------
# Question 2
# ------------------------------------------------------------------
def prepare(data_dir, out_dir):
    x_train, y_train = build_spectrograms(os.path.join(data_dir, "train"))
    x_valid, y_valid = build_spectrograms(os.path.join(data_dir, "valid"))
    x_test, y_test = build_spectrograms(os.path.join(data_dir, "test"))

    os.makedirs(os.path.join(out_dir, "train"), exist_ok=True)
    os.makedirs(os.path.join(out_dir, "valid"), exist_ok=True)
    os.makedirs(os.path.join(out_dir, "test"), exist_ok=True)

    np.save(os.path.join(out_dir, "train", "x.npy"), standardize(x_train, x_train))
    np.save(os.path.join(out_dir, "train", "y.npy"), y_train)
    np.save(os.path.join(out_dir, "valid", "x.npy"), standardize(x_valid, x_train))
    np.save(os.path.join(out_dir, "valid", "y.npy"), y_valid)
    np.save(os.path.join(out_dir, "test", "x.npy"), standardize(x_test, x_train))
    np.save(os.path.join(out_dir, "test", "y.npy"), y_test)


# ------------------------------------------------------------------
# Question 3
# ------------------------------------------------------------------
class MyMLP(nn.Module):
    def __init__(self, input_size, h1=256, h2=128, h3=64, p=0.2):
        super(MyMLP, self).__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(input_size, h1),
            nn.ReLU(),
            nn.Dropout(p),
            nn.Linear(h1, h2),
            nn.ReLU(),
            nn.Dropout(p),
            nn.Linear(h2, h3),
            nn.ReLU(),
            nn.Dropout(p),
            nn.Linear(h3, 1),
            nn.ReLU(),
            nn.Dropout(p),
        )
        self.apply(self.init_couche)

    @staticmethod
    def init_couche(m):
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.net(x)


# ------------------------------------------------------------------
# Question 4
# ------------------------------------------------------------------
def load_dataset(folder):
    x = np.load(os.path.join(folder, "x.npy"))
    y = np.load(os.path.join(folder, "y.npy"))
    x = torch.from_numpy(x).float()
    # (n, 1) comme la sortie du réseau
    y = torch.from_numpy(y).float().unsqueeze(1)
    return TensorDataset(x, y)


def make_loaders(root, batch_size):
    train_set = load_dataset(os.path.join(root, "train"))
    valid_set = load_dataset(os.path.join(root, "valid"))
    test_set = load_dataset(os.path.join(root, "test"))
    train_loader = DataLoader(train_set, batch_size=batch_size, shuffle=True)
    valid_loader = DataLoader(valid_set, batch_size=batch_size, shuffle=False)
    test_loader = DataLoader(test_set, batch_size=batch_size, shuffle=False)
    return train_loader, valid_loader, test_loader


# ------------------------------------------------------------------
# Question 6
# ------------------------------------------------------------------
def accuracy(y_true, y_pred):
    return np.mean(np.array(y_true) == np.array(y_pred))


def precision(y_true, y_pred):
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    tp = np.sum((y_true == 1) & (y_pred == 1))
    fp = np.sum((y_true == 0) & (y_pred == 1))
    if tp + fp == 0:
        return 0.0
    return tp / (tp + fp)


def recall(y_true, y_pred):
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    tp = np.sum((y_true == 1) & (y_pred == 1))
    fn = np.sum((y_true == 1) & (y_pred == 0))
    if tp + fn == 0:
        return 0.0
    return tp / (tp + fn)


def f1_score(y_true, y_pred):
    p = precision(y_true, y_pred)
    r = recall(y_true, y_pred)
    if p + r == 0:
        return 0.0
    return 2 * p * r / (p + r)


def false_positive_rate(y_true, y_pred):
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    fp = np.sum((y_true == 0) & (y_pred == 1))
    tn = np.sum((y_true == 0) & (y_pred == 0))
    if fp + tn == 0:
        return 0.0
    return fp / (fp + tn)


def false_negative_rate(y_true, y_pred):
    y_true, y_pred = np.array(y_true), np.array(y_pred)
    fn = np.sum((y_true == 1) & (y_pred == 0))
    tp = np.sum((y_true == 1) & (y_pred == 1))
    if fn + tp == 0:
        return 0.0
    return fn / (fn + tp)


# ------------------------------------------------------------------
# Question 5
# ------------------------------------------------------------------
def predict(model, loader):
    model.eval()
    y_true, y_pred = [], []
    with torch.no_grad():
        for x, y in loader:
            out = model(x)
            y_pred.extend((out > 0).int().flatten().tolist())
            y_true.extend(y.int().flatten().tolist())
    return y_true, y_pred


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=max(1, epochs // 3), gamma=0.5)

    history = {"loss": []}
    for s in ["train", "valid"]:
        for m in ["accuracy", "precision", "recall", "f1", "fpr", "fnr"]:
            history[s + "_" + m] = []

    for epoch in range(epochs):
        model.train()
        total = 0
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
        scheduler.step()  # StepLR : une fois par époque
        history["loss"].append(total / len(train_loader.dataset))

        for s, loader in [("train", train_loader), ("valid", valid_loader)]:
            y_true, y_pred = predict(model, loader)
            history[s + "_accuracy"].append(accuracy(y_true, y_pred))
            history[s + "_precision"].append(precision(y_true, y_pred))
            history[s + "_recall"].append(recall(y_true, y_pred))
            history[s + "_f1"].append(f1_score(y_true, y_pred))
            history[s + "_fpr"].append(false_positive_rate(y_true, y_pred))
            history[s + "_fnr"].append(false_negative_rate(y_true, y_pred))
        print("Epoch", epoch + 1, "/", epochs)
        for key in history:
            print("   ", key, ":", round(float(history[key][-1]), 4))
    return history


if __name__ == "__main__":
    torch.manual_seed(42)
    prepare("data", "dataset")
    train_loader, valid_loader, test_loader = make_loaders("dataset", batch_size)
    x0, _ = train_loader.dataset[0]
    model = MyMLP(x0.numel())
    history = train(model, train_loader, valid_loader, nb_epochs, learning_rate)

    y_true, y_pred = predict(model, test_loader)
    print("accuracy sur le test :", accuracy(y_true, y_pred))

    plt.plot(history["loss"], label="loss train")
    plt.plot(history["train_accuracy"], label="accuracy train")
    plt.plot(history["valid_accuracy"], label="accuracy valid")
    plt.xlabel("epoch")
    plt.legend()
    plt.show()
