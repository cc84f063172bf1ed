"""What does not end, ends too early or takes too much, where the machine refuses namespaces: it costs the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import CHECKOUT
from tests.isolation.stage import LAUNCHED, Where, given

PARTIAL = Where("partial", without="namespaces")
FILES = ("tests/hostile/test_running.py", "tests/hostile/test_own_faults.py")


@pytest.mark.slow
@pytest.mark.skipif(not given(PARTIAL), reason="this machine cannot isolate so")
def test_what_attacks_a_real_assignment_is_held_at_partial_too() -> None:
    command = [sys.executable, str(LAUNCHED), str(PARTIAL.user), PARTIAL.without, sys.executable, "-m", "pytest", "-q"]
    done = subprocess.run([*command, "-p", "no:cacheprovider", *FILES], cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
