"""The hidden suite: what is asked of a submission, and how its answers are judged."""

from . import (
    autoencoder,
    batches,
    digits,
    linear,
    multiclass,
    optim,
    pointwise,
    sequential,
    squared,
    stepping,
    training,
)
from .declared import suite

__all__ = [
    "autoencoder",
    "batches",
    "digits",
    "linear",
    "multiclass",
    "optim",
    "pointwise",
    "sequential",
    "squared",
    "stepping",
    "suite",
    "training",
]
