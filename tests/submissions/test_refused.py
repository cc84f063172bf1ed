"""What stands in code that Python refuses is told with its place, not as if nobody had written it."""

from __future__ import annotations

import json

import pytest

from graders import assignment
from graders.laws.failure import verdict_of
from graders.observe.context import Context
from graders.submissions.binding import bind
from graders.submissions.submission import Submission

OURS = assignment.load("cdl-tp1-3")
BROKEN = "def manual_gradients(X, y, W1, b1, W2, b2)\n    return X\n"


def notebook(*cells: str) -> bytes:
    made = [
        {"cell_type": "code", "source": one, "metadata": {}, "outputs": [], "execution_count": None} for one in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": made}).encode()


def context(files: dict[str, bytes]) -> Context:
    return Context(bind(Submission("anna", files), OURS), 0)


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"tp.ipynb": notebook("import torch", BROKEN)}, ("tp.ipynb[2]", 1)),
        ({"tp.py": f"import torch\n{BROKEN}x = 1\n".encode()}, ("tp.py", 2)),
        ({"tp.py": b"from hand import manual_gradients\n", "hand.py": BROKEN.encode()}, ("hand.py", 1)),
    ],
)
def test_the_place_where_python_stops_is_told(files: dict[str, bytes], place: tuple[str, int]) -> None:
    seen = context(files)
    missing = seen.missing("manual_gradients")
    assert seen.bound("manual_gradients") is None
    assert missing
    assert (missing.file, missing.line) == place
    verdict = verdict_of(missing)
    assert verdict.diagnosis == "refused"
    assert "expected ':'" in str(verdict.feedback[0].values["why"])


def test_another_version_that_can_be_read_is_taken() -> None:
    whole = BROKEN.replace("b2)", "b2):")
    assert context({"tp.ipynb": notebook(BROKEN, whole)}).missing("manual_gradients") is None


def test_what_is_recognised_elsewhere_is_taken() -> None:
    seen = context({"tp.ipynb": notebook(BROKEN, "def f(X, y, W1, b1, W2, b2):\n    return X")})
    (found, *_) = seen.binding.candidates["manual_gradients"]
    assert seen.of(seen.binding.with_names({"manual_gradients": found})).missing("manual_gradients") is None
