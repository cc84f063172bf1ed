"""An assignment: what its `assignment.toml` declares, checked when it is read."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import ValidationError, model_validator

from graders import paths
from graders.frozen import Frozen
from graders.rubric import RubricLine

TOTAL = 20


class DeclarationError(Exception):
    """What an assignment declares cannot be: our mistake, told with its file."""


class Built(Frozen):
    """What a program may hold in a variable instead: made `by` this expected class, of `count` objects `of` that one, or of about
    as many where one of the words `said` is near. `width`: the expected parameter that says how wide its data is."""

    by: str
    of: str
    count: int
    said: tuple[str, ...]
    width: str


class Drawn(Frozen):
    """What a program may do where it stands instead: `to` a variable it adds what one of `draws` gives in its shape, `amount`
    times. One of the words `said` is near; the variable is not called as one of `never` is."""

    to: str
    amount: str
    draws: tuple[str, ...]
    said: tuple[str, ...]
    never: tuple[str, ...] = ()


class Name(Frozen):
    """An expected name: what it is, what it takes, what else students call it.

    `base`: what a class is made from ("Module", "Dataset"); `calls`: what a function of this kind must call, by which it is
    recognised; `makes`: what its results mean in a program; `program`: a part of a program may stand for the function; `once`:
    the first of several such parts; `taught`: what it learns from, nothing that is given or examples, labels and a loader of
    both, where its second parameter is no loader; `checked`: the same of what the network is only looked at on; `trains`: the
    expected name of the network it trains, where others are too; `costly`: nothing is called just to see whether it is this
    one; `built`: what stands for it where nothing makes it; `drawn`: what does where nothing draws it; `extras`: the
    parameters that only those take who name them, or have no default for them;
    `beside`: a class of the same kind as that of this expected name may stand for it, if its name holds one of `said`.
    """

    kind: Literal["function", "class", "global"] = "function"
    parameters: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    optional: bool = False
    base: str = ""
    calls: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    program: bool = False
    once: bool = False
    taught: tuple[str, ...] | None = None
    checked: tuple[str, ...] = ()
    trains: str = ""
    costly: bool = False
    built: Built | None = None
    drawn: Drawn | None = None
    beside: str = ""
    said: tuple[str, ...] = ()


class Budget(Frozen):
    """What a submission may use: seconds for reading its files, mebibytes, seconds of processor, processes."""

    import_seconds: float = 60
    # Where nothing that is judged comes from the top level of a program, a program that takes too long is read again so.
    fewer_epochs: bool = False
    # Whether what files do matters that only try what others define; else they are read for their definitions alone.
    experiments: bool = True
    # What a hard-coded "cuda" is: a mistake of the program, or, where the assignment is about something else, the processor.
    cuda: Literal["absent", "cpu"] = "absent"
    memory_mb: int = 4096
    disk_mb: int = 256
    cpu_seconds: int = 600
    processes: int = 64


class Assignment(Frozen):
    """Published facts about an assignment."""

    id: str
    title: Mapping[str, str]
    deliverables: tuple[str, ...]
    names: Mapping[str, Name]
    parameters: Mapping[str, tuple[str, ...]] = {}
    limits: Budget = Budget()
    # Under which last parts of a path data is asked for that the assignment gives, and where it lies.
    elsewhere: Mapping[str, str] = {}
    rubric: tuple[RubricLine, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> Assignment:
        repeated = [id for id, count in Counter(line.id for line in self.rubric).items() if count > 1]
        if repeated:
            raise ValueError(f"criterion {repeated[0]} stands twice in the rubric")
        if abs(sum(line.points for line in self.rubric) - TOTAL) > 1e-9:
            raise ValueError(f"the points add up to {sum(line.points for line in self.rubric)}, not {TOTAL}")
        return self

    @property
    def folder(self) -> Path:
        """Where its published part lies."""
        return paths.PUBLISHED / self.id

    @property
    def secret(self) -> Path:
        """Where its reference and hidden suite lie."""
        return paths.SECRET / self.id

    @property
    def catalogues(self) -> tuple[Path, ...]:
        """The folders of its own translations."""
        return tuple(folder / "locale" for folder in (self.folder, self.secret))


def load(id: str) -> Assignment:  # the noun of the whole project
    """The assignment of this id; DeclarationError if there is none or it cannot be."""
    return read(paths.PUBLISHED / id / "assignment.toml", id)


def read(path: Path, id: str) -> Assignment:
    """The assignment that a file declares; DeclarationError, naming the file, if it cannot be one."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return Assignment(id=id, **content)
    except OSError as error:
        raise DeclarationError(f"there is no assignment {id!r}: {path} cannot be read") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError, TypeError, RecursionError) as error:
        raise DeclarationError(f"{path}: {error}") from error


def ids() -> list[str]:
    """Every assignment: an id is a folder name."""
    return sorted(path.parent.name for path in paths.PUBLISHED.glob("*/assignment.toml"))
