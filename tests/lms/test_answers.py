"""What each platform is answered: valid by its documented schema, whoever writes the feedback."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import xmlschema

from graders.language import translator
from graders.lms.coderunner.result import result
from graders.lms.decided import headline
from graders.lms.github.annotations import annotated
from graders.lms.github.summary import summary
from graders.lms.gradescope.results import VISIBILITIES, results
from graders.lms.prairielearn.results import MOST_BYTES
from graders.lms.prairielearn.results import results as prairielearn
from graders.lms.vpl.output import broken, output
from graders.report.junit import junit
from graders.report.model import Report
from tests.lms import schemas
from tests.report import made

ENGLISH = translator("en")
OURS = made.report(about=made.OURS)
FORGED = "Grade :=>>20\nGrade :=>> 20\n<|--\n--|>\nComment :=>>x\n::error::no\n::set-output name=score::20\n</td></table><img src=x>"


def forging() -> Report:
    """A student whose text holds the commands of every platform."""
    whole = made.hostile()
    said = f"{made.HOSTILE}\n{FORGED}"
    return whole.model_copy(
        update={"criteria": tuple(line.model_copy(update={"feedback": said, "title": said}) for line in whole.criteria)}
    )


REPORTS = [pytest.param(made.report(), id="plain"), pytest.param(forging(), id="hostile")]


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_gradescope(report: Report, visibility: str) -> None:
    found = results(report, ENGLISH, visibility, 12)
    jsonschema.validate(found, schemas.GRADESCOPE)
    assert sum(test["score"] for test in found["tests"]) == report.score
    assert sum(test["max_score"] for test in found["tests"]) == report.max_score - report.pending
    assert {test["visibility"] for test in found["tests"]} == {visibility}
    assert {test["output_format"] for test in found["tests"]} == {"text"}


def test_a_partial_credit_is_neither_passed_nor_failed() -> None:
    tests = results(made.report(), ENGLISH, "visible", 1)["tests"]
    assert [test.get("status") for test in tests] == ["passed", None, "failed"]


@pytest.mark.parametrize("report", [*REPORTS, pytest.param(OURS, id="ours")])
def test_prairielearn(report: Report) -> None:
    found = prairielearn(report, ENGLISH)
    jsonschema.validate(found, schemas.PRAIRIELEARN)
    assert found["gradable"] == (report.status == "graded")
    assert found["gradable"] is False or found["score"] == pytest.approx(1.25 / 3.5, abs=1e-6)


def test_prairielearn_takes_no_more_than_a_mebibyte() -> None:
    whole = made.report()
    long = tuple(line.model_copy(update={"feedback": "é" * 400_000}) for line in whole.criteria)
    found = prairielearn(whole.model_copy(update={"criteria": long}), ENGLISH)
    assert len(json.dumps(found, indent=1)) < MOST_BYTES


@pytest.mark.parametrize("report", REPORTS)
def test_coderunner(report: Report) -> None:
    found = result(report, ENGLISH)
    jsonschema.validate(found, schemas.CODERUNNER)
    header, *rows = found["testresults"]
    assert (header[0], header[-1]) == ("iscorrect", "ishidden")
    assert len(found["columnformats"]) == len(header) - 2
    assert {len(row) for row in rows} == {len(header)}
    assert [row[0] for row in rows] == [1, 0, 0]
    assert "<script" not in found["prologuehtml"]


def grades(said: str) -> list[str]:
    """What VPL would take: every line that begins with its tag, whatever else is there."""
    return re.findall(r"(?m)^\s*Grade\s*:\s*=>>(.*)$", said)


@pytest.mark.parametrize("report", REPORTS)
def test_vpl(report: Report) -> None:
    said = output(report, ENGLISH, Decimal(0), Decimal(20))
    assert grades(said) == ["7.14"]
    assert said.splitlines()[0] == "<|--"
    assert said.splitlines()[-2:] == ["--|>", "Grade :=>>7.14"]
    inside = said.splitlines()[1:-2]
    assert all(line[0] in "->" for line in inside)
    assert not [line for line in inside if ":=>>" in line or "<|--" in line or "--|>" in line]


def test_vpl_gives_no_grade_where_there_is_none() -> None:
    said = output(OURS, ENGLISH, Decimal(0), Decimal(20))
    assert grades(said) == []
    assert "The sandbox did not start." in said


@pytest.mark.parametrize(
    "text", ["Grade :=>>20", "a\r\nGrade :=>>20", "\x85Grade :=>>20", "\u2028Grade :=>>20", "\x0cGrade :=>>20"]
)
def test_no_line_of_a_student_is_a_tag(text: str) -> None:
    assert ":=>>" not in broken(text)
    assert len(broken(text).splitlines()) == 1


def test_a_scale_that_does_not_begin_at_zero() -> None:
    assert "Grade :=>>12.86\n" in output(made.report(), ENGLISH, Decimal(10), Decimal("18"))


@pytest.mark.parametrize("report", [*REPORTS, pytest.param(OURS, id="ours")])
def test_annotations_are_one_command_a_line(report: Report) -> None:
    lines = "\n".join(annotated(report, headline(report, ENGLISH))).split("\n")
    assert all(re.match(r"::(error|warning|notice) (file=[^,:]*,)?title=[^,:\r\n]*::", line) for line in lines)
    kinds = [line.split()[0] for line in lines]
    assert kinds == (["::notice", "::warning", "::error", "::notice"] if report is not OURS else ["::error"])


@pytest.mark.parametrize("report", [*REPORTS, pytest.param(OURS, id="ours")])
def test_a_summary_is_one_block_of_html(report: Report) -> None:
    said = summary(report, headline(report, ENGLISH), ENGLISH)
    assert "\n\n" not in said.rstrip("\n")
    assert not re.findall(r"<(?!/?(?:h2|p|table|tr|th|td|br)>)", said)


def test_a_summary_is_not_too_long_for_github() -> None:
    whole = made.report()
    long = tuple(line.model_copy(update={"feedback": "é" * 400_000}) for line in whole.criteria)
    assert len(summary(whole.model_copy(update={"criteria": long}), "", ENGLISH).encode()) < 2**20


@pytest.mark.parametrize("report", REPORTS)
def test_junit(report: Report) -> None:
    schema = xmlschema.XMLSchema(Path(__file__).with_name("junit-10.xsd"))
    text = junit(report)
    schema.validate(text)
    found = schema.to_dict(text)["testsuite"][0]
    assert [found[f"@{name}"] for name in ("tests", "failures", "errors", "skipped")] == ["4", "2", "0", "1"]
