"""The hidden suite: what is asked of a submission, and how its answers are judged."""

from . import boundary, epochs, experiment, training
from .declared import suite

__all__ = ["boundary", "epochs", "experiment", "suite", "training"]
