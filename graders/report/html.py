"""Pages a teacher reads: self-contained, without script, and with every text of a student shown as text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graders.language import Message, say, translator
from graders.report.clean import visible
from graders.report.drawing.scores import distribution
from graders.report.grades import summary
from graders.report.lessons import diagnoses, hardest
from graders.report.model import Report
from graders.report.numbers import numbers, percent
from graders.report.pictures import GALLERY
from graders.report.questions import questions
from graders.report.reading import Reading
from graders.report.svg import framed
from graders.report.words import REASONS, SIGNS, WORDS, counts

TEMPLATES = Path(__file__).parent / "templates"
NOTHING_READ = Reading()
# Of a notebook as it ran, in characters.
MOST_HELD = 2**20


def render_report(
    report: Report,
    pictures: Mapping[str, Sequence[str]],
    language: str,
    reading: Reading = NOTHING_READ,
    executed: Mapping[str, str] | None = None,
) -> str:
    """The page of one submission; pictures come from `svg.draw` and stand under their criterion.

    `executed` are the notebooks as they ran: the page holds them, since it travels alone.
    """
    drawn = {id_: [Markup(picture) for picture in found] for id_, found in pictures.items()}
    page = pages(language).get_template("report.html.j2")
    shown = {"pictures": drawn, "gallery": drawn.get(GALLERY, ()), "reading": reading}
    held = {name: _held(text) for name, text in (executed or {}).items() if len(text) <= MOST_HELD}
    return page.render(report=report, questions=questions(report.criteria), executed=held, **shown)


def _held(notebook: str) -> str:
    """An address that is the file itself."""
    return "data:application/x-ipynb+json;base64," + b64encode(notebook.encode()).decode()


def render_index(reports: Sequence[Report], language: str) -> str:
    """The page of a class: who has which score, what cost it most, and where a person should look."""
    known = summary(reports)
    lessons = {"hardest": hardest(reports, known), "diagnoses": diagnoses(reports, known)}
    page = pages(language).get_template("index.html.j2")
    return page.render(reports=reports, known=known, scores=scores(reports, language), **lessons)


def scores(reports: Sequence[Report], language: str) -> Markup:
    """How many of a class have which score, drawn."""
    translate = translator(language)
    return Markup(framed(translate(say("How many have which score")), distribution(reports, translate)))


@cache
def pages(language: str, *folders: Path) -> Environment:
    """Templates that speak a language, compiled once; what they print is made visible, then escaped."""
    translate = translator(language)
    pages = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        auto_reload=False,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )

    @lru_cache(typed=True)
    def speak(text: str, **values: Message | str | int | float) -> str:
        return translate(Message(text=text, values=values))

    pages.globals |= {
        "say": speak,
        "language": language,
        "points": cache(numbers(translate).points),
        "percent": percent,
    }
    pages.globals |= {"counts": counts, "signs": SIGNS, "words": {s: translate(word) for s, word in WORDS.items()}}
    pages.globals |= {"address": _address, "reasons": {how: translate(said) for how, said in REASONS.items()}}
    return pages


def _shown(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _address(submission: str) -> str:
    """Where the page of a submission is, seen from the page of the class."""
    return f"{quote(submission, safe='', errors='surrogateescape')}/report.html"
