"""Part 1: a function, a class, a list."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import cast

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.laws.shown import NUMBER, numbers, shows
from graders.observe.observation import Failure
from graders.observe.outcome import Outcome
from graders.observe.probe import Optional
from graders.observe.source import Text
from graders.observe.steps import Heard, How, Talk, steps
from graders.observe.values import array, number
from graders.submissions.inventory import definitions
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import RAN, SOURCE, lists, suite

CLOSE, FAR = 1e-6, 1e-2
Cases = list[tuple[float, ...]]
LISTENING = How(observe=("printed",))
DISTANCES = (
    "distance_origine", "distance", "distance_a_origine", "distance_to_origin", "distance_origin", "norme", "norm", "dist",
    "module", "distanceOrigine", "distance_o", "calcul_distance", "get_distance", "origin_distance", "__abs__",
)  # fmt: skip
X, Y = ("x", "X", "abscisse", "_x", "_Point__x", "a", "px"), ("y", "Y", "ordonnee", "_y", "_Point__y", "b", "py")

WRONG_SQUARES: Mapping[str, tuple[Callable[[float], float], Message]] = {
    "doubled": (lambda x: 2 * x, say("It doubles its argument: the square is x times x.")),
    "cube": (lambda x: x**3, say("This is the cube.")),
    "power-of-two": (lambda x: 2**x, say("This is 2 to the power x: base and exponent are swapped.")),
    "unchanged": (lambda x: x, say("It returns its argument.")),
    "integer-result": (lambda x: int(x * x), say("It cuts off what stands behind the decimal point.")),
    "rounded": (lambda x: round(x * x), say("It rounds its result to an integer.")),
    "integer-argument": (
        lambda x: int(x) ** 2,
        say("It cuts off what stands behind the decimal point of its argument."),
    ),
    "square-root": (lambda x: math.sqrt(abs(x)), say("This is the square root.")),
    "sign-lost": (lambda x: x * abs(x), say("The sign of a negative argument comes back in its square.")),
}


def _numbers(rng: np.random.Generator) -> Cases:
    """Two integers and three decimals, of both signs."""
    whole = int(rng.integers(3, 30)), -int(rng.integers(3, 30))
    return [(one,) for one in (*whole, *rng.uniform(-9, 9, 3).round(3).tolist())]


def _places(rng: np.random.Generator) -> Cases:
    """Places in three quarters of the plane."""
    signs = ((1, 1), (-1, 1), (1, -1))
    return [(float(x), float(y)) for x, y in (rng.uniform(1, 9, 2).round(3) * sign for sign in signs)]


def _drawn(
    rng: np.random.Generator, draw: Callable[[np.random.Generator], Cases], formulas: Sequence[Callable[..., float]]
) -> Cases:
    """The first cases on which no two of the formulas agree everywhere."""
    while True:
        cases = draw(rng)
        values = np.array([[formula(*case) for case in cases] for formula in formulas])
        apart = np.abs(values[:, None] - values[None]).max(axis=2) + np.eye(len(values))
        if apart.min() > FAR:
            return cases


@steps(group="carre")
def squares(talk: Talk) -> Heard:
    """Integers, decimals, negative ones, and an array."""
    some = _drawn(talk.rng, _numbers, [lambda x: x * x, *(one for one, _ in WRONG_SQUARES.values())])
    many = talk.normal(6).round(3)
    calls = [talk.call("carre", x=one, how=LISTENING) for (one,) in some]
    return {
        "inputs": [one for (one,) in some],
        "results": calls,
        "printed": [one.printed for one in calls],
        "array": many,
        "squares": talk.call("carre", x=many, how=How(forms=("numpy",))),
    }


@suite.criterion("python.carre", observe=squares)
def carre(heard: Heard) -> Verdict:
    """The square of integers, decimals, negative numbers and arrays."""
    inputs, results = cast("list[float]", heard["inputs"]), cast("list[object]", heard["results"])
    found = [number(one) for one in results]
    if all(isinstance(one, Failure) for one in found):
        return _no_number(results, inputs, cast("list[object]", heard["printed"]), [x * x for x in inputs])
    if not _explains(inputs, found, lambda x: x * x):
        return _wrong_square(inputs, found)
    return _of_arrays(heard)


def _explains(inputs: Sequence[float], found: Sequence[float | Failure], formula: Callable[[float], float]) -> bool:
    return all(
        not isinstance(one, Failure) and math.isclose(one, formula(x), rel_tol=CLOSE, abs_tol=CLOSE)
        for x, one in zip(inputs, found, strict=True)
    )


def _no_number(
    results: Sequence[object], inputs: Sequence[float], printed: Sequence[object], expected: Sequence[float]
) -> Verdict:
    """Nothing that is a number came back: it may have been printed."""
    said = [NUMBER.findall(one) if isinstance(one, str) else [] for one in printed]
    if all(any(math.isclose(float(n), x, rel_tol=0.01) for n in one) for one, x in zip(said, expected, strict=True)):
        return failed("prints-instead", say("It prints the result and returns nothing: `return` is missing."))
    if any(one is None for one in results):
        return failed("returns-nothing", say("It returns nothing: `return` is missing."))
    failure = next((one for one in results if isinstance(one, Failure)), None)
    return verdict_of(failure) if failure else failed("no-number", say("It returns something that is no number."))


def _wrong_square(inputs: Sequence[float], found: Sequence[float | Failure]) -> Verdict:
    for name, (formula, sentence) in WRONG_SQUARES.items():
        if _explains(inputs, found, formula):
            return failed(name, sentence)
    for x, one in zip(inputs, found, strict=True):
        if isinstance(one, Failure):
            return failed("raises", say("It raises {type} for {x}.", type=one.type or one.kind, x=x))
        if not _explains([x], [one], lambda x: x * x):
            return failed("wrong-formula", say("For {x} it returns {value}.", x=x, value=round(one, 4)))
    raise AssertionError("some input is not explained")


def _of_arrays(heard: Heard) -> Verdict:
    found, expected = array(heard["squares"]), cast("np.ndarray", heard["array"]) ** 2
    if not isinstance(found, Failure) and found.shape == expected.shape and np.allclose(found, expected, rtol=CLOSE):
        return passed()
    return partial(
        0.75, "arrays-refused", say("It is right for numbers, but not for a NumPy array: x ** 2 would do for both.")
    )


@steps(group="point")
def points(talk: Talk) -> Heard:
    """Points with both signs, whose distances are no integers; one beside an axis."""
    some = _drawn(talk.rng, _places, [math.hypot, *(one for one, _ in WRONG_DISTANCES.values())])
    names = [*DISTANCES, *_methods(talk)]
    told = []
    for x, y in some:
        point = talk.call("Point", x=float(x), y=float(y), how=How(quiet=True))
        called = talk.method(point, names, how=LISTENING)
        told.append(
            {
                "at": [float(x), float(y)],
                "x": talk.get(point, *X),
                "y": talk.get(point, *Y),
                "distance": called,
                "printed": called.printed,
                "property": talk.get(point, *names[: len(DISTANCES)]),
                "made": talk.get(point, "__class__"),
            }
        )
    return {"points": told}


def _methods(talk: Talk) -> list[str]:
    """The student's own methods that need no argument, whatever they are called."""
    bound = talk.context.bound("Point")
    found = (one for source in talk.context.binding.sources for one in definitions(source) if one.kind == "method")
    return [
        one.last
        for one in found
        if bound and one.name.startswith(f"{bound.definition.name}.") and not any(p.required for p in one.parameters)
    ]


WRONG_DISTANCES: Mapping[str, tuple[Callable[[float, float], float], Message]] = {
    "distance-squared": (lambda x, y: x * x + y * y, say("This is the square of the distance: the root is missing.")),
    "integer-result": (lambda x, y: int(math.hypot(x, y)), say("It cuts off what stands behind the decimal point.")),
    "rounded": (lambda x, y: round(math.hypot(x, y)), say("It rounds the distance to an integer.")),
    "sum-of-coordinates": (lambda x, y: abs(x) + abs(y), say("This is |x| + |y|, not the length of the straight way.")),
    "sum-without-squares": (lambda x, y: x + y, say("This is x + y: the squares and the root are missing.")),
    "root-of-the-sum": (lambda x, y: math.sqrt(abs(x + y)), say("This is the root of x + y: the squares are missing.")),
    "minus-between": (
        lambda x, y: math.sqrt(abs(x * x - y * y)),
        say("It subtracts the squares instead of adding them."),
    ),
    "precedence": (lambda x, y: x * x + y, say("A square or parentheses are missing: it is (x² + y²) to the power ½.")),
    "half-of-the-sum": (
        lambda x, y: (x * x + y * y) / 2,
        say("It halves x² + y²: the root is the power 0.5, so parentheses or ** are missing."),
    ),
    "one-dot-five": (lambda x, y: x * x + abs(y), say("The root is taken of y² alone: parentheses are missing.")),
    "largest-coordinate": (lambda x, y: max(abs(x), abs(y)), say("This is the larger of the two coordinates.")),
}


@suite.criterion("python.point", observe=points)
def point(heard: Heard) -> Verdict:
    """A point keeps its coordinates and knows how far it is from the origin."""
    told = cast("list[dict[str, object]]", heard["points"])
    made = told[0]["made"]
    if isinstance(made, Failure):
        return verdict_of(made)
    distances = _distances(told)
    kept = all(
        _close(one[name], at) for one in told for name, at in zip("xy", cast("list[float]", one["at"]), strict=True)
    )
    verdict = _distance(told, distances)
    if verdict is None:
        return passed() if kept else partial(0.5, "attributes", ATTRIBUTES)
    if not kept:
        return failed(verdict.diagnosis or "", ATTRIBUTES, *verdict.feedback)
    return partial(1 / 3, verdict.diagnosis or "", say("The coordinates are kept."), *verdict.feedback)


ATTRIBUTES = say("The attributes x and y do not hold the coordinates that the point was made with.")


def _distances(told: Sequence[Mapping[str, object]]) -> list[object]:
    """What the method returns, or what the attribute or property holds."""
    return [one["property"] if _is_absent(one["distance"]) else one["distance"] for one in told]


def _is_absent(value: object) -> bool:
    return isinstance(value, Failure) and value.type == "NotThereError"


def _close(value: object, expected: float) -> bool:
    found = number(value)
    return not isinstance(found, Failure) and math.isclose(found, expected, rel_tol=CLOSE, abs_tol=CLOSE)


def _distance(told: Sequence[Mapping[str, object]], distances: Sequence[object]) -> Verdict | None:
    """What is wrong with the distance; None where nothing is."""
    places = [cast("list[float]", one["at"]) for one in told]
    if all(_close(found, math.hypot(*at)) for found, at in zip(distances, places, strict=True)):
        return None
    for name, (formula, sentence) in WRONG_DISTANCES.items():
        if all(_close(found, formula(*at)) for found, at in zip(distances, places, strict=True)):
            return failed(name, sentence)
    return _no_distance(told, distances, places)


def _no_distance(
    told: Sequence[Mapping[str, object]], distances: Sequence[object], places: Sequence[Sequence[float]]
) -> Verdict:
    said = [NUMBER.findall(str(one["printed"])) for one in told]
    if all(
        any(math.isclose(float(n), math.hypot(*at), rel_tol=0.02) for n in one)
        for one, at in zip(said, places, strict=True)
    ):
        return failed("prints-instead", say("The distance is printed, and nothing is returned: `return` is missing."))
    first = distances[0]
    if _is_absent(first):
        return failed("no-distance", say("No method gives the distance: {name}() was looked for.", name=DISTANCES[0]))
    if isinstance(first, Failure):
        told_of = verdict_of(first)
        return failed(told_of.diagnosis or "raised", *told_of.feedback)
    found = number(first)
    if isinstance(found, Failure):
        return failed("no-number", say("The distance is no number."))
    x, y = places[0]
    return failed("wrong-formula", say("For ({x}, {y}) the distance is {found}.", x=x, y=y, found=round(found, 4)))


WANTED = [1.0, 4.0, 9.0, 16.0, 25.0]
WRONG_LISTS: Mapping[str, tuple[list[float], Message]] = {
    "starts-at-zero": ([0.0, 1.0, 4.0, 9.0, 16.0], say("It holds the squares of 0 to 4: range starts at 0.")),
    "one-short": ([1.0, 4.0, 9.0, 16.0], say("The square of 5 is missing: range stops before its end.")),
    "not-squared": ([1.0, 2.0, 3.0, 4.0, 5.0], say("It holds the numbers themselves, not their squares.")),
    "doubled": ([2.0, 4.0, 6.0, 8.0, 10.0], say("It holds the doubles, not the squares.")),
    "only-the-last": ([25.0], say("Only the last square is left: the list is made anew in each turn of the loop.")),
}


@suite.criterion("python.carres", observe=(RAN, SOURCE, Optional(squares)))
def carres(ran: Outcome, source: Text, asked: tuple[Heard | Failure]) -> Verdict:
    """The squares of 1 to 5 in a list that code makes."""
    name = _list_name(ran)
    held = ran.named("carres")
    if name is None and _of_five(held) and not _of_others(held) and _wrong_squares(asked[0]):
        return passed(say("The list is made, of what `carre` gives: that is paid there."))
    if name is None:
        return _no_list(ran)
    if source.only_written_down(name):
        return failed("written-by-hand", say("The squares stand in the source as numbers: let a loop compute them."))
    return passed()


def _of_five(held: object) -> bool:
    return isinstance(held, list | np.ndarray) and len(held) == 5


def _of_others(held: object) -> bool:
    """Whether these are squares, of other numbers: no wrong `carre` made them."""
    found = numbers(held)
    return found is not None and found.reshape(-1).tolist() == WRONG_LISTS["starts-at-zero"][0]


def _wrong_squares(heard: Heard | Failure) -> bool:
    return not isinstance(heard, Failure) and carre(heard).status is not Status.PASS


def _list_name(ran: Outcome) -> str | None:
    """The variable that holds the squares: the one that is called so, else any."""
    values = {
        name: found for name, one in ran.values().items() if (found := numbers(one)) is not None and found.ndim == 1
    }
    right = [name for name, found in values.items() if found.tolist() == WANTED]
    return next((name for name in ran.names.get("carres", ()) if name in right), next(iter(right), None))


def _no_list(ran: Outcome) -> Verdict:
    """No list holds the squares: what is in the one that is called so, or what is printed."""
    found = numbers(ran.named("carres"))
    held = found.reshape(-1).tolist() if found is not None else None
    for name, (values, sentence) in WRONG_LISTS.items():
        if held == values:
            return failed(name, sentence)
    if held and held == [float(n * n) for n in range(1, len(held) + 1)]:
        return partial(
            0.5, "other-numbers", say("It holds the squares of 1 to {n}; those of 1 to 5 are asked for.", n=len(held))
        )
    if held:
        return failed(
            "other-values", say("It holds {count} numbers that are not the squares of 1 to 5.", count=len(held))
        )
    if shows(ran.printed, WANTED):
        return passed(say("The list is shown without being kept in a variable."))
    lines = [NUMBER.findall(line) for line in ran.printed.splitlines()]
    if all(any(f"{n * n}" in line for line in lines) for n in range(2, 6)) and not lists(ran):
        return failed("not-in-a-list", say("The squares are printed one by one, and kept in no list."))
    return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(NO_LIST,))


NO_LIST = say("No list of the squares of 1 to 5 was found; it should be called `carres`.")
