"""From wav files to DataLoaders (questions 1.1, 1.2, 1.4). The spectrograms are saved flattened: (n, freq * time)."""

from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset

from pulses import build_spectrograms

SPLITS = ["train", "valid", "test"]


def standardize(x, reference=None):
    # Global mean and standard deviation of the training set. One scale for everything keeps the energy differences
    # that make a pulse stand out, and validation and test cannot influence it.
    reference = x if reference is None else reference
    return np.divide(x - np.mean(reference), np.std(reference) + 1e-8).astype(np.float32)


def prepare(data_dir, out_dir):
    arrays = {split: build_spectrograms(Path(data_dir, split)) for split in SPLITS}
    x_train = arrays["train"][0]
    for split in SPLITS:
        x, y = arrays[split]
        folder = Path(out_dir, split)
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "x.npy", standardize(x, x_train).reshape(len(x), -1))
        np.save(folder / "y.npy", y)


def load_dataset(folder):
    x = torch.from_numpy(np.load(Path(folder, "x.npy")).astype(np.float32))
    y = torch.from_numpy(np.load(Path(folder, "y.npy")).astype(np.float32))
    return TensorDataset(x, y)


def make_loaders(root, batch_size):
    datasets = [load_dataset(Path(root, split)) for split in SPLITS]
    return [DataLoader(ds, batch_size=batch_size, shuffle=i == 0) for i, ds in enumerate(datasets)]
