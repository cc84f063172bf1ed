from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Optional

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, WeightedRandomSampler

Transform = Callable[[Tensor], Tensor]


class WeatherDataset(Dataset):
    def __init__(self, features: Tensor, labels: Tensor, transform: Optional[Transform] = None) -> None:
        if len(features) != len(labels):
            raise ValueError("features and labels differ in length")
        self._features, self._labels, self._transform = features, labels, transform

    @property
    def labels(self) -> Tensor:
        return self._labels

    def __len__(self) -> int:
        return int(self._features.shape[0])

    def __getitem__(self, idx: int) -> tuple[Tensor, Tensor]:
        sample, label = self._features[idx], self._labels[idx]
        if self._transform is not None:
            sample = self._transform(sample)
        return sample, label


def build_dataloader(dataset: WeatherDataset, batch_size: int, weighted: bool = False, num_workers: int = 0) -> DataLoader:
    if weighted:
        counts = torch.bincount(dataset.labels)
        weights = (1.0 / counts.double())[dataset.labels]
        sampler = WeightedRandomSampler(weights.tolist(), num_samples=len(dataset), replacement=True)
        return DataLoader(dataset, batch_size, sampler=sampler, num_workers=num_workers)
    return DataLoader(dataset, batch_size, shuffle=True, num_workers=num_workers)


def read_csv(path: Path) -> tuple[np.ndarray, np.ndarray]:
    raw = np.genfromtxt(path, delimiter=",", names=True)
    names = [n for n in raw.dtype.names if n != "class"]
    return np.stack([raw[n] for n in names], axis=1).astype("float32"), raw["class"].astype("int64")
