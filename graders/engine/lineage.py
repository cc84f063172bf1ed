"""The files whose code decides a criterion alone: those that declare it, and what they import of their suite and of the laws."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from graders.engine.digests import of_files
from graders.suite.suite import Criterion, Painting, Suite

ENGINE = Path(__file__).parents[1]
LAWS = ENGINE / "laws"
# Style allows no other form: what a name is taken from is always said.
IMPORT = re.compile(r"^\s*from\s+(\.*)([\w.]*)\s+import\s+(\([^)]*\)|[^\n]*)", re.MULTILINE)
WORD = re.compile(r"\w+")


def decided_by(suite: Suite, base: str) -> Mapping[str, str]:
    """For each criterion, and what else has pictures, a digest of the code that decides it, and of the `base` of all."""
    declared: dict[str, set[Path]] = {}
    declaring: list[Criterion | Painting] = [*suite.criteria.values(), *suite.paintings]
    for one in declaring:
        declared.setdefault(one.id, set()).update(one.declared_in)
    return {
        id: hashlib.sha256(f"{base} {_of(frozenset(files))}".encode()).hexdigest() for id, files in declared.items()
    }


@cache
def _of(files: frozenset[Path]) -> str:
    return of_files(sorted(reached(files)))


def reached(files: frozenset[Path]) -> frozenset[Path]:
    """These files, and every one that they import, or that those import."""
    found, left = set[Path](), [*files]
    while left:
        if (file := left.pop()) not in found:
            found.add(file)
            left += _imports(file)
    return frozenset(found)


@cache
def _imports(file: Path) -> tuple[Path, ...]:
    """The files of a suite and of the laws that a file imports, at the top or in a function."""
    found = IMPORT.findall(file.read_text(encoding="utf-8"))
    files = {place.with_suffix(".py") for dots, module, names in found for place in _places(file, dots, module, names)}
    return tuple(path for path in files if (LAWS in path.parents or ENGINE not in path.parents) and path.is_file())


def _places(file: Path, dots: str, module: str, names: str) -> Iterator[Path]:
    """Where the modules of `from dots module import names` would be, without ending."""
    start = file.parents[len(dots) - 1] if dots else ENGINE.parent
    folder = start.joinpath(*filter(None, module.split(".")))
    yield from (folder / name for name in WORD.findall(names))
    if module:
        yield folder
