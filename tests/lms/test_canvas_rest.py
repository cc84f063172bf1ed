"""Canvas over its API, against a stand-in on 127.0.0.1."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.language import translator
from graders.lms.canvas.rest.exchange import fetch, send
from graders.lms.canvas.rest.opening import parsed
from graders.lms.graded import graded_class
from graders.lms.sent import Sent
from graders.lms.trouble import ExchangeError
from graders.lms.unpacking import handed_in
from graders.submissions.collect import collect
from tests.conftest import run
from tests.lms.canvas_server import TOKEN, Canvas, served
from tests.lms.made import CODE, graded, report


@pytest.fixture
def canvas() -> Iterator[Canvas]:
    """Three students, on two pages of answers."""
    with served() as site:
        site.hand_in(123, "Dupont, Marie", {"tp1.py": CODE, "données.csv": b"1,2\n"})
        site.hand_in(124, "D'Alembert, Éloïse", body="<p>Réponse</p>", submission_type="online_text_entry")
        site.hand_in(125, "Martin, Paul", workflow_state="unsubmitted", submitted_at=None)
        yield site


def page(canvas: Canvas) -> str:
    """The address that a teacher copies."""
    return f"{canvas.url}/courses/12/assignments/4821"


def sent(canvas: Canvas, folder: Path, *, replace: bool = False) -> Sent:
    """Export a class."""
    return send(graded_class(folder), page(canvas), TOKEN, provisional=False, replace=replace)


def refused(canvas: Canvas, folder: Path, token: str = TOKEN) -> str:
    """What is said where nothing can be sent."""
    with pytest.raises(ExchangeError) as raised:
        send(graded_class(folder), page(canvas), token, provisional=False, replace=False)
    said = translator("en")(raised.value.message)
    assert token not in said
    return said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The reports of two."""
    return graded(tmp_path / "out", report("dupontmarie_123"), report("dalembertéloïse_124"))


def test_a_site_that_cannot_be_reached(folder: Path) -> None:
    with served() as site:
        gone = site
    assert "the site does not answer (" in refused(gone, folder)


def test_submissions_come_as_from_the_zip(canvas: Canvas, tmp_path: Path) -> None:
    done = fetch(page(canvas), TOKEN, tmp_path / "in")
    assert done.names == ["dalembertéloïse_124", "dupontmarie_123"]
    assert set(collect("x", tmp_path / "in" / "dupontmarie_123").files) == {"tp1.py", "données.csv"}
    assert collect("x", tmp_path / "in" / "dalembertéloïse_124").files["online_text.txt"].decode() == "Réponse\n"
    assert {str(at) for at in handed_in(tmp_path / "in").values()} == {"2026-11-19 21:35:00+00:00"}
    assert set(canvas.tokens_on_files) == {None}


def test_a_group_hands_in_once(canvas: Canvas, tmp_path: Path) -> None:
    for user in (123, 124):
        canvas.hand_in(user, "x", {"tp1.py": CODE}, group={"id": 5, "name": "Groupe A"})
    assert fetch(page(canvas), TOKEN, tmp_path / "in").names == ["groupea_123"]


def test_a_file_that_is_gone(canvas: Canvas, tmp_path: Path) -> None:
    canvas.files.clear()
    with pytest.raises(ExchangeError):
        fetch(page(canvas), TOKEN, tmp_path / "in")


def test_marks_comments_and_pages(canvas: Canvas, folder: Path) -> None:
    done = sent(canvas, folder)
    assert (done.count, done.otherwise) == (2, [])
    assert canvas.submissions[123]["score"] == 8.75
    given = next(given for user, given in canvas.edits if user == 123)
    assert given["submission[posted_grade]"] == "8.75"
    assert given["comment[text_comment]"].startswith("Automatic grading: 1.75 / 4\n1.3 Biases (0.25 / 0.5)")
    assert canvas.uploads[901] == (folder / "dupontmarie_123" / "report.html").read_bytes()
    assert canvas.edits[-1] == (123, {"comment[file_ids][]": "901"})


def test_marks_of_a_teacher_stay(canvas: Canvas, folder: Path) -> None:
    canvas.submissions[123]["score"] = 12.0
    canvas.submissions[124]["excused"] = True
    done = sent(canvas, folder)
    assert (done.count, done.left_out[0].values["count"]) == (0, 2)
    assert sent(canvas, folder, replace=True).count == 1
    assert canvas.submissions[123]["score"] == 8.75


def test_a_rubric(canvas: Canvas, folder: Path) -> None:
    canvas.assignment["rubric"] = [
        {"id": "_1", "description": "1.3 Network", "points": 7.5},
        {"id": "_2", "description": "1.6", "points": 12.5},
    ]
    assert sent(canvas, folder).otherwise == []
    given = canvas.edits[0][1]
    assert given["rubric_assessment[_1][points]"] == "6.25"
    assert given["rubric_assessment[_2][points]"] == "2.5"
    assert "arithmetic mean" in given["rubric_assessment[_2][comments]"]


def test_a_rubric_that_does_not_fit_stops_everything(canvas: Canvas, folder: Path) -> None:
    canvas.assignment["rubric"] = [{"id": "_1", "description": "Style", "points": 20}]
    assert "do not fit" in refused(canvas, folder)
    assert not canvas.edits


def test_what_is_not_kept_is_told(canvas: Canvas, folder: Path) -> None:
    canvas.deaf = True
    assert [translator("en")(note) for note in sent(canvas, folder).otherwise] == [
        "Canvas kept no mark for dalembertéloïse_124.",
        "Canvas kept no mark for dupontmarie_123.",
    ]


def test_a_stranger_is_left_out(canvas: Canvas, tmp_path: Path) -> None:
    assert sent(canvas, graded(tmp_path / "out", report("inconnu_7"), report("alice"))).count == 0
    assert not canvas.edits


def test_no_points(canvas: Canvas, folder: Path) -> None:
    canvas.assignment["points_possible"] = None
    assert "no points" in refused(canvas, folder)


@pytest.mark.parametrize("status", [400, 403, 404, 422, 429, 500, 200])
def test_every_fault_is_told(canvas: Canvas, folder: Path, status: int) -> None:
    canvas.fault = status
    refused(canvas, folder)
    assert not canvas.edits


def test_a_token_that_is_none(canvas: Canvas, folder: Path) -> None:
    assert "Invalid access token" in refused(canvas, folder, "7~wrong")


@pytest.mark.parametrize(
    "url",
    [
        "https://c.example/courses/12/assignments/4821",
        "https://c.example/courses/12/gradebook/speed_grader?assignment_id=4821&student_id=3",
    ],
)
def test_addresses(url: str) -> None:
    assert parsed(url) == ("https://c.example", 12, 4821)


@pytest.mark.parametrize(
    "url", ["https://c.example/courses/12", "http://c.example/courses/12/assignments/4821", "", "c"]
)
def test_addresses_of_something_else(url: str) -> None:
    with pytest.raises(ExchangeError):
        parsed(url)


def test_the_commands(canvas: Canvas, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANVAS_TOKEN", TOKEN)
    assert run("import", "canvas", "--url", page(canvas), "--out", tmp_path / "in", "--lang", "en").returncode == 0
    done = run("export", "canvas", folder, "--url", page(canvas), "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "2 marks were sent, and read back" in done.stdout
