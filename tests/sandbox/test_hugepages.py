"""Merging pages changes no byte."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from graders.sandbox.hugepages import collapse


@pytest.mark.skipif(sys.platform != "linux", reason="pages are merged on Linux alone")
def test_what_was_in_memory_is_there_afterwards() -> None:
    held = np.arange(2**21)
    words = [str(number) for number in range(100_000)]
    collapse()
    assert held.sum() == 2**20 * (2**21 - 1)
    assert words == [str(number) for number in range(100_000)]
