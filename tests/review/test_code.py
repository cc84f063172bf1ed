"""A student's files as lines of a page."""

from __future__ import annotations

import html
import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from graders.language import translator
from graders.report.model import BindingLine, Header
from graders.report.reading import Answer
from graders.report.score import score
from graders.review.code import Shown, shown
from graders.submissions.submission import Submission

SPAN = re.compile(r'<span class="\w+">|</span>')


def of(files: dict[str, bytes], found: str | None = None) -> Shown:
    """What is shown of these."""
    lines = (BindingLine(expected="f", found=found, how="exact"),) if found else ()
    header = Header(assignment="a", submission="s", digest="d", bindings=lines)
    return shown(Submission("s", files), score([], {}, header=header, translate=translator("en"), language="en"))


def test_a_notebook_is_shown_cell_by_cell() -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# Why\nBecause."},
        {"cell_type": "code", "metadata": {}, "source": "def f():\n    return 1", "outputs": [], "execution_count": 1},
    ]
    page = of({"a.ipynb": json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()})
    assert [(block.kind, len(block.rows)) for block in page.panes[0].blocks] == [("text", 2), ("code", 2)]
    assert page.place_of_name("a.ipynb:f") == "f1c2l1"
    assert page.place_of(Answer(place="", text="Because.")) == "f1c1l2"


def test_what_was_used_comes_first_and_what_cannot_be_read_is_named() -> None:
    page = of(
        {"a.py": b"x = 1\n", "z.py": b"def f():\n  pass\n", "data.npy": b"\x93NUMPY", "why.md": b"since"}, "z.py:f"
    )
    assert [pane.file for pane in page.panes] == ["z.py", "a.py", "why.md"]
    assert page.others == ("data.npy",)


def test_a_colour_never_crosses_a_line() -> None:
    rows = of({"a.py": b'x = """one\ntwo\nthree"""\ny = 1\n'}).panes[0].blocks[0].rows
    assert [row.written for row in rows] == ['x = """one', "two", 'three"""', "y = 1"]
    assert all(row.shown.count("<span") == row.shown.count("</span>") for row in rows)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_shown_as_text(written: str) -> None:
    content = written.encode("utf-8", "replace")
    for pane in of({"a.py": content, "b.md": content}).panes:
        for row in (row for block in pane.blocks for row in block.rows):
            assert html.unescape(SPAN.sub("", row.shown)) == row.written
            assert "<" not in SPAN.sub("", row.shown)
