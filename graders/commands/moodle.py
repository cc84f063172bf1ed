"""`grade.py import moodle`, `grade.py export moodle`: by files, or over the network with a token."""

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
from graders.lms.graded import GradedClass, graded_class
from graders.lms.moodle.wishes import Wishes
from graders.lms.unpacking import Unpacked

Token = Annotated[
    str | None, typer.Option(envvar="MOODLE_TOKEN", help=say("Your key of the site; asked for if need be.").text)
]


def import_moodle(
    zip: Zip = None,
    url: Url = None,
    token: Token = None,
    out: Out = None,
    lang: Lang = Language.FR,
) -> None:
    """Sort all submissions, from the zip or from the site itself, into one folder a submission."""

    def fetched(url: str) -> Unpacked:
        from graders.lms.moodle.rest.exchange import fetch

        return fetch(url, _key(token, lang), out)

    take("moodle", zip, url, out, lang, fetched)


def export_moodle(
    reports: Reports,
    worksheet: Annotated[
        Path | None, typer.Option(help=say("The assignment's grading worksheet, from Moodle.").text)
    ] = None,
    url: Url = None,
    token: Token = None,
    provisional: Provisional = False,
    replace: Replace = False,
    release: Annotated[
        bool, typer.Option("--release", help=say("Where marks have a workflow: students see them.").text)
    ] = False,
    lang: Lang = Language.FR,
) -> int:
    """Marks and feedback: into the teacher's grading worksheet and a zip, or to the site itself."""
    graded, wishes = graded_class(reports), Wishes(provisional, replace, release)
    if url is not None:
        return _sent(graded, url, _key(token, lang), wishes, lang)
    return _written(graded, worksheet, wishes, lang)


def _written(graded: GradedClass, worksheet: Path | None, wishes: Wishes, lang: Language) -> int:
    from graders.lms.moodle.by_files import write

    if worksheet is None or not worksheet.is_file():
        raise UsageError(
            say(
                "Say where the grading worksheet is: --worksheet FILE.csv. In Moodle it is in the assignment, "
                "“Download grading worksheet” (the setting “Offline grading worksheet” must be on). "
                "Or give the address of the assignment: --url https://…"
            )
        )
    done = write(graded, worksheet, graded.folder / "export" / "moodle", wishes)
    return show_export(done, Console(), translator(lang.value))


def _sent(graded: GradedClass, url: str, token: str, wishes: Wishes, lang: Language) -> int:
    from graders.lms.moodle.rest.exchange import send

    console = Console()
    with console.status("Moodle …"):
        done = send(graded, url, token, wishes)
    return show_sent(done, console, translator(lang.value))


def _key(token: str | None, lang: Language) -> str:
    return key(token, translator(lang.value)(say("Your Moodle token (profile, Security keys)")))
