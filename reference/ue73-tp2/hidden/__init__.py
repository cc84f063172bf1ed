"""The hidden suite: what is asked of a submission, and how its answers are judged."""

from . import accuracy, datasets, files, metrics, network, standardization, training
from .declared import suite

__all__ = ["accuracy", "datasets", "files", "metrics", "network", "standardization", "suite", "training"]
