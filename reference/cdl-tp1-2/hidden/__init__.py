"""The hidden suite: what is asked of a submission, and how its answers are judged."""

from . import accuracy, experiments, figures, network, training
from .declared import suite

__all__ = ["accuracy", "experiments", "figures", "network", "suite", "training"]
