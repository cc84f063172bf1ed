# Student code with mistakes: each snippet loses what its header says, and nothing else.
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


class Loop:
    """A right training, but for what a snippet changes."""

    criterion = nn.BCEWithLogitsLoss()

    def __init__(self, model, train_loader, valid_loader, epochs, lr):
        self.model, self.train_loader, self.valid_loader, self.epochs, self.lr = model, train_loader, valid_loader, epochs, lr
        self.optimizer = self.make_optimizer()
        self.scheduler = self.make_scheduler()

    def make_optimizer(self):
        return optim.AdamW(self.model.parameters(), lr=self.lr)

    def make_scheduler(self):
        return OneCycleLR(self.optimizer, self.lr, epochs=self.epochs, steps_per_epoch=len(self.train_loader))

    def loss(self, x, y):
        return self.criterion(self.model(x), y)

    def batch(self, x, y):
        self.optimizer.zero_grad()
        loss = self.loss(x, y)
        loss.backward()
        self.optimizer.step()
        self.scheduler.step()

    def epoch(self):
        self.model.train()
        for x, y in self.train_loader:
            self.batch(x, y)

    def row(self):
        return {"train": scores(self.model, self.train_loader), "valid": scores(self.model, self.valid_loader)}

    def run(self):
        history = []
        for _ in range(self.epochs):
            self.epoch()
            history.append(self.row())
        return history



# ==== zero_grad forgotten -> train.loop: zero-grad-missing
class Mine(Loop):
    def batch(self, x, y):
        loss = self.loss(x, y)
        loss.backward()
        self.optimizer.step()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== zero_grad once an epoch -> train.loop: zero-grad-missing
class Mine(Loop):
    def batch(self, x, y):
        self.loss(x, y).backward()
        self.optimizer.step()
        self.scheduler.step()

    def epoch(self):
        self.optimizer.zero_grad()
        super().epoch()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== zero_grad without its parentheses -> train.loop: zero-grad-missing
class Mine(Loop):
    def batch(self, x, y):
        self.optimizer.zero_grad
        self.loss(x, y).backward()
        self.optimizer.step()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== zero_grad of another optimizer -> train.loop: zero-grad-missing
class Mine(Loop):
    def batch(self, x, y):
        optim.SGD([torch.zeros(1, requires_grad=True)], lr=1).zero_grad()
        self.loss(x, y).backward()
        self.optimizer.step()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== gradients of the last layer cleared only -> train.loop: zero-grad-missing
class Mine(Loop):
    def batch(self, x, y):
        self.model.l[-1].zero_grad()
        self.loss(x, y).backward()
        self.optimizer.step()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== zero_grad of the loss function -> train.loop: zero-grad-missing
class Mine(Loop):
    def batch(self, x, y):
        self.criterion.zero_grad()
        self.loss(x, y).backward()
        self.optimizer.step()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== zero_grad every tenth batch, by accident -> train.loop: zero-grad-missing
class Mine(Loop):
    n = 0

    def batch(self, x, y):
        if self.n % 10 == 0:
            self.optimizer.zero_grad()
        self.n += 1
        self.loss(x, y).backward()
        self.optimizer.step()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== cleared between backward and step -> train.loop: cleared-before-step
class Mine(Loop):
    def batch(self, x, y):
        self.loss(x, y).backward()
        self.optimizer.zero_grad()
        self.optimizer.step()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== cleared between backward and step, kept as zeros -> train.loop: cleared-before-step
class Mine(Loop):
    def make_optimizer(self):
        return optim.SGD(self.model.parameters(), lr=self.lr)

    def batch(self, x, y):
        self.loss(x, y).backward()
        self.optimizer.zero_grad(set_to_none=False)
        self.optimizer.step()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== step before backward -> train.loop: step-before-backward
class Mine(Loop):
    def batch(self, x, y):
        self.optimizer.zero_grad()
        loss = self.loss(x, y)
        self.optimizer.step()
        loss.backward()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== step before backward, gradients of the batch before -> train.loop: raised; train.modes: raised; train.scheduler: raised; train.learns: raised; metrics.per_epoch: raised
class Mine(Loop):
    def batch(self, x, y):
        loss = self.loss(x, y)
        self.optimizer.step()
        self.optimizer.zero_grad()
        loss.backward()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== never a step -> train.loop: step-before-backward; train.scheduler: stepped-before-optimizer; train.learns: frozen-layers
class Mine(Loop):
    def batch(self, x, y):
        self.optimizer.zero_grad()
        self.loss(x, y).backward()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== never backward -> train.loop: step-before-backward; train.learns: frozen-layers|loss-does-not-fall; train.modes: eval-missing
class Mine(Loop):
    def batch(self, x, y):
        self.optimizer.zero_grad()
        self.loss(x, y)
        self.optimizer.step()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== loss.item() made a tensor again -> train.loop: loss-detached
class Mine(Loop):
    def loss(self, x, y):
        return torch.tensor(super().loss(x, y).item(), requires_grad=True)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== output detached -> train.loop: loss-detached
class Mine(Loop):
    def loss(self, x, y):
        return self.criterion(self.model(x).detach().requires_grad_(), y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== output through numpy -> train.loop: loss-detached
class Mine(Loop):
    def loss(self, x, y):
        out = torch.from_numpy(self.model(x).detach().numpy())
        out.requires_grad = True
        return self.criterion(out, y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== output by .data -> train.loop: loss-detached
class Mine(Loop):
    def loss(self, x, y):
        out = self.model(x).data
        return self.criterion(out.requires_grad_(True), y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== forward under no_grad -> train.loop: loss-detached
class Mine(Loop):
    def loss(self, x, y):
        with torch.no_grad():
            out = self.model(x)
        out.requires_grad_()
        return self.criterion(out, y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== loss as a new leaf by Variable -> train.loop: loss-detached
class Mine(Loop):
    def loss(self, x, y):
        return torch.autograd.Variable(super().loss(x, y).data, requires_grad=True)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== forward under no_grad, backward raises -> train.loop: raised; train.modes: raised; train.scheduler: raised; train.learns: raised; metrics.per_epoch: raised
class Mine(Loop):
    def loss(self, x, y):
        with torch.no_grad():
            return super().loss(x, y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== optimizer of a fresh network -> train.loop: other-parameters
class Mine(Loop):
    def make_optimizer(self):
        return optim.AdamW(MyMLP(48).parameters(), lr=self.lr)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== optimizer of a copy -> train.loop: other-parameters
class Mine(Loop):
    def make_optimizer(self):
        return optim.AdamW(copy.deepcopy(self.model).parameters(), lr=self.lr)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== optimizer of the last layer only -> train.loop: other-parameters
class Mine(Loop):
    def make_optimizer(self):
        return optim.AdamW(self.model.l[-1].parameters(), lr=self.lr)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== optimizer of all but the first layer -> train.loop: other-parameters
class Mine(Loop):
    def make_optimizer(self):
        return optim.Adam([p for l in self.model.l[1:] for p in l.parameters()], lr=self.lr)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== optimizer of the biases only -> train.loop: other-parameters
class Mine(Loop):
    def make_optimizer(self):
        return optim.SGD([p for n, p in self.model.named_parameters() if "bias" in n], lr=self.lr)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== first layer frozen -> train.learns: frozen-layers
class Mine(Loop):
    def make_optimizer(self):
        for p in self.model.l[0].parameters():
            p.requires_grad = False
        return optim.AdamW(self.model.parameters(), lr=self.lr)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== all but the last layer frozen -> train.learns: frozen-layers
class Mine(Loop):
    def make_optimizer(self):
        self.model.l[:-1].requires_grad_(False)
        return optim.AdamW(self.model.parameters(), lr=self.lr)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== own loss on (n,) against (n, 1) -> train.loop: loss-broadcast
class Mine(Loop):
    def loss(self, x, y):
        z, t = self.model(x), y.unsqueeze(1)
        return (F.softplus(z) - t * z).mean()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== own loss on (n, 1) against (n,) -> train.loop: loss-broadcast
class Mine(Loop):
    def loss(self, x, y):
        z = self.model(x).view(-1, 1)
        return (torch.clamp(z, min=0) - z * y + torch.log1p(torch.exp(-abs(z)))).mean()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== mean squared error, (n, 1) against (n,) -> train.loop: loss-broadcast
class Mine(Loop):
    def loss(self, x, y):
        import warnings
        warnings.simplefilter("ignore")
        return F.mse_loss(self.model(x).view(-1, 1), y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== sigmoid before BCEWithLogitsLoss -> train.loop: wrong-loss
class Mine(Loop):
    def loss(self, x, y):
        return self.criterion(torch.sigmoid(self.model(x)), y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== sigmoid by hand before the functional form -> train.loop: wrong-loss
class Mine(Loop):
    def loss(self, x, y):
        p = 1 / (1 + torch.exp(-self.model(x)))
        return F.binary_cross_entropy_with_logits(p, y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== softmax before BCEWithLogitsLoss -> train.loop: wrong-loss
class Mine(Loop):
    def loss(self, x, y):
        return self.criterion(torch.softmax(self.model(x)[:, None], dim=1).squeeze(1), y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== CrossEntropyLoss on one logit -> train.loop: wrong-loss
class Mine(Loop):
    def make_optimizer(self):
        return optim.SGD(self.model.parameters(), lr=self.lr)

    def loss(self, x, y):
        return F.cross_entropy(self.model(x)[:, None], torch.zeros(len(x), dtype=torch.long))


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== mean squared error -> train.loop: wrong-loss
class Mine(Loop):
    criterion = nn.MSELoss()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== mean squared error by hand -> train.loop: wrong-loss
class Mine(Loop):
    def loss(self, x, y):
        return ((self.model(x) - y) ** 2).mean()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== mean squared error of probabilities -> train.loop: wrong-loss
class Mine(Loop):
    def loss(self, x, y):
        return F.mse_loss(torch.sigmoid(self.model(x)), y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== absolute error -> train.loop: wrong-loss
class Mine(Loop):
    criterion = nn.L1Loss()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== hinge loss -> train.loop: wrong-loss
class Mine(Loop):
    def loss(self, x, y):
        return torch.clamp(1 - (2 * y - 1) * self.model(x), min=0).mean()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== minus the loss -> train.loop: wrong-loss
class Mine(Loop):
    def loss(self, x, y):
        return -super().loss(x, y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== half of the cross-entropy -> train.loop: wrong-loss
class Mine(Loop):
    def loss(self, x, y):
        return (y * F.softplus(-self.model(x))).mean()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== BCELoss on logits -> train.loop: raised; train.modes: raised; train.scheduler: raised; train.learns: raised; metrics.per_epoch: raised
class Mine(Loop):
    criterion = nn.BCELoss()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== eval forgotten -> train.modes: eval-missing
def predict_in_training(model, loader):
    with torch.no_grad():
        out = [(model(x).reshape(-1) > 0, y.reshape(-1)) for x, y in loader]
    return six(torch.cat([y for _, y in out]), torch.cat([p for p, _ in out]))


class Mine(Loop):
    def row(self):
        return {"train": predict_in_training(self.model, self.train_loader), "valid": predict_in_training(self.model, self.valid_loader)}


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== eval forgotten, gradients on -> train.modes: eval-missing
class Mine(Loop):
    def row(self):
        return {s: six(*[torch.cat(p) for p in zip(*[(y, self.model(x) > 0) for x, y in loader])])
                for s, loader in (("train", self.train_loader), ("valid", self.valid_loader))}


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== eval without its parentheses -> train.modes: eval-missing
def predict_in_training(model, loader):
    with torch.no_grad():
        out = [(model(x).reshape(-1) > 0, y.reshape(-1)) for x, y in loader]
    return six(torch.cat([y for _, y in out]), torch.cat([p for p, _ in out]))


class Mine(Loop):
    def row(self):
        self.model.eval
        return {"train": predict_in_training(self.model, self.train_loader), "valid": predict_in_training(self.model, self.valid_loader)}


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== train() instead of eval() -> train.modes: eval-missing
def predict_in_training(model, loader):
    with torch.no_grad():
        out = [(model(x).reshape(-1) > 0, y.reshape(-1)) for x, y in loader]
    return six(torch.cat([y for _, y in out]), torch.cat([p for p, _ in out]))


class Mine(Loop):
    def row(self):
        self.model.train()
        return {"train": predict_in_training(self.model, self.train_loader), "valid": predict_in_training(self.model, self.valid_loader)}


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== eval() after evaluating, train() before learning -> train.modes: eval-missing
def predict_in_training(model, loader):
    with torch.no_grad():
        out = [(model(x).reshape(-1) > 0, y.reshape(-1)) for x, y in loader]
    return six(torch.cat([y for _, y in out]), torch.cat([p for p, _ in out]))


class Mine(Loop):
    def row(self):
        row = {"train": predict_in_training(self.model, self.train_loader), "valid": predict_in_training(self.model, self.valid_loader)}
        self.model.eval()
        return row


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== eval() for the validation only -> train.modes: eval-missing
def predict_in_training(model, loader):
    with torch.no_grad():
        out = [(model(x).reshape(-1) > 0, y.reshape(-1)) for x, y in loader]
    return six(torch.cat([y for _, y in out]), torch.cat([p for p, _ in out]))


class Mine(Loop):
    def row(self):
        train = predict_in_training(self.model, self.train_loader)
        return {"train": train, "valid": scores(self.model, self.valid_loader)}


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== eval() of a submodule -> train.modes: eval-missing
def predict_in_training(model, loader):
    with torch.no_grad():
        out = [(model(x).reshape(-1) > 0, y.reshape(-1)) for x, y in loader]
    return six(torch.cat([y for _, y in out]), torch.cat([p for p, _ in out]))


class Mine(Loop):
    def row(self):
        self.model.l.eval()
        return {"train": predict_in_training(self.model, self.train_loader), "valid": predict_in_training(self.model, self.valid_loader)}


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== train() once, before the first epoch -> train.modes: never-back-to-train
class Mine(Loop):
    def epoch(self):
        for x, y in self.train_loader:
            self.batch(x, y)

    def run(self):
        self.model.train()
        return super().run()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== train() never called -> train.modes: never-back-to-train
class Mine(Loop):
    def epoch(self):
        for x, y in self.train_loader:
            self.batch(x, y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== train() before evaluating, not before learning -> train.modes: never-back-to-train
class Mine(Loop):
    def epoch(self):
        for x, y in self.train_loader:
            self.batch(x, y)

    def row(self):
        self.model.train()
        return super().row()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== eval() before learning -> train.modes: train-missing
class Mine(Loop):
    def epoch(self):
        self.model.eval()
        for x, y in self.train_loader:
            self.batch(x, y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== train(False) -> train.modes: train-missing
class Mine(Loop):
    def epoch(self):
        self.model.train(False)
        for x, y in self.train_loader:
            self.batch(x, y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== no scheduler -> train.scheduler: no-scheduler
class Mine(Loop):
    def make_scheduler(self):
        return None

    def batch(self, x, y):
        self.optimizer.zero_grad()
        self.loss(x, y).backward()
        self.optimizer.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== never stepped -> train.scheduler: never-stepped
class Mine(Loop):
    def batch(self, x, y):
        self.optimizer.zero_grad()
        self.loss(x, y).backward()
        self.optimizer.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== step without its parentheses -> train.scheduler: never-stepped
class Mine(Loop):
    def batch(self, x, y):
        self.optimizer.zero_grad()
        self.loss(x, y).backward()
        self.optimizer.step()
        self.scheduler.step


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== one cycle of batches, once an epoch -> train.scheduler: stepped-once-an-epoch
class Mine(Loop):
    def batch(self, x, y):
        self.optimizer.zero_grad()
        self.loss(x, y).backward()
        self.optimizer.step()

    def epoch(self):
        super().epoch()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== cosine of batches, once an epoch -> train.scheduler: stepped-once-an-epoch
class Mine(Loop):
    def batch(self, x, y):
        self.optimizer.zero_grad()
        self.loss(x, y).backward()
        self.optimizer.step()

    def make_scheduler(self):
        return CosineAnnealingLR(self.optimizer, T_max=self.epochs * len(self.train_loader))

    def epoch(self):
        super().epoch()
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== cosine of epochs, once a batch -> train.scheduler: wrong-rate
class Mine(Loop):
    def make_scheduler(self):
        return CosineAnnealingLR(self.optimizer, T_max=self.epochs)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== polynomial of epochs, once a batch -> train.scheduler: wrong-rate
class Mine(Loop):
    def make_scheduler(self):
        return PolynomialLR(self.optimizer, total_iters=self.epochs)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== one cycle as long as all examples -> train.scheduler: wrong-rate
class Mine(Loop):
    def make_scheduler(self):
        return OneCycleLR(self.optimizer, self.lr, total_steps=self.epochs * len(self.train_loader.dataset))


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== one cycle of one epoch, beyond its end -> train.scheduler: wrong-rate
class Mine(Loop):
    def make_scheduler(self):
        return OneCycleLR(self.optimizer, self.lr, total_steps=len(self.train_loader))


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== one cycle of epochs, once a batch -> train.scheduler: wrong-rate
class Mine(Loop):
    def make_scheduler(self):
        return OneCycleLR(self.optimizer, self.lr, total_steps=self.epochs)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== one cycle, a step short at the very end -> train.scheduler: wrong-rate
class Mine(Loop):
    def make_scheduler(self):
        return OneCycleLR(self.optimizer, self.lr, total_steps=self.epochs * len(self.train_loader) - 2)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== one cycle a hundred epochs long -> train.scheduler: wrong-rate
class Mine(Loop):
    def make_scheduler(self):
        return OneCycleLR(self.optimizer, self.lr, epochs=100, steps_per_epoch=len(self.train_loader))


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== twice a batch -> train.scheduler: wrong-rate
class Mine(Loop):
    def batch(self, x, y):
        super().batch(x, y)
        self.scheduler.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== before the optimizer -> train.scheduler: stepped-before-optimizer
class Mine(Loop):
    def batch(self, x, y):
        self.optimizer.zero_grad()
        self.loss(x, y).backward()
        self.scheduler.step()
        self.optimizer.step()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== before the optimizer, once an epoch -> train.scheduler: stepped-before-optimizer
class Mine(Loop):
    def batch(self, x, y):
        self.optimizer.zero_grad()
        self.loss(x, y).backward()
        self.optimizer.step()

    def make_scheduler(self):
        return StepLR(self.optimizer, 2)

    def epoch(self):
        self.scheduler.step()
        super().epoch()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== logarithm of a logit -> train.loop: wrong-loss
class Mine(Loop):
    def loss(self, x, y):
        return self.criterion(torch.log(self.model(x)), y)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== division by zero in the loss -> train.learns: nan-loss
class Mine(Loop):
    def loss(self, x, y):
        return super().loss(x, y) / torch.zeros(())


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== gradient ascent -> train.loop: gradient-ascent
class Mine(Loop):
    def make_optimizer(self):
        return optim.AdamW(self.model.parameters(), lr=self.lr, maximize=True)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== a learning rate of 0 -> train.learns: frozen-layers
class Mine(Loop):
    def make_optimizer(self):
        return optim.SGD(self.model.parameters(), lr=0.0)

    def make_scheduler(self):
        return StepLR(self.optimizer, 5)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== the network is made again at each epoch -> train.learns: frozen-layers|loss-does-not-fall
class Mine(Loop):
    def epoch(self):
        start = copy.deepcopy(self.model.state_dict()) if not hasattr(self, "start") else self.start
        self.start = start
        super().epoch()
        self.model.load_state_dict(start)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== accuracy only -> metrics.per_epoch: metrics-missing
class Mine(Loop):
    def row(self):
        return {s: {"accuracy": v["accuracy"]} for s, v in super().row().items()}


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== one metric missing -> metrics.per_epoch: metrics-missing
class Mine(Loop):
    def row(self):
        row = super().row()
        for v in row.values():
            del v["fnr"]
        return row


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== validation only -> metrics.per_epoch: metrics-missing
class Mine(Loop):
    def row(self):
        return {"valid": super().row()["valid"]}


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== losses only -> metrics.per_epoch: metrics-missing
class Mine(Loop):
    def run(self):
        super().run()
        return [0.5] * self.epochs


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== nothing at all -> metrics.per_epoch: metrics-missing
class Mine(Loop):
    def run(self):
        super().run()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== every other epoch -> metrics.per_epoch: metrics-missing
class Mine(Loop):
    def run(self):
        return super().run()[::2]


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== only at the end -> metrics.per_epoch: only-at-the-end
class Mine(Loop):
    def run(self):
        super().run()
        return self.row()


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== only at the end, printed -> metrics.per_epoch: only-at-the-end
class Mine(Loop):
    def run(self):
        for s, v in super().run()[-1].items():
            print(s, v)


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== counts in place of rates -> metrics.per_epoch: metrics-missing
class Mine(Loop):
    def row(self):
        row = super().row()
        for v in row.values():
            v["faux positifs par lot"] = v.pop("fpr")
            v["nombre d erreurs"] = v.pop("fnr")
        return row


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== train metrics of the validation set -> metrics.per_epoch: train-on-valid
class Mine(Loop):
    def row(self):
        return {"train": scores(self.model, self.valid_loader), "valid": scores(self.model, self.valid_loader)}


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()


# ==== train metrics of the validation set, printed -> metrics.per_epoch: train-on-valid
class Mine(Loop):
    def run(self):
        for row in super().run():
            for name in ("train", "valid"):
                print(name, *(f"{k}={v:.2f}" for k, v in row["valid"].items()))


def train(model, train_loader, valid_loader, epochs, lr):
    return Mine(model, train_loader, valid_loader, epochs, lr).run()

