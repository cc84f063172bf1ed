"""Credit times points, and the bytes of a published report."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from graders.language import say, translator
from graders.report.model import Header, Report
from graders.report.score import report_json, score
from graders.rubric import RubricLine
from graders.verdict import Status, Verdict, passed

from .made import HOSTILE, OURS, RUBRIC, VERDICTS, header, hostile, report


def test_points_are_credit_times_the_rubric() -> None:
    found = report()
    assert [line.earned for line in found.criteria] == [1, 0.25, 0, 0]
    assert (found.score, found.max_score, found.pending) == (1.25, 4, 0.5)


def test_a_third_of_a_point_is_rounded_to_four_decimals() -> None:
    third = VERDICTS | {"mlp.layers": Verdict(status=Status.PARTIAL, credit=1 / 3)}
    found = report(verdicts=third)
    assert found.criteria[0].earned == 0.3333
    assert found.score == 0.5833


def test_what_a_person_reads_is_pending_until_it_has_a_verdict() -> None:
    assert report().criteria[-1].verdict is Status.PENDING
    read = report(verdicts=VERDICTS | {"answer": passed()})
    assert (read.score, read.pending) == (1.75, 0)


def test_an_automatic_criterion_without_a_verdict_is_our_fault() -> None:
    with pytest.raises(LookupError, match=r"mlp\.layers"):
        report(verdicts={})


def test_what_could_not_be_graded_is_pending_and_no_zero() -> None:
    found = report(about=OURS)
    assert (found.status, found.score, found.pending) == ("ungradable", 0, 4)
    assert {line.verdict for line in found.criteria} == {Status.PENDING}
    assert found.reason == "The sandbox did not start."


def test_flags_of_the_submission_come_before_those_of_its_criteria() -> None:
    flagged = Verdict(status=Status.FAIL, credit=0, flags=(say("look"),))
    about = Header(assignment="a", submission="s", digest="d", flags=(say("copied"),))
    assert report(verdicts=VERDICTS | {"metrics.f1": flagged}, about=about).flags == ("copied", "metrics.f1: look")


@pytest.mark.parametrize(("language", "title"), [("en", "Four maps"), ("fr", "Quatre couches"), ("de", "Four maps")])
def test_titles_are_in_the_language_of_the_report(language: str, title: str) -> None:
    assert report(language=language).criteria[0].title == title


def test_feedback_is_one_text() -> None:
    assert report().criteria[1].feedback == "The default was left. Zero is simpler."


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0, 1)), max_size=30))
def test_the_score_is_the_sum_of_what_is_shown(marks: list[tuple[float, float]]) -> None:
    rubric = [RubricLine(id=str(n), question="", points=points, title={}) for n, (points, _) in enumerate(marks)]
    verdicts = {str(n): Verdict(status=Status.PARTIAL, credit=credit) for n, (_, credit) in enumerate(marks)}
    found = score(rubric, verdicts, header=header(), translate=translator("en"), language="en")
    assert found.score == pytest.approx(sum(line.earned for line in found.criteria), abs=1e-4)
    assert 0 <= found.score <= found.max_score + 1e-3


def test_the_json_is_the_same_bytes_and_reads_back() -> None:
    assert report_json(hostile()) == report_json(hostile())
    assert Report.model_validate_json(report_json(hostile())) == hostile()


def test_the_json_has_a_schema_sorted_keys_and_a_last_newline() -> None:
    text = report_json(report(language="fr"))
    assert text.startswith('{\n "assignment": "ue73-tp2",\n "bindings"')
    assert text.endswith("}\n")
    assert json.loads(text)["schema"] == 1
    assert "schema_version" not in text
    assert list(json.loads(text)) == sorted(json.loads(text))


def test_the_json_hides_no_character_and_loses_none() -> None:
    text = report_json(report(HOSTILE + "\U000e0041"))
    assert text.isascii()
    assert json.loads(text)["submission"] == HOSTILE + "\U000e0041"


def test_a_file_name_that_is_no_text_can_be_published() -> None:
    assert json.loads(report_json(report("\udc80")))["submission"] == "\\udc80"


def test_a_report_has_no_value_that_json_cannot_write() -> None:
    with pytest.raises(ValidationError):
        Report(**(report().model_dump() | {"score": float("nan")}))
    with pytest.raises(ValidationError):
        RubricLine(id="a", question="", points=float("inf"), title={})


def test_the_rubric_and_not_the_verdicts_says_what_counts() -> None:
    found = score(RUBRIC[:1], VERDICTS, header=header(), translate=translator("en"), language="en")
    assert [line.id for line in found.criteria] == ["mlp.layers"]
