import os

import numpy as np
import torch
from pulses import build_spectrograms
from torch.utils.data import DataLoader, TensorDataset

SPLITS = ["train", "valid", "test"]


def zscore(x, reference=None):
    """Global mean and std of the training set.

    Why: one couple keeps the contrasts between bands and clips, and the network only needs numbers of order one.
    """
    if reference is None:
        reference = x
    return (x - np.mean(reference)) / (np.std(reference) + 1e-7)


def make_datasets(source_dir, target_dir):
    ref, _ = build_spectrograms(os.path.join(source_dir, "train"))
    for split in SPLITS:
        x, y = build_spectrograms(os.path.join(source_dir, split))
        os.makedirs(os.path.join(target_dir, split), exist_ok=True)
        np.save(os.path.join(target_dir, split, "x.npy"), zscore(x, ref))
        np.save(os.path.join(target_dir, split, "y.npy"), y)


def as_dataset(path):
    x = torch.as_tensor(np.load(os.path.join(path, "x.npy")), dtype=torch.float)
    y = torch.as_tensor(np.load(os.path.join(path, "y.npy")), dtype=torch.float)
    return TensorDataset(x, y)


def dataloaders(root, bs):
    out = []
    for split in SPLITS:
        out.append(
            DataLoader(as_dataset(os.path.join(root, split)), batch_size=bs, shuffle=split == "train", num_workers=0)
        )
    return out
