"""What the stand-in and the real torchvision are both asked: the same images, the same seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

MODES = {"grey": "L", "colour": "RGB", "bits": "1", "long": "I", "float": "F"}


def pictures() -> dict[str, Image.Image]:
    """One of each mode, of odd sizes."""
    rng = np.random.default_rng(3)
    grey = Image.fromarray(rng.integers(0, 256, (31, 45), dtype=np.uint8))
    colour = Image.fromarray(rng.integers(0, 256, (44, 27, 3), dtype=np.uint8))
    return {
        "grey": grey,
        "colour": colour,
        "bits": grey.convert("1"),
        "long": grey.convert("I"),
        "float": grey.convert("F"),
    }


def inputs() -> dict[str, Any]:
    """Pictures, arrays and tensors."""
    both = {name: image for name, image in pictures().items() if name in ("grey", "colour")}
    arrays = {f"array-{name}": np.array(image) for name, image in both.items()}
    floats = {f"tensor-{name}": torch.from_numpy(np.array(image)).float().div(255) for name, image in both.items()}
    tensors = {name: one[None] if one.ndim == 2 else one.permute(2, 0, 1) for name, one in floats.items()}
    bytes_ = {f"bytes-{name}": (one * 255).to(torch.uint8) for name, one in tensors.items()}
    return {**pictures(), **arrays, **tensors, **bytes_, "text": "no image", "none": None, "flat": torch.rand(5)}


def changes(t: Any, v2: Any) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Transforms by name."""
    mode = t.InterpolationMode
    yield from {
        "ToTensor": t.ToTensor(),
        "PILToTensor": t.PILToTensor(),
        "ToPILImage": t.ToPILImage(),
        "Normalize": t.Normalize((0.1307,), (0.3081,)),
        "Normalize3": t.Normalize([0.4, 0.5, 0.6], [0.2, 0.3, 0.4]),
        "Normalize0": t.Normalize([0.4], [0.0]),
        "Grayscale": t.Grayscale(),
        "Grayscale3": t.Grayscale(num_output_channels=3),
        "Resize": t.Resize((28, 28)),
        "Resize-short": t.Resize(20),
        "Resize-most": t.Resize(20, max_size=25),
        "Resize-nearest": t.Resize((17, 60), interpolation=mode.NEAREST),
        "Resize-bicubic": t.Resize((64, 64), interpolation=mode.BICUBIC),
        "Resize-plain": t.Resize((16, 16), antialias=False),
        "CenterCrop": t.CenterCrop(20),
        "CenterCrop-large": t.CenterCrop((50, 21)),
        "Pad": t.Pad(3),
        "Pad-two": t.Pad((1, 4), fill=1),
        "Lambda": t.Lambda(lambda image: image),
        "ConvertImageDtype": t.ConvertImageDtype(torch.float32),
        "ConvertImageDtype-bytes": t.ConvertImageDtype(torch.uint8),
        "HorizontalFlip": t.RandomHorizontalFlip(0.5),
        "VerticalFlip": t.RandomVerticalFlip(0.5),
        "Rotation": t.RandomRotation(15),
        "Rotation-range": t.RandomRotation((40, 80), interpolation=mode.BILINEAR),
        "Rotation-fill": t.RandomRotation(45, fill=1),
        "RandomCrop": t.RandomCrop(20),
        "RandomCrop-padded": t.RandomCrop((28, 24), padding=4),
        "RandomCrop-needed": t.RandomCrop(60, pad_if_needed=True),
        "RandomResizedCrop": t.RandomResizedCrop(24),
        "RandomApply": t.RandomApply([t.RandomRotation(10)], p=0.5),
        "RandomGrayscale": t.RandomGrayscale(0.5),
        "RandomErasing": t.RandomErasing(0.7),
        "ColorJitter": t.ColorJitter(0.3, 0.3, 0.3),
        "wrong-order": t.Compose([t.Grayscale(), t.Normalize([0.5], [0.5]), t.ToTensor()]),
        "right-order": t.Compose([t.Grayscale(), t.ToTensor(), t.Normalize([0.5], [0.5])]),
        "array-order": t.Compose([t.ToPILImage(), t.Grayscale(), t.Resize(28), t.ToTensor()]),
        "tensor-order": t.Compose([t.ToTensor(), t.Grayscale(), t.Resize((28, 28)), t.Normalize([0.5], [0.5])]),
        "ToImage": v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)]),
        "ToImage-unscaled": v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32)]),
    }.items()


def told(change: Callable[[Any], Any], image: Any, seed: int) -> np.ndarray:
    """What comes back as an array; of an exception, its type."""
    torch.manual_seed(seed)
    try:
        found = change(image)
    except Exception as problem:  # noqa: BLE001  # that it is raised is what is compared
        return np.array(f"raised {type(problem).__name__}")
    if found is None or isinstance(found, str):
        return np.array(str(found))
    kind = f"{found.mode} " if isinstance(found, Image.Image) else ""
    values = np.asarray(found)
    return values if not kind else np.concatenate([np.ravel(values).astype(float), [len(kind), *values.shape]])


def results(transforms: Any, v2: Any, utils: Any, datasets: Any, folder: Path) -> dict[str, np.ndarray]:
    """Everything, by name."""
    found: dict[str, np.ndarray] = {}
    for name, change in changes(transforms, v2):
        for kind, image in inputs().items():
            for seed in range(3):
                found[f"{name} of {kind} {seed}"] = told(change, image, seed)
    batch = torch.rand(11, 1, 9, 7, generator=torch.Generator().manual_seed(1)) * 3 - 1
    for name, how in {"grid": {}, "scaled": {"normalize": True}, "each": {"normalize": True, "scale_each": True, "nrow": 4},
                      "wide": {"padding": 5, "pad_value": 0.5}, "ranged": {"normalize": True, "value_range": (0, 1)}}.items():  # fmt: skip
        found[f"make_grid {name}"] = utils.make_grid(batch, **how).numpy()
    utils.save_image(batch, folder / "grid.png")
    found["save_image"] = np.asarray(Image.open(folder / "grid.png"))
    for train in (True, False):
        digits = datasets.MNIST(root=str(folder), train=train, download=True, transform=transforms.ToTensor())
        image, label = digits[1]
        found[f"MNIST {train}"] = np.concatenate([image.numpy().ravel(), [label, len(digits)], digits.targets.numpy()])
    pictures_ = datasets.ImageFolder(str(folder / "pictures"), transform=transforms.ToTensor())
    found["ImageFolder"] = np.array([[float(image.sum()), label] for image, label in pictures_])
    found["ImageFolder classes"] = np.array([str(pictures_.class_to_idx), str(pictures_.targets)])
    return found
