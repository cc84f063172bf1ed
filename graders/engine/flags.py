"""What a person should know before the criteria: what was left out, what could not be read, what stopped."""

from __future__ import annotations

from collections.abc import Iterator

from graders.engine.recognition import MOST_CANDIDATES
from graders.engine.stops import stop
from graders.language import Message, say
from graders.laws.failure import told
from graders.sandbox.session import Loaded
from graders.submissions.binding import Binding
from graders.submissions.reaching import reaching
from graders.submissions.submission import Submission

MOST_PROBLEMS, MOST_NAMES = 6, 8


def flags(submission: Submission, binding: Binding, loaded: Loaded | None) -> Iterator[Message]:
    """What somebody should look at, in the order of the submission's way."""
    yield from submission.notes
    if binding.entry is None:
        files = ", ".join(submission.files)[:200] or "—"
        yield say("No Python file and no notebook was handed in: {files}.", files=files)
    if binding.rivals:
        yield say(
            "Several files may be what was to be handed in: {chosen} was graded, not {others}.",
            chosen=binding.entry or "",
            others=", ".join(binding.rivals),
        )
    yield from _nowhere(submission, binding)
    yield from _untried(binding)
    for one in binding.sources:
        if one.problem:
            yield say("{file} could not be read: {problem}", file=one.file, problem=one.problem)
        if one.note:
            yield say("Python refuses {file}: {problem}. It was read all the same.", file=one.file, problem=one.note)
    if loaded:
        yield from _of_reading(loaded, binding)
    yield from _of_claims(binding, loaded)


def _of_claims(binding: Binding, loaded: Loaded | None) -> Iterator[Message]:
    """What makes a claim of what was seen worth a second look: what is not computed again could be invented."""
    if reached := reaching(binding.sources):
        yield say(
            "The code looks for what runs it, which no question asks for ({names}): a person should look.",
            names=", ".join(reached[:MOST_NAMES]),
        )
    if replaced := [name for kind, name in loaded.surroundings if kind == "replaced"] if loaded else []:
        yield say(
            "The code puts its own in the place of what it is observed with ({names}). What is computed again was, and counts; "
            "the order of events in a training loop could be invented: a person should look.",
            names=", ".join(replaced[:MOST_NAMES]),
        )


def _nowhere(submission: Submission, binding: Binding) -> Iterator[Message]:
    """What the teacher's file names, and the submission does not hold."""
    there = {one.expected for one in binding.lines() if one.how == "override"}
    for name, place in submission.said.items():
        if name not in there and place != binding.entry:
            yield say("The teacher's file says {place} for {name}; nothing stands there.", place=place, name=name)


def _untried(binding: Binding) -> Iterator[Message]:
    """What may still be there, where more definitions could be it than are tried."""
    missing = {name: found for name, found in binding.candidates.items() if binding.names.get(name) is None}
    if many := [name for name, found in missing.items() if len(found) > MOST_CANDIDATES]:
        yield say(
            "So many definitions could be {names} that not all of them were tried. If one of the others is meant, bindings.toml "
            "can say so.",
            names=", ".join(many),
        )


def _of_reading(loaded: Loaded, binding: Binding) -> Iterator[Message]:
    if loaded.definitions_only:
        yield say(
            "Reading the submission did not come to its end, so only its definitions were read: {what}",
            what=told(loaded.definitions_only),
        )
    problems = [one for one in dict.fromkeys(loaded.problems) if one != loaded.definitions_only]
    stopped = [said for one in problems if (said := stop(one, binding))]
    yield from stopped[:MOST_PROBLEMS]
    if len(stopped) > MOST_PROBLEMS:
        yield say("{count} more did not come to their end.", count=len(stopped) - MOST_PROBLEMS)
