"""Numbers as people write them, in the language of the report."""

from __future__ import annotations

import math
from dataclasses import dataclass

from graders.language import Translate, say


@dataclass(frozen=True)
class Numbers:
    """How numbers are written where the decimal mark is `mark`."""

    mark: str

    def points(self, value: float) -> str:
        """Two decimals at most: points and scores."""
        return self._dressed(f"{value:.2f}".rstrip("0").rstrip(".") if math.isfinite(value) else f"{value}")

    def short(self, value: float, digits: int = 3) -> str:
        """A few significant digits: measured values."""
        mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
        return self._dressed(f"{mantissa}e{int(exponent)}" if exponent else mantissa)

    def _dressed(self, text: str) -> str:
        return text.replace(".", self.mark).replace("-", "−")


def numbers(translate: Translate) -> Numbers:
    """The numbers of a language; its decimal mark is the translation of a point."""
    return Numbers(translate(say(".")))


def percent(share: float) -> int:
    """A share in whole percents, and never all or nothing of what is not quite all or nothing."""
    return min(max(round(100 * share), 1), 99) if 0 < share < 1 else round(100 * share)
