"""The page in a real browser: award, overrule, filter, by mouse and by keys alone; three hundred students without lag."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graders.report.html import render_report
from graders.report.reading import Notebook, Reading
from tests.report.made import report
from tests.review.conftest import JUDGED, READ, Served, made_class, opened, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LAG_SECONDS = 2.0


def test_a_pending_criterion_is_awarded_by_keys_alone(page: Page, served: Served) -> None:
    page.keyboard.press("n")
    page.wait_for_url("**/s/student-000")
    page.keyboard.press("f")
    page.wait_for_url(f"**#{READ}")
    assert served.line("student-000", READ)["earned"] == 0.5
    page.keyboard.press("n")
    page.wait_for_url("**/s/student-001")
    page.keyboard.press("p")
    page.keyboard.type("0.2")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/s/student-002")
    assert served.line("student-001", READ)["earned"] == 0.2
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/s/student-001")
    page.keyboard.press("u")
    page.wait_for_url(served.url + "/")


def test_enter_gives_the_points_that_are_written(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/s/student-000")
    page.keyboard.press("p")
    page.keyboard.type("0.3")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#{READ}")
    assert served.line("student-000", READ)["earned"] == 0.3


def test_a_verdict_is_overruled_with_a_reason(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/s/student-001")
    criterion = page.locator(f"[id='{JUDGED}']")
    criterion.get_by_text("Overrule").click()
    criterion.get_by_role("button", name="0.5", exact=True).click()
    assert served.line("student-001", JUDGED)["manual"] is False, "without a reason the browser asks for one"
    criterion.get_by_label("Why (the student is told)").fill("it is handled elsewhere")
    criterion.get_by_role("button", name="0.5", exact=True).click()
    page.wait_for_url(f"**#{JUDGED}")
    assert served.line("student-001", JUDGED)["verdict"] == "pass"
    assert page.get_by_text("it is handled elsewhere").first.is_visible()
    assert page.get_by_text("Judged automatically:").is_visible()


def test_all_that_are_alike_in_one_action_and_undone(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/criterion/{JUDGED}")
    page.get_by_label("Points", exact=True).fill("0.25")
    page.get_by_label("Why (the student is told)").fill("half of it")
    page.get_by_role("button", name="Give to all (3)").click()
    page.wait_for_url("**done=3**")
    assert [served.line(f"student-00{n}", JUDGED)["earned"] for n in (1, 3, 5)] == [0.25] * 3
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(f"**/criterion/{JUDGED}")
    assert [served.line(f"student-00{n}", JUDGED)["earned"] for n in (1, 3, 5)] == [0] * 3


def test_the_class_is_narrowed_as_one_types_and_by_what_went_wrong(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("004")
    assert page.locator("#rows tr:visible").count() == 1
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/s/student-004")
    page.goto(page.url.split("/s/")[0] + "/")
    page.get_by_label("Criterion").select_option(JUDGED)
    page.wait_for_url(f"**criterion={JUDGED}**")
    page.get_by_label("Verdict", exact=True).select_option("fail")
    page.wait_for_url("**verdict=fail**")
    assert page.locator("#rows tr").count() == 3


def test_an_answer_leads_to_the_line_where_it_stands(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/s/student-000")
    page.get_by_role("link", name="tp2.py, line 6").click()
    assert "I chose" in page.locator(".row:target").inner_text()


def test_keys_do_nothing_while_one_writes(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/s/student-000")
    page.keyboard.press("c")
    page.keyboard.type("n f u 0 ?")
    assert page.url.endswith("/s/student-000")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**#comment")
    assert page.get_by_label("To the student, on the whole").input_value() == "n f u 0 ?"
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()


def test_a_criterion_is_commented_by_keys_alone(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/s/student-001#{JUDGED}")
    page.keyboard.press("m")
    page.keyboard.type("see lecture 3")
    page.keyboard.press("Control+Enter")
    page.locator(f"[id='{JUDGED}'] .comment").wait_for()
    line = served.line("student-001", JUDGED)
    assert (line["comment"], line["manual"], line["earned"]) == ("see lecture 3", False, 0)
    page.goto(f"{served.url}/s/student-001")
    criterion = page.locator(f"[id='{JUDGED}']")
    criterion.get_by_text("Comment", exact=True).last.click()
    criterion.locator(".tell").get_by_text("the same for the others (2)").click()
    criterion.get_by_role("button", name="Save").click()
    page.wait_for_url("**done=3**")
    assert served.line("student-005", JUDGED)["comment"] == "see lecture 3"


def test_near_copies_are_looked_for_from_the_page(page: Page, served: Served) -> None:
    page.get_by_role("link", name="Near-copies").click()
    page.get_by_role("button", name="Compare everybody with everybody").click()
    page.get_by_text("Compared: 7.").wait_for()
    assert page.get_by_role("button", name="Compare again").is_visible()


def test_a_page_that_travelled_alone_gives_its_notebook_back(page: Page, tmp_path: Path) -> None:
    reading = Reading(notebooks=(Notebook(file="tp.ipynb", executed="executed.ipynb", cells=1, failed=()),))
    alone = tmp_path / "report.html"
    alone.write_text(render_report(report(), {}, "en", reading, {"executed.ipynb": '{"é": 1}'}))
    page.goto(alone.as_uri())
    page.get_by_text("tp.ipynb as it ran here").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="executed.ipynb").click()
    assert download.value.suggested_filename == "executed.ipynb"
    assert Path(download.value.path()).read_text() == '{"é": 1}'


def test_nothing_of_a_student_runs(page: Page, served: Served) -> None:
    for path in ("/", "/s/student-001", f"/criterion/{JUDGED}"):
        page.goto(served.url + path)
        assert page.title() != "taken"


@pytest.fixture
def crowd(tmp_path: Path, browser: Browser) -> Iterator[tuple[Page, Served]]:
    """Three hundred students, the page in French."""
    for served in serving(made_class(tmp_path, 300, "fr"), "fr"):
        for page in opened(browser, served):
            yield page, served


def test_three_hundred_students_without_lag(crowd: tuple[Page, Served]) -> None:
    page, served = crowd
    assert page.locator("#rows tr").count() == 300
    for action in (opens_the_class, types_a_name):
        assert min(seconds(action, page, served) for _ in range(3)) < LAG_SECONDS
    page.goto(f"{served.url}/s/student-000")
    assert seconds(awards, page, served) < LAG_SECONDS * 2
    assert page.get_by_role("link", name="Suivant à lire").is_visible()


def seconds(action: Callable[[Page, Served], None], page: Page, served: Served) -> float:
    """How long it takes."""
    started = time.perf_counter()
    action(page, served)
    return time.perf_counter() - started


def opens_the_class(page: Page, served: Served) -> None:
    page.goto(served.url + "/")
    page.locator("#rows tr").nth(299).wait_for(state="attached")


def types_a_name(page: Page, served: Served) -> None:
    page.locator("#search").fill("student-29")
    assert page.locator("#rows tr:visible").count() == 10


def awards(page: Page, served: Served) -> None:
    page.keyboard.press("f")
    page.wait_for_url(f"**#{READ}")
