"""The hidden suite: what is asked of a submission, and how its answers are judged."""

from . import arrays, figure, python, tensors
from .declared import suite

__all__ = ["arrays", "figure", "python", "suite", "tensors"]
