"""Ask what a submission left when it ran: when its files were read, or when it is run again as a program."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from graders.observe.context import Context
from graders.observe.figures import Pixels
from graders.observe.observation import Failure, Observation
from graders.observe.outcome import Outcome
from graders.observe.probe import Reader
from graders.observe.request import Request
from graders.probes.guard import unguarded
from graders.probes.wire import Value
from graders.submissions.entry import importers

_OUTCOME = Reader(Outcome)
_PIXELS = Reader(list[Pixels | None])
# Of the time of a run, before what still runs is interrupted: what came before it is told, and what follows has its turn.
PATIENCE = 0.65


@dataclass(frozen=True, eq=False)
class Reading:
    """A probe: what reading the files left, for these expected names (with what stands for them) and all small values."""

    names: Sequence[str] = ()
    group: str = "reading"

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """What was left, and its figures as pixels."""
        if seen or context.binding.entry is None:
            return ()
        wanted: Value = list(found_names(context, self.names))
        return (
            Request("reading", {"wanted": wanted}, self.group, 20),
            Request("drawn", {}, self.group + " drawn", 30),
        )

    def read(self, context: Context, seen: Sequence[Observation]) -> Outcome | Failure:
        """What was left; figures that could not be drawn have no pixels."""
        if not seen:
            return Failure("missing", type="*.py, *.ipynb", message="*.py, *.ipynb")
        told = _OUTCOME.read(seen[0])
        pixels = _PIXELS.read(seen[1])
        if isinstance(told, Failure):
            return told
        names = {name: found_names(context, (name,)) for name in self.names}
        return told.model_copy(update={"pixels": [] if isinstance(pixels, Failure) else pixels, "names": names})


@dataclass(frozen=True, eq=False)
class Rerun:
    """A probe: what the deliverable leaves when it is run as a program, with values of ours where `given` draws them.

    `given` maps expected names of variables, each with its aliases in the assignment, to values; `watched` are expected
    names of functions whose results are told; `observe` is what else is looked at, and `factor` multiplies the gradients that
    autograd gives. Where it is `importing`, the file that imports the deliverable is the program, if there is one.
    `ours` maps expected names of functions to (what stands for them, its usual values); see `graders.probes.repaired`.
    """

    names: Sequence[str] = ()
    watched: Sequence[str] = ()
    given: Callable[[Context], Mapping[str, Value]] | None = None
    label: str = "rerun"
    seconds: float = 60
    observe: Sequence[str] = ()
    factor: float = 1.0
    importing: bool = False
    ours: Mapping[str, tuple[str, Mapping[str, float]]] = field(default_factory=dict)

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """One run, in a copy of the files as they were handed in."""
        entry = context.binding.entry
        if seen or entry is None:
            return ()
        return (rerun(context, importing(context) or entry if self.importing else entry, self),)

    def read(self, context: Context, seen: Sequence[Observation]) -> Outcome | Failure:
        """What was left."""
        told = _OUTCOME.read(seen[0]) if seen else Failure("missing", type="*.py, *.ipynb", message="*.py, *.ipynb")
        if isinstance(told, Failure):
            return told
        names = {name: found_names(context, (name,)) for name in self.names}
        ours = self.given(context) if self.given else {}
        return told.model_copy(update={"ours": ours, "names": names})


@dataclass(frozen=True, eq=False)
class Ran:
    """A probe: what reading the files left, and scripts with a main guard left when they were run as programs."""

    names: Sequence[str] = ()
    seconds: float = 60

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """The reading, then a run of each script that has something behind its main guard."""
        if seen or context.binding.entry is None:
            return ()
        asked = Reading(self.names).ask(context, seen)
        return [*asked, *(rerun(context, file, Rerun(self.names, seconds=self.seconds)) for file in guarded(context))]

    def read(self, context: Context, seen: Sequence[Observation]) -> Outcome | Failure:
        """All of it as one; programs first, as they are the whole."""
        reading = Reading(self.names).read(context, seen[:2])
        if isinstance(reading, Failure):
            return reading
        return joined(reading, outcomes(seen[2:]))


def outcomes(seen: Sequence[Observation]) -> list[Outcome]:
    """Of those that came to an end."""
    return [told for one in seen if not isinstance(told := _OUTCOME.read(one), Failure)]


def joined(last: Outcome, programs: Sequence[Outcome]) -> Outcome:
    """What several left, as one: the programs first, as they are the whole."""
    parts = [*programs, last]
    return last.model_copy(
        update={
            "journal": [chunk for part in parts for chunk in part.journal],
            "variables": {name: part.variables[name] for part in reversed(parts) for name in part.variables},
            "figures": [figure for part in parts for figure in part.figures],
            "durations": [one for part in parts for one in part.durations],
            "images": [image for part in parts for image in part.images],
            "pixels": [pixels for part in parts for pixels in part.pixels],
        }
    )


def rerun(context: Context, file: str, how: Rerun) -> Request:
    """One run of a file as a program, in a copy of the files as they were handed in."""
    arguments: dict[str, Value] = {
        "file": file,
        "wanted": list(found_names(context, how.names)),
        "watched": list(found_names(context, how.watched)),
        "given": [*_given(context, how), *standing_in(context, how)],
        "patience": PATIENCE * how.seconds,
    }
    arguments |= {"observe": list(how.observe)} if how.observe else {}
    arguments |= {"factor": how.factor} if how.factor != 1 else {}
    return Request("rerun", arguments, f"{how.label} {file}", how.seconds, fresh=how.label)


def _given(context: Context, how: Rerun) -> list[Value]:
    values = how.given(context) if how.given else {}
    return [{"names": list(context.binding.looked_for[name]), "value": one} for name, one in values.items()]


def standing_in(context: Context, how: Rerun) -> list[Value]:
    """Of the bound names that are functions or classes, what stands for them."""
    return [
        {"subject": cast("Value", one.subject), "by": by, "usual": dict(usual)}
        for name, (by, usual) in how.ours.items()
        if (one := context.bound(name)) and one.scope is None and not one.built
    ]


def found_names(context: Context, names: Sequence[str]) -> list[str]:
    """The student's names for these expected ones: what is bound to them, then every alias."""
    bound = [one.definition.last for name in names if (one := context.bound(name))]
    known = [alias for name in names for alias in context.binding.looked_for.get(name, (name,))]
    return list(dict.fromkeys([*bound, *known]))


def importing(context: Context) -> str | None:
    """The file that makes something of what the others define; a notebook before a script."""
    sources = context.binding.sources
    found = importers(sources, [context.binding.entry]) if context.binding.entry else []
    return min(found, key=lambda file: not file.endswith(".ipynb"), default=None)


def guarded(context: Context) -> list[str]:
    """The scripts of which something runs only as a program: behind a main guard."""
    scripts = (one for one in context.binding.sources if not one.file.endswith(".ipynb"))
    return [one.file for one in scripts if any(_guards(statement) for chunk in one.trees for statement in chunk)]


def _guards(statement: ast.stmt) -> bool:
    return unguarded(statement) != [statement]
