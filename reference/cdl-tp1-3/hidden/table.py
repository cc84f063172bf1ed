"""The table of gaps: its numbers grow when the gradients of autograd are scaled, unless they were written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.language import say
from graders.observe.observation import Failure
from graders.observe.outcome import Outcome
from graders.observe.probe import Optional
from graders.observe.steps import Heard
from graders.verdict import Verdict, failed, partial, passed

from .declared import suite
from .derivation import ASKED, FROM_AUTOGRAD, gradients, independent
from .other import by_hand
from .program import PLAIN, PROGRAM, flattened

NAMED = re.compile(
    r"(?<![a-z])(?:d|grad\w*?[ _]|∂)?[wb][ _]?[12₁₂](?![0-9])|gap|[ée]cart|diff|erreur|error|max|proche|close|ident",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+(?:[.,]\d+)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w])")
TRUTH = re.compile(r"\b(true|false|vrai|faux|ok|oui|yes)\b|✓|✔|✅", re.IGNORECASE)
GAP = re.compile(r"gap|[ée]cart|diff|err|delta|tab|compar|verif", re.IGNORECASE)
# A gap of a right derivation is that small; what grows more than that when autograd is scaled was compared with it.
TINY, GROWS = 1e-4, 10
ENOUGH, LIKE = 3, 0.01
ZEROED = say(
    "The gradients of autograd are set to zero before they are compared: each gap is the gradient by hand itself."
)
ZEROS = say("Gradients that are zero are compared with zeros: such a gap shows nothing, whatever was derived.")


@dataclass(frozen=True)
class Pair:
    """A number of the table as the program prints it, and as it does while autograd is scaled."""

    before: float
    after: float

    @property
    def grew(self) -> bool:
        """A gap that is one."""
        return abs(self.before) <= TINY and abs(self.after) > GROWS * abs(self.before) and abs(self.after) > 1e-12

    @property
    def frozen(self) -> bool:
        """A gap that has nothing to do with what was computed."""
        return abs(self.before) <= TINY and self.before == self.after

    @property
    def changed(self) -> bool:
        """Something that has to do with autograd."""
        return abs(self.after - self.before) > 1e-3 * abs(self.before)


Lines = Mapping[str, Sequence[Sequence[float]]]


def lines(text: str) -> Lines:
    """The numbers of the lines that name a parameter or a gap, by what stands around them."""
    found: dict[str, list[list[float]]] = {}
    for line in text.splitlines():
        if NAMED.search(line):
            around = re.sub(r"[\s\-─━|]+", " ", TRUTH.sub("?", NUMBER.sub("#", line)))
            found.setdefault(around, []).append([float(one.replace(",", ".")) for one in NUMBER.findall(line)])
    return found


def rows(before: str, after: str) -> list[list[Pair]]:
    """Both runs side by side, line by line."""
    first, second = lines(before), lines(after)
    return [
        [Pair(a, b) for a, b in zip(mine, theirs, strict=False)]
        for around in first
        for mine, theirs in zip(first[around], second.get(around, ()), strict=False)
    ]


def kept(before: Outcome, after: Outcome) -> Iterator[list[Pair]]:
    """The same of numbers that the program keeps in variables whose names speak of gaps."""
    first, second = dict(_numbers(before)), dict(_numbers(after))
    for name in first.keys() & second.keys():
        if len(first[name]) == len(second[name]):
            yield [Pair(a, b) for a, b in zip(first[name], second[name], strict=True)]


def _numbers(outcome: Outcome) -> Iterator[tuple[str, list[float]]]:
    values = {name: one for name, one in outcome.values().items() if GAP.search(name)}
    yield from ((name, _flat(one)) for name, one in values.items() if _flat(one))
    yield from ((name, [float(x) for x in one.reshape(-1)[:50]]) for name, one in flattened(values) if one.size <= 50)


def _flat(value: object) -> list[float]:
    if isinstance(value, bool):
        return []
    if isinstance(value, int | float):
        return [float(value)]
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [number for one in inside for number in _flat(one)][:50]


def _in_vain(plain: Outcome, printed: Sequence[Sequence[Pair]]) -> Verdict | None:
    """Gaps to gradients that are zero, because they were set to zero before, or because nothing flows."""
    largest = [float(np.abs(one).max()) for one in by_hand(plain) if one is not None]
    if len(largest) >= ENOUGH and sum(one == 0 for one in largest) >= ENOUGH:
        return failed("zeros-compared", ZEROS)
    shown = [pair.before for row in printed for pair in row if not pair.changed]
    told = [any(abs(one - gap) <= LIKE * one for gap in shown) for one in largest if one > 0]
    return failed("zeroed-before", ZEROED) if len(told) >= 2 and all(told) else None


@suite.criterion("backprop.table", observe=(PLAIN, PROGRAM, Optional(ASKED)))
def table(plain: Outcome, scaled: Outcome, asked: tuple[Heard | Failure]) -> Verdict:
    """The gaps between hand and autograd, as they were computed."""
    said = _shown(plain, scaled)
    # Gradients that are autograd's own have no gap to autograd, however it is scaled.
    if said.diagnosis == "hard-coded" and independent(asked, (scaled,)) is FROM_AUTOGRAD:
        return passed(say("Both columns are autograd's own, which is paid where the derivation is asked for."))
    unfit = any(chunk.raised for chunk in plain.journal) and gradients(asked, (scaled,)).diagnosis in UNFIT
    if said.diagnosis in ("no-table", "fewer-gaps") and unfit:
        return passed(say("The program stops where it compares: that is paid with the gradients."))
    return said


# What there is derived, and cannot be compared.
UNFIT = ("transposed", "only-square", "not-returned", "some-missing")


def _shown(plain: Outcome, scaled: Outcome) -> Verdict:
    printed = rows(plain.printed, scaled.printed)
    found = [row for row in [*printed, *(one for one in kept(plain, scaled) if len(one) >= ENOUGH)] if row]
    gaps = [pair for row in found for pair in row if pair.grew]
    invented = [row for row in printed if any(pair.frozen for pair in row) and not any(pair.changed for pair in row)]
    if len(gaps) < ENOUGH and (vain := _in_vain(plain, printed)):
        return vain
    if invented and len(invented) >= len(gaps):
        return failed(
            "hard-coded",
            say(
                "Gaps of the table stay what they are when autograd gives other gradients: they were not computed from them."
            ),
        )
    if len(gaps) >= ENOUGH:
        return passed()
    return _without_gaps(found, gaps, plain)


def _without_gaps(found: Sequence[Sequence[Pair]], gaps: Sequence[Pair], plain: Outcome) -> Verdict:
    """Where the gradients by hand are wrong, their gaps are not small, and change all the same."""
    changed = [pair for row in found for pair in row if pair.changed and np.isfinite(pair.after)]
    if len(changed) >= ENOUGH:
        return passed()
    if gaps or changed:
        return partial(0.5, "fewer-gaps", say("A gap for each of W1, b1, W2 and b2 was asked for; fewer were seen."))
    if any(TRUTH.search(line) for line in plain.printed.splitlines() if NAMED.search(line)):
        return partial(
            0.5, "only-booleans", say("Only “equal” or “not equal” is shown; the size of each gap was asked for.")
        )
    return failed("no-table", say("No table of gaps between hand and autograd was seen."))
