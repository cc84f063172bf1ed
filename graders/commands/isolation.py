"""How far submissions are isolated here, and the refusal to run untrusted work without it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from graders import paths
from graders.commands.usage import UsageError
from graders.language import say, translator
from graders.sandbox.layers import probe
from graders.sandbox.trees import interpreter_trees

# What does not hold where isolation is less than full.
WEAKER = {
    "partial": say(
        "Isolation is partial: this machine refuses namespaces. No submission can read or change your files, nor reach the "
        "network or other processes; but it can learn which files exist, and it shares the disk and the numbers of processes "
        "with the grader."
    ),
    "none": say(
        "No isolation: a submission can read, change and reach whatever you can. Only its time, its memory and its "
        "output are limited."
    ),
}


TURNS = say(
    "Here the kernel counts the processes of all that you run together: submissions take turns, whatever --jobs says, and "
    "those of other gradings with them."
)


def tell(isolation: str, language: str, console: Console) -> None:
    """Say what does not hold, if anything."""
    translate = translator(language)
    if isolation in WEAKER:
        console.print(translate(WEAKER[isolation]), style="yellow", soft_wrap=True, highlight=False)
    if isolation == "partial" and _turns():
        console.print(translate(TURNS), style="yellow", soft_wrap=True, highlight=False)


def _turns() -> bool:
    from graders.sandbox.turns import shared  # not there on every system

    return shared("partial")


def level(*, no_isolation: bool, hidden: Iterable[Path] = ()) -> str:
    """The level this machine gives; UsageError where it gives none and nobody said to go on without.

    Nothing that is `hidden` may lie among what every submission is shown: the interpreter and its libraries.
    """
    if no_isolation:
        return "none"
    layers = probe()
    if layers.level == "none":
        reasons = "".join(f"\n  {reason}" for reason in layers.reasons)
        raise UsageError(
            say(
                "This machine cannot isolate submissions, so untrusted work is not run on it:{reasons}\n"
                "Grade on Linux with user namespaces, or say --no-isolation if you trust every submission. "
                "`grade.py doctor` tells more.",
                reasons=reasons,
            )
        )
    for path in (paths.SECRET, *hidden):
        _refuse_if_shown(path)
    return layers.level


def _refuse_if_shown(path: Path) -> None:
    for tree in interpreter_trees():
        if path.resolve().is_relative_to(Path(tree).resolve()):
            raise UsageError(
                say(
                    "{path} lies below {tree}, which every submission can read, as a part of Python. Put it elsewhere.",
                    path=str(path),
                    tree=tree,
                )
            )
