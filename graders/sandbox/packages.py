"""Modules of a submission under the names by which its other files import them, so that no file is read twice."""

from __future__ import annotations

import importlib
import os
import re
import sys
import types
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

RELATIVE = re.compile(r"^\s*from\s+\.", re.MULTILINE)
IMPORTED = re.compile(r"^\s*(?:from|import)\s+(\w[\w.]*)", re.MULTILINE)


def imported(chunks: Iterable[str]) -> frozenset[str]:
    """Every dotted name that is imported, and the packages on its way: nets.layers, nets."""
    names = [name.split(".") for chunk in chunks for name in IMPORTED.findall(chunk)]
    return frozenset(".".join(parts[:count]) for parts in names for count in range(1, len(parts) + 1))


class Part(NamedTuple):
    """The package that a module is in, "" for none; whether its own name stands for it alone as well.

    base/loss.py is not `loss` where that is a folder of which loss.mse is imported.
    """

    package: str
    alone: bool


def part_of(file: str, chunks: Sequence[str], folder: str, known: frozenset[str]) -> Part:
    """What a file is a part of; see `package_of`."""
    package, own = package_of(file, chunks, folder, known), PurePosixPath(file).stem
    return Part(package, not package or not any(name.startswith(f"{own}.") for name in known))


def package_of(file: str, chunks: Sequence[str], folder: str, known: frozenset[str]) -> str:
    """The package that a file is a part of: it imports its neighbours by a dot, or others import its folder; else "".

    Imports work from the top of the submission and from the `folder` of its main file.
    """
    whole = ".".join(PurePosixPath(file).parts[:-1])
    inside = ".".join(PurePosixPath(file.removeprefix(f"{folder}/")).parts[:-1])
    if found := next((package for package in (inside, whole) if package in known), ""):
        return found
    return (whole or "submission") if any(RELATIVE.search(chunk) for chunk in chunks) else ""


def entered(package: str, folder: Path) -> None:
    """Import a package before any of its modules, as Python does: it may import them all by itself."""
    if package:
        with suppress(Exception):
            importlib.import_module(package)
        if package not in sys.modules:
            sys.modules[package] = _package(package, folder)


def registered(module: types.ModuleType, name: str, part: Part) -> None:
    """Make a module known, as a part of its package, which is there, and alone."""
    if part.package:
        module.__package__ = part.package
        sys.modules[f"{part.package}.{name}"] = module
        setattr(sys.modules[part.package], name, module)
    if part.alone:
        sys.modules[name] = module


def of_file(path: Path) -> types.ModuleType | None:
    """The module that another file has made of this one."""
    there = [(one, getattr(one, "__file__", None)) for one in _brought().values()]
    # A program that puts ".." on its path imports from notebooks/../module.py.
    return next((one for one, file in there if isinstance(file, str) and os.path.normpath(file) == str(path)), None)


def _brought() -> dict[str, types.ModuleType]:
    """The modules that were imported after this one. To look at all of them would touch, and so copy, the memory of each."""
    names = list(takewhile(lambda name: name != __name__, reversed(sys.modules)))
    return {name: sys.modules[name] for name in names}


def neighbours(folder: Path, root: Path) -> None:
    """Of two modules of one name, a file imports the one that lies beside it."""
    for name, module in _brought().items():
        file, own = getattr(module, "__file__", None), folder / f"{name}.py"
        strange = isinstance(file, str) and file.startswith(str(root)) and os.path.normpath(file) != str(own)
        if strange and str(folder) in sys.path and own.is_file():
            sys.modules.pop(name)
            if already := of_file(own):
                sys.modules[name] = already
            sys.path.remove(str(folder))
            sys.path.insert(0, str(folder))


def _package(name: str, folder: Path) -> types.ModuleType:
    package = types.ModuleType(name)
    package.__path__ = [str(folder)]
    return package
