"""The notebook as it ran: plain text, bounded, valid."""

from __future__ import annotations

import json

from graders.observe.observation import Failure
from graders.report.executed import executed
from graders.sandbox.session import Ran
from graders.submissions.cells import Cell

CELLS = [
    Cell("text", "<script>alert(1)</script>"),
    Cell("code", "x = 1\nprint(y)"),
    Cell("code", "3"),
    Cell("code", "z"),
]
RAN = [
    Ran(
        "a.ipynb", 1, "\x1b[31mred", "", 0.1, Failure("raised", "NameError", "name 'y' is not defined", "a.ipynb[1]", 2)
    ),
    Ran("a.ipynb", 2, "here\n3\n", "3", 0.1),
]


def test_each_cell_has_what_it_printed_showed_and_raised() -> None:
    text, first, second, third = json.loads(executed(CELLS, RAN))["cells"]
    assert text["cell_type"] == "raw"
    stream, error = first["outputs"]
    assert stream["text"] == ["\\x1b[31mred"]
    assert error["traceback"] == ["In [1], line 2", "    print(y)", "NameError: name 'y' is not defined"]
    assert [one["output_type"] for one in second["outputs"]] == ["stream", "execute_result"]
    assert second["outputs"][1]["data"] == {"text/plain": ["3"]}
    assert (third["outputs"], third["execution_count"]) == ([], None)


def test_nothing_in_it_is_a_page_or_a_script() -> None:
    shown = executed([Cell("code", "HTML('<b>')")], [Ran("a.ipynb", 1, "", "<b>", 0.0)])
    assert "text/html" not in shown
    assert "javascript" not in shown
