"""Whatever a suite gives to student code is something that can be given."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graders import paths
from graders.probes.given import GIVEN

ASKED = re.compile(r"""(?:\.given\(\s*|["']given["']:\s*)["'](\w+)["']""")
SUITES = sorted([*paths.SECRET.glob("*/hidden/*.py"), *paths.PUBLISHED.glob("*/*.py")])
ASKING = [suite for suite in SUITES if ASKED.search(suite.read_text())]


@pytest.mark.parametrize("suite", ASKING, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_given_exists(suite: Path) -> None:
    assert set(ASKED.findall(suite.read_text())) <= GIVEN.keys()


def test_suites_give_something() -> None:
    assert len(ASKING) > 10
