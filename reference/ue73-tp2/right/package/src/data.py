"""Data preparation and loading."""
import logging
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset

log = logging.getLogger(__name__)


def standardize(x: np.ndarray, mean: float | None = None, std: float | None = None) -> np.ndarray:
    """Global standardization. One mean and one std for everything: they come from the train set,
    because in production we do not know the test distribution. Expected: same scale everywhere."""
    if mean is None:
        mean = x.mean()
    if std is None:
        std = x.std()
    return (x - mean) / (std + 1e-8)


def prepare(data_dir, out_dir):
    from pulses import build_spectrograms

    data_dir, out_dir = Path(data_dir), Path(out_dir)
    mean = std = None
    for split in ["train", "valid", "test"]:
        x, y = build_spectrograms(data_dir / split)
        if split == "train":
            mean, std = x.mean(), x.std()
        x = standardize(x, mean, std).astype(np.float32)
        target = out_dir / split
        target.mkdir(parents=True, exist_ok=True)
        np.save(target / "x.npy", x.reshape(len(x), -1))
        np.save(target / "y.npy", y)
        log.info("%s: %d clips", split, len(y))


def load_dataset(folder):
    folder = Path(folder)
    x = torch.tensor(np.load(folder / "x.npy"), dtype=torch.float32)
    y = torch.tensor(np.load(folder / "y.npy"), dtype=torch.float32)
    return TensorDataset(x.reshape(x.shape[0], -1), y)


def get_dataloaders(root, batch_size):
    root = Path(root)
    train = DataLoader(load_dataset(root / "train"), batch_size=batch_size, shuffle=True, drop_last=False)
    valid = DataLoader(load_dataset(root / "valid"), batch_size=2 * batch_size)
    test = DataLoader(load_dataset(root / "test"), batch_size=2 * batch_size)
    return train, valid, test
