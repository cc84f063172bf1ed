# Student code: its style is part of what is tested.
# ruff: noqa
# fmt: off
# mypy: ignore-errors
import copy
import logging
import math
from collections import defaultdict, namedtuple
from dataclasses import asdict, dataclass, field
from types import SimpleNamespace

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch.optim.lr_scheduler import *
from torch.utils.data import DataLoader


class Flat(nn.Module):
    """Right; logits (batch,)."""

    def __init__(self, input_size):
        super().__init__()
        dims = [input_size, 32, 16, 8, 1]
        self.l = nn.ModuleList([nn.Linear(a, b) for a, b in zip(dims, dims[1:])])
        self.drop = nn.Dropout(0.1)
        for l in self.l:
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        x = x.flatten(1)
        for l in self.l[:-1]:
            x = self.drop(F.relu(l(x)))
        return self.l[-1](x).squeeze(1)


class Column(Flat):
    """Right; logits (batch, 1)."""

    def forward(self, x):
        return super().forward(x)[:, None]


class MyMLP(Flat):
    def __init__(self, input_size):
        super().__init__(input_size)


def six(t, p):
    t, p = torch.as_tensor(t).reshape(-1).bool(), torch.as_tensor(p).reshape(-1).bool()
    tp, fp, tn, fn = (int(c.sum()) for c in (t & p, ~t & p, ~t & ~p, t & ~p))
    r = lambda a, b: a / b if b else 0.0
    return {"accuracy": r(tp + tn, len(t)), "precision": r(tp, tp + fp), "recall": r(tp, tp + fn),
            "f1": r(2 * tp, 2 * tp + fp + fn), "fpr": r(fp, fp + tn), "fnr": r(fn, fn + tp)}


def predict(model, loader):
    model.eval()
    with torch.no_grad():
        out = [(model(x).reshape(-1) > 0, y.reshape(-1)) for x, y in loader]
    return torch.cat([y for _, y in out]), torch.cat([p for p, _ in out])


def scores(model, loader):
    return six(*predict(model, loader))


# ==== the plain loop
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, max_lr=lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== zero_grad last, kept as zeros
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.Adam(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, total_steps=epochs * len(train_loader))
    history = []
    for epoch in range(1, epochs + 1):
        model.train()
        for x, y in train_loader:
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
            optimizer.zero_grad(set_to_none=False)
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== zero_grad between the loss and backward
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.Adam(model.parameters(), lr=lr)
    scheduler = StepLR(optimizer, 2)
    history = []
    for epoch in range(epochs):
        model.train()
        for data in train_loader:
            inputs, labels = data
            outputs = model(inputs)
            loss = criterion(outputs, labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== model.zero_grad
def train(model, train_loader, valid_loader, epochs, lr):
    optimizer = optim.RMSprop(model.parameters(), lr=lr)
    scheduler = ExponentialLR(optimizer, 0.9)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            model.zero_grad()
            F.binary_cross_entropy_with_logits(model(x), y).backward()
            optimizer.step()
        scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== gradients set to None by a loop
def train(model, train_loader, valid_loader, epochs, lr):
    optimizer = optim.SGD(model.parameters(), lr=lr, momentum=0.9, nesterov=True, weight_decay=1e-4)
    scheduler = MultiStepLR(optimizer, milestones=[epochs // 2, 3 * epochs // 4])
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            for p in model.parameters():
                p.grad = None
            F.binary_cross_entropy_with_logits(model(x), y).backward()
            optimizer.step()
        scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== gradients zeroed in place by a loop
def train(model, train_loader, valid_loader, epochs, lr):
    optimizer = optim.NAdam(model.parameters(), lr=lr)
    scheduler = LambdaLR(optimizer, lambda e: 0.95 ** e)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            F.binary_cross_entropy_with_logits(model(x), y).backward()
            optimizer.step()
            with torch.no_grad():
                for p in model.parameters():
                    p.grad.zero_()
        scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== step(closure) with Adam
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.Adam(model.parameters(), lr=lr)
    scheduler = CosineAnnealingLR(optimizer, T_max=epochs)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            def closure():
                optimizer.zero_grad()
                loss = criterion(model(x), y)
                loss.backward()
                return loss
            optimizer.step(closure)
        scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== LBFGS
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.LBFGS(model.parameters(), lr=lr, max_iter=4)
    scheduler = StepLR(optimizer, 10)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            def closure():
                optimizer.zero_grad()
                loss = criterion(model(x), y)
                loss.backward()
                return loss
            optimizer.step(closure)
        scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== own stable formula
def bce_logits(z, y):
    return (torch.clamp(z, min=0) - z * y + torch.log1p(torch.exp(-torch.abs(z)))).mean()


def train(model, train_loader, valid_loader, epochs, lr):
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = bce_logits(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== own formula, sum of softplus
def train(model, train_loader, valid_loader, epochs, lr):
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            z = model(x)
            loss = torch.sum(y * F.softplus(-z) + (1 - y) * F.softplus(z))
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== own formula by probabilities with an epsilon
def train(model, train_loader, valid_loader, epochs, lr):
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            p = torch.sigmoid(model(x)).clamp(1e-7, 1 - 1e-7)
            loss = -(y * p.log() + (1 - y) * (1 - p).log()).mean()
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== pos_weight
def train(model, train_loader, valid_loader, epochs, lr):
    y = torch.cat([b for _, b in train_loader])
    criterion = nn.BCEWithLogitsLoss(pos_weight=(y == 0).sum() / (y == 1).sum())
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== sum reduction
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss(reduction="sum")
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== no reduction, weights by hand
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss(reduction="none")
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = (criterion(model(x), y) * (1 + y)).mean()
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== a penalty added to the loss
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.Adam(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y) + 1e-4 * sum(p.pow(2).sum() for p in model.parameters())
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== columns of logits, labels made columns
class MyMLP(Column):
    def __init__(self, input_size):
        super().__init__(input_size)


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y.view(-1, 1).float())
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== columns of logits, unsqueeze(1)
class MyMLP(Column):
    def __init__(self, input_size):
        super().__init__(input_size)


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            y = y.unsqueeze(1)
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== columns of logits squeezed for labels in a row
class MyMLP(Column):
    def __init__(self, input_size):
        super().__init__(input_size)


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            logits = model(x).squeeze(-1)
            loss = criterion(logits, y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== columns of logits, and datasets with columns of labels
from torch.utils.data import TensorDataset


class MyMLP(Column):
    def __init__(self, input_size):
        super().__init__(input_size)


def load_dataset(folder):
    x, y = np.load(f"{folder}/x.npy"), np.load(f"{folder}/y.npy")
    return TensorDataset(torch.tensor(x).float(), torch.tensor(y).float().reshape(-1, 1))


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== columns of logits and of labels, made where nobody can see it
class MyMLP(Column):
    def __init__(self, input_size):
        super().__init__(input_size)


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== gradient clipping
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            torch.nn.utils.clip_grad_value_(model.parameters(), 0.5)
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== accumulation over two batches on purpose
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = CosineAnnealingLR(optimizer, epochs)
    history = []
    for epoch in range(epochs):
        model.train()
        optimizer.zero_grad()
        for i, (x, y) in enumerate(train_loader):
            loss = criterion(model(x), y) / 2
            loss.backward()
            if (i + 1) % 2 == 0 or i + 1 == len(train_loader):
                optimizer.step()
                optimizer.zero_grad()
        scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== early stopping at once
def train(model, train_loader, valid_loader, epochs, lr, patience=1):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = StepLR(optimizer, 1, 0.9)
    history, best, wait = [], 1.1, 0
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
        scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
        if epoch >= 1:
            break
    return history


# ==== the best weights are put back
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = ReduceLROnPlateau(optimizer, patience=1)
    best, best_state, history = -1, None, []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            valid_loss = np.mean([criterion(model(x), y).item() for x, y in valid_loader])
        scheduler.step(valid_loss)
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
        if history[-1]["valid"]["accuracy"] > best:
            best, best_state = history[-1]["valid"]["accuracy"], copy.deepcopy(model.state_dict())
            torch.save(best_state, "best.pt")
    model.load_state_dict(best_state)
    return history


# ==== progress bars, enumerate, running means
try:
    from tqdm import tqdm
except ImportError:
    def tqdm(x, **kwargs):
        return x


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = {"train": [], "val": []}
    for epoch in tqdm(range(epochs), desc="epochs"):
        model.train()
        running = 0.0
        for i, (x, y) in enumerate(tqdm(train_loader, leave=False), 0):
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
            running += (loss.item() - running) / (i + 1)
        history["train"].append(scores(model, train_loader))
        history["val"].append(scores(model, valid_loader))
    return history


# ==== iter and next
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    total = epochs * len(train_loader)
    scheduler = OneCycleLR(optimizer, lr, total_steps=total)
    batches = iter(train_loader)
    history, step = [], 0
    while step < total:
        model.train()
        try:
            x, y = next(batches)
        except StopIteration:
            batches = iter(train_loader)
            x, y = next(batches)
        optimizer.zero_grad()
        criterion(model(x), y).backward()
        optimizer.step()
        scheduler.step()
        step += 1
        if step % len(train_loader) == 0:
            history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== nested functions
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))

    def train_one_epoch():
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()

    @torch.no_grad()
    def evaluate(loader):
        model.eval()
        t, p = [], []
        for x, y in loader:
            t.append(y)
            p.append(model(x) > 0)
        return six(torch.cat(t), torch.cat(p))

    log = defaultdict(list)
    for _ in range(epochs):
        train_one_epoch()
        for name, loader in (("train", train_loader), ("valid", valid_loader)):
            for k, v in evaluate(loader).items():
                log[f"{name}_{k}"].append(v)
    return log


# ==== a trainer class, inference_mode
class Trainer:
    def __init__(self, model, lr, steps):
        self.model, self.criterion = model, nn.BCEWithLogitsLoss()
        self.optimizer = optim.AdamW(model.parameters(), lr=lr)
        self.scheduler = OneCycleLR(self.optimizer, lr, total_steps=steps)

    def step(self, batch):
        x, y = batch
        self.optimizer.zero_grad()
        loss = self.criterion(self.model(x), y)
        loss.backward()
        self.optimizer.step()
        self.scheduler.step()

    @torch.inference_mode()
    def evaluate(self, loader):
        self.model.eval()
        t = torch.cat([y for _, y in loader])
        p = torch.cat([self.model(x) > 0 for x, _ in [(x, y) for x, y in loader]])
        return six(t, p)

    def fit(self, train_loader, valid_loader, epochs):
        for epoch in range(epochs):
            self.model.train()
            for batch in train_loader:
                self.step(batch)
            yield {"train": self.evaluate(train_loader), "valid": self.evaluate(valid_loader)}


def train(model, train_loader, valid_loader, epochs, lr):
    def in_order(loader):
        return DataLoader(loader.dataset, batch_size=loader.batch_size)
    trainer = Trainer(model, lr, epochs * len(train_loader))
    return list(trainer.fit(train_loader, in_order(valid_loader), epochs)) if False else [
        row for row in trainer.fit(train_loader, valid_loader, epochs)]


# ==== metrics of the training batches gathered on the way, set_grad_enabled
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        row = {}
        for phase, loader in {"train": train_loader, "valid": valid_loader}.items():
            model.train(phase == "train")
            trues, preds = [], []
            for x, y in loader:
                with torch.set_grad_enabled(phase == "train"):
                    out = model(x)
                    loss = criterion(out, y)
                    if phase == "train":
                        optimizer.zero_grad()
                        loss.backward()
                        optimizer.step()
                        scheduler.step()
                trues.append(y)
                preds.append(out.detach() > 0)
            row.update({f"{phase} {k}": v for k, v in six(torch.cat(trues), torch.cat(preds)).items()})
        history.append(row)
    return history


# ==== evaluated before the first epoch as well
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = [{"train": scores(model, train_loader), "valid": scores(model, valid_loader)}]
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== the loaders are made again, with another batch size
def train(model, train_loader, valid_loader, epochs, lr, batch_size=10):
    loader = DataLoader(train_loader.dataset, batch_size=batch_size, shuffle=True, drop_last=True)
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== all at once from the dataset's tensors when evaluating
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        model.eval()
        with torch.no_grad():
            row = {}
            for name, loader in (("train", train_loader), ("valid", valid_loader)):
                x, y = loader.dataset.tensors
                row[name] = six(y, model(x) > 0)
        history.append(row)
    return history


# ==== BCELoss on probabilities
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCELoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(torch.sigmoid(model(x)), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== a gradient scaler that is switched off, autocast
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    scaler = torch.amp.GradScaler(enabled=False)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            with torch.autocast("cpu", enabled=False):
                loss = criterion(model(x), y)
            scaler.scale(loss).backward()
            scaler.step(optimizer)
            scaler.update()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== two parameter groups
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    weights = [p for n, p in model.named_parameters() if "weight" in n]
    biases = [p for n, p in model.named_parameters() if "weight" not in n]
    optimizer = optim.AdamW([{"params": weights, "weight_decay": 1e-2}, {"params": biases, "weight_decay": 0}], lr=lr)
    scheduler = OneCycleLR(optimizer, max_lr=[lr, lr], epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== one optimizer for the weights and one for the biases
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    o1 = optim.AdamW([p for n, p in model.named_parameters() if "weight" in n], lr=lr)
    o2 = optim.SGD([p for n, p in model.named_parameters() if "weight" not in n], lr=lr)
    scheduler = OneCycleLR(o1, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            o1.zero_grad()
            o2.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            o1.step()
            o2.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== torch.autograd.grad and an update by hand
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    scheduler = StepLR(optimizer, 1, 0.9)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            loss = criterion(model(x), y)
            grads = torch.autograd.grad(loss, list(model.parameters()))
            for p, g in zip(model.parameters(), grads):
                p.grad = g
            optimizer.step()
        scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== the forward pass by model.forward
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model.forward(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== cosine once a batch, as built
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = CosineAnnealingLR(optimizer, T_max=epochs * len(train_loader), eta_min=lr / 100)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== OneCycleLR once an epoch, as built
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, max_lr=10 * lr, total_steps=epochs)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
        scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== OneCycleLR with a step to spare
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, max_lr=lr, total_steps=epochs * len(train_loader) + 1)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== CyclicLR once a batch
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    scheduler = CyclicLR(optimizer, base_lr=lr / 10, max_lr=lr, step_size_up=5)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== warm restarts, by fractions of an epoch
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = CosineAnnealingWarmRestarts(optimizer, T_0=2)
    history = []
    for epoch in range(epochs):
        model.train()
        for i, (x, y) in enumerate(train_loader):
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step(epoch + i / len(train_loader))
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== warm-up then cosine, a SequentialLR over epochs
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    warm = LinearLR(optimizer, start_factor=0.3, total_iters=1)
    cosine = CosineAnnealingLR(optimizer, T_max=max(epochs - 1, 1))
    scheduler = SequentialLR(optimizer, [warm, cosine], milestones=[1])
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
        scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== warm-up then cosine over batches
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    total, warm = epochs * len(train_loader), 4
    scheduler = SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters=warm), CosineAnnealingLR(optimizer, total - warm)],
                             milestones=[warm])
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== a chained scheduler
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = ChainedScheduler([ConstantLR(optimizer, 0.5, 1), ExponentialLR(optimizer, 0.9)])
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
        scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== polynomial decay over all batches
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = PolynomialLR(optimizer, total_iters=epochs * len(train_loader), power=1.0)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== the rate divided by hand
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    history = []
    for epoch in range(epochs):
        for group in optimizer.param_groups:
            group["lr"] = lr * 0.9 ** epoch
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== a scheduler of its own
class Warmup(torch.optim.lr_scheduler.LRScheduler):
    def get_lr(self):
        return [base * min(1.0, (self.last_epoch + 1) / 10) for base in self.base_lrs]


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = Warmup(optimizer)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== it steps the scheduler at every epoch but the last
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = CosineAnnealingLR(optimizer, T_max=epochs)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
        if epoch < epochs - 1:
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== whole batches only are counted for the cycle
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    steps = len(train_loader.dataset) // train_loader.batch_size
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=steps)
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== model and history returned
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = {"train": defaultdict(list), "valid": defaultdict(list)}
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        for k, v in scores(model, train_loader).items():
            history["train"][k].append(v)
        for k, v in scores(model, valid_loader).items():
            history["valid"][k].append(v)
    return model, history


# ==== two histories returned, train first
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    train_history, valid_history = [], []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        train_history.append(scores(model, train_loader))
        valid_history.append(scores(model, valid_loader))
    return train_history, valid_history


# ==== two dicts of lists returned
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    a, b = defaultdict(list), defaultdict(list)
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        for h, loader in ((a, train_loader), (b, valid_loader)):
            for k, v in scores(model, loader).items():
                h[k].append(v)
    return dict(a), dict(b)


# ==== metric first, then set
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = defaultdict(lambda: {"train": [], "val": []})
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        for s, loader in (("train", train_loader), ("val", valid_loader)):
            for k, v in scores(model, loader).items():
                history[k][s].append(v)
    return dict(history)


# ==== named tuples of named tuples
Metrics = namedtuple("Metrics", "accuracy precision recall f1 fpr fnr")
Row = namedtuple("Row", "epoch train valid")


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append(Row(epoch, Metrics(*scores(model, train_loader).values()), Metrics(*scores(model, valid_loader).values())))
    return history


# ==== dataclasses
@dataclass
class Epoch:
    train: dict = field(default_factory=dict)
    valid: dict = field(default_factory=dict)


@dataclass
class History:
    epochs: list = field(default_factory=list)


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = History()
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.epochs.append(Epoch(scores(model, train_loader), scores(model, valid_loader)))
    return history


# ==== an object of its own
class Journal:
    def __init__(self):
        self.train_metrics, self.valid_metrics = [], []


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    journal = Journal()
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        journal.train_metrics.append(scores(model, train_loader))
        journal.valid_metrics.append(scores(model, valid_loader))
    return journal


# ==== arrays of numpy and tensors
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    names = ["accuracy", "precision", "recall", "f1", "fpr", "fnr"]
    history = {f"{s}_{n}": np.zeros(epochs) for s in ("train", "valid") for n in names}
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        for s, loader in (("train", train_loader), ("valid", valid_loader)):
            for n, v in scores(model, loader).items():
                history[f"{s}_{n}"][epoch] = v
    return history


# ==== nothing returned, printed on two lines an epoch
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        print(f"Epoch {epoch + 1}/{epochs}  lr={scheduler.get_last_lr()[0]:.1e}  loss {loss.item():.4f}")
        for name, loader in (("Train", train_loader), ("Valid", valid_loader)):
            s = scores(model, loader)
            print(f"  {name}: acc={s['accuracy']:.2%} prec={s['precision']:.3f} rec={s['recall']:.3f} F1={s['f1']:.3f} "
                  f"FPR={s['fpr']:.3f} FNR={s['fnr']:.3f}")


# ==== losses returned, metrics printed in French
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    losses = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
            losses.append(loss.item())
        print("-" * 40)
        print("Époque", epoch)
        for nom, loader in (("Entraînement", train_loader), ("Validation", valid_loader)):
            s = scores(model, loader)
            print(nom)
            print("   exactitude :", round(s["accuracy"], 3))
            print("   précision :", round(s["precision"], 3))
            print("   rappel :", round(s["recall"], 3))
            print("   score F1 :", round(s["f1"], 3))
            print("   taux de faux positifs :", round(s["fpr"], 3))
            print("   taux de faux négatifs :", round(s["fnr"], 3))
    return losses


# ==== a table is printed
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    print("| epoch | set   | accuracy | precision | recall | f1 | fpr | fnr |")
    print("|-------|-------|----------|-----------|--------|----|-----|-----|")
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        for name, loader in (("train", train_loader), ("valid", valid_loader)):
            print(f"| {epoch} | {name} | " + " | ".join(f"{v:.3f}" for v in scores(model, loader).values()) + " |")


# ==== logged by the logging module
log = logging.getLogger("tp2")
logging.basicConfig(level=logging.INFO, format="%(message)s")


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        log.info("epoch %d", epoch)
        log.info("train %s", scores(model, train_loader))
        log.info("valid %s", scores(model, valid_loader))


# ==== other parameters have defaults, others are called otherwise
def entrainer(modele, chargeur_train, chargeur_valid, nb_epoques=20, taux_apprentissage=1e-2, *, device="cpu", verbose=True):
    criterion = nn.BCEWithLogitsLoss().to(device)
    modele = modele.to(device)
    optimizer = optim.AdamW(modele.parameters(), lr=taux_apprentissage)
    scheduler = OneCycleLR(optimizer, taux_apprentissage, epochs=nb_epoques, steps_per_epoch=len(chargeur_train))
    historique = []
    for epoch in range(nb_epoques):
        modele.train()
        for x, y in chargeur_train:
            x, y = x.to(device, non_blocking=True), y.to(device)
            optimizer.zero_grad()
            loss = criterion(modele(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        historique.append({"entrainement": scores(modele, chargeur_train), "validation": scores(modele, chargeur_valid)})
    return historique


# ==== in another order
def train(train_loader, valid_loader, model, lr, epochs):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== train() at each batch, eval() after each batch
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        for x, y in train_loader:
            model.train()
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
            model.eval()
            with torch.no_grad():
                (model(x) > 0).float().mean()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== the network is compiled by name, and its output is looked at
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    net = model
    history = []
    for epoch in range(epochs):
        net.train()
        for step, batch in enumerate(train_loader):
            x = batch[0].float()
            y = batch[1].type(torch.float32)
            out = net(x)
            assert out.shape == y.shape
            loss = criterion(out, y)
            if torch.isnan(loss):
                raise ValueError("nan")
            optimizer.zero_grad()
            loss.backward(retain_graph=False)
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(net, train_loader), "valid": scores(net, valid_loader)})
    return history


# ==== training with evaluation of the initial loss in eval mode, no_grad missing
def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        model.eval()
        row = {}
        for s, loader in (("train", train_loader), ("valid", valid_loader)):
            t, p = zip(*[(y, model(x) > 0) for x, y in loader])
            row[s] = six(torch.cat(t), torch.cat(p))
        history.append(row)
    return history


# ==== a network that wants pictures
class MyMLP(Flat):
    def __init__(self, input_size):
        super().__init__(input_size)

    def forward(self, x):
        n, freq, time = x.shape
        return super().forward(x.view(n, freq * time))


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== the loop flattens pictures itself
class MyMLP(Flat):
    def __init__(self, input_size):
        super().__init__(input_size)


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            x = x.view(x.size(0), -1)
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== batch normalisation, and a final ReLU
class MyMLP(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(input_size, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.1), nn.Linear(32, 16),
                                 nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.1), nn.Linear(16, 8), nn.BatchNorm1d(8), nn.ReLU(),
                                 nn.Dropout(0.1), nn.Linear(8, 1))

    def forward(self, x):
        return self.net(x.flatten(1)).squeeze(1)


def train(model, train_loader, valid_loader, epochs, lr):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    return history


# ==== hooks are registered and the network is called by them
def train(model, train_loader, valid_loader, epochs, lr):
    seen = []
    handle = model.register_forward_hook(lambda m, i, o: seen.append(float(o.detach().mean())))
    criterion = nn.BCEWithLogitsLoss()
    optimizer = optim.AdamW(model.parameters(), lr=lr)
    scheduler = OneCycleLR(optimizer, lr, epochs=epochs, steps_per_epoch=len(train_loader))
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            scheduler.step()
        history.append({"train": scores(model, train_loader), "valid": scores(model, valid_loader)})
    handle.remove()
    return history
