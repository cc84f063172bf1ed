"""Short work on many things: the same as one after another, in the same order, and its exceptions come through."""

import os
from errno import ENOSPC

import pytest

from graders.engine.spread import WORTH_IT, spread

MANY = range(3 * WORTH_IT)


def squared(x: int) -> int:
    return x * x


def full(x: int) -> int:
    raise OSError(ENOSPC, os.strerror(ENOSPC))


@pytest.mark.parametrize("things", [MANY, MANY[:3], MANY[:0]])
def test_it_is_as_one_after_another(things: range) -> None:
    assert spread(squared, things) == [squared(x) for x in things]


def test_what_is_raised_comes_through() -> None:
    with pytest.raises(OSError, match=os.strerror(ENOSPC)):
        spread(full, MANY)
