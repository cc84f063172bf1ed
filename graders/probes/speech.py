"""How a plan speaks to objects whose class it did not write: by what the parameters of their methods mean.

{"do": "thing", "subject"}                    the function or class itself that is bound
{"do": "ask", "of", "names", "values", "known"}      the first of these methods, with each value that its signature takes
{"do": "copy", "of"}                          a deep copy
{"do": "drain", "of"}                         every item of an iterator in a list; anything else as it is
{"do": "repeat", "times", "steps"}            these steps several times, until one fails
{"do": "overhear", "of", "names"}             a list that fills with the calls of these methods of these classes
"""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from graders.probes.objects import method
from graders.probes.subject import found
from graders.probes.wire import Value

if TYPE_CHECKING:
    from graders.probes.steps import Run, Step

# More than this nobody reads: a training that is overheard makes some thousands of calls.
MOST_ITEMS, MOST_HEARD = 100_000, 20_000
BY_PLACE = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
Parameters = tuple[inspect.Parameter, ...]


def spoken(function: Callable[..., object], values: Mapping[str, object], known: Mapping[str, str]) -> object:
    """Call it with each value that its signature takes: by the names of the parameters, the rest in order."""
    taken = _parameters(getattr(function, "__func__", function), bound=hasattr(function, "__self__"))
    meant = {one.name: known[_plain(one.name)] for one in taken if _plain(one.name) in known}
    meant = {name: meaning for name, meaning in meant.items() if meaning in values}
    left = [meaning for meaning in values if meaning not in meant.values()]
    strange = [one for one in taken if one.name not in meant and _required(one)]
    # Where fewer are wanted than there are, the last ones are: what flows back and not what went in.
    meant |= dict(zip((one.name for one in strange), left[-len(strange) :] if strange else [], strict=False))
    if not meant and len(taken) == len(left) == 1 and taken[0].kind in (*BY_PLACE, taken[0].KEYWORD_ONLY):
        # update_parameters(taux=0.01): what it may be given alone is what there is alone.
        meant = {taken[0].name: left[0]}
    return _with(function, taken, {name: values[meaning] for name, meaning in meant.items()}, [values[m] for m in left])


def _with(
    function: Callable[..., object], taken: Parameters, given: dict[str, object], left: Sequence[object]
) -> object:
    positional = [given.pop(one.name) for one in taken if one.kind is one.POSITIONAL_ONLY and one.name in given]
    if any(one.kind is one.VAR_POSITIONAL for one in taken) and not given:
        return function(*left)
    return function(*positional, **given)


def _required(one: inspect.Parameter) -> bool:
    return one.default is one.empty and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().replace("_", "").lower()


@cache
def _parameters(function: Callable[..., object], *, bound: bool) -> Parameters:
    """The parameters that are given; those of a method without its object."""
    if isinstance(function, type):
        function, bound = function.__init__, True  # type: ignore[misc]  # what a class takes, its constructor takes
    try:
        taken = tuple(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return (inspect.Parameter("args", inspect.Parameter.VAR_POSITIONAL),)
    return taken[1:] if bound and taken and taken[0].kind in BY_PLACE else taken


class Ear:
    """What is called on objects of some classes, in order: (object's number, the place of its class among those that are
    listened to, method, arguments, result)."""

    def __init__(self) -> None:
        """Nothing was heard yet."""
        self.heard: list[dict[str, object]] = []
        self._objects: dict[int, tuple[int, object]] = {}
        self._speaking: set[int] = set()

    def listen(self, kind: type, names: Sequence[str], place: int) -> None:
        """Replace the methods of a class by ones that tell of themselves; what an object calls of itself is not told."""
        defined = {name for one in kind.__mro__[:-1] for name in vars(one)}
        for name in (one for one in names if one in defined):
            setattr(kind, name, self._telling(place, name, getattr(kind, name)))

    def _telling(self, place: int, name: str, own: Callable[..., object]) -> Callable[..., object]:
        @wraps(own)
        def telling(this: object, *args: object, **named: object) -> object:
            if id(this) in self._speaking or len(self.heard) >= MOST_HEARD:
                return own(this, *args, **named)
            told = {"object": self._number(this), "place": place, "method": name}
            told["given"] = [np.array(one) for one in (*args, *named.values()) if isinstance(one, np.ndarray)]
            self.heard.append(told)
            self._speaking.add(id(this))
            try:
                result = own(this, *args, **named)
            finally:
                self._speaking.discard(id(this))
            told["result"] = np.array(result) if isinstance(result, np.ndarray) else None
            return result

        return telling

    def _number(self, this: object) -> int:
        return self._objects.setdefault(id(this), (len(self._objects), this))[0]


def _ask(run: Run, step: Step, form: str) -> object:
    function = method(run.given(step["of"]), cast("Sequence[str]", step["names"]))
    values = {name: run.given(one, form) for name, one in cast("Mapping[str, Value]", step["values"]).items()}
    return spoken(function, values, cast("Mapping[str, str]", step["known"]))


def _thing(run: Run, step: Step, form: str) -> object:
    return found(cast("Any", step["subject"]), run.work)


def _copy(run: Run, step: Step, form: str) -> object:
    return deepcopy(run.given(step["of"]))


def _drain(run: Run, step: Step, form: str) -> object:
    of = run.given(step["of"])
    return [one for one, _ in zip(of, range(MOST_ITEMS), strict=False)] if isinstance(of, Iterator) else of


def _repeat(run: Run, step: Step, form: str) -> object:
    inside = cast("Sequence[Step]", step["steps"])
    return all(run.step(one) for _ in range(cast("int", step["times"])) for one in inside)


def _overhear(run: Run, step: Step, form: str) -> object:
    ear = Ear()
    for place, one in enumerate(cast("Sequence[Value]", step["of"])):
        ear.listen(cast("type", run.given(one)), cast("Sequence[str]", step["names"]), place)
    return ear.heard


SPEECH: dict[str, Callable[[Run, Step, str], object]] = {
    "ask": _ask,
    "thing": _thing,
    "copy": _copy,
    "drain": _drain,
    "repeat": _repeat,
    "overhear": _overhear,
}
