from __future__ import annotations

from pathlib import Path
from typing import Sequence

import imageio.v3 as iio
import numpy as np
import torch
from sklearn.model_selection import train_test_split
from torch import Tensor
from torch.utils.data import Dataset


class CrackDataset(Dataset[tuple[Tensor, Tensor]]):
    """Reads with imageio, greys by hand, shrinks by averaging blocks."""

    def __init__(self, img_path: Sequence[str | Path], img_labels: Sequence[float], factor: int = 3) -> None:
        self.paths = list(img_path)
        self.labels = np.asarray(img_labels, dtype=np.float32)
        self.factor = factor

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        rgb = np.asarray(iio.imread(self.paths[index]), dtype=np.float32) / 255
        grey = rgb @ np.array([0.299, 0.587, 0.114], dtype=np.float32) if rgb.ndim == 3 else rgb
        h, w = (s // self.factor * self.factor for s in grey.shape)
        small = grey[:h, :w].reshape(h // self.factor, self.factor, w // self.factor, self.factor).mean(axis=(1, 3))
        return torch.from_numpy((small - 0.5) / 0.5)[None], torch.tensor(self.labels[index])


def train_val_test_split(paths, labels, seed: int = 0):
    p_train, p_rest, l_train, l_rest = train_test_split(paths, labels, train_size=0.6, stratify=labels, random_state=seed)
    p_val, p_test, l_val, l_test = train_test_split(p_rest, l_rest, test_size=0.5, stratify=l_rest, random_state=seed)
    return (p_train, l_train), (p_val, l_val), (p_test, l_test)
