"""Four counts in a square: a row is what an example is, a column what it was taken for."""

from __future__ import annotations

from markupsafe import Markup

from graders.language import Translate, say
from graders.report.drawing.elements import Drawing, element, label
from graders.report.numbers import percent
from graders.report.pictures import Confusion

LEFT, TOP, WIDE, TALL = 80.0, 22.0, 138.0, 58.0


def draw(picture: Confusion, translate: Translate) -> Drawing:
    """Each cell has its count and its share of the row, and is as strong in colour as the share is large."""
    rows = (
        (picture.true_negatives, picture.false_positives),
        (picture.false_negatives, picture.true_positives),
    )
    heads = [_heads(row, translate) for row in (0, 1)]
    cells = [_cell(rows[row], row, column, translate) for row in (0, 1) for column in (0, 1)]
    return Drawing(TOP + 2 * TALL + 6, Markup("").join([*heads, *cells]))


def _heads(number: int, translate: Translate) -> Markup:
    taken = translate(say("predicted {label}", label=number))
    truly = translate(say("actual {label}", label=number))
    over = label(taken, LEFT + (number + 0.5) * WIDE, TOP - 8, "tick", "middle")
    return over + label(truly, LEFT - 10, TOP + (number + 0.5) * TALL + 4, "tick", "end")


def _cell(counts: tuple[int, int], row: int, column: int, translate: Translate) -> Markup:
    total = sum(counts)
    share = counts[column] / total if total else 0.0
    x, y = LEFT + column * WIDE, TOP + row * TALL
    kind = "right" if row == column else "wrong"
    box = element("rect", class_=f"cell {kind}", x=x + 2, y=y + 2, width=WIDE - 4, height=TALL - 4, rx=6,
                  fill_opacity=f"{0.06 + 0.5 * share:.2f}")  # fmt: skip
    count = label(str(counts[column]), x + WIDE / 2, y + TALL / 2, "figure", "middle")
    written = translate(say("{percent}%", percent=percent(share))) if total else "–"
    return box + count + label(written, x + WIDE / 2, y + TALL / 2 + 18, anchor="middle")
