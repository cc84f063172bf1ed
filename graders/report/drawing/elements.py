"""SVG elements as text; whatever a student wrote can only ever become text or an attribute's value."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup, escape

from graders.report.clean import visible

WIDTH = 360.0
LINE = 16.0


class Note(NamedTuple):
    """A sentence under a picture; a wrong one says what should not be there."""

    text: str
    wrong: bool = False


class Drawing(NamedTuple):
    """What a picture shows below its title: how high it is, its elements, and what they say in words."""

    height: float
    body: Markup
    notes: tuple[Note, ...] = ()


def element(name: str, *children: Markup, **attributes: str | float) -> Markup:
    """`stroke_width=2` becomes `stroke-width="2"`, and `class_` becomes `class`."""
    written = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>")


def label(text: str, x: float, y: float, class_: str = "", anchor: str = "start") -> Markup:
    """A line of text whose base line starts, ends or has its middle at (x, y)."""
    return element("text", words(text), x=x, y=y, class_=class_ or "plain", text_anchor=anchor)


def words(text: str) -> Markup:
    """Text that is only text."""
    return escape(visible(text))


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return escape(visible(value)) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
