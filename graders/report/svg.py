"""A picture as inline SVG. Its colours are those of the page (style.css), in light and in dark."""

from __future__ import annotations

import textwrap

from markupsafe import Markup

from graders.language import Translate
from graders.report.drawing import confusion, curves, histogram, images, snapshot
from graders.report.drawing.elements import LINE, WIDTH, Drawing, Note, element, label, words
from graders.report.pictures import Confusion, Curves, Histogram, Images, Picture, Snapshot

LETTERS = 46


def draw(picture: Picture, translate: Translate) -> str:
    """One `<svg>` element, with its title and its notes also in words for whoever does not see it; an image of pixels."""
    if isinstance(picture, Snapshot):
        return snapshot.draw(picture, translate)
    return framed(translate(picture.title), _drawing(picture, translate))


def framed(title: str, drawing: Drawing) -> str:
    """The title above, the drawing, the notes below."""
    lines = textwrap.wrap(title, LETTERS)
    head = [label(line, 0, 12 + LINE * row, "title") for row, line in enumerate(lines)]
    top = LINE * len(lines) + 6
    foot = [_note(note, top + drawing.height + 14 + LINE * row) for row, note in enumerate(drawing.notes)]
    height = top + drawing.height + LINE * len(foot) + 4
    said = [element("desc", words(note.text)) for note in drawing.notes]
    body = element("g", drawing.body, transform=f"translate(0 {top:g})")
    return element("svg", element("title", words(title)), *said, *head, body, *foot,
                   class_="picture", role="img", viewBox=f"0 0 {WIDTH:g} {height:g}")  # fmt: skip


def _drawing(picture: Histogram | Curves | Confusion | Images, translate: Translate) -> Drawing:
    match picture:
        case Histogram():
            return histogram.draw(picture, translate)
        case Curves():
            return curves.draw(picture, translate)
        case Confusion():
            return confusion.draw(picture, translate)
        case _:
            return images.draw(picture, translate)


def _note(note: Note, y: float) -> Markup:
    return label(note.text, 0, y, "note wrong" if note.wrong else "note")
