from __future__ import annotations

import functools
import pathlib

import numpy
import torch

import pulses

PARTS = ("train", "valid", "test")


def standardize(x, reference=None):
    """µ et σ du jeu entier (celui de référence).

    J'ai comparé avec la version par bande : sur la validation c'est équivalent, et un seul couple est plus simple à
    enregistrer avec le modèle. Le but est surtout d'avoir des entrées centrées pour que les ReLU ne soient pas toutes
    actives (ou toutes mortes) au départ.
    """
    x = torch.as_tensor(x, dtype=torch.float64)
    r = x if reference is None else torch.as_tensor(reference, dtype=torch.float64)
    std, mean = torch.std_mean(r)
    return ((x - mean) / (std + 1e-9)).float()


def prepare(data_dir, out_dir):
    read = functools.cache(lambda part: pulses.build_spectrograms(pathlib.Path(data_dir) / part))
    for part in PARTS:
        x, y = read(part)
        where = pathlib.Path(out_dir) / part
        where.mkdir(parents=True, exist_ok=True)
        numpy.save(where / "x.npy", standardize(x, read("train")[0]).numpy())
        numpy.save(where / "y.npy", y)


class MyMLP(torch.nn.Module):
    """Seule la taille d'entrée compte : les autres se déduisent (LazyLinear)."""

    def __init__(self, input_size: int, *sizes: int, p: float = 0.25):
        super().__init__()
        sizes = sizes or (180, 90, 45)
        self.linears = torch.nn.ModuleList(torch.nn.LazyLinear(n) for n in (*sizes, 1))
        self.dropouts = torch.nn.ModuleList(torch.nn.Dropout(p) for _ in self.linears)
        with torch.no_grad():
            self(torch.zeros(1, input_size))  # donne leur taille aux couches
        for linear in self.linears:
            torch.nn.init.xavier_uniform_(linear.weight)
            # même méthode pour le biais, vu comme une matrice à une colonne
            torch.nn.init.xavier_uniform_(linear.bias.view(-1, 1))

    def forward(self, x):
        x = x.flatten(1)
        *hidden, last = zip(self.linears, self.dropouts)
        for linear, dropout in hidden:
            x = dropout(linear(x)).relu()
        linear, dropout = last
        return dropout(linear(x)).ravel()


def load_dataset(folder):
    x, y = (torch.from_numpy(numpy.load(pathlib.Path(folder) / f"{name}.npy")).float() for name in "xy")
    return torch.utils.data.TensorDataset(x, y)


def make_loaders(root, batch_size):
    root = pathlib.Path(root)
    loader = functools.partial(torch.utils.data.DataLoader, batch_size=batch_size)
    return loader(load_dataset(root / "train"), shuffle=True), *(loader(load_dataset(root / p)) for p in PARTS[1:])


def _rate(selected, among):
    """Part des exemples de `among` qui sont dans `selected` ; 0 s'il n'y en a aucun."""
    return (selected & among).sum().item() / max(among.sum().item(), 1)


def _masks(*labels):
    return tuple(torch.as_tensor(label).flatten().to(torch.bool) for label in labels)


def accuracy(y_true, y_pred):
    true, pred = _masks(y_true, y_pred)
    return (~(true ^ pred)).double().mean().item()


def precision(y_true, y_pred):
    true, pred = _masks(y_true, y_pred)
    return _rate(true, among=pred)


def recall(y_true, y_pred):
    true, pred = _masks(y_true, y_pred)
    return _rate(pred, among=true)


def f1_score(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return 0.0 if p == r == 0 else 2 / (1 / p + 1 / r) if p and r else 0.0


def false_positive_rate(y_true, y_pred):
    true, pred = _masks(y_true, y_pred)
    return _rate(pred, among=~true)


def false_negative_rate(y_true, y_pred):
    true, pred = _masks(y_true, y_pred)
    return _rate(~pred, among=true)


METRICS = accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate


@torch.inference_mode()
def evaluate(model, loader):
    model.eval()
    y, z = map(torch.cat, zip(*((y, model(x)) for x, y in loader)))
    return {metric.__name__: metric(y, z > 0) for metric in METRICS}


def train(model, train_loader, valid_loader, epochs, lr):
    loss_fn = torch.nn.BCEWithLogitsLoss()
    optimizer = torch.optim.NAdam(model.parameters(), lr=lr)
    warmup = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.3, total_iters=max(epochs // 4, 1))
    history = []
    for epoch in range(epochs):
        for x, y in train_loader:
            model.train()
            model.zero_grad()
            loss_fn(model(x), y).backward()
            optimizer.step()
        warmup.step()
        row = {}
        for split, loader in {"train": train_loader, "valid": valid_loader}.items():
            row |= {f"{name} ({split})": value for name, value in evaluate(model, loader).items()}
        history.append(row)
        print(epoch, *(f"{name}: {value:.2f}" for name, value in row.items()), sep=" | ")
    return history


if __name__ == "__main__":
    prepare("data", "sets")
    train_loader, valid_loader, test_loader = make_loaders("sets", 16)
    model = MyMLP(train_loader.dataset[0][0].numel())
    train(model, train_loader, valid_loader, 12, 1e-3)
    print(evaluate(model, test_loader))
