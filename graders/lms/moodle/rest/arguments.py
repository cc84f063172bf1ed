"""Arguments as Moodle's web services take them: flat, with the names of PHP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

Argument = Mapping[str, "Argument"] | Sequence["Argument"] | str | int | float | Decimal | bool


def flat(arguments: Mapping[str, Argument]) -> dict[str, str]:
    """`{"ids": [2]}` as `{"ids[0]": "2"}`; truth as 0 and 1, numbers with a point."""
    return dict(pair for name, value in arguments.items() for pair in _pairs(name, value))


def _pairs(name: str, value: Argument) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _pairs(f"{name}[{key}]", inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for place, inner in enumerate(value):
            yield from _pairs(f"{name}[{place}]", inner)
    elif isinstance(value, bool):
        yield name, str(int(value))
    else:
        yield name, f"{value:f}" if isinstance(value, Decimal | float) else str(value)
