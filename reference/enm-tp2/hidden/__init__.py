"""The hidden suite: what is asked of a submission, and how its answers are judged."""

from . import accuracy, convolution, dense, equivariance, independent, layer, parameters, pooling, sizes, structure
from .declared import suite

__all__ = [
    "accuracy",
    "convolution",
    "dense",
    "equivariance",
    "independent",
    "layer",
    "parameters",
    "pooling",
    "sizes",
    "structure",
    "suite",
]
