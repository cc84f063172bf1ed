"""The hidden suite: what is asked of a submission, and how its answers are judged."""

from . import binary, datasets, decision, formulas, gradients, initial, loaders, losses, network, training, xor
from .declared import suite

__all__ = [
    "binary",
    "datasets",
    "decision",
    "formulas",
    "gradients",
    "initial",
    "loaders",
    "losses",
    "network",
    "suite",
    "training",
    "xor",
]
