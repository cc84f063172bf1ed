import glob
import numpy as np
import torch
from torch import nn, optim
from torch.nn import functional as F
from torch.utils.data import TensorDataset, DataLoader

from pulses import build_spectrograms

torch.set_num_threads(1)


def standardize(x, reference=None):
    # un (mu, sigma) par fréquence, calculés sur le jeu de référence (train).
    # => toutes les bandes ont la même importance au départ, le réseau converge plus vite.
    #    On ne standardise PAS avec le test : en vrai on ne l'a pas encore enregistré.
    if reference is None:
        reference = x
    n_freq = x.shape[1]
    out = np.empty(x.shape, dtype=np.float32)
    for f in range(n_freq):
        mu = reference[:, f, :].mean()
        sigma = reference[:, f, :].std()
        out[:, f, :] = (x[:, f, :] - mu) / (sigma + 1e-6)
    return out


def prepare(data_dir="data", out_dir="dataset"):
    import os
    x_ref = None
    for name in ["train", "valid", "test"]:      # train en premier : il donne la référence
        x, y = build_spectrograms(os.path.join(data_dir, name))
        if x_ref is None:
            x_ref = x
        d = os.path.join(out_dir, name)
        os.makedirs(d, exist_ok=True)
        np.save(os.path.join(d, "x.npy"), standardize(x, x_ref))
        np.save(os.path.join(d, "y.npy"), y.astype(np.float32))


class MyMLP(nn.Module):
    def __init__(self, input_size, width=128, dropout=0.2):
        super().__init__()
        self.fc1 = nn.Linear(input_size, 2 * width)
        self.bn1 = nn.BatchNorm1d(2 * width)
        self.fc2 = nn.Linear(2 * width, width)
        self.bn2 = nn.BatchNorm1d(width)
        self.fc3 = nn.Linear(width, width // 2)
        self.bn3 = nn.BatchNorm1d(width // 2)
        self.fc4 = nn.Linear(width // 2, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        x = x.flatten(1)
        x = self.dropout(F.relu(self.bn1(self.fc1(x))))
        x = self.dropout(F.relu(self.bn2(self.fc2(x))))
        x = self.dropout(F.relu(self.bn3(self.fc3(x))))
        return self.fc4(x).squeeze(-1)


def init_weights(model):
    """Xavier uniforme sur toutes les couches linéaires, à appeler avant d'entraîner."""
    for module in model.modules():
        if isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
            nn.init.constant_(module.bias, 0.0)


def load_dataset(folder):
    x = np.load(folder + "/x.npy")
    y = np.load(folder + "/y.npy")
    return TensorDataset(torch.from_numpy(x), torch.from_numpy(y).type(torch.float32))


def make_loaders(root, batch_size):
    train_ds = load_dataset(str(root) + "/train")
    valid_ds = load_dataset(str(root) + "/valid")
    test_ds = load_dataset(str(root) + "/test")
    # valid mélangé aussi, ça ne change rien aux métriques
    return (DataLoader(train_ds, batch_size=batch_size, shuffle=True),
            DataLoader(valid_ds, batch_size=batch_size, shuffle=True),
            DataLoader(test_ds, batch_size=batch_size))


# ATTENTION : dans tout le fichier l'ordre est (y_pred, y_true)

def accuracy(y_pred, y_true):
    return (y_pred == y_true).float().mean().item()

def precision(y_pred, y_true):
    predicted = y_pred.sum()
    if predicted == 0:
        return 0.0
    return ((y_pred * y_true).sum() / predicted).item()

def recall(y_pred, y_true):
    positives = y_true.sum()
    if positives == 0:
        return 0.0
    return ((y_pred * y_true).sum() / positives).item()

def f1_score(y_pred, y_true):
    tp = (y_pred * y_true).sum()
    total = y_pred.sum() + y_true.sum()
    return (2 * tp / total).item() if total > 0 else 0.0

def false_positive_rate(y_pred, y_true):
    negatives = (1 - y_true).sum()
    if negatives == 0:
        return 0.0
    return ((y_pred * (1 - y_true)).sum() / negatives).item()

def false_negative_rate(y_pred, y_true):
    positives = y_true.sum()
    if positives == 0:
        return 0.0
    return (((1 - y_pred) * y_true).sum() / positives).item()


def compute_metrics(model, loader):
    model.eval()
    preds, trues = [], []
    with torch.no_grad():
        for x, y in loader:
            preds.append((model(x) > 0).float())
            trues.append(y)
    y_pred, y_true = torch.cat(preds), torch.cat(trues)
    return {
        "acc": accuracy(y_pred, y_true),
        "precision": precision(y_pred, y_true),
        "recall": recall(y_pred, y_true),
        "f1": f1_score(y_pred, y_true),
        "fpr": false_positive_rate(y_pred, y_true),
        "fnr": false_negative_rate(y_pred, y_true),
    }


def train(model, train_loader, valid_loader, epochs, lr):
    init_weights(model)
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = optim.lr_scheduler.OneCycleLR(optimizer, max_lr=lr, epochs=epochs, steps_per_epoch=len(train_loader))
    criterion = nn.BCEWithLogitsLoss()
    logs = []
    for epoch in range(epochs):
        model.train()
        running_loss = 0.0
        for x, y in train_loader:
            y_hat = model(x)
            loss = criterion(y_hat, y)
            loss.backward()
            optimizer.step()
            scheduler.step()
            optimizer.zero_grad(set_to_none=True)
            running_loss += loss.item()
        m_train = compute_metrics(model, train_loader)
        m_valid = compute_metrics(model, valid_loader)
        logs.append({"epoch": epoch + 1, "loss": running_loss / len(train_loader), "train": m_train, "val": m_valid})
        print(f"Epoch {epoch+1} loss {running_loss / len(train_loader):.4f}")
        print("  train", m_train)
        print("  valid", m_valid)
    return logs


def main():
    torch.manual_seed(2025)
    prepare()
    print(sorted(glob.glob("dataset/*/*.npy")))
    train_loader, valid_loader, test_loader = make_loaders("dataset", 16)
    x, y = next(iter(train_loader))
    model = MyMLP(x[0].numel())
    train(model, train_loader, valid_loader, epochs=10, lr=1e-3)
    print("TEST", compute_metrics(model, test_loader))


if __name__ == "__main__":
    main()
