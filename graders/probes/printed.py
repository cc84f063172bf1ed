"""What student code prints, and what it logs, while something runs."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from graders.probes.plain import MOST_TEXT


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
