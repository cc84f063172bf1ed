from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise, starmap
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from pulses import build_spectrograms
from torch import Tensor, nn
from torch.optim.lr_scheduler import OneCycleLR
from torch.utils.data import DataLoader, TensorDataset

SPLITS = "train", "valid", "test"


def standardized(x: np.ndarray, like: np.ndarray) -> np.ndarray:
    """Global: see report.md."""
    return np.divide(x - like.mean(), like.std() or 1, dtype=np.float32)


def preprocess(wavs: Path, arrays: Path) -> None:
    (reference, _), *_ = data = [build_spectrograms(Path(wavs, split)) for split in SPLITS]
    for split, (x, y) in zip(SPLITS, data, strict=True):
        (folder := Path(arrays, split)).mkdir(parents=True, exist_ok=True)
        np.save(folder / "x.npy", standardized(x, reference)), np.save(folder / "y.npy", y)


def mlp(n: int, widths: Iterable[int] = (96, 48, 24), p: float = 0.1) -> nn.Sequential:
    def layer(a: int, b: int) -> nn.Linear:
        made = nn.Linear(a, b)
        nn.init.xavier_uniform_(made.weight), nn.init.zeros_(made.bias)
        return made

    *hidden, last = starmap(layer, pairwise([n, *widths, 1]))
    body = [block for one in hidden for block in (one, nn.ReLU(), nn.Dropout(p))]
    return nn.Sequential(nn.Flatten(), *body, last, nn.Flatten(0))


def dataset(folder: Path) -> TensorDataset:
    return TensorDataset(*(torch.from_numpy(np.load(Path(folder, f"{name}.npy"))).float() for name in "xy"))


def loaders(root: Path, batch_size: int) -> list[DataLoader]:
    return [DataLoader(dataset(Path(root, s)), batch_size, shuffle=s == SPLITS[0]) for s in SPLITS]


class Confusion(NamedTuple):
    tp: int
    fp: int
    tn: int
    fn: int

    @classmethod
    def of(cls, y: Tensor, yhat: Tensor) -> Confusion:
        y, yhat = (torch.as_tensor(v).bool().flatten() for v in (y, yhat))
        return cls(*(int((a & b).sum()) for a, b in ((y, yhat), (~y, yhat), (~y, ~yhat), (y, ~yhat))))


def ratio(top: Callable, bottom: Callable, y: Tensor, yhat: Tensor) -> float:
    c = Confusion.of(y, yhat)
    return top(c) / bottom(c) if bottom(c) else 0.0


accuracy = partial(ratio, lambda c: c.tp + c.tn, sum)
precision = partial(ratio, lambda c: c.tp, lambda c: c.tp + c.fp)
recall = partial(ratio, lambda c: c.tp, lambda c: c.tp + c.fn)
f1_score = partial(ratio, lambda c: 2 * c.tp, lambda c: 2 * c.tp + c.fp + c.fn)
false_positive_rate = partial(ratio, lambda c: c.fp, lambda c: c.fp + c.tn)
false_negative_rate = partial(ratio, lambda c: c.fn, lambda c: c.fn + c.tp)
METRICS = {
    name: globals()[name]
    for name in ("accuracy", "precision", "recall", "f1_score", "false_positive_rate", "false_negative_rate")
}


@torch.no_grad()
def evaluate(model: nn.Module, loader: DataLoader) -> dict[str, float]:
    model.eval()
    yhat, y = map(torch.cat, zip(*((model(x) > 0, y) for x, y in loader), strict=True))
    return {name: metric(y, yhat) for name, metric in METRICS.items()}


def train(
    model: nn.Module, train: DataLoader, valid: DataLoader, epochs: int, lr: float
) -> list[dict[str, dict[str, float]]]:
    optimizer = torch.optim.AdamW(model.parameters(), lr)
    schedule = OneCycleLR(optimizer, lr, epochs * len(train))

    def epoch() -> dict[str, dict[str, float]]:
        model.train()
        for x, y in train:
            optimizer.zero_grad()
            nn.functional.binary_cross_entropy_with_logits(model(x), y).backward()
            optimizer.step(), schedule.step()
        return {"train": evaluate(model, train), "valid": evaluate(model, valid)}

    return [epoch() for _ in range(epochs)]
