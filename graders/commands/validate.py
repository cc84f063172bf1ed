"""`grade.py validate ID`: the judge of an assignment is tested on its corpus."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graders import assignment
from graders.commands.guess import named
from graders.commands.isolation import level, tell
from graders.commands.usage import UsageError
from graders.engine.validation import corpus, differences, graded
from graders.language import say


def validate(
    id: Annotated[str | None, typer.Argument(help=say("An assignment.").text)] = None,
    every: Annotated[bool, typer.Option("--all", help=say("Every assignment.").text)] = False,
    only: Annotated[str, typer.Option(help=say("Specimens whose name holds this text.").text)] = "",
    out: Annotated[
        Path | None, typer.Option(help=say("Keep reports here; another run asks only what is new.").text)
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help=say("How many are graded at once.").text)] = os.cpu_count() or 1,
    no_isolation: Annotated[bool, typer.Option("--no-isolation", help=say("Run without a sandbox.").text)] = False,
) -> int:
    """Check that the reference and every right way have full marks, and every mutant loses exactly its criteria."""
    if not id and not every:
        raise UsageError(say("Say which assignment to validate, or --all."))
    wanted = assignment.ids() if every else [named(str(id)).id]
    with tempfile.TemporaryDirectory(prefix="validate-") as folder:
        isolation = level(no_isolation=no_isolation)
        tell(isolation, "en", Console(stderr=True))
        wrong = sum(_validated(one, only, jobs, isolation, (out or Path(folder)) / one) for one in wanted)
    return 1 if wrong else 0


def _validated(id: str, only: str, jobs: int, isolation: str, out: Path) -> int:
    """How many specimens of an assignment were judged otherwise than they must be."""
    console, ours = Console(highlight=False, markup=False), assignment.load(id)
    shutil.rmtree(out / "corpus", ignore_errors=True)
    specimens = [one for one in corpus(ours, out / "corpus") if only in one.name]
    reports = graded(ours, specimens, out / "corpus", isolation, jobs, lambda *_: None)
    wrong = 0
    for one in specimens:
        problems = differences(one, reports[one.name])
        wrong += bool(problems)
        console.print(
            f"{'✘' if problems else '✔'} {id} {one.name}: {', '.join(one.costs) or 'full marks'}",
            style="red" if problems else "",
            soft_wrap=True,
        )
        for problem in problems:
            console.print(f"    {problem}", soft_wrap=True)
    console.print(f"{id}: {len(specimens) - wrong} of {len(specimens)} as they must be")
    return wrong
