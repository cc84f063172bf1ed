"""The hidden suite: what is asked of a submission, and how its answers are judged."""

from . import inverse, journal, physics, pinn, regression, residual
from .declared import suite

__all__ = ["inverse", "journal", "physics", "pinn", "regression", "residual", "suite"]
