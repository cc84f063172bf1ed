"""`grade.py similar DIR`: which submissions look like copies of each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from graders.commands.usage import Lang, Language, UsageError, typed
from graders.engine.classroom import settings_of
from graders.language import Translate, say, translator
from graders.report.clean import visible
from graders.report.numbers import percent
from graders.similar import ALIKE

if TYPE_CHECKING:
    from graders.similar.finding import Likeness, Similar


Known = Annotated[
    list[Path] | None,
    typer.Option(help=say("Well-known code, which makes nobody a copy: a file, a folder or a zip. Once or more.").text),
]


def similar(
    folder: Annotated[Path, typer.Argument(help=say("A folder of reports that grade.py wrote.").text)],
    least: Annotated[
        float, typer.Option("--at-least", min=0.1, max=1, help=say("How alike, from 0.1 to 1.").text)
    ] = ALIKE,
    known: Known = None,
    lang: Lang = Language.FR,
) -> None:
    """Look for near-copies: a hint for a person, never a mark. No student code is run."""
    from graders.similar.finding import find_similar
    from graders.similar.known import listed

    settings = settings_of(folder)
    if not Path(settings.submissions).is_dir():
        raise UsageError(
            say("The submissions are no longer in {path}. Put them there again.", path=settings.submissions)
        )
    found = find_similar(folder, settings, least, known or ())
    nobodys = ", ".join(map(str, [*listed(settings), *(known or ())]))
    for line in _lines(folder, found, nobodys, translator(lang.value)):
        Console().print(line, markup=False, highlight=False, soft_wrap=True)


def _lines(folder: Path, found: Similar, nobodys: str, translate: Translate) -> Iterator[str]:
    for group in found.groups:
        yield visible(", ".join(group.names))
        yield from (_told(pair, translate) for pair in group.pairs)
    yield from (translate(say("{name} could not be read.", name=visible(name))) for name in found.unread)
    if nobodys:
        yield translate(say("Counts for nothing, as what was handed out: {paths}", paths=visible(nobodys)))
    count, shown = (
        len(found.groups),
        say("A hint for a person, never a mark: grade.py serve {path} shows them side by side.", path=typed(folder)),
    )
    yield translate(say("Compared: {count}. Groups: {groups}.", count=found.compared, groups=count))
    if count:
        yield translate(shown)


def _told(pair: Likeness, translate: Translate) -> str:
    said = translate(say("{percent}%", percent=percent(pair.alike)))
    rare = ", ".join(f"{one.criterion}: {one.diagnosis} ({one.times})" for one in pair.mistakes)
    return visible(f"  {said:>6}  {pair.one} – {pair.other}" + (f"  [{rare}]" if rare else ""))
