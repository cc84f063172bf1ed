"""Files of pictures that a plan gives to student code, what datasets make of them, and a model that watches how it is asked."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset, TensorDataset, default_collate

from graders.probes.wire import Array

FAR = 30


def files(contents: list[Array], ending: str = "jpg", folders: list[str] | None = None) -> list[str]:
    """Write the files into a folder of their own, each in the one of `folders` that is said for it; their paths."""
    root = Path(tempfile.mkdtemp())
    inside = [root / name for name in folders or [""] * len(contents)]
    paths = [folder / f"{number:05d}.{ending}" for number, folder in enumerate(inside, 1)]
    for path, content in zip(paths, contents, strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(np.asarray(content, np.uint8).tobytes())
    return [str(path) for path in paths]


def pairs(first: list[object], second: list[object]) -> list[tuple[object, object]]:
    """What stands at the same place in two lists, together."""
    return list(zip(first, second, strict=True))


def held(dataset: Dataset[Any], labels: Array, model: nn.Module) -> TensorDataset:
    """The images of a student's dataset, each asked for once, with labels of ours in the shape of theirs.

    What the network does not take raises; numbers far from 0 are no images that it could be taught with: ValueError.
    """
    items = [dataset[place] for place in range(len(labels))]
    images, theirs = default_collate([tuple(one.values()) if isinstance(one, dict) else one[:2] for one in items])
    if images.float().abs().max() > FAR:
        raise ValueError("the images are not scaled")
    outputs = model(images[:2].float())
    # Two scores go with classes, one score with numbers.
    kind = np.int64 if outputs.ndim == 2 and outputs.shape[1] > 1 else np.float32
    shape = theirs.shape if theirs.numel() == len(labels) else (len(labels),)
    return TensorDataset(images.float(), torch.from_numpy(np.array(labels, kind)).reshape(shape))


def pictured(paths: list[str], labels: Array, side: int, channels: int = 1) -> TensorDataset:
    """The same of files, by ourselves: (n, channels, side, side) from -1 to 1."""
    mode = "L" if channels == 1 else "RGB"
    arrays = [
        np.asarray(Image.open(path).convert(mode).resize((side, side), Image.Resampling.BILINEAR)) for path in paths
    ]
    images = torch.from_numpy(np.stack(arrays)).float().reshape(len(paths), side, side, channels).permute(0, 3, 1, 2)
    # As a dataset makes them: x.view(len(x), -1) takes nothing whose axes were exchanged.
    return TensorDataset((images / 127.5 - 1).contiguous(), torch.as_tensor(np.array(labels)).float())


class Scoring(nn.Module):
    """Reads the scores of the classes off its input: (n, …) begins with them. It is wrong while it is in training mode."""

    def __init__(self, classes: int) -> None:
        """Nothing was asked yet; a parameter, so that it is somewhere."""
        # A class of the student's may stand behind this one: it makes nothing here.
        nn.Module.__init__(self)
        self.classes, self.training_mode = classes, list[bool]()
        self.with_gradient = list[bool]()
        self.scale = nn.Parameter(torch.ones(()))

    def forward(self, x: Tensor) -> Tensor:
        """The scores."""
        self.training_mode.append(self.training)
        self.with_gradient.append(torch.is_grad_enabled())
        scores = x.flatten(1)[:, : self.classes] * self.scale
        return scores.roll(1, 1) if self.training else scores


def taught(model: nn.Module, loader: DataLoader[Any], epochs: int) -> nn.Module:
    """The network after an ordinary training of ours for two classes: for one whose own training is judged by itself."""
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    model.train()
    for images, labels in (batch for _ in range(epochs) for batch in loader):
        optimizer.zero_grad()
        _loss(model(images), labels.reshape(-1)).backward()  # type: ignore[no-untyped-call]  # torch's own
        optimizer.step()
    return model.eval()


def _loss(outputs: Tensor, labels: Tensor) -> Tensor:
    """The cross-entropy of one logit, of one probability, or of two scores."""
    if outputs.numel() != labels.numel():
        return functional.cross_entropy(outputs, labels.long())
    flat = outputs.reshape(-1)
    likely = bool((flat > 0).all() and (flat < 1).all())
    return (functional.binary_cross_entropy if likely else functional.binary_cross_entropy_with_logits)(flat, labels)


def convolutional(channels: int, classes: int) -> nn.Module:
    """A network of ours for images of any size from 8 × 8 on."""
    blocks = [
        nn.Conv2d(channels, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
    ]
    return nn.Sequential(*blocks, nn.AdaptiveMaxPool2d(4), nn.Flatten(), nn.Linear(32 * 16, classes))


def blank(sizes: list[int]) -> Tensor:
    """Zeros of these sizes."""
    return torch.zeros(*sizes)


def counted(model: nn.Module) -> int:
    """How many numbers it learns."""
    return sum(one.numel() for one in model.parameters())


def scoring(classes: int, like: nn.Module | None = None) -> Scoring:
    """Such a model; it has the other methods of the student's own network: model.predict(x)."""
    kind = Scoring if like is None else type("Scoring", (Scoring, type(like)), {})
    return cast("Scoring", kind(classes))
