"""How a verdict is shown to people: a word and a sign, so that colour alone never says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from graders.language import Message, say
from graders.report.model import Line
from graders.verdict import Status

WORDS: dict[Status, Message] = {
    Status.PASS: say("passed"),
    Status.PARTIAL: say("partial"),
    Status.FAIL: say("failed"),
    Status.ERROR: say("error"),
    Status.TIMEOUT: say("too slow"),
    Status.MISSING: say("missing"),
    Status.PENDING: say("to be read"),
}

SIGNS: dict[Status, str] = {
    Status.PASS: "✓",
    Status.PARTIAL: "◐",
    Status.FAIL: "✗",
    Status.ERROR: "!",
    Status.TIMEOUT: "◷",
    Status.MISSING: "∅",
    Status.PENDING: "…",
}

# Why a student's name was taken for an expected one.
REASONS: dict[str, Message] = {
    "exact": say("the same name"),
    "alias": say("a known alias"),
    "method": say("a method of this name"),
    "words": say("the same words"),
    "part": say("a part of what it returns"),
    "shortened": say("a shortened name"),
    "the only torch.nn.Module": say("the only torch.nn.Module"),
    "the only one of its kind": say("the only one of its kind"),
    "by what it calls": say("the only one that does this"),
    "by what it takes": say("the only one that takes this"),
    "contains": say("a name that contains it"),
    "given a value": say("what this variable holds"),
    "made for it": say("what the program makes this one of"),
    "put together": say("a network that the program puts together"),
    "built in a program": say("this part of the program makes it"),
    "done in a program": say("this part of the program does it"),
    "imported": say("imported under this name"),
    "program": say("this part of the program, carried out with data of ours"),
    "behaviour": say("it answers as this should"),
    "override": say("said by the teacher"),
    "missing": say("no definition"),
}


def counts(criteria: Iterable[Line]) -> dict[Status, int]:
    """How many criteria ended in each way that occurs, the best first."""
    found = Counter(line.verdict for line in criteria)
    return {status: found[status] for status in Status if found[status]}
