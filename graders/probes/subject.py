"""The student's objects: where a bound name is found, and how it is called."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import cast

import numpy as np
import torch
from torch import nn

from graders.probes.built import built
from graders.probes.configured import configured
from graders.probes.given import made
from graders.probes.made import as_made, fresh
from graders.probes.parted import arrays, is_in, part_of
from graders.probes.program import replayed
from graders.probes.wire import Value
from graders.probes.work import Order, Packed, Said, Subject, Work

BY_PLACE = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


class NotDefinedError(Exception):
    """The name stands in the source, but running the source did not define it."""


def found(subject: Subject, work: Work) -> Callable[..., object]:
    """The student's function or class."""
    namespace = work.namespaces.get(subject["file"], {})
    if code := subject.get("lifted"):
        exec(code, namespace := dict(namespace))  # noqa: S102  # what this process is for
    first, *rest = subject["name"].split(".")
    if first not in namespace:
        raise NotDefinedError(f"{first} was not defined when {subject['file']} ran")
    value = namespace[first]
    for part in rest:
        value = getattr(value, part)
    return value  # type: ignore[return-value]  # whether it can be called is found by calling it


def replaced(work: Work, subject: Subject, old: object, new: object) -> None:
    """Put another function wherever this one stands: in its class, else in every file that names it."""
    owner, _, name = subject["name"].rpartition(".")
    if owner:
        setattr(found({**subject, "name": owner}, work), name, new)
    for namespace in cast("list[dict[str, object]]", list(work.namespaces.values())):
        namespace.update({name: new for name, value in namespace.items() if value is old})


def called(subject: Subject, work: Work, values: Mapping[str, object]) -> object:
    """What the student's function or class makes of the value of each expected parameter that its signature takes."""
    return called_of(subject, work, values)[0]


def called_of(subject: Subject, work: Work, values: Mapping[str, object]) -> tuple[object, object]:
    """The same, and the object whose method it is; None where it is none."""
    if (scope := subject.get("scope")) is not None:
        return _replayed(subject, work, scope, values), None
    if (part := subject.get("built")) is not None:
        return built(part, work, cast("int", values[part["width"]])), None
    values = {**values, **_packed(subject, work, values)}
    function = found(subject, work)
    if isinstance(function, nn.Module):
        # What has nothing to learn is a function: softmax = nn.Softmax(dim=1).
        learns = next(function.parameters(), None) is not None or not values
        return (fresh(function) if learns else _result(function.forward, [], values)), None
    if (maker := subject.get("maker")) is not None:
        function = _method(subject, work, maker, values)
    if (made := subject.get("made")) and (given := as_made(made, work, values)) and callable(function):
        return function(*given[0], **given[1]), None
    function = _told(function, subject.get("own", {}), work)
    result = _asked(function, subject["order"], values) if callable(function) else function
    owner = getattr(getattr(function, "func", function), "__self__", None) if maker is not None else None
    if beside := subject.get("beside"):
        result = (result, *(getattr(owner, name)() for name in beside))
    return (result if (take := subject.get("take")) is None else _part(result, take)), owner


def _replayed(subject: Subject, work: Work, scope: str, values: Mapping[str, object]) -> object:
    """What a part of a program makes of them; what no variable means is how many epochs there are."""
    known = {variable: part_of(values, expected) for variable, expected in subject["order"] if is_in(values, expected)}
    epochs = cast("int | None", known.pop("", None))
    return replayed(work, subject["file"], scope, known, once=subject.get("once", False), epochs=epochs)


def _asked(function: Callable[..., object], order: Order, values: Mapping[str, object]) -> object:
    """What comes back; where tensors are not understood that are parts of a loader, for arrays."""
    try:
        return _result(function, order, values)
    except TypeError:
        if not (parts := arrays(order, values)):
            raise
        return _result(function, order, {**values, **parts})


def _packed(subject: Subject, work: Work, values: Mapping[str, object]) -> dict[str, object]:
    """The objects that hold several expected parameters; none where none of these is given, though some mean something."""
    made = {}
    for meaning, pack in subject.get("packs", {}).items():
        inside = {name: values[expected] for name, expected in pack["order"] if expected in values}
        if inside or not any(expected for _, expected in pack["order"]):
            made[meaning] = _holding(pack, work, inside)
    return made


def _holding(pack: Packed, work: Work, inside: Mapping[str, object]) -> object:
    if not pack["name"]:
        return configured(pack, work, inside)
    return found(Subject(file=pack["file"], name=pack["name"], order=[]), work)(**inside)


def _method(subject: Subject, work: Work, maker: Order, values: Mapping[str, object]) -> Callable[..., object]:
    """The method of an object: of the value that is one of its class, as it is, else of one that is made, and fed, for it."""
    owner, name = subject["name"].rsplit(".", 1)
    kind = found({**subject, "name": owner}, work)
    for one in values.values():
        if isinstance(kind, type) and isinstance(one, kind):
            return getattr(one, name)  # type: ignore[no-any-return]  # a property is its value
    made = _result(_told(kind, subject.get("makers_own", {}), work), maker, values)
    if fed := subject.get("fed"):
        _result(getattr(made, fed["name"]), fed["order"], values)
    return getattr(made, name)  # type: ignore[no-any-return]  # a property is its value


def _told(function: Callable[..., object], own: Mapping[str, Said], work: Work) -> Callable[..., object]:
    """The same, where what the program says for parameters of its own is said already."""
    said = {
        name: one["value"] if "value" in one else work.namespaces[one["file"]][one["name"]] for name, one in own.items()
    }
    return partial(function, **said) if said and callable(function) else function


def _part(result: object, take: str | int) -> object:
    if isinstance(result, Mapping):
        return result[take]
    return result[take] if isinstance(take, int) else getattr(result, take)  # type: ignore[index]  # found by asking


def _result(function: Callable[..., object], order: Order, values: Mapping[str, object]) -> object:
    positional, keywords = arranged(order, values)
    keywords |= _passed_on(order, values, taken := _signature(function))
    if not order:
        # Its source shows no parameters: an inherited constructor takes some all the same, and *args takes all.
        required = [one for one in taken if one.default is one.empty and one.kind in BY_PLACE]
        bare = isinstance(function, type) and function.__init__ is nn.Module.__init__  # type: ignore[misc]
        takes_all = any(one.kind is one.VAR_POSITIONAL for one in taken) and not bare
        positional = list(values.values())[: None if takes_all else len(required)]
    positional += [keywords.pop(one.name) for one in taken if one.kind is one.POSITIONAL_ONLY and one.name in keywords]
    return function(*positional, **keywords)


def _passed_on(order: Order, values: Mapping[str, object], taken: Sequence[inspect.Parameter]) -> dict[str, object]:
    """What is given under "kwargs" where no parameter means that: to **kwargs, or to parameters of these very names."""
    extra = values.get("kwargs")
    if not isinstance(extra, Mapping) or any(expected == "kwargs" for _, expected in order):
        return {}
    takes_all = any(one.kind is one.VAR_KEYWORD for one in taken)
    known, used = {one.name for one in taken}, {name for name, expected in order if expected in values}
    return {name: one for name, one in extra.items() if name not in used and (takes_all or name in known)}


def _signature(function: Callable[..., object]) -> list[inspect.Parameter]:
    try:
        return list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return []


def arranged(order: Order, values: Mapping[str, object]) -> tuple[list[object], dict[str, object]]:
    """Positional and keyword arguments: the value of each expected parameter that the student's signature takes."""
    taken = [(name, part_of(values, expected)) for name, expected in order if is_in(values, expected)]
    return [value for name, value in taken if not name], {name: value for name, value in taken if name}


FORMS: dict[str, Callable[[object], object]] = {
    "numpy": lambda value: np.array(value) if isinstance(value, np.ndarray) else value,
    "torch": lambda value: torch.from_numpy(np.array(value)) if isinstance(value, np.ndarray) else value,
    "floats": lambda value: torch.from_numpy(np.array(value)).float() if isinstance(value, np.ndarray) else value,
    "list": lambda value: value.tolist() if isinstance(value, np.ndarray) else value,
}


def formed(values: Mapping[str, Value], form: str) -> dict[str, object]:
    """Fresh copies of the inputs as NumPy arrays, as tensors, as tensors of float32, or as lists."""
    return {name: made(FORMS[form](value)) for name, value in values.items()}


def answering_form(
    call: Callable[[dict[str, object]], object], values: Mapping[str, Value], forms: Sequence[str]
) -> str:
    """The first form of these values that does not raise; the first form's error where every one does."""
    problems: list[Exception] = []
    for form in forms:
        try:
            call(formed(values, form))
        except Exception as problem:  # noqa: BLE001  # whatever a student's function raises is what was seen
            problems.append(problem)
        else:
            return form
    raise problems[0]
