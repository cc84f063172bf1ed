"""What a platform hands over: files, each with the submission that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from graders.language import Message, say
from graders.lms.trouble import ExchangeError
from graders.submissions.archive import UNREADABLE, Found, listed
from graders.submissions.collect import on_disk


@dataclass(frozen=True)
class File:
    """A file of a submission, under its path there."""

    submission: str
    path: str
    found: Found


@dataclass(frozen=True)
class Handed:
    """All of it; what a teacher should know of it; when each was handed in, where that is known."""

    files: Sequence[File]
    notes: Sequence[Message] = ()
    times: Mapping[str, datetime] = field(default_factory=dict)


Reader = Callable[[Sequence[Found]], Handed | None]


@contextmanager
def downloaded(path: Path, read: Reader) -> Iterator[Handed | None]:
    """The content of a zip or of the folder it was unpacked to; None where it is not what `read` knows."""
    with ExitStack() as opened:
        try:
            yield read(list(_content(path, opened)))
        except UNREADABLE as error:
            raise ExchangeError(
                say(
                    "{path} cannot be read as a zip ({problem}). Download it again.",
                    path=str(path),
                    problem=str(error)[:200],
                )
            ) from error


def _content(path: Path, opened: ExitStack) -> Iterator[Found]:
    if path.is_dir():
        return on_disk(path)
    return listed(opened.enter_context(path.open("rb")), opened)
