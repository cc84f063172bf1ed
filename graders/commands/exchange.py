"""What the commands `grade.py import PLATFORM` and `grade.py export PLATFORM` share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graders.commands.usage import Language, UsageError
from graders.language import Message, Translate, say, translator
from graders.lms.incoming import bring_in
from graders.lms.sent import Sent
from graders.lms.unpacking import Unpacked
from graders.lms.written import Written

Zip = Annotated[Path | None, typer.Argument(help=say("The zip of all submissions, as it was downloaded.").text)]
Url = Annotated[
    str | None, typer.Option(help=say("The address of the assignment's page, to go over the network.").text)
]
Out = Annotated[Path | None, typer.Option(help=say("Where submissions go; beside the zip where left out.").text)]
Reports = Annotated[Path, typer.Argument(help=say("A folder of reports that grade.py wrote.").text)]
Replace = Annotated[bool, typer.Option("--replace", help=say("Write over other marks, too.").text)]
Provisional = Annotated[
    bool, typer.Option("--provisional", help=say("Also marks in which a person still has to read something.").text)
]
MOST_NOTES = 12


def show_export(done: Written, console: Console, translate: Translate) -> int:
    """What was left out, how many marks there are, and what to do with them."""
    show(done.notes, console, translate, style="yellow")
    show([say("{count} marks are ready.", count=done.count), *done.steps], console, translate)
    return 0


def take(
    platform: str, zip: Path | None, url: str | None, out: Path | None, lang: Language, fetch: Callable[[str], Unpacked]
) -> None:
    """All submissions as a folder, from the zip or from the site, and what was found: `fetch` goes to the site."""
    if zip is not None and url is None:
        done = brought(zip, out, platform)
    elif url is not None and zip is None:
        done = fetch(url)
    else:
        raise UsageError(say("Give the zip of all submissions, or the address of the assignment: --url https://…"))
    show_import(done, Console(), translator(lang.value))


def brought(path: Path, out: Path | None, platform: str | None = None) -> Unpacked:
    """A download as a folder of submissions, beside it unless said otherwise."""
    if not path.exists():
        raise UsageError(say("{path} does not exist.", path=str(path)))
    beside = path.with_suffix("") if path.is_file() else path.with_name(path.name + " (submissions)")
    return bring_in(path, out or beside, platform)


def show_import(done: Unpacked, console: Console, translate: Translate) -> None:
    """What was found, and where it lies now."""
    show(done.notes, console, translate, style="yellow")
    found = say(
        "{count} submissions, {changed} new or changed: {path}",
        count=len(done.names),
        changed=len(done.changed),
        path=str(done.folder),
    )
    show([found], console, translate)


def show_sent(done: Sent, console: Console, translate: Translate) -> int:
    """What was left out, what is otherwise there now, how many marks were sent; 1 where a mark is not there as it was sent."""
    show([*done.left_out, *done.otherwise], console, translate, style="yellow")
    sent = say("{count} marks were sent, and read back.", count=done.count) if done.count else say("Nothing was sent.")
    show([sent], console, translate)
    return 1 if done.otherwise else 0


def key(token: str | None, question: str) -> str:
    """The token, which is asked for without showing it where nobody gave it."""
    return (token or str(typer.prompt(question, hide_input=True))).strip()


def show(messages: Sequence[Message], console: Console, translate: Translate, style: str = "") -> None:
    """A line each; when there are very many, the first ones and how many more."""
    for message in messages[:MOST_NOTES]:
        console.print(translate(message), style=style, markup=False, highlight=False, soft_wrap=True)
    if len(messages) > MOST_NOTES:
        more = say("… and {count} more", count=len(messages) - MOST_NOTES)
        console.print(translate(more), style=style, markup=False, highlight=False)
