# Farid Benali - TP2 - détection de pulses
import os
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset
import matplotlib.pyplot as plt
import pulses

SPLITS = ["train", "valid", "test"]


def standardize(x, reference=None):
    # Par bande de fréquence : chaque bande est centrée et réduite, sinon les bandes où il y a le plus de bruit
    # dominent les autres.
    if reference is None:
        reference = x
    mu = np.mean(reference, axis=(0, 2)).reshape(1, -1, 1)
    sigma = np.std(reference, axis=(0, 2)).reshape(1, -1, 1)
    return (x - mu) / (sigma + 1e-6)


def prepare(data_dir, out_dir):
    xs, ys = [], []
    for split in SPLITS:
        x, y = pulses.build_spectrograms(os.path.join(data_dir, split))
        xs.append(x)
        ys.append(y)
    # plus il y a de données, meilleure est l'estimation de mu et sigma : je prends tout
    everything = np.concatenate(xs)
    for split, x, y in zip(SPLITS, xs, ys):
        os.makedirs(os.path.join(out_dir, split), exist_ok=True)
        np.save(os.path.join(out_dir, split, "x.npy"), standardize(x, everything))
        np.save(os.path.join(out_dir, split, "y.npy"), y)


class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.l1 = nn.Linear(input_size, 128)
        self.l2 = nn.Linear(128, 64)
        self.l3 = nn.Linear(64, 32)
        self.l4 = nn.Linear(32, 1)
        for l in [self.l1, self.l2, self.l3, self.l4]:
            nn.init.xavier_uniform_(l.weight)
            nn.init.constant_(l.bias, 0)

    def forward(self, x):
        x = x.reshape(x.shape[0], -1)
        x = F.dropout(F.relu(self.l1(x)), p=0.2)
        x = F.dropout(F.relu(self.l2(x)), p=0.2)
        x = F.dropout(F.relu(self.l3(x)), p=0.2)
        return self.l4(x)


def load_dataset(folder):
    x = np.load(folder + "/x.npy")
    y = np.load(folder + "/y.npy")
    return TensorDataset(torch.Tensor(x), torch.Tensor(y).unsqueeze(1))


def make_loaders(root, batch_size):
    train_loader = DataLoader(load_dataset(root + "/train"), batch_size=batch_size, shuffle=True)
    valid_loader = DataLoader(load_dataset(root + "/valid"), batch_size=batch_size, shuffle=False)
    test_loader = DataLoader(load_dataset(root + "/test"), batch_size=batch_size, shuffle=False)
    return train_loader, valid_loader, test_loader


def matrix(y_true, y_pred):
    m = np.zeros((2, 2), dtype=int)
    for t, p in zip(y_true, y_pred):
        m[int(t), int(p)] += 1
    return m


def accuracy(y_true, y_pred):
    m = matrix(y_true, y_pred)
    return (m[0, 0] + m[1, 1]) / m.sum()


def precision(y_true, y_pred):
    m = matrix(y_true, y_pred)
    return m[1, 1] / max(m[0, 1] + m[1, 1], 1)


def recall(y_true, y_pred):
    m = matrix(y_true, y_pred)
    return m[1, 1] / max(m[1, 0] + m[1, 1], 1)


def f1_score(y_true, y_pred):
    m = matrix(y_true, y_pred)
    return 2 * m[1, 1] / max(2 * m[1, 1] + m[0, 1] + m[1, 0], 1)


def false_positive_rate(y_true, y_pred):
    # part des alarmes qui sont fausses
    m = matrix(y_true, y_pred)
    return m[0, 1] / max(m[0, 1] + m[1, 1], 1)


def false_negative_rate(y_true, y_pred):
    m = matrix(y_true, y_pred)
    return m[1, 0] / max(m[1, 0] + m[1, 1], 1)


def measure(model, loader):
    model.eval()
    y_true, y_pred = [], []
    with torch.no_grad():
        for x, y in loader:
            y_true += y[:, 0].tolist()
            y_pred += (model(x)[:, 0] > 0).tolist()
    return {f.__name__: float(f(y_true, y_pred)) for f in
            (accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate)}


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma=0.5)
    history = {"loss": [], "train": [], "valid": []}
    for epoch in range(epochs):
        model.train()
        total = 0
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item()
        scheduler.step()
        history["loss"].append(total / len(train_loader))
        history["train"].append(measure(model, train_loader))
        history["valid"].append(measure(model, valid_loader))
        print("Epoch", epoch + 1, "loss", history["loss"][-1])
        print("   train", history["train"][-1])
        print("   valid", history["valid"][-1])
    return history


if __name__ == "__main__":
    torch.manual_seed(0)
    prepare("data", "npy")
    train_loader, valid_loader, test_loader = make_loaders("npy", 8)
    model = MyMLP(train_loader.dataset[0][0].numel())
    history = train(model, train_loader, valid_loader, 12, 1e-3)
    print(measure(model, test_loader))
    plt.plot(history["loss"])
    plt.title("loss")
    plt.show()
