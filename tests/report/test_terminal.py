"""What a terminal shows, and what it must never obey."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from graders.language import translator
from graders.report.grades import summary
from graders.report.model import Report
from graders.report.terminal import RECENT, ClassTable, show_report

from .made import OURS, RAW, hostile, report

ENGLISH = translator("en")
STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def console(*, terminal: bool, width: int = 160) -> Console:
    return Console(file=io.StringIO(), force_terminal=terminal, width=width, color_system=None, _environ={})


def written(screen: Console) -> str:
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


def shown(reports: list[Report], *, terminal: bool, width: int = 160) -> str:
    screen = console(terminal=terminal, width=width)
    with ClassTable(screen, ENGLISH) as table:
        table.start(len(reports))
        for one in reports:
            table.add(one, 0.145, "[b]again[/]")
        table.finish(summary(reports))
    return written(screen)


def single(one: Report) -> str:
    screen = console(terminal=False)
    show_report(one, ENGLISH, screen)
    return written(screen)


def test_without_a_terminal_each_submission_is_one_plain_line() -> None:
    lines = shown([report(), report("bob")], terminal=False).splitlines()
    assert len(lines) == 3
    assert lines[0].split() == ["alice", "1.25", "/", "4", "0.14", "s", "✓1", "◐1", "✗1", "…1", "[b]again[/]"]
    assert lines[-1] == "Graded: 2 · Mean: 1.25, median: 1.25"


def test_a_line_is_not_wrapped_where_a_program_reads_it() -> None:
    assert len(shown([hostile()], terminal=False, width=20).splitlines()) == 2


def test_the_table_at_the_end_has_everybody() -> None:
    text = shown([report(f"student-{n}") for n in range(3 * RECENT)], terminal=True)
    final = text.rpartition("Submission")[2]
    assert all(f"student-{n} " in final for n in range(3 * RECENT))
    assert "━" in final
    assert "[b]again[/]" in final


def test_the_live_region_is_short() -> None:
    table = ClassTable(console(terminal=True), ENGLISH)
    table.start(100)
    with table:
        for n in range(100):
            table.add(report(f"student-{n:02}"), 0.1)
        screen = console(terminal=True)
        screen.print(table._view())
    assert "student-99" in written(screen)
    assert "student-84" not in written(screen)
    assert "100/100" in written(screen)


def test_what_was_not_graded_says_why_and_has_no_score() -> None:
    text = shown([report(about=OURS)], terminal=False)
    assert "–" in text
    assert "The sandbox did not start." in text
    assert "Not graded: 1" in text
    assert "/ 4" not in text


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_obeys_nothing_that_a_student_wrote(terminal: bool) -> None:
    text = STYLE.sub("", shown([hostile()], terminal=terminal, width=400)) + single(hostile())
    assert not any(raw in text for raw in RAW[1:])
    assert "\\x1b]52" in text
    assert "[bold red]x[/]" in text


def test_one_report_has_every_criterion_and_its_feedback() -> None:
    text = single(report())
    assert all(said in text for said in ("alice", "1.25 / 4", "Question 1.3", "Four maps", "0.25 / 0.5"))
    assert all(said in text for said in ("Zero is simpler.", "arithmetic-mean", "– / 0.5", "✗ failed"))


def test_one_report_shows_flags() -> None:
    assert "A person should look at this" in single(hostile())


def test_one_report_that_was_not_graded_says_why() -> None:
    text = single(report(about=OURS))
    assert "The sandbox did not start." in text
    assert "Four maps" not in text


def test_names_are_in_columns_whatever_their_width() -> None:
    lines = shown([report("日本"), report("bob")], terminal=False).splitlines()
    assert lines[0].index("1.25") == lines[1].index("1.25") - 2
