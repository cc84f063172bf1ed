"""What a picture shows, as data: made by a suite from observations, drawn by the page."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graders.language import Message

Floats = NDArray[np.floating]
# Pictures of no criterion: the student's own figures.
GALLERY = ""


@dataclass(frozen=True, eq=False)
class Histogram:
    """Values of shape (n,), with the interval they should fill."""

    title: Message
    values: Floats
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Curves:
    """One line a series, each of shape (n,), over 1, 2, …, n."""

    title: Message
    across: Message
    series: tuple[tuple[Message, Floats], ...]


@dataclass(frozen=True)
class Confusion:
    """The four counts of a binary classification."""

    title: Message
    true_negatives: int
    false_positives: int
    false_negatives: int
    true_positives: int


@dataclass(frozen=True, eq=False)
class Images:
    """Pictures of shape (height, width) side by side, each with its caption; row 0 is drawn at the bottom."""

    title: Message
    panels: tuple[tuple[Message, Floats], ...]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A figure of the student's, as pixels of shape (height, width, 3): shown as their picture, never as evidence."""

    title: Message
    pixels: NDArray[np.uint8]


Picture = Histogram | Curves | Confusion | Images | Snapshot
