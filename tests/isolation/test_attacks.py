"""Every attack through the whole grader, at every level that isolates, as us and as an ordinary user: none gets anything.

One class is graded for each isolation; the tests then look at what came of it, and at what it left outside.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.isolation.stage import (
    CANARIES,
    NEIGHBOURS,
    OBEYED,
    WHERE,
    Graded,
    Where,
    attacks,
    given,
    graded,
    header,
    left_over,
)
from tests.report.pages import assert_inert
from tests.sandbox.isolated_side import TOKEN

# What one attack may take: its time for reading and for being asked, twice where it is asked twice, and what we add.
MOST_SECONDS = 30
# Two of them stand for all in a short run: the strongest as we are, and the weakest as somebody with fewer rights.
OFTEN = {str(WHERE[0]), str(WHERE[-1])}
CHOSEN = [pytest.param(one, id=str(one), marks=() if str(one) in OFTEN else pytest.mark.slow) for one in WHERE]


@pytest.fixture(scope="module", params=CHOSEN)
def come(request: pytest.FixtureRequest) -> Iterator[Graded]:
    """What came of a class of attacks."""
    where: Where = request.param
    if not given(where):
        pytest.skip(f"this machine cannot isolate so: {where}")
    with graded(where) as made:
        yield made


def test_everybody_is_graded_and_the_grader_ends_well(come: Graded) -> None:
    assert come.status == 0, come.said[-2000:]
    assert "Traceback" not in come.said
    assert ("Isolation is partial" in come.said) == (come.where.level == "partial")
    assert {path.parent.name for path in come.out.glob("*/report.json")} == {*attacks(), *NEIGHBOURS}
    assert {come.report(name)["environment"]["isolation"] for name in attacks()} == {come.where.level}


@pytest.mark.parametrize("name", attacks())
def test_the_attack_gets_nothing_and_its_teacher_is_told(come: Graded, name: str) -> None:
    said = header(name)
    expected = said.get(f"expect at {come.where.level}", said.get("expect", "none"))
    report = come.report(name)
    assert come.verdict(name) in [one.strip() for one in expected.split("|")], (report["criteria"], report["flags"])
    line = report["criteria"][0]
    assert said.get("told", "") in (line["feedback"] or "")
    assert any(said["flagged"] in flag for flag in report["flags"]) if "flagged" in said else True
    assert not any("GOT" in flag for flag in report["flags"])
    assert line["verdict"] == "pass" or line["feedback"]
    assert json.loads((come.out / name / "timing.json").read_text())["seconds"] < MOST_SECONDS


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_a_neighbour_loses_nothing(come: Graded, name: str) -> None:
    assert come.verdict(name) == "pass"
    assert come.report(name)["score"] == 15
    assert not come.report(name)["flags"]


def test_nothing_outside_was_changed_or_left(come: Graded) -> None:
    assert come.outside.secret.read_text() == TOKEN
    assert come.after == come.before
    assert not come.evidence.exists()
    assert sorted(os.listdir(come.outside.folder)) == ["grading", "secret", "socket"]
    assert left_over(come) == {"processes": [], "folders": []}


def test_nobody_outside_was_called(come: Graded) -> None:
    assert come.calls == []
    assert os.waitpid(come.outside.judge, os.WNOHANG) == (0, 0)


def written(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that was made of the class, evidence included."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def test_no_secret_is_in_any_report(come: Graded) -> None:
    found = [
        (path, place)
        for path, content in written(come.out)
        for place, word in CANARIES.items()
        if word.encode() in content
    ]
    assert {place for path, place in found if path.split("/")[0] not in NEIGHBOURS} == set()
    assert not any(word in come.said for word in CANARIES.values())
    assert {path for path, place in found} <= {path for path, _ in found if path.split("/")[0] in NEIGHBOURS}


def test_nothing_that_is_shown_obeys_a_student(come: Graded) -> None:
    assert not OBEYED.search(come.said)
    shown = {path: content.decode() for path, content in written(come.out)
             if path.endswith((".html", ".csv", "report.json", "summary.json"))}  # fmt: skip
    assert not [path for path, text in shown.items() if OBEYED.search(text)]
    for path, text in shown.items():
        if path.endswith(".html"):
            assert_inert(text)
    assert not re.search(r'(?m)(^|,)"?[=+@|%-]', shown["grades.csv"].removeprefix("\ufeff"))
