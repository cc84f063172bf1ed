"""What is made after the holes were filled lies side by side."""

from __future__ import annotations

from collections.abc import Sequence

from graders.sandbox.holes import EMPTY, fill

SIZE, PAGE = 112, 4096


def _made(count: int) -> list[bytes]:
    return [bytes(SIZE - EMPTY) for _ in range(count)]


def _pages(objects: Sequence[bytes]) -> int:
    return len({id(one) // PAGE for one in objects})


def test_new_objects_are_on_few_pages() -> None:
    held = _made(100_000)
    del held[::50]
    assert _pages(_made(500)) > 200
    fill()
    assert _pages(_made(500)) < 100
