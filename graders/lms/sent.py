"""What an export over the network did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graders.language import Message


@dataclass(frozen=True)
class Sent:
    """How many marks were sent; who was left out; which are otherwise there now."""

    count: int
    left_out: Sequence[Message]
    otherwise: Sequence[Message]
