"""Of names that a sandbox tells, those that were handed in: another one could be made after a hidden input."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graders.language import Message, say
from graders.laws.failure import place, wanting
from graders.submissions.source import Source
from graders.verdict import Verdict

PLACES = frozenset(place(*one).text for one in (("a",), ("a", 1), ("a[1]",), ("a[1]", 1)))
PACKAGE = wanting("a").text


def believed(verdict: Verdict, sources: Sequence[Source]) -> Verdict:
    """The same verdict; a file or a package that no source has or names is not told."""
    if not verdict.feedback:
        return verdict
    return verdict.model_copy(update={"feedback": tuple(_believed(one, sources) for one in verdict.feedback)})


def _believed(message: Message, sources: Sequence[Source]) -> Message:
    if message.text in PLACES and not any(one.file == message.values["file"] for one in sources):
        return say("a file that was not handed in")
    values = {
        name: _believed(value, sources) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    if message.text == PACKAGE and not _named(str(values["package"]), sources):
        values["package"] = "?"
    return message.model_copy(update={"values": values})


def _named(package: str, sources: Sequence[Source]) -> bool:
    words = [re.compile(rf"\b{re.escape(part)}\b") for part in package.split(".")]
    return all(any(word.search(chunk) for one in sources for chunk in one.chunks) for word in words)
