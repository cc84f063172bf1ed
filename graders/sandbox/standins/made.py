"""Modules made of functions and classes."""

from __future__ import annotations

from types import ModuleType


def module(name: str, **content: object) -> ModuleType:
    """A module of this name that holds this."""
    made = ModuleType(name)
    vars(made).update(content, __version__="999.0")
    return made


def package(name: str, *parts: ModuleType, **content: object) -> dict[str, ModuleType]:
    """A package with its parts, by their full names; a part is an attribute of what it is a part of."""
    modules = {one.__name__: one for one in (module(name, **content), *parts)}
    for full, one in modules.items():
        above, _, last = full.rpartition(".")
        if above in modules:
            setattr(modules[above], last, one)
    return modules
