"""What the page writes: into the gradebook, beside the verdicts, into the report and the tables of the class."""

from __future__ import annotations

import html
import json
import re

import httpx
import pytest

from graders.engine.scoring import write_ungradable
from graders.gradebook.deciding import Decision, decide, in_force
from graders.gradebook.history import Marked, history
from graders.language import say
from graders.report.model import Header
from graders.similar.finding import find_similar
from tests.review.conftest import ASSIGNMENT, JUDGED, READ, Served, named


def give(client: httpx.Client, served: Served, name: str, criterion: str, **given: str) -> httpx.Response:
    """Send the form of a criterion."""
    return client.post(f"/s/{name}/mark/{criterion}", data={"csrf": served.desk.keys.csrf, **given})


def test_an_award_reaches_the_report_the_gradebook_and_the_table(client: httpx.Client, served: Served) -> None:
    before = served.score("student-000")
    assert give(client, served, "student-000", READ, points="0,25", why="short but right").status_code == 200
    assert served.score("student-000") == before + 0.25
    assert served.line("student-000", READ)["feedback"] == "short but right"
    assert "short but right" in (served.out / "student-000" / "report.html").read_text()
    mark = in_force(served.desk.shelf.book)["student-000"].marks[READ]
    assert (mark.credit, mark.who) == (0.5, "prof")
    served.desk.classwork.write()
    assert json.loads((served.out / "summary.json").read_text())["max"] == before + 0.25


def test_overruling_needs_a_reason(client: httpx.Client, served: Served) -> None:
    answer = give(client, served, "student-001", JUDGED, quick="1", why="  ")
    assert answer.status_code == 400
    assert "Say why" in answer.text
    assert served.line("student-001", JUDGED)["manual"] is False
    give(client, served, "student-001", JUDGED, quick="1", why="it is handled elsewhere")
    assert served.line("student-001", JUDGED)["verdict"] == "pass"
    give(client, served, "student-001", JUDGED, quick="automatic")
    assert served.line("student-001", JUDGED)["diagnosis"] == "not-finite"
    assert [one.credit for one in history(served.desk.shelf.book, "student-001") if isinstance(one, Marked)] == [
        1,
        None,
    ]


@pytest.mark.parametrize("points", ["", "x", "-1", "0.51", "nan", "inf", "1e400"])
def test_points_that_cannot_be_are_refused(points: str, client: httpx.Client, served: Served) -> None:
    assert give(client, served, "student-000", READ, points=points).status_code == 400
    assert served.line("student-000", READ)["verdict"] == "pending"


def test_the_same_answer_for_all_with_the_same_diagnosis_and_back(client: httpx.Client, served: Served) -> None:
    decide(served.desk.shelf.book, ["student-003"], Decision(JUDGED, 0.25, "I looked", "colleague"))
    answer = give(client, served, "student-001", JUDGED, points="0.4", why="nearly", others="true")
    assert "Submissions concerned: 2." in answer.text
    earned = [served.line(f"student-00{number}", JUDGED)["earned"] for number in range(7)]
    assert earned == [0.5, 0.4, 0.5, 0.125, 0.5, 0.4, 0.5]
    batch = answer.url.params["undo"]
    client.post("/undo", data={"csrf": served.desk.keys.csrf, "batch": batch, "back": "/"})
    earned = [served.line(f"student-00{number}", JUDGED)["earned"] for number in range(7)]
    assert earned == [0.5, 0, 0.5, 0.125, 0.5, 0, 0.5]


def test_all_without_an_answer_at_once(client: httpx.Client, served: Served) -> None:
    given = {"csrf": served.desk.keys.csrf, "kind": "no-answer", "quick": "0", "why": "nothing was written"}
    assert client.post(f"/criterion/{READ}/mark", data=given).status_code == 200
    verdicts = [served.line(f"student-00{number}", READ)["verdict"] for number in range(7)]
    assert verdicts == ["pending", "pending", "fail", "pending", "pending", "fail", "pending"]


def test_a_comment_is_told_to_the_student(client: httpx.Client, served: Served) -> None:
    client.post("/s/student-000/comment", data={"csrf": served.desk.keys.csrf, "text": "Well done <b>"})
    assert json.loads((served.out / "student-000" / "report.json").read_text())["comment"] == "Well done <b>"
    assert "Well done &lt;b&gt;" in (served.out / "student-000" / "report.html").read_text()


def test_a_comment_on_a_criterion_is_told_and_changes_no_mark(client: httpx.Client, served: Served) -> None:
    before = served.line("student-001", JUDGED)
    given = {"csrf": served.desk.keys.csrf, "text": "see <i>lecture 3</i>", "others": "true"}
    answer = client.post(f"/s/student-001/comment/{JUDGED}", data=given)
    assert "Submissions concerned: 3." in answer.text
    for name in ("student-001", "student-003", "student-005"):
        assert served.line(name, JUDGED) == {**served.line(name, JUDGED), **before, "comment": "see <i>lecture 3</i>"}
    assert served.line("student-000", JUDGED)["comment"] == ""
    for page in (answer.text, (served.out / "student-003" / "report.html").read_text()):
        assert "see &lt;i&gt;lecture 3&lt;/i&gt;" in page
    client.post(f"/s/student-003/comment/{JUDGED}", data={**given, "text": "", "others": ""})
    assert [served.line(f"student-00{number}", JUDGED)["comment"] != "" for number in (1, 3, 5)] == [True, False, True]
    assert ">Undo</button>" in answer.text
    client.post("/undo", data={"csrf": served.desk.keys.csrf, "batch": answer.url.params["undo"], "back": "/"})
    assert [served.line(f"student-00{number}", JUDGED)["comment"] for number in (1, 3, 5)] == ["", "", ""]


def test_what_others_decide_meanwhile_is_seen(client: httpx.Client, served: Served) -> None:
    client.get("/")
    decide(served.desk.shelf.book, ["student-000"], Decision(READ, 1, "", "colleague"))
    assert "student-000" not in client.get("/", params={"state": "open"}).text
    assert served.line("student-000", READ)["verdict"] == "pass"


def test_after_the_last_there_is_nothing_to_read(client: httpx.Client, served: Served) -> None:
    for number in range(7):
        answer = give(client, served, f"student-00{number}", READ, quick="1", then="next")
    assert "Nothing else to read" in answer.text
    assert "Nothing left to read" in client.get("/").text


def test_files_that_are_gone_or_changed_are_told(client: httpx.Client, served: Served) -> None:
    source = served.out.parent / "class" / "student-000" / "tp2.py"
    source.write_text("x = 1\n")
    assert "not those that were graded" in client.get("/s/student-000").text
    source.unlink()
    source.parent.rmdir()
    assert "not where they were graded" in client.get("/s/student-000").text


def test_near_copies_are_shown_side_by_side(client: httpx.Client, served: Served) -> None:
    assert "Nothing was compared yet" in client.get("/similar").text
    page = client.post("/similar", data={"csrf": served.desk.keys.csrf}).text
    assert "Compared: 7." in page
    assert "No two look like each other." in page
    for name in ("student-001", "student-002"):
        source = served.out.parent / "class" / name / "tp2.py"
        source.write_text("\n".join(f"def f{n}(a, b):\n    return a[{n}] {'+-*/'[n % 4]} b.t{n}(a)" for n in range(60)))
    found = find_similar(served.out, served.desk.shelf.settings)
    assert [group.names for group in found.groups] == [("student-001", "student-002")]
    assert "Near-copies: 1" in client.get("/").text
    assert "/similar/student-001/student-002" in client.get("/similar").text
    page = client.get("/similar/student-001/student-002").text
    assert page.count('class="row shared"') == 2 * 120
    assert client.get("/similar/student-001/nobody").status_code == 404


@pytest.mark.parametrize("name", ["été & co #1 ?x=%41", "a'b\"<i>", "−½ 100%", "'; DROP TABLE marks; --"])
def test_any_name_can_be_read_and_marked(name: str, client: httpx.Client, served: Served) -> None:
    (served.out / "student-000").rename(served.out / name)
    named(served.out / name, '"student-000"', json.dumps(name, ensure_ascii=False))
    link = re.search(r'href="(/s/(?!student)[^"]+)"', client.get("/").text)
    assert link
    page = client.get(html.unescape(link[1]))
    form = re.search(rf'action="([^"]+/mark/{READ})"', page.text)
    assert form
    client.post(html.unescape(form[1]), data={"csrf": served.desk.keys.csrf, "quick": "1"})
    assert served.line(name, READ)["manual"] is True


def test_what_could_not_be_graded_is_marked_by_hand(client: httpx.Client, served: Served) -> None:
    folder = served.out / "student-000"
    header = Header(
        assignment=ASSIGNMENT, submission="student-000", digest="", status="ungradable", reason=say("out of ink")
    )
    write_ungradable(served.desk.shelf.ours, folder, header, "en")
    assert "out of ink" in client.get("/s/student-000").text
    assert "student-000" in client.get("/", params={"state": "ungradable"}).text
    for line in served.desk.shelf.ours.rubric:
        give(client, served, "student-000", line.id, quick="0.5", why="by hand")
    assert served.score("student-000") == 10
    assert "student-000" not in client.get("/", params={"state": "ungradable"}).text.split('id="rows"')[1]
