"""The hidden suite: what is asked of a submission, and how its answers are judged."""

from . import accuracy, counts, cracks, digits, learned, networks, splits, training
from .declared import suite

__all__ = ["accuracy", "counts", "cracks", "digits", "learned", "networks", "splits", "suite", "training"]
