"""Run the student's training function on data of ours, watch it, and ask the trained network for its answers."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from graders.probes.model import Recipe, built, shaped
from graders.probes.plain import MOST_TEXT, plain
from graders.probes.recorder import recording
from graders.probes.seeds import seed_everything
from graders.probes.subject import called
from graders.probes.wire import Array, Value
from graders.probes.work import Subject, Work

CHUNK = 256


class Examples(TypedDict):
    """x (n, freq, time) float32 and y (n,) of 0 and 1."""

    x: Array
    y: Array


class Lesson(TypedDict):
    """What a training is given besides the network."""

    train: Examples
    valid: Examples
    batch_size: int
    values: dict[str, float]
    seed: int


def training(work: Work, *, subject: Subject, recipe: Recipe, lesson: Lesson, like: Subject | None,
             watch: bool, ask: Array | None) -> Value:
    """{"events", "printed", "history", "moved", "answers"}: see `recorder` for the events.

    `like` is the student's load_dataset: their loop meets labels in the shape that their own files give.
    `moved` is the largest change of each parameter; `answers` the logits on `ask` (n, freq, time) in evaluation mode.
    """
    column = _wants_columns(work, like)
    seed_everything(lesson["seed"])
    model = built(work, recipe)
    shape = _shaper(model, lesson["train"]["x"])
    before = {name: value.detach().clone() for name, value in model.named_parameters()}
    values = {**lesson["values"], "model": model,
              "train_loader": _loader(lesson["train"], lesson, shape, column=column, shuffle=True),
              "valid_loader": _loader(lesson["valid"], lesson, shape, column=column, shuffle=False)}
    printed = _Printed()
    seed_everything(lesson["seed"])
    with redirect_stdout(printed), recording(model) if watch else nullcontext() as recorder:
        history = called(subject, work, values)
    return {"events": list(recorder.events) if recorder else [], "printed": printed.getvalue(),
            "history": plain(history), "moved": _moved(model, before),
            "answers": None if ask is None else plain(_answers(model, shape(torch.from_numpy(np.array(ask)))))}


class _Printed(io.StringIO):
    def write(self, text: str) -> int:
        if self.tell() < MOST_TEXT:
            super().write(text[:MOST_TEXT])
        return len(text)


def _shaper(model: nn.Module, x: Array) -> Callable[[Tensor], Tensor]:
    flat = shaped(model, torch.from_numpy(np.array(x[:2]))).ndim == 2
    model.train()
    return lambda value: value.flatten(1) if flat else value


def _loader(examples: Examples, lesson: Lesson, shape: Callable[[Tensor], Tensor], *, column: bool, shuffle: bool
            ) -> DataLoader[tuple[Tensor, ...]]:
    x = shape(torch.from_numpy(np.array(examples["x"])).float())
    y = torch.from_numpy(np.array(examples["y"])).float()
    dataset = TensorDataset(x, y[:, None] if column else y)
    return DataLoader(dataset, batch_size=lesson["batch_size"], shuffle=shuffle)


def _wants_columns(work: Work, like: Subject | None) -> bool:
    """Whether the student's own datasets hold labels as (n, 1)."""
    if like is None:
        return False
    try:
        with TemporaryDirectory() as folder:
            np.save(Path(folder, "x.npy"), np.zeros((3, 4, 5), np.float32))
            np.save(Path(folder, "y.npy"), np.array([0, 1, 0]))
            dataset = called(like, work, dataset_values(Path(folder)))
            return dataset[0][1].ndim == 1  # type: ignore[index,no-any-return]  # whatever it is, it was asked
    except Exception:  # noqa: BLE001  # their load_dataset is judged elsewhere
        return False


def dataset_values(folder: Path) -> dict[str, object]:
    """What a load_dataset may ask for: the folder, or its two files."""
    return {"folder": str(folder), "x_path": str(folder / "x.npy"), "y_path": str(folder / "y.npy"),
            "root": str(folder.parent), "split": folder.name}


def _moved(model: nn.Module, before: dict[str, Tensor]) -> dict[str, Value]:
    now = dict(model.named_parameters())
    return {name: float((now[name].detach() - old).abs().max()) for name, old in before.items() if old.numel()}


def _answers(model: nn.Module, x: Tensor) -> Tensor:
    model.eval()
    with torch.no_grad():
        return torch.cat([model(part).reshape(len(part), -1) for part in torch.split(x, CHUNK)])
