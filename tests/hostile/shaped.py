"""Inputs of the right outer form with wrong things inside: they get past the parser, to whoever believes them."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, cast

import numpy as np

from graders.engine.evidence import Evidence
from graders.observe.observation import Failure, Kind, Observation, Seen
from graders.observe.request import Request
from graders.probes.wire import Value, decode, encode
from graders.sandbox.failures import loaded, ran
from graders.sandbox.session import Loaded

KINDS: tuple[Kind, ...] = (
    "raised",
    "missing",
    "timeout",
    "memory",
    "crashed",
    "flooded",
    "unreadable",
    "absent",
    "ours",
)
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 7, 2**60, -(2**60), 0.0, -0.0, 0.5, 1e308, -1e308, 1e-320, float("nan"), float("inf"), -float("inf"),
    "", "x", "x" * 5000, "é\u202e\x00\ud7ff", "0", "nan", "linear", "__class__", "../../etc/passwd", "<script>",
    [], [[]], [None], [0], [0, 1], ["a", "b"], [float("nan")] * 3, [[1, 2], [3]], {}, {"a": 1}, {"": None}, {"opaque": "Thing"},
    {"raised": {"type": "E", "message": "m", "file": None, "line": None}}, {"value": None}, {"$z": 1}, {"0": 0, "1": 1},
)  # fmt: skip
SHAPES = ((), (0,), (1,), (2,), (7,), (0, 3), (1, 1), (2, 3), (3, 2), (2, 2, 2), (1, 0, 1), (4, 1, 28, 28), (1,) * 8)
DTYPES = ("bool", "int8", "uint8", "int64", "uint64", "float16", "float32", "float64", "complex64")


def strange_array(rng: Random) -> Any:
    """Zeros, ones, noise, or what is no number."""
    made = np.full(rng.choice(SHAPES), rng.choice((0, 1, 255, -1)), "int64").astype(rng.choice(DTYPES))
    if made.dtype.kind in "fc" and rng.random() < 0.5:
        made = np.asarray(made * np.array(rng.choice((np.nan, np.inf, 1e4)), made.dtype))
    return made


def spoiled_array(array: Any, rng: Random) -> Any:
    """The same array in another shape, of another type, with holes, or less of it."""
    ways = (
        lambda: array.T, lambda: array.reshape(-1), lambda: array[..., None], lambda: array.astype("complex64"),
        lambda: array.astype(rng.choice(DTYPES)), lambda: array[:0], lambda: array[:1], lambda: array[::-1], lambda: array * 0,
        lambda: array + array, lambda: np.where(array == array.reshape(-1)[0], np.nan, array), array.tolist,
        lambda: np.concatenate([array, array]), lambda: -array.astype(float), lambda: strange_array(rng),
    )  # fmt: skip
    with np.errstate(all="ignore"):
        try:
            made = rng.choice(ways)()
            return np.asarray(made) if isinstance(made, np.generic) else made
        except (ValueError, IndexError, TypeError):
            return strange_array(rng)


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a tree of mappings and lists."""
    yield path
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree[:50]) if isinstance(tree, list) else ()
    for name, one in inside:
        yield from places(one, (*path, name))


def at(tree: Any, path: Sequence[Any]) -> Any:
    """What stands there."""
    for name in path:
        tree = tree[name]
    return tree


def instead(tree: Any, rng: Random) -> Any:
    """Something else in the place of this."""
    if isinstance(tree, np.ndarray) and rng.random() < 0.7:
        return spoiled_array(tree, rng)
    if isinstance(tree, list) and tree and rng.random() < 0.6:
        return rng.choice((tree[:-1], tree[1:], tree[::-1], tree + tree, [tree], tree[:1] * 3, [*tree, None], tree[0]))
    if isinstance(tree, dict) and tree and rng.random() < 0.6:
        left = {name: tree[name] for name in list(tree)[1:]}
        return rng.choice(
            (left, {**tree, "more": 1}, {name + "'": one for name, one in tree.items()}, list(tree.values()))
        )
    if isinstance(tree, str) and rng.random() < 0.3:
        return rng.choice((tree.upper(), tree * 2, tree[:1], [tree]))
    if type(tree) in (int, float) and rng.random() < 0.3:
        return rng.choice((-tree, tree + 1, tree * 2, float(tree), str(tree), [tree]))
    return strange_array(rng) if rng.random() < 0.15 else copy.deepcopy(rng.choice(ODD))


def spoiled(tree: Any, rng: Random, *, root: bool = True) -> Any:
    """The same tree with other things in up to three places; the whole of it at times, unless the `root` must stay."""
    top = [plain(tree)]
    for _ in range(rng.randint(1, 3)):
        found = [path for path in places(top) if len(path) > (0 if root and rng.random() < 0.1 else 1)]
        if not found:
            break
        path = rng.choice(found)
        other = at(top, rng.choice(found)) if rng.random() < 0.1 else instead(at(top, path), rng)
        at(top, path[:-1])[path[-1]] = copy.deepcopy(other)
    return top[0]


def plain(tree: Any) -> Any:
    """The same of dictionaries and lists that may be changed."""
    if isinstance(tree, Mapping):
        return {name: plain(one) for name, one in tree.items()}
    return [plain(one) for one in tree] if isinstance(tree, list | tuple) else tree


def sent(value: Any) -> Any:
    """A value as it comes out of a sandbox, if the wire lets it through."""
    return decode(encode(cast("Value", value)))


def told_of(whole: Loaded, rng: Random) -> Loaded:
    """What a submission process may say of reading its files, as far as it is believed; else what was seen."""
    raised = {"kind": rng.choice(KINDS), "type": "ValueError", "message": "m", "file": "tp2.py", "line": 3}
    chunks = [
        {
            "file": one.file,
            "cell": one.cell,
            "printed": one.printed,
            "shown": one.shown,
            "seconds": 0.1,
            "raised": raised,
        }
        for one in whole.ran
    ]
    notes = [[kind, "x"] for kind in ("asked", "card", "epochs", "replaced", "given", "written", "font")]
    try:
        read = loaded(spoiled({"loaded": [raised], "surroundings": notes, "seconds": 0.1}, rng))
        found = [ran({"chunk": spoiled(chunk, rng)}) for chunk in chunks]
    except ValueError:  # as where it is read: a WireError is one
        return whole
    return replace(read, ran=tuple(one for one in found if one))


class Spoiling:
    """A session in which a liar answers: what was once seen of an honest submission, with wrong things inside."""

    def __init__(self, seen: Evidence, rng: Random, often: float) -> None:
        """Spoil so many of the answers."""
        self.seen, self.rng, self.often = seen, rng, often
        self.loaded = told_of(seen.loaded or Loaded((), 0.0), rng) if rng.random() < often else seen.loaded

    def observe(self, group: Sequence[Request]) -> list[Observation]:
        """One observation for each request."""
        return [self._answer(request) for request in group]

    def _answer(self, request: Request) -> Observation:
        whole = self.seen.get(request.key) or Failure("crashed", "SIGSEGV")
        if self.rng.random() > self.often:
            return whole
        if isinstance(whole, Failure) or self.rng.random() < 0.05:
            return Failure(
                self.rng.choice(KINDS), "ValueError", "x", self.rng.choice((None, "tp2.py", "a.ipynb[3]")), 3
            )
        try:
            return Seen(sent(spoiled(whole.value, self.rng)), 0.1)
        except ValueError as refused:
            return Failure("unreadable", message=str(refused))

    def close(self) -> None:
        """Nothing is open."""
