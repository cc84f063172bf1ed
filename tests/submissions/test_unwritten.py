"""What nobody wrote yet is told where it stands, whatever else then fails."""

from __future__ import annotations

import json

from graders.laws.failure import verdict_of
from graders.observe.context import Context
from graders.observe.files import WrittenFiles
from graders.observe.observation import Failure
from graders.submissions.binding import Binding
from graders.submissions.bound import Bound
from graders.submissions.inventory import definitions
from graders.submissions.source import sources

SCRIPT = b"import numpy as np\n\n\ndef prepare(data, out):\n    raise NotImplementedError\n"
NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [
            {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None, "id": name}
            for name, source in (("a", "import numpy as np"), ("b", "def prepare(data, out):\n    pass"))
        ],
    }
).encode()


def context(file: str, content: bytes) -> Context:
    (source,) = sources({file: content})
    found = next(one for one in definitions(source) if one.name == "prepare")
    return Context(Binding({"prepare": Bound(found, "exact", ())}, file, (source,)), 0)


def told(failure: Failure | None) -> str:
    assert failure
    (sentence, *_) = verdict_of(failure).feedback
    return sentence.text.format(**{name: str(value) for name, value in sentence.values.items()})


def test_the_cell_of_a_notebook_is_told() -> None:
    missing = context("tp.ipynb", NOTEBOOK).missing("prepare")
    assert missing
    assert (missing.file, missing.line) == ("tp.ipynb[2]", 2)


def test_the_line_of_a_script_is_told() -> None:
    missing = context("tp.py", SCRIPT).missing("prepare")
    assert missing
    assert (missing.file, missing.line) == ("tp.py", 5)


def test_where_the_program_then_stops_does_not_hide_it() -> None:
    probe = WrittenFiles("prepare", "data", 10)
    seen = probe.read(context("tp.py", SCRIPT), [Failure("raised", "NotImplementedError")])
    assert isinstance(seen, Failure)
    assert (seen.file, seen.line) == ("tp.py", 5)
    assert "?" not in told(seen)
