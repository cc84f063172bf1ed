"""Text that is no Python, or not only: what can be read is read, and what cannot is told."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path

import pytest

from tests.hostile.stage import METRICS, REFERENCE, Classroom, lost

CELLS = re.split(r"\n(?=# Question)", REFERENCE)


def notebook(*cells: str) -> str:
    """A notebook of these code cells."""
    made = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": cell} for cell in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


@pytest.mark.parametrize(
    "content",
    [
        codecs.BOM_UTF16_LE + REFERENCE.encode("utf-16-le"),
        REFERENCE.encode("latin-1", "replace"),
        codecs.BOM_UTF8 + REFERENCE.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-16", "latin-1 undeclared", "byte order mark and CRLF"],
)
def test_encodings_cost_nothing(classroom: Classroom, content: bytes) -> None:
    report = classroom.attacked({"tp2.py": content})
    assert lost(report) == {}
    assert not report.flags


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (REFERENCE + "\ndef broken(:\n", "SyntaxError: invalid syntax"),
        (REFERENCE + "\0", "null bytes"),
        (REFERENCE + "\nx = " + "+".join("1" * 60_000), "too long an expression"),
        (REFERENCE + "\nx = " + "-" * 50_000 + "1", "too long an expression"),
        (REFERENCE + "\nx = " + "(" * 500 + ")" * 500, "too many nested parentheses"),
        (REFERENCE + "\nif True:\n\tx = 1\n        y = 2\n", "tabs and spaces are mixed"),
        (REFERENCE + "\nprint(“bonjour”)\n", "quotes or spaces of a word processor"),
    ],
    ids=["syntax", "null", "operators", "signs", "parentheses", "tabs", "quotes"],
)
def test_text_that_is_no_python_costs_what_stands_there_and_is_told(classroom: Classroom, text: str, told: str) -> None:
    report = classroom.attacked(text)
    assert any("tp2.py" in flag and told in flag for flag in report.flags), report.flags
    assert lost(report) == {}


def test_what_python_refuses_is_lost_and_nothing_else(classroom: Classroom) -> None:
    report = classroom.attacked(REFERENCE.replace("def counts(", "def counts(("))
    assert lost(report).keys() >= {f"metrics.{name}" for name in METRICS}
    assert "mlp.layers" not in lost(report)


def test_too_much_code_is_not_read(classroom: Classroom) -> None:
    report = classroom.attacked(REFERENCE + "\n" * 600_000)
    assert any("too much code" in flag for flag in report.flags)
    assert lost(report)["mlp.layers"] == ("missing", "missing")
    assert lost(report).keys() >= {f"metrics.{name}" for name in METRICS}


def test_an_encoding_that_takes_minutes_is_not_used(classroom: Classroom) -> None:
    report = classroom.attacked("# coding: punycode\n" + REFERENCE + "\n# é-" + "a" * 400_000 + "\n")
    assert lost(report) == {}


def test_long_names_of_bases_are_no_trouble(classroom: Classroom) -> None:
    report = classroom.attacked(REFERENCE + "\nclass A(a" + ".a" * 900 + "): pass\n")
    assert lost(report) == {}
    assert any("NameError" in flag or "RecursionError" in flag for flag in report.flags)


def test_a_notebook_with_broken_cells_keeps_the_others(classroom: Classroom) -> None:
    report = classroom.attacked(
        {
            "tp2.ipynb": notebook(
                "%matplotlib inline\n!pip install torch\nnp?",
                "%%bash\nrm -rf /",
                *CELLS[:3],
                "def broken(:",
                "1 / 0\nnever = 1",
                *CELLS[3:],
                "%time main",
            )
        }
    )
    assert lost(report) == {}
    assert any("tp2.ipynb" in flag and "ZeroDivisionError" in flag for flag in report.flags)
    assert any("tp2.ipynb" in flag and "SyntaxError" in flag for flag in report.flags)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("not JSON", "JSON is damaged"),
        ("[" * 100_000, "JSON is damaged"),
        ("[]", "no cells"),
        ('{"cells": 3}', "no cells"),
        ('{"cells": [{"cell_type": "code", "source": 3}]}', "no cells"),
        (b"\xff\xfe\xfd", "no notebook"),
        ('{"cells": [' + "1" * 10_000 + "]}", "JSON is damaged"),
    ],
    ids=range(7),
)
def test_a_notebook_that_is_none_is_told(classroom: Classroom, content: str | bytes, told: str) -> None:
    report = classroom.attacked({"tp2.ipynb": content})
    assert report.score == 0
    assert any("tp2.ipynb" in flag and told in flag for flag in report.flags), report.flags


def test_many_failing_cells_are_told_and_keep_the_others(classroom: Classroom) -> None:
    failing = ["raise ValueError('é' * 500)"] * 60
    report = classroom.attacked({"tp2.ipynb": notebook(*failing, *CELLS)})
    assert lost(report) == {}
    assert "ValueError" in report.flags[0]


def test_files_named_like_modules_cost_nothing(classroom: Classroom) -> None:
    others = dict.fromkeys(
        ("json.py", "wire.py", "sub/torch.py", "numpy/__init__.py"), "raise RuntimeError('shadow')\n"
    )
    report = classroom.attacked({"tp2.py": REFERENCE, **others})
    assert lost(report) == {}


@pytest.mark.parametrize("name", ["data", "data/train", "pulses.py", "pulses.py/x.txt"])
def test_names_of_what_is_given_cost_nothing(classroom: Classroom, name: str) -> None:
    report = classroom.attacked({"tp2.py": REFERENCE, name: "x = 1\n"})
    assert lost(report) == {}


def test_names_of_every_kind_cost_nothing(classroom: Classroom, tmp_path: Path) -> None:
    folder = tmp_path / "é à \n\x1b[31m"
    (folder / "sous dossier").mkdir(parents=True)
    (folder / "sous dossier" / "tp2.py").write_text(REFERENCE)
    for name in (
        b"\xff\xfe.py",
        "e\u0301te\u0301.py".encode(),
        b"new\nline.py",
        b"\x1b[2J.txt",
        b"x" * 251 + b".txt",
        b"data",
    ):
        Path(bytes(folder).decode("utf-8", "surrogateescape"), name.decode("utf-8", "surrogateescape")).write_text(
            "x = 1\n"
        )
    report = classroom.attacked(folder)
    assert lost(report) == {}
