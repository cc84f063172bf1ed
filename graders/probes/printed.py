"""What student code prints, and what it logs, while something runs."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

MOST_TEXT = 20_000


class Tee:
    """Standard output as it was, and the first MOST_TEXT characters that go to it."""

    def __init__(self) -> None:
        """Nothing is heard yet."""
        self._out, self._parts, self._left = sys.stdout, list[str](), MOST_TEXT

    def write(self, text: str) -> int:
        """Pass it on, and keep what there is room for."""
        written = self._out.write(text)
        if self._left > 0:
            self._parts.append(str(text[: self._left]))
            self._left -= len(text)
        return written

    def text(self) -> str:
        """What was heard."""
        return "".join(self._parts)

    def __getattr__(self, name: str) -> object:
        """Everything else is that of the real one."""
        return getattr(self._out, name)


class Printed(io.StringIO):
    """The first MOST_TEXT characters."""

    def write(self, text: str) -> int:
        """Keep what there is room for."""
        if self.tell() < MOST_TEXT:
            super().write(text[:MOST_TEXT])
        return len(text)


@contextmanager
def listening() -> Iterator[Printed]:
    """What is printed, and every message that reaches the root logger, which would go to the error stream."""
    printed = Printed()
    handler = logging.StreamHandler(printed)
    logging.getLogger().addHandler(handler)
    try:
        with redirect_stdout(printed):
            yield printed
    finally:
        logging.getLogger().removeHandler(handler)
