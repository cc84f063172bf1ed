"""Several mistakes of one loop are all told: the first gives its name, and nothing hides behind it."""

from __future__ import annotations

from typing import Any

from graders import paths
from graders.language import say
from graders.suite.loading import imported
from graders.verdict import Status, failed

hidden: Any = imported(paths.SECRET / "cdl-tp1-2" / "hidden" / "__init__.py", "hidden_cdl-tp1-2")
SOFTMAX, MODE = failed("softmax-before-loss", say("softmax")), failed("eval-missing", say("mode"))


def test_every_mistake_is_told_under_the_name_of_the_first() -> None:
    told = hidden.training._all_told(None, SOFTMAX, None, MODE)
    assert (told.diagnosis, [one.text for one in told.feedback]) == ("softmax-before-loss", ["softmax", "mode"])


def test_without_a_mistake_it_passes() -> None:
    assert hidden.training._all_told(None, None).status is Status.PASS
