"""What commands that grade have to do with the gradebook: the option that names one, and what is told when it fails."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from graders.engine.record import Class
from graders.language import Message, say, translator

if TYPE_CHECKING:
    from graders.gradebook.keeping import Keeper

Named = Annotated[
    str | None,
    typer.Option(
        "--gradebook",
        envvar="GRADERS_GRADEBOOK",
        help=say("A file, or a URL such as postgresql://user@host/database; DIR/gradebook.db where left out.").text,
    ),
]


def keeper_of(out: Path, settings: Class, named: str | None) -> Keeper:
    """The gradebook of a class. A database is opened only by those who use one."""
    from graders.gradebook.keeping import Keeper

    return Keeper(out, settings, named)


def tell_fault(fault: Message | None, language: str) -> None:
    """Say that the gradebook failed, and that nothing else did."""
    if fault:
        translate = translator(language)
        said = say("{fault}\nThe reports are written. Grade again to keep them in the gradebook.", fault=fault)
        Console(stderr=True).print(translate(said), style="yellow", markup=False, highlight=False, soft_wrap=True)
