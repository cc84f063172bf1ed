"""TP2 sans optimiseur tout fait : descente de gradient à la main, d'un pas qui diminue comme un cosinus."""
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

from pulses import build_spectrograms


def standardize(x, reference=None):
    # Globale : un seul µ et un seul σ, ceux du train, pour garder les rapports d'énergie entre clips et bandes.
    x = torch.as_tensor(np.asarray(x), dtype=torch.float32)
    r = x if reference is None else torch.as_tensor(np.asarray(reference), dtype=torch.float32)
    sigma, mu = torch.std_mean(r)
    return ((x - mu) / sigma.clamp_min(1e-6)).numpy()


def prepare(data_dir, out_dir):
    x_train, y_train = build_spectrograms(Path(data_dir) / "train")
    for nom in ("train", "valid", "test"):
        x, y = (x_train, y_train) if nom == "train" else build_spectrograms(Path(data_dir) / nom)
        dossier = Path(out_dir) / nom
        dossier.mkdir(parents=True, exist_ok=True)
        np.save(dossier / "x.npy", standardize(x, x_train).reshape(len(x), -1))
        np.save(dossier / "y.npy", y)


class MyMLP(torch.nn.Module):
    def __init__(self, input_size, largeurs=(128, 64, 32), p=0.2):
        super().__init__()
        self.p = p
        tailles = [input_size, *largeurs, 1]
        self.W = torch.nn.ParameterList()
        self.b = torch.nn.ParameterList()
        for entree, sortie in zip(tailles, tailles[1:]):
            a = math.sqrt(6 / (entree + sortie))
            self.W.append(torch.nn.Parameter((2 * torch.rand(entree, sortie) - 1) * a))
            self.b.append(torch.nn.Parameter(torch.zeros(sortie)))

    def forward(self, x):
        h = x.flatten(1)
        for k, (W, b) in enumerate(zip(self.W, self.b)):
            h = h @ W + b
            if k < 3:
                h = F.dropout(h.clamp(min=0), self.p, self.training)
        return h[:, 0]


def load_dataset(folder):
    x = torch.from_numpy(np.load(Path(folder) / "x.npy")).to(torch.float32)
    y = torch.from_numpy(np.load(Path(folder) / "y.npy")).to(torch.float32)
    return TensorDataset(x, y)


def make_loaders(root, batch_size):
    train, valid, test = (load_dataset(Path(root) / n) for n in ("train", "valid", "test"))
    return DataLoader(train, batch_size, shuffle=True), DataLoader(valid, batch_size), DataLoader(test, batch_size)


def comptes(y_true, y_pred):
    t, p = torch.as_tensor(y_true).flatten().bool(), torch.as_tensor(y_pred).flatten().bool()
    return (t & p).sum().item(), (~t & p).sum().item(), (~t & ~p).sum().item(), (t & ~p).sum().item()


def accuracy(y_true, y_pred):
    tp, fp, tn, fn = comptes(y_true, y_pred)
    return (tp + tn) / max(1, tp + fp + tn + fn)


def precision(y_true, y_pred):
    tp, fp, _, _ = comptes(y_true, y_pred)
    return tp / max(1, tp + fp)


def recall(y_true, y_pred):
    tp, _, _, fn = comptes(y_true, y_pred)
    return tp / max(1, tp + fn)


def f1_score(y_true, y_pred):
    tp, fp, _, fn = comptes(y_true, y_pred)
    return 2 * tp / max(1, 2 * tp + fp + fn)


def false_positive_rate(y_true, y_pred):
    _, fp, tn, _ = comptes(y_true, y_pred)
    return fp / max(1, fp + tn)


def false_negative_rate(y_true, y_pred):
    tp, _, _, fn = comptes(y_true, y_pred)
    return fn / max(1, fn + tp)


def bilan(model, loader, prefixe):
    model.eval()
    with torch.inference_mode():
        y = torch.cat([yb.flatten() for _, yb in loader])
        z = torch.cat([model(xb).flatten() for xb, _ in loader])
    res = {f"{prefixe}_loss": F.binary_cross_entropy_with_logits(z, y).item()}
    for m in (accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate):
        res[f"{prefixe}_{m.__name__}"] = m(y, z > 0)
    return res


def train(model, train_loader, valid_loader, epochs=40, lr=0.05):
    historique = []
    total, t = epochs * len(train_loader), 0
    for epoque in range(epochs):
        model.train()
        for xb, yb in train_loader:
            for p in model.parameters():
                p.grad = None
            loss = F.binary_cross_entropy_with_logits(model(xb).flatten(), yb.flatten())
            loss.backward()
            pas = lr * 0.5 * (1 + math.cos(math.pi * t / total))
            for p in model.parameters():
                p.data -= pas * p.grad
            t += 1
        historique.append(bilan(model, train_loader, "train") | bilan(model, valid_loader, "valid"))
        print(epoque, historique[-1])
    return historique


if __name__ == "__main__":
    prepare("data", "jeux")
    a, b, c = make_loaders("jeux", 32)
    m = MyMLP(a.dataset.tensors[0].shape[1])
    train(m, a, b)
    print(bilan(m, c, "test"))
