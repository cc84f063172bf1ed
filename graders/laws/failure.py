"""What a judge says when nothing was seen: the failure itself, in words for its author."""

from __future__ import annotations

import builtins
import re

from graders.language import Message, say
from graders.laws.reasons import reason
from graders.observe.observation import NOT_WRITTEN, Failure
from graders.verdict import Status, Verdict

# What failed for want of a package, or by code of ours, is no mistake of a student: a person decides.
STATUSES = {
    "timeout": Status.TIMEOUT,
    "missing": Status.MISSING,
    "absent": Status.PENDING,
    "ours": Status.PENDING,
}
DIAGNOSES = {"absent": "environment", "ours": "grader"}


# The kinds of exceptions that are told: a class of a student's own could be called after a hidden input.
KINDS = frozenset(
    name for name, one in vars(builtins).items() if isinstance(one, type) and issubclass(one, BaseException)
)
KINDS |= {"AxisError", "LinAlgError", "UFuncTypeError", "OutOfMemoryError", "EinopsError", "NotFittedError"}
# What we raise beside student code.
KINDS |= {
    "TooMuchError",
    "TooLongError",
    "NotThereError",
    "NotAModuleError",
    "AbsentError",
    "SkippedError",
    "WireError",
}

# Where code of ours failed, as a sandbox claims.
OWN = re.compile(r"[a-z_]{1,24}\.py, \d{1,4}")
CELL = re.compile(r"(?P<file>.+)\[(?P<cell>\d+)\]")
NOT_DEFINED = "NotDefinedError"


def verdict_of(failure: Failure) -> Verdict:
    """The verdict of a criterion that could not be looked at; a template that was left as it is counts as missing."""
    if failure.type == NOT_WRITTEN:
        return Verdict(status=Status.MISSING, credit=0, diagnosis="not-written", feedback=(told(failure),))
    refused = failure.kind == "missing" and failure.file
    return Verdict(
        status=STATUSES.get(failure.kind, Status.ERROR),
        credit=0,
        diagnosis="refused" if refused else DIAGNOSES.get(failure.kind, failure.kind),
        feedback=(told(failure),),
        flags=(_doubt(failure),) if failure.kind == "ours" else (),
    )


def _doubt(failure: Failure) -> Message:
    """What a person is to look at where code of ours failed: what it was given may be forged."""
    return say(
        "The grader's own code failed ({type}, {place}), or what the submission tells of itself is forged: a person should look.",
        type=_kind(failure),
        place=_own_place(failure),
    )


def told(failure: Failure) -> Message:
    """A failure as a sentence. Of an exception on hidden inputs, the type and the line are told, never a message that may hold
    some of them: only what Python says of any call."""
    match failure.kind:
        case "missing":
            return _sought(failure)
        case "timeout":
            return say("It did not come to an end within the time limit.")
        case "memory":
            return say("It asked for more memory than there is.")
        case "flooded":
            return say("It produced more output than anybody would read.")
        case "crashed":
            return say("The process ended in the middle ({how}).", how=failure.type or "?")
        case "unreadable":
            return say("It returned something that cannot be read: {what}.", what=failure.message)
        case "absent" | "ours":
            return _nobodys(failure)
        case _:
            return _raised(failure)


def _sought(failure: Failure) -> Message:
    if failure.file:
        return _refused(failure, place(failure.file, failure.line))
    if not failure.message:
        return say("{name} was not found.", name=failure.type)
    return say(
        "{name} was not found. If it is written under another name, call it so, or for example {names}.",
        name=failure.type,
        names=failure.message,
    )


def _refused(failure: Failure, where: Message) -> Message:
    """What is written, and was not found because Python refuses the cell or the statement that it stands in."""
    if why := reason(failure.message):
        return say(
            "{name} stands in code that could not be read: Python refuses it ({place}: `{why}`).",
            name=failure.type,
            place=where,
            why=why,
        )
    return say(
        "{name} stands in code that could not be read: Python refuses it ({place}).", name=failure.type, place=where
    )


def _nobodys(failure: Failure) -> Message:
    """What could not run for want of something, or could not be looked at because code of ours failed."""
    if failure.kind == "absent":
        return wanting(failure.type)
    return say(
        "The grader's own code failed ({type}, {place}). This is no mistake of yours: a person decides.",
        type=_kind(failure),
        place=_own_place(failure),
    )


def wanting(package: str) -> Message:
    """What could not run because something is not here."""
    if package == "network":
        return say("It needs the network, which does not exist here. This is no mistake of yours: a person decides.")
    return say(
        "`{package}` is not installed here; what needed it could not run. This is no mistake of yours: a person installs it and "
        "grades again, or decides.",
        package=package,
    )


def _raised(failure: Failure) -> Message:
    if failure.type == NOT_WRITTEN and failure.file is None:
        return say("This part is not written yet: a network has no `forward`, or what it rests on is empty.")
    if failure.type == NOT_WRITTEN:
        return say("This part is not written yet ({place}).", place=place(failure.file or "?", failure.line or 0))
    if failure.type == NOT_DEFINED:
        return say("It does not exist when its file has run: the statement that defines it did not come to its end.")
    if failure.file is None and failure.type == "TypeError":
        return say(
            "It could not be called as the statement asks for it ({type}): compare its parameters.", type=failure.type
        )
    kind = _kind(failure)
    if failure.file is None:
        return say("It raised {type}.", type=kind)
    where, why = place(failure.file, failure.line or 0), reason(failure.message)
    if why:
        return say("It raised {type} at {place}: `{why}`.", type=kind, place=where, why=why)
    return say("It raised {type} at {place}.", type=kind, place=where)


def _kind(failure: Failure) -> str:
    return failure.type if failure.type in KINDS else "Exception"


def _own_place(failure: Failure) -> str:
    return failure.message if OWN.fullmatch(failure.message) else "?"


def cell_of(file: str | None) -> int | None:
    """The number of the cell that a place in a notebook is in."""
    found = CELL.fullmatch(file or "")
    return int(found["cell"]) if found else None


def place(file: str, line: int | None = None) -> Message:
    """A place in a submission, in words; of a notebook, with the number of the code cell."""
    cell = cell_of(file)
    if cell is None:
        return _in_file(file, line)
    name = file.rpartition("[")[0]
    if line is None:
        return say("{file}, cell {cell}", file=name, cell=cell)
    return say("{file}, cell {cell}, line {line}", file=name, cell=cell, line=line)


def _in_file(file: str, line: int | None) -> Message:
    return (
        Message(text="{file}", values={"file": file})
        if line is None
        else say("{file}, line {line}", file=file, line=line)
    )


# The sentences that tell a name which no line of the work defines.
SOUGHT = (
    *(_sought(Failure("missing", message=one)).text for one in ("", "MyMLP")),
    *(_sought(Failure("missing", message=one, file="tp.py", line=1)).text for one in ("", "invalid syntax")),
)
