"""What every part of the suite shares."""

from __future__ import annotations

import numpy as np

from graders.observe.outcome import Outcome
from graders.observe.ran import Ran
from graders.observe.source import SourceText
from graders.suite.suite import Suite

suite = Suite("cdl-tp1-0")
RAN = Ran(("carres", "zeros", "uns", "produit_matriciel", "temps_cpu", "tenseur"), seconds=180)
SOURCE = SourceText()


def arrays(ran: Outcome) -> dict[str, np.ndarray]:
    """Every array of numbers that a variable holds."""
    return {name: one for name, one in ran.values().items() if isinstance(one, np.ndarray) and one.dtype.kind in "biuf"}


def lists(ran: Outcome) -> dict[str, list[float]]:
    """Every short list of numbers that a variable holds."""
    return {
        name: [float(n) for n in one]
        for name, one in ran.values().items()
        if isinstance(one, list) and 0 < len(one) <= 100 and all(isinstance(n, int | float) for n in one)
    }
