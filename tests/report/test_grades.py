"""The sheet and the summary of a class."""

from __future__ import annotations

import csv
import io
import json

import pytest

from graders.language import say
from graders.report.grades import grades_csv, summary
from graders.report.model import Header
from graders.verdict import passed

from .made import OURS, RAW, VERDICTS, header, hostile, report


def rows(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_a_row_has_the_score_and_the_points_of_each_criterion() -> None:
    head, row = rows(grades_csv([report()]))
    assert head[:6] == ["submission", "score", "max_score", "pending", "status", "reason"]
    assert head[6:] == ["mlp.layers", "mlp.biases", "metrics.f1", "answer"]
    assert row == ["alice", "1.25", "4", "0.5", "graded", "", "1", "0.25", "0", ""]


def test_what_was_not_graded_is_empty_and_no_zero() -> None:
    _, row = rows(grades_csv([report(about=OURS)]))
    assert row == ["alice", "", "4", "4", "ungradable", "The sandbox did not start.", "", "", "", ""]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", '"=1', "＝1", "\n=1", "'=1", "|x"])
def test_no_cell_is_a_formula(name: str) -> None:
    why = OURS.model_copy(update={"submission": name, "reason": say("{name}", name=name)})
    _, row = rows(grades_csv([report(about=why)]))
    assert row[0][0] in "'\\"
    assert row[5][0] in "'\\"
    assert row[0].endswith(name[-1])


def test_no_character_of_a_cell_acts() -> None:
    text = grades_csv([hostile()])
    assert not any(raw in text for raw in RAW[1:])
    assert len(rows(text)) == 2


def test_a_quote_or_an_end_of_line_stays_in_its_cell() -> None:
    _, row = rows(grades_csv([report('a"b\nc,d')]))
    assert row[0] == 'a"b c,d'


def test_sheets_of_different_rubrics_have_all_columns() -> None:
    other = report("bob").model_copy(update={"criteria": report().criteria[2:]})
    head, alice, bob = rows(grades_csv([report(), other]))
    assert len(head) == len(alice) == len(bob) == 10
    assert bob[6:] == ["", "", "0", ""]


def test_the_summary_counts_graded_submissions_alone() -> None:
    best = report("bob", VERDICTS | {"metrics.f1": passed(), "answer": passed()})
    found = summary([report(), best, report(about=OURS)])
    assert (found["count"], found["graded"], found["ungradable"]) == (3, 2, 1)
    assert (found["mean"], found["median"], found["min"], found["max"]) == (2.5, 2.5, 1.25, 3.75)
    assert found["criteria"]["metrics.f1"] == {
        "share": 0.5,
        "verdicts": {"pass": 1, "fail": 1},
        "diagnoses": {"arithmetic-mean": 1},
    }
    assert found["criteria"]["answer"] == {"share": 1.0, "verdicts": {"pass": 1, "pending": 1}, "diagnoses": {}}


def test_the_summary_of_nobody_is_json_too() -> None:
    found = summary([])
    assert (found["count"], found["mean"], found["criteria"]) == (0, None, {})
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_the_summary_of_a_class_that_nobody_read_has_no_share() -> None:
    about: Header = header()
    found = summary([report(about=about)])
    assert found["criteria"]["answer"]["share"] is None
    assert json.loads(json.dumps(found, allow_nan=False)) == found
