"""What all datasets have."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from torch.utils.data import Dataset

Change = Callable[[Any], Any] | None


class VisionDataset(Dataset[Any]):
    """What all of them have."""

    def __init__(
        self, root: Any = None, transforms: Any = None, transform: Change = None, target_transform: Change = None
    ) -> None:
        """Keep the place and the transforms."""
        self.root = os.path.expanduser(root) if isinstance(root, str) else root
        self.transform, self.target_transform, self.transforms = transform, target_transform, transforms

    def changed(self, image: Any, target: Any) -> tuple[Any, Any]:
        """An example after the transforms."""
        image = self.transform(image) if self.transform is not None else image
        return image, self.target_transform(target) if self.target_transform is not None else target

    def __repr__(self) -> str:
        """The name and the size."""
        size = len(self)  # type: ignore[arg-type]  # each has a length
        return f"Dataset {type(self).__name__}\n    Number of datapoints: {size}\n    Root location: {self.root}"
