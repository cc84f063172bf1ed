"""Part 2: NumPy. The names are free, so values are looked for where no name tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TypeVar

import numpy as np

from graders.language import Message, say
from graders.laws.shown import groups, numbers, shows
from graders.observe.outcome import Outcome
from graders.observe.source import Text
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import RAN, SOURCE, arrays, lists, suite

ZEROS, ONES = np.zeros((2, 3)), np.ones((3, 2))
MOST = 24
T = TypeVar("T")


def missing(sentence: Message) -> Verdict:
    """Nothing was found."""
    return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(sentence,))


@suite.criterion("numpy.constructors", observe=RAN)
def constructors(ran: Outcome) -> Verdict:
    """An array of zeros of shape (2, 3), an array of ones of shape (3, 2)."""
    wrong = [*_constructed(ran, "zeros", ZEROS), *_constructed(ran, "uns", ONES)]
    if not wrong:
        return passed()
    diagnosis, sentence = wrong[0]
    if len(wrong) == 1:
        return partial(0.5, diagnosis, sentence)
    if all(one == "missing" for one, _ in wrong):
        return missing(say("No array of zeros and no array of ones was found: `zeros` and `uns` were looked for."))
    return failed(diagnosis, *(said for _, said in wrong))


def _constructed(ran: Outcome, name: str, wanted: np.ndarray) -> Iterator[tuple[str, Message]]:
    """What is wrong with one of the two."""
    held = [one for one in arrays(ran).values() if one.shape == wanted.shape and np.array_equal(one, wanted)]
    if held or _shown(ran.printed, wanted):
        return
    found = ran.named(name)
    kept = numbers(found)
    rows, columns = wanted.shape
    if kept is None:
        yield (
            "missing",
            say("No array `{name}` of shape ({rows}, {columns}) was found.", name=name, rows=rows, columns=columns),
        )
    elif kept.shape == wanted.shape[::-1]:
        yield "shape-swapped", say("`{name}` has {rows} columns: rows come first in a shape.", name=name, rows=rows)
    elif kept.shape != wanted.shape:
        yield "wrong-shape", say("`{name}` has the shape {shape}.", name=name, shape=str(kept.shape))
    elif isinstance(found, list) and np.array_equal(kept, wanted):
        yield "list-instead", say("`{name}` is a list of lists, and no NumPy array.", name=name)
    else:
        yield "wrong-values", say("`{name}` has the right shape, and other values in it.", name=name)


def _shown(text: str, wanted: np.ndarray) -> bool:
    """Whether an array of this shape is printed: as many rows in one group of brackets, and the values."""
    flat = wanted.reshape(-1).tolist()
    rows = len(wanted)
    row = " ".join(f"{value:.0f}." for value in wanted[0])
    return flat in groups(text) and (text.count(f"[{row}]") >= rows or text.replace(",", "").count(f"[{row}]") >= rows)


@suite.criterion("numpy.vectorised", observe=(RAN, SOURCE))
def vectorised(ran: Outcome, source: Text) -> Verdict:
    """Adding lists puts one behind the other, adding arrays adds term by term; both are shown."""
    joined = [a + b for a, b in _pairs([*lists(ran).values(), *source.literals()])]
    same = [(a, b) for a, b in _pairs(_addable(ran, source)) if a.shape == b.shape]
    added = [made.reshape(-1) for a, b in same if _is_new(made := np.add(a, b), a, b)]
    values = [numbers(one) for one in ran.values().values()]
    seen = {"lists": _seen(joined, ran, values, list), "arrays": _seen(added, ran, values, np.ndarray)}
    if all(one == "shown" for one in seen.values()):
        return passed()
    if all(seen.values()):
        return partial(0.75, "not-shown", say("Both sums are computed, but not both are shown: print them."))
    if not any(seen.values()):
        return missing(say("Neither the sum of two lists nor the sum of two arrays was found."))
    if seen["lists"]:
        return partial(0.5, "no-array-sum", _no_sum_of_arrays(ran))
    return partial(0.5, "no-list-sum", say("The sum of two lists, which puts one behind the other, was not found."))


def _no_sum_of_arrays(ran: Outcome) -> Message:
    ends = [one for one in arrays(ran).values() if one.ndim == 1 and len(one) % 2 == 0 and len(one)]
    if any(np.array_equal(one[: len(one) // 2], one[len(one) // 2 :]) for one in ends):
        return say("The arrays were put one behind the other: `+` between two arrays adds term by term.")
    return say("The sum of two NumPy arrays, term by term, was not found.")


def _addable(ran: Outcome, source: Text) -> list[np.ndarray]:
    """What may have been added as arrays."""
    written = [np.array(one) for one in source.literals()] if {"array", "arange", "asarray"} & source.called() else []
    ranges = (
        [np.arange(n) for n in range(2, 13)] + [np.arange(1, n) for n in range(3, 13)]
        if "arange" in source.called()
        else []
    )
    return [*arrays(ran).values(), *written, *ranges]


def _pairs(values: Sequence[T]) -> Iterator[tuple[T, T]]:
    some = values[:MOST]
    return product(some, some)


def _seen(sums: Sequence[object], ran: Outcome, values: Sequence[np.ndarray | None], kind: type) -> str:
    """ "shown" where one of these sums is printed, "kept" where a variable holds it, else ""."""
    flat = [np.asarray(one, dtype=float) for one in sums]
    if any(shows(ran.printed, one) for one in flat if one.size):
        return "shown"
    held = [
        np.asarray(one, dtype=float)
        for one in ran.values().values()
        if isinstance(one, kind) and numbers(one) is not None
    ]
    return "kept" if any(one.size and np.array_equal(one, two.reshape(-1)) for one in flat for two in held) else ""


@suite.criterion("numpy.matmul", observe=(RAN, SOURCE))
def matmul(ran: Outcome, source: Text) -> Verdict:
    """The product of two matrices, rows by columns."""
    held = [one.astype(float) for one in arrays(ran).values() if one.ndim == 2]
    matrices = [*held, *(np.array(one) for one in source.matrices())][:MOST]
    products = [
        made for a, b in product(matrices, matrices) if a.shape[1] == b.shape[0] and _is_new(made := a @ b, a, b)
    ]
    found = numbers(ran.named("produit_matriciel"))
    known = found if found is not None and found.ndim == 2 else None
    if known is not None:
        used = {one for name in ran.names["produit_matriciel"] for one in source.operators(name)}
        return _of_product(known, matrices, products, used)
    if any(_is(one, two) for one in held for two in products) or any(shows(ran.printed, one) for one in products):
        return passed()
    if any(
        _is_new(a * b, a, b) and shows(ran.printed, a * b) for a, b in product(matrices, matrices) if a.shape == b.shape
    ):
        return failed("elementwise-product", ELEMENTWISE)
    return missing(say("No product of two matrices was found: `produit_matriciel` was looked for."))


PRODUCTS = {"MatMult", "dot", "matmul", "mm", "einsum", "tensordot", "multi_dot", "inner", "vdot", "bmm"}
ELEMENTWISE = say("`*` multiplies term by term; the product of matrices is `@`.")


def _of_product(
    found: np.ndarray, matrices: Sequence[np.ndarray], products: Sequence[np.ndarray], used: set[str]
) -> Verdict:
    if any(_is(found, one) for one in products):
        return passed()
    others = [one for one in matrices if not _is(one, found)] or matrices
    pairs = [(a, b) for a, b in product(others, others) if a.shape == b.shape]
    for name, sums, sentence in (
        ("elementwise-product", [a * b for a, b in pairs], ELEMENTWISE),
        ("sum-instead", [a + b for a, b in pairs], say("This is the sum of two matrices, not their product.")),
    ):
        if any(_is(found, one) for one in sums):
            return failed(name, sentence)
    if used & PRODUCTS:
        return passed(say("The matrices that were multiplied are no longer there to be looked at."))
    return failed("wrong-product", say("`produit_matriciel` is no product of the matrices that were found."))


def _is_new(made: np.ndarray, a: np.ndarray, b: np.ndarray) -> bool:
    """Whether a product tells anything: it is neither zero nor one of its factors."""
    return bool(np.any(made)) and not _is(made, a) and not _is(made, b)


def _is(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other))
