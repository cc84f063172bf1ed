"""Put all of it in place for one submission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graders.probes import scalars
from graders.sandbox.standins import card, compiler, downloads, elsewhere, files, finder
from graders.sandbox.standins.versions import arrays, libraries


def warm() -> None:
    """What is the same for every submission; before any student code."""
    compiler.install()
    arrays.install()
    scalars.install()
    libraries.install()
    finder.install()


def settle(home: str, given: Iterable[str], declared: Mapping[str, str], *, pretend_card: bool = False) -> None:
    """What is given to this one, and where; from now on files are looked for elsewhere too, and perhaps a card is."""
    if pretend_card:
        card.install()
    elsewhere.install(elsewhere.Answers(home, given, declared))
    files.install()
    downloads.install()
