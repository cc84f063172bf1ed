"""What a submission needed of its surroundings and did not find as it was, in sentences for the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from graders.language import Message, say
from graders.sandbox.session import Loaded
from graders.submissions.binding import Binding

MOST_NAMES = 12

SENTENCES: dict[str, Callable[[str], Message]] = {
    "missing": lambda names: say("Not installed here; what needed it could not run: {names}.", names=names),
    "stand-in": lambda names: say("Not installed here; a package of ours stood for it: {names}.", names=names),
    "version": lambda names: say("Today's versions no longer have this; it was made to work: {names}.", names=names),
    "asked": lambda names: say("Nobody answers `input()` here; it was given an empty text: {names}.", names=names),
    "card": lambda _: say(
        "It names a graphics card, which this machine has not: the processor stood for it. "
        '`torch.device("cuda" if torch.cuda.is_available() else "cpu")` works everywhere.'
    ),
    "epochs": lambda names: say(
        "It did not come to its end within the time limit, and was read again with fewer epochs: {names}. What it computes "
        "at its top level comes from that; its functions were asked as they were written.",
        names=names,
    ),
    "data": lambda names: say(
        "Asked for elsewhere, and answered with the data of the assignment: {names}.", names=names
    ),
}


def surroundings(loaded: Loaded | None, binding: Binding) -> Iterator[Message]:
    """One sentence for each kind of thing."""
    skipped = [f"{line[:80]} ({one.file} [{cell}])" for one in binding.sources for cell, line in one.skipped]
    if skipped:
        yield say("Commands for the shell are not carried out here: {lines}.", lines=_listed(skipped))
    notes = loaded.surroundings if loaded else ()
    for kind, sentence in SENTENCES.items():
        if names := [name for one, name in notes if one == kind]:
            yield sentence(_listed(names))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
