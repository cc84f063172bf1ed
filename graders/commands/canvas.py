"""`grade.py import canvas`, `grade.py export canvas`: by files, or over the network with a token."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graders.commands.exchange import (
    Out,
    Provisional,
    Replace,
    Reports,
    Url,
    Zip,
    key,
    show_export,
    show_sent,
    take,
)
from graders.commands.usage import Lang, Language, UsageError
from graders.language import say, translator
from graders.lms.canvas.by_files import write
from graders.lms.graded import graded_class
from graders.lms.unpacking import Unpacked

Token = Annotated[
    str | None, typer.Option(envvar="CANVAS_TOKEN", help=say("Your access token; asked for if need be.").text)
]


def import_canvas(
    zip: Zip = None,
    url: Url = None,
    token: Token = None,
    out: Out = None,
    lang: Lang = Language.FR,
) -> None:
    """Sort all submissions, from the zip or from the site itself, into one folder a submission."""

    def fetched(url: str) -> Unpacked:
        from graders.lms.canvas.rest.exchange import fetch

        return fetch(url, _key(token, lang), out)

    take("canvas", zip, url, out, lang, fetched)


def export_canvas(
    reports: Reports,
    gradebook: Annotated[
        Path | None, typer.Option(help=say("The course's gradebook as CSV, from Canvas.").text)
    ] = None,
    column: Annotated[str | None, typer.Option(help=say("The assignment, by title or number.").text)] = None,
    url: Url = None,
    token: Token = None,
    provisional: Provisional = False,
    replace: Replace = False,
    lang: Lang = Language.FR,
) -> int:
    """Marks into the teacher's gradebook; marks, comments and pages to the site itself."""
    graded = graded_class(reports)
    if url is not None:
        from graders.lms.canvas.rest.exchange import send

        done = send(graded, url, _key(token, lang), provisional=provisional, replace=replace)
        return show_sent(done, Console(), translator(lang.value))
    target = reports / "export" / "canvas"
    filled = write(graded, _there(gradebook), column, target, provisional=provisional, replace=replace)
    return show_export(filled, Console(), translator(lang.value))


def _there(gradebook: Path | None) -> Path:
    if gradebook is None or not gradebook.is_file():
        raise UsageError(
            say(
                "Say where the gradebook is: --gradebook FILE.csv (in Canvas: Grades, Export Entire Gradebook). "
                "Or give the address of the assignment: --url https://…"
            )
        )
    return gradebook


def _key(token: str | None, lang: Language) -> str:
    return key(token, translator(lang.value)(say("Your Canvas token (Account, Settings, New Access Token)")))
