"""The hidden suite: what is asked of a submission, and how its answers are judged."""

from . import derivation, figure, optimisers, table
from .declared import suite

__all__ = ["derivation", "figure", "optimisers", "suite", "table"]
