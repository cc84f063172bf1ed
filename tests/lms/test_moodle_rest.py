"""Moodle over its web services, against a stand-in that answers in recorded shapes; first what goes well, then what does not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from graders.gradebook.late import lateness
from graders.language import translator
from graders.lms.graded import graded_class
from graders.lms.moodle.rest.address import parsed
from graders.lms.moodle.rest.arguments import flat
from graders.lms.moodle.rest.exchange import fetch, send
from graders.lms.moodle.wishes import Wishes
from graders.lms.sent import Sent
from graders.lms.trouble import ExchangeError
from graders.submissions.collect import collect
from tests.conftest import run
from tests.lms.made import CODE, graded, report
from tests.lms.moodle_server import TOKEN, Moodle, exception, served
from tests.report import made


@pytest.fixture
def moodle() -> Iterator[Moodle]:
    """Two students who have numbers, one of whom is of another spelling in files."""
    with served() as site:
        site.enrol(3, "Marie Dupont", 7)
        site.enrol(5, "Éloïse D'Alembert", 4)
        yield site


def page(moodle: Moodle) -> str:
    """The address that a teacher copies."""
    return f"{moodle.url}/mod/assign/view.php?id=4821&action=grading"


def sent(moodle: Moodle, folder: Path, wishes: Wishes | None = None) -> Sent:
    """Export a class."""
    return send(graded_class(folder), page(moodle), TOKEN, wishes or Wishes())


def refused(moodle: Moodle, folder: Path, wishes: Wishes | None = None) -> str:
    """What is said where nothing can be sent."""
    with pytest.raises(ExchangeError) as raised:
        sent(moodle, folder, wishes)
    said = translator("en")(raised.value.message)
    assert TOKEN not in said
    return said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The reports of both."""
    return graded(tmp_path / "out", report("Marie Dupont_7"), report("Éloïse DAlembert_4"))


def test_a_site_that_cannot_be_reached(folder: Path) -> None:
    with served() as site:
        gone = site
    assert "the site does not answer (" in refused(gone, folder)


# In.


def test_submissions_come_as_from_the_zip(moodle: Moodle, tmp_path: Path) -> None:
    moodle.hand_in(3, {"tp1.py": CODE, "src/modèle.py": b"x = 1\n"}, text="<p>Réponse</p>")
    moodle.hand_in(5, {"rapport.ipynb": b"{}"}, status="draft")
    done = fetch(page(moodle), TOKEN, tmp_path / "out")
    assert done.names == ["Marie Dupont_7", "Éloïse DAlembert_4"]
    files = collect("x", tmp_path / "out" / "Marie Dupont_7").files
    assert set(files) == {"tp1.py", "src/modèle.py", "onlinetext.html", "online_text.txt"}
    assert files["tp1.py"] == CODE
    assert "Éloïse DAlembert_4" in translator("en")(done.notes[0])


def test_only_the_last_attempt_counts_and_strangers_do_not(moodle: Moodle, tmp_path: Path) -> None:
    moodle.hand_in(3, {"second.py": CODE}, attemptnumber=1)
    moodle.hand_in(3, {"first.py": CODE}, attemptnumber=0)
    moodle.hand_in(99, {"gone.py": CODE})
    moodle.hand_in(5, {}, status="new")
    moodle.hand_in(3, {}, status="reopened", attemptnumber=2)
    done = fetch(page(moodle), TOKEN, tmp_path / "out")
    assert done.names == ["Marie Dupont_7"]
    assert [note.values["count"] for note in done.notes] == [1]
    assert set(collect("x", tmp_path / "out" / "Marie Dupont_7").files) == {"second.py"}


def test_where_nobody_has_a_number_yet(moodle: Moodle, tmp_path: Path) -> None:
    moodle.numbers.clear()
    moodle.hand_in(3, {"tp1.py": CODE})
    assert fetch(page(moodle), TOKEN, tmp_path / "in").names == ["Marie Dupont_u3"]
    assert sent(moodle, graded(tmp_path / "out", report("Marie Dupont_u3"))).count == 1
    assert moodle.grades == {3: "8.75000"}


def test_blind_marking_stays_blind(moodle: Moodle, tmp_path: Path) -> None:
    moodle.assignment["blindmarking"] = 1
    moodle.numbers.clear()
    moodle.participants[0]["recordid"] = 12
    moodle.hand_in(3, {"tp1.py": CODE})
    assert fetch(page(moodle), TOKEN, tmp_path / "in").names == ["Participant_12"]
    assert sent(moodle, graded(tmp_path / "out", report("Participant_12"))).count == 1
    assert moodle.grades == {3: "8.75000"}


def test_a_team_has_one_submission_and_every_member_the_mark(moodle: Moodle, tmp_path: Path) -> None:
    moodle.assignment["teamsubmission"] = 1
    for one in moodle.participants:
        one |= {"groupid": 31, "groupname": "Groupe_A"}
    moodle.hand_in(0, {"tp1.py": CODE}, groupid=31)
    assert fetch(page(moodle), TOKEN, tmp_path / "in").names == ["Groupe A_31"]
    assert sent(moodle, graded(tmp_path / "out", report("Groupe A_31"))).count == 1
    assert moodle.grades == {3: "8.75000", 5: "8.75000"}
    assert moodle.saved()[0]["applytoall"] == "1"


def test_nothing_handed_in(moodle: Moodle, tmp_path: Path) -> None:
    assert fetch(page(moodle), TOKEN, tmp_path / "out").names == []


def test_a_file_that_says_it_is_an_error(moodle: Moodle, tmp_path: Path) -> None:
    forged = b'{"error": "The file does not exist.", "errorcode": "filenotfound"}'
    moodle.hand_in(3, {"tp1.py": CODE, "data.json": forged})
    fetch(page(moodle), TOKEN, tmp_path / "out")
    assert (tmp_path / "out" / "Marie Dupont_7" / "data.json").read_bytes() == forged


def test_a_file_that_cannot_be_had(moodle: Moodle, tmp_path: Path) -> None:
    moodle.hand_in(3, {"tp1.py": CODE})
    moodle.files.clear()
    with pytest.raises(ExchangeError) as raised:
        fetch(page(moodle), TOKEN, tmp_path / "out")
    assert "The file does not exist" in translator("en")(raised.value.message)


def test_the_token_goes_nowhere_else(moodle: Moodle, tmp_path: Path) -> None:
    moodle.hand_in(3, {"tp1.py": CODE})
    with served() as other:
        moodle.submissions[0]["plugins"][0]["fileareas"][0]["files"][0]["fileurl"] = (
            f"{other.url}/webservice/pluginfile.php/x"
        )
        with pytest.raises(ExchangeError):
            fetch(page(moodle), TOKEN, tmp_path / "out")
        assert not other.asked


def test_what_came_late_costs_what_the_course_says(moodle: Moodle, tmp_path: Path) -> None:
    moodle.hand_in(3, {"tp1.py": CODE}, timemodified=1_795_200_000)
    moodle.hand_in(5, {"tp1.py": CODE}, timemodified=1_795_100_000)
    folder = fetch(page(moodle), TOKEN, tmp_path / "out").folder
    (folder / "course.toml").write_text("[late]\ndeadline = 2026-11-20T00:00:00+00:00\nper_day = 2\n")
    late = lateness(folder, ["Marie Dupont_7", "Éloïse DAlembert_4"])
    assert {name: one.days for name, one in late.items()} == {"Marie Dupont_7": 1}


# Out.


def test_marks_comments_and_pages_are_sent_and_read_back(moodle: Moodle, folder: Path) -> None:
    done = sent(moodle, folder)
    assert (done.count, done.left_out, done.otherwise) == (2, [], [])
    assert moodle.grades == {3: "8.75000", 5: "8.75000"}
    assert moodle.comments[3].startswith("<p><b>Automatic grading: 1.75 / 4</b><br>")
    assert moodle.feedback[3] == (folder / "Marie Dupont_7" / "report.html").read_bytes()
    order = [name for name, _ in moodle.asked]
    assert order.index("mod_assign_list_participants") < order.index("mod_assign_save_grades")
    assert order[-1] == "mod_assign_get_grades"


def test_the_first_mark_goes_alone_then_twenty_at_a_time(moodle: Moodle, tmp_path: Path) -> None:
    for user in range(10, 55):
        moodle.enrol(user, f"Student {user}", user)
    sent(moodle, graded(tmp_path / "out", *(report(f"Student {user}_{user}") for user in range(10, 55))))
    counts = [sum(name.endswith("[userid]") for name in given) for given in moodle.saved()]
    assert counts == [1, 20, 20, 4]
    assert len(moodle.grades) == 45


def test_feedback_goes_only_where_it_is_on(moodle: Moodle, folder: Path) -> None:
    moodle.assignment["configs"] = []
    sent(moodle, folder)
    assert not [name for given in moodle.saved() for name in given if "plugindata" in name]


def test_marks_of_a_teacher_stay(moodle: Moodle, folder: Path) -> None:
    moodle.grades = {3: "12.00000", 5: "-1.00000"}
    done = sent(moodle, folder)
    assert done.count == 1
    assert "--replace" in translator("en")(done.left_out[0])
    assert moodle.grades[3] == "12.00000"
    sent(moodle, folder, Wishes(replace=True))
    assert moodle.grades[3] == "8.75000"


def test_the_scale_of_the_assignment(moodle: Moodle, folder: Path) -> None:
    moodle.assignment["grade"] = 100
    sent(moodle, folder)
    assert moodle.grades[3] == "43.75000"


def test_what_is_not_ready_waits(moodle: Moodle, tmp_path: Path) -> None:
    unread = graded(tmp_path / "out", report("Marie Dupont_7", made.VERDICTS))
    assert sent(moodle, unread).count == 0
    assert not moodle.saved()
    assert sent(moodle, unread, Wishes(provisional=True)).count == 1


@pytest.mark.parametrize(("release", "state"), [(False, "readyforrelease"), (True, "released")])
def test_a_workflow(moodle: Moodle, folder: Path, release: bool, state: str) -> None:
    moodle.assignment["markingworkflow"] = 1
    sent(moodle, folder, Wishes(release=release))
    assert moodle.saved()[0]["grades[0][workflowstate]"] == state


LEVELS = [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]


def rubric(*descriptions: str) -> list[dict[str, object]]:
    """Lines of five levels each."""
    return [
        {
            "id": 50 + place,
            "description": text,
            "levels": [{"id": 100 * place + id, "score": score} for id, score in LEVELS],
        }
        for place, text in enumerate(descriptions)
    ]


def test_a_rubric_is_filled_line_by_line(moodle: Moodle, folder: Path) -> None:
    moodle.functions.append("core_grading_get_definitions")
    moodle.rubric = rubric("<p>1.3 The network</p>", "metrics.f1", "Why")
    done = sent(moodle, folder)
    given = moodle.saved()[0]
    prefix = "grades[0][advancedgradingdata][rubric][criteria]"
    assert [given[f"{prefix}[{place}][fillings][0][levelid]"] for place in range(3)] == ["3", "100", "204"]
    assert [given[f"{prefix}[{place}][criterionid]"] for place in range(3)] == ["50", "51", "52"]
    assert "arithmetic mean" in given[f"{prefix}[1][fillings][0][remark]"]
    # The levels make 7 of 12, and not 1.75 of 4: the teacher is told.
    assert len(done.otherwise) == 2
    assert "8.75" in translator("en")(done.otherwise[0])


def test_a_guide_takes_points(moodle: Moodle, folder: Path) -> None:
    moodle.functions.append("core_grading_get_definitions")
    moodle.guide = [
        {"id": 60, "shortname": "Question 1.3", "maxscore": 7.5},
        {"id": 61, "shortname": "Question 1.6", "maxscore": 12.5},
    ]
    assert sent(moodle, folder).otherwise == []
    assert moodle.grades[3] == "8.75000"


@pytest.mark.parametrize("lines", [("1.3 x", "1.6 y", "Style"), ("1.3 x",), ("1.3 x", "1.6 y", "metrics.f1")])
def test_a_rubric_that_does_not_fit_stops_everything(moodle: Moodle, folder: Path, lines: tuple[str, ...]) -> None:
    moodle.functions.append("core_grading_get_definitions")
    moodle.rubric = rubric(*lines)
    assert "do not fit" in refused(moodle, folder)
    assert not moodle.saved()


# What goes wrong.


def test_a_rubric_that_the_token_cannot_see(moodle: Moodle, folder: Path) -> None:
    moodle.rubric = rubric("1.3", "1.6")
    assert "core_grading_get_definitions" in refused(moodle, folder)
    assert len(moodle.saved()) == 1


def test_null_is_not_trusted(moodle: Moodle, folder: Path) -> None:
    moodle.faults["mod_assign_save_grades"] = lambda given: None
    assert "kept no mark for Marie Dupont_7" in refused(moodle, folder)
    assert len(moodle.saved()) == 1


def test_a_mark_that_is_another_when_read_back(moodle: Moodle, folder: Path) -> None:
    def penalised(given: dict[str, str]) -> None:
        moodle.grades[int(given["grades[0][userid]"])] = "7.00000"

    moodle.faults["mod_assign_save_grades"] = penalised
    done = sent(moodle, folder)
    assert [translator("en")(note) for note in done.otherwise] == [
        "Marie Dupont_7: the mark is 8.75, and Moodle has 7 now.",
        "Éloïse DAlembert_4: the mark is 8.75, and Moodle has 7 now.",
    ]


def test_whoever_does_not_take_part_is_never_graded(moodle: Moodle, tmp_path: Path) -> None:
    reports = (report("Marie Dupont_7"), report("Someone_8"), report("alice"), report("Gone_u77"))
    done = sent(moodle, graded(tmp_path / "out", *reports))
    assert done.count == 1
    assert done.left_out[0].values["count"] == 3
    assert set(moodle.grades) == {3}


def test_the_wrong_assignment(moodle: Moodle, tmp_path: Path) -> None:
    swapped = graded(tmp_path / "out", report("Marie Dupont_4"), report("Éloïse DAlembert_7"))
    assert "not the assignment" in refused(moodle, swapped)
    assert not moodle.saved()


def test_a_scale_of_words(moodle: Moodle, folder: Path) -> None:
    moodle.assignment["grade"] = -2
    assert "not marked with points" in refused(moodle, folder)


def test_an_assignment_that_is_not_there(moodle: Moodle, folder: Path) -> None:
    moodle.assignment["cmid"] = 5
    assert "4821" in refused(moodle, folder)


def test_a_token_that_may_not(moodle: Moodle, folder: Path) -> None:
    moodle.functions.remove("mod_assign_save_grades")
    assert "mod_assign_save_grades" in refused(moodle, folder)


def test_a_token_that_is_none(moodle: Moodle, folder: Path) -> None:
    wrong = "f" * 32
    with pytest.raises(ExchangeError) as raised:
        send(graded_class(folder), page(moodle), wrong, Wishes())
    said = translator("en")(raised.value.message)
    assert "invalidtoken" in said
    assert wrong not in said


FAULTS = {
    "an exception": exception("invalidparameter", "Invalid parameter value detected"),
    "an error page": b"<html>Error writing to database</html>",
    "nothing": b"",
    "half of it": b'{"assignments": [{"assig',
    "another shape": {"assignments": [{"grades": [{"user": 3}]}]},
    "a list": [1, 2],
    "a status": 503,
}


@pytest.mark.parametrize(
    "function",
    [
        "core_webservice_get_site_info",
        "mod_assign_get_assignments",
        "mod_assign_list_participants",
        "mod_assign_get_grades",
    ],
)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_told_and_nothing_is_sent(moodle: Moodle, folder: Path, function: str, fault: str) -> None:
    moodle.faults[function] = lambda given: FAULTS[fault]
    if fault == "another shape" and function != "mod_assign_get_grades":
        moodle.faults[function] = lambda given: [{"id": "x"}]
    refused(moodle, folder)
    assert not moodle.saved()


@pytest.mark.parametrize("fault", ["an exception", "an error page", "a status"])
def test_a_save_that_fails_stops_at_once(moodle: Moodle, folder: Path, fault: str) -> None:
    moodle.faults["mod_assign_save_grades"] = lambda given: FAULTS[fault]
    refused(moodle, folder)
    assert len(moodle.saved()) == 1


def test_a_site_that_is_not_there(folder: Path) -> None:
    with pytest.raises(ExchangeError) as raised:
        send(graded_class(folder), "http://127.0.0.1:9/mod/assign/view.php?id=4821", TOKEN, Wishes())
    assert TOKEN not in translator("en")(raised.value.message)


def test_a_site_that_does_not_answer(moodle: Moodle, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from graders.lms.moodle.rest import site

    monkeypatch.setattr(site, "SECONDS", 0.2)
    moodle.faults["core_webservice_get_site_info"] = lambda given: time.sleep(1)
    assert "the site does not answer (timed out)" in refused(moodle, folder)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://moodle.example/mod/assign/view.php?id=4821", ("https://moodle.example", 4821)),
        ("https://u.example/moodle/mod/assign/view.php?id=7&action=grading#x", ("https://u.example/moodle", 7)),
        ("http://localhost:8000/mod/assign/view.php?id=7", ("http://localhost:8000", 7)),
    ],
)
def test_addresses(url: str, expected: tuple[str, int]) -> None:
    assert tuple(parsed(url)) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://moodle.example",
        "https://moodle.example/course/view.php?id=2",
        "https://moodle.example/mod/assign/view.php",
        "http://moodle.example/mod/assign/view.php?id=2",
        "moodle",
        "",
    ],
)
def test_addresses_of_something_else(url: str) -> None:
    with pytest.raises(ExchangeError):
        parsed(url)


def test_arguments_are_flat_as_php_has_them() -> None:
    given = {"ids": [2, 3], "a": {"b": {"c": True}}, "grade": Decimal("12.75"), "text": "x[1]", "none": []}
    assert flat(given) == {"ids[0]": "2", "ids[1]": "3", "a[b][c]": "1", "grade": "12.75", "text": "x[1]"}
    assert flat({"grade": Decimal("1E+1")}) == {"grade": "10"}


def test_the_commands(moodle: Moodle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOODLE_TOKEN", TOKEN)
    moodle.hand_in(3, {"tp1.py": CODE})
    done = run("import", "moodle", "--url", page(moodle), "--out", tmp_path / "in", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "in" / "Marie Dupont_7" / "tp1.py").exists()
    folder = graded(tmp_path / "out", report("Marie Dupont_7"))
    done = run("export", "moodle", folder, "--url", page(moodle), "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "1 marks were sent, and read back" in done.stdout
    assert run("import", "moodle", "--lang", "en").returncode == 2
