"""MLP écrit avec torch.nn.functional : les poids sont des nn.Parameter, rien d'autre n'est stocké."""
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from pulses import build_spectrograms


def standardize(x, reference=None):
    """Par bande de fréquence : chaque bande a sa moyenne et son écart-type, pris sur tout le jeu et tous les instants.

    Le bruit de fond est coloré : sans cela les bandes graves, toujours fortes, écraseraient les bandes où
    apparaissent les pulses. Les statistiques sont celles de `reference` (le train).
    """
    ref = x if reference is None else reference
    mu = ref.mean(axis=(0, 2), keepdims=True)
    sd = ref.std(axis=(0, 2), keepdims=True)
    sd = np.where(sd == 0, 1, sd)
    return ((x - mu) / sd).astype("float32")


def prepare(data_dir, out_dir):
    raw = {}
    for split in ("train", "valid", "test"):
        raw[split] = build_spectrograms(Path(data_dir, split))
    for split, (x, y) in raw.items():
        dest = Path(out_dir, split)
        dest.mkdir(parents=True, exist_ok=True)
        np.save(dest / "x.npy", standardize(x, reference=raw["train"][0]))
        np.save(dest / "y.npy", y.astype("float32"))


def glorot(n_out, n_in):
    a = math.sqrt(6.0 / (n_in + n_out))
    w = torch.empty(n_out, n_in).uniform_(-a, a)
    b = torch.empty(n_out).uniform_(-a, a)
    return nn.Parameter(w), nn.Parameter(b)


class MyMLP(nn.Module):
    def __init__(self, input_size, n1=200, n2=100, n3=50, p=0.3):
        super().__init__()
        self.p = p
        self.w1, self.b1 = glorot(n1, input_size)
        self.w2, self.b2 = glorot(n2, n1)
        self.w3, self.b3 = glorot(n3, n2)
        self.w4, self.b4 = glorot(1, n3)

    def drop(self, h):
        return F.dropout(h, p=self.p, training=self.training)

    def forward(self, x):
        h = x.reshape(x.shape[0], -1)
        h = self.drop(F.relu(F.linear(h, self.w1, self.b1)))
        h = self.drop(F.relu(F.linear(h, self.w2, self.b2)))
        h = self.drop(F.relu(F.linear(h, self.w3, self.b3)))
        return F.linear(h, self.w4, self.b4)[:, 0]


def load_dataset(folder):
    arrays = [np.load(Path(folder, name)) for name in ("x.npy", "y.npy")]
    return TensorDataset(*(torch.as_tensor(a).to(torch.float32) for a in arrays))


def make_loaders(root, batch_size):
    loaders = []
    for split in ("train", "valid", "test"):
        ds = load_dataset(Path(root, split))
        loaders.append(DataLoader(ds, batch_size=batch_size, shuffle=(split == "train")))
    return tuple(loaders)


def confusion(y_true, y_pred):
    t = torch.as_tensor(y_true).reshape(-1) > 0.5
    p = torch.as_tensor(y_pred).reshape(-1) > 0.5
    tp = (t & p).sum().item()
    fp = (~t & p).sum().item()
    fn = (t & ~p).sum().item()
    tn = (~t & ~p).sum().item()
    return tp, fp, fn, tn


def safe_div(a, b):
    return a / b if b > 0 else float("nan")  # 0/0 n'est pas défini : nan


def accuracy(y_true, y_pred):
    tp, fp, fn, tn = confusion(y_true, y_pred)
    return safe_div(tp + tn, tp + fp + fn + tn)


def precision(y_true, y_pred):
    tp, fp, fn, tn = confusion(y_true, y_pred)
    return safe_div(tp, tp + fp)


def recall(y_true, y_pred):
    tp, fp, fn, tn = confusion(y_true, y_pred)
    return safe_div(tp, tp + fn)


def f1_score(y_true, y_pred):
    tp, fp, fn, tn = confusion(y_true, y_pred)
    return safe_div(tp, tp + 0.5 * (fp + fn))


def false_positive_rate(y_true, y_pred):
    tp, fp, fn, tn = confusion(y_true, y_pred)
    return safe_div(fp, fp + tn)


def false_negative_rate(y_true, y_pred):
    tp, fp, fn, tn = confusion(y_true, y_pred)
    return safe_div(fn, tp + fn)


def scores(model, loader):
    model.eval()
    zs, ys = [], []
    with torch.no_grad():
        for xb, yb in loader:
            zs.append(model(xb))
            ys.append(yb)
    z, y = torch.cat(zs), torch.cat(ys)
    yhat = torch.sigmoid(z) > 0.5
    return {
        "loss": F.binary_cross_entropy_with_logits(z, y).item(),
        "accuracy": accuracy(y, yhat),
        "precision": precision(y, yhat),
        "recall": recall(y, yhat),
        "f1": f1_score(y, yhat),
        "false_positive_rate": false_positive_rate(y, yhat),
        "false_negative_rate": false_negative_rate(y, yhat),
    }


def train(model, train_loader, valid_loader, epochs, lr):
    opt = torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=1e-3)
    # un pas de scheduler par époque : steps_per_epoch=1
    sched = torch.optim.lr_scheduler.OneCycleLR(opt, max_lr=lr, epochs=epochs, steps_per_epoch=1)
    history = []
    for epoch in range(epochs):
        model.train()
        for xb, yb in train_loader:
            loss = F.binary_cross_entropy_with_logits(model(xb), yb)
            loss.backward()
            opt.step()
            opt.zero_grad()
        sched.step()
        history.append({"epoch": epoch, "train": scores(model, train_loader), "valid": scores(model, valid_loader)})
        for split in ("train", "valid"):
            line = "  ".join(f"{k}={v:.3f}" for k, v in history[-1][split].items())
            print(f"[{epoch + 1:02d}/{epochs}] {split:5s} {line}")
    return history


def main():
    torch.manual_seed(0)
    prepare("data", "spectros")
    train_dl, valid_dl, test_dl = make_loaders("spectros", 8)
    model = MyMLP(train_dl.dataset.tensors[0][0].numel())
    train(model, train_dl, valid_dl, epochs=12, lr=2e-3)
    print("test", scores(model, test_dl))


if __name__ == "__main__":
    main()
