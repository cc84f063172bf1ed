"""A mark on the scale of a platform."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from graders.report.model import Report

HUNDREDTH = Decimal("0.01")


def scaled(report: Report, most: Decimal) -> Decimal:
    """The score as a share of `most`, at most two decimals, rounded as people do it: 0.125 to 0.13."""
    share = Decimal(str(report.score)) / Decimal(str(report.max_score))
    return hundredths(share * most)


def hundredths(mark: Decimal) -> Decimal:
    """Rounded to two decimals."""
    return mark.quantize(HUNDREDTH, ROUND_HALF_UP)


def written(mark: Decimal) -> str:
    """With a point and without idle zeros: 13.5, 20, 0."""
    return f"{mark:f}".rstrip("0").rstrip(".") if "." in f"{mark:f}" else f"{mark:f}"
