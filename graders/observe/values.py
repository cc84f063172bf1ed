"""What student code returned, read as a number or as an array."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import numpy as np

from graders.observe.observation import Failure
from graders.probes.wire import Array, Value


def number(value: object) -> float | Failure:
    """A number, also one that comes as an array of one element; a failure stays what it is."""
    if isinstance(value, np.ndarray) and value.size == 1 and value.dtype.kind in "biuf":
        return float(value.reshape(-1)[0])
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, list) and len(value) == 1:
        return number(value[0])
    return value if isinstance(value, Failure) else Failure("unreadable", message=described(value))


def array(value: object) -> Array | Failure:
    """An array, also one that comes as nested lists of numbers; a failure stays what it is."""
    if isinstance(value, Failure):
        return value
    try:
        made = np.asarray(value)
    except ValueError:
        # A function may return what it used beside what was asked for: (z, mean, deviation).
        return array(value[0]) if isinstance(value, list) else Failure("unreadable", message=described(value))
    return made if made.dtype.kind in "biufc" else Failure("unreadable", message=described(value))


def mapping(value: object) -> Mapping[str, Value] | Failure:
    """Values by name; a failure stays what it is."""
    if isinstance(value, Mapping) and "opaque" not in value:
        return cast("Mapping[str, Value]", value)
    return value if isinstance(value, Failure) else Failure("unreadable", message=described(value))


def described(value: object) -> str:
    """What kind of thing came back, without its content."""
    if isinstance(value, Mapping):
        return str(value.get("opaque", "dict"))[:80]
    if isinstance(value, np.ndarray):
        return f"array {value.shape}"
    return "None" if value is None else type(value).__name__
