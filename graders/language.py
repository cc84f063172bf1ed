"""Sentences for people: written once in English, translated when they are shown.

A verdict keeps a sentence and its values apart, so that stored verdicts can be shown in another language later.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from graders.frozen import Frozen

LANGUAGES = ("fr", "en")
DOMAIN = "messages"
OURS = Path(__file__).parent / "locale"

Translate = Callable[["Message"], str]


class Message(Frozen):
    """An English sentence with {holes}, and what goes in them."""

    text: str
    values: Mapping[str, Message | str | int | float] = {}


def say(text: str, **values: Message | str | int | float) -> Message:
    """A sentence for a person; `text` is the key of the translation."""
    return Message(text=text, values=values)


@cache
def translator(language: str, catalogues: tuple[Path, ...] = ()) -> Translate:
    """How sentences are shown in `language`; the catalogues of an assignment come before ours."""
    found: gettext.NullTranslations = gettext.NullTranslations()
    for folder in (OURS, *catalogues):
        catalogue = gettext.translation(DOMAIN, folder, [language], fallback=True)
        catalogue.add_fallback(found)
        found = catalogue

    mark = "," if language == "fr" else "."

    def shown(value: Message | str | float) -> str:
        if isinstance(value, Message):
            return translate(value)
        return f"{value:.6g}".replace(".", mark) if isinstance(value, float) else str(value)

    def translate(message: Message) -> str:
        return found.gettext(message.text).format(**{key: shown(value) for key, value in message.values.items()})

    return translate
