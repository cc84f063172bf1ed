"""The class while it is graded, and one report to read."""

from __future__ import annotations

from collections import deque
from types import TracebackType

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from graders.language import Translate, say
from graders.report import cells
from graders.report.grades import Summary
from graders.report.model import Line, Report
from graders.report.numbers import numbers
from graders.report.questions import Question, questions

RECENT = 15
NAME = 24
WIDEST = 100
Row = tuple[Text, ...]


class ClassTable:
    """One line a submission: the latest ones while grading goes on, all of them at the end.

    Where the output is no terminal, each line is printed once, when its report is there.
    """

    def __init__(self, console: Console, translate: Translate) -> None:
        self._console = console
        self._translate = translate
        self._write = numbers(translate)
        self._bar = 20 if console.width > WIDEST else 8
        self._rows: list[Row] = []
        self._recent: deque[Row] = deque(maxlen=RECENT)
        self._progress = Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console)
        self._live = Live(get_renderable=self._view, console=console, refresh_per_second=4, transient=True)

    def __enter__(self) -> ClassTable:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._live.stop()

    def start(self, total: int) -> None:
        """Before the first of `total` submissions."""
        self._task = self._progress.add_task("", total=total)
        if self._console.is_terminal:
            self._live.start()

    def add(self, report: Report, seconds: float, note: str = "") -> None:
        """A submission is done; `note` says what the report does not, such as that nothing was run again."""
        time = Text(f"{seconds:.2f} s".replace(".", self._write.mark), "dim")
        remark = cells.remark(report, note, self._translate)
        row = (cells.plain(report.submission), cells.score(report, self._write), cells.tally(report), time, remark)
        self._progress.advance(self._task)
        if self._console.is_terminal:
            self._rows.append((*row[:2], cells.bar(report, self._bar), *row[2:]))
            self._recent.append(self._rows[-1])
        else:
            self._console.print(_line(row), soft_wrap=True)

    def finish(self, summary: Summary) -> None:
        """The whole class, and what it did."""
        self._live.stop()
        if self._rows:
            self._console.print(self._table(self._rows))
        self._console.print(self._said(summary), soft_wrap=True)

    def _view(self) -> Group:
        return Group(self._table(list(self._recent)), self._progress)

    def _table(self, rows: list[Row]) -> Table:
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column(self._translate(say("Submission")), max_width=NAME + 8)
        table.add_column(self._translate(say("Score")), justify="right", no_wrap=True)
        table.add_column("", no_wrap=True)
        table.add_column(self._translate(say("Criteria")), no_wrap=True)
        table.add_column(self._translate(say("Time")), justify="right", no_wrap=True)
        table.add_column("", overflow="fold")
        for row in rows:
            table.add_row(*row)
        return table

    def _said(self, summary: Summary) -> Text:
        parts = [self._translate(say("Graded: {count}", count=summary["graded"]))]
        if summary["ungradable"]:
            parts.append(self._translate(say("Not graded: {count}", count=summary["ungradable"])))
        if summary["mean"] is not None and summary["median"] is not None:
            mean, median = self._write.points(summary["mean"]), self._write.points(summary["median"])
            parts.append(self._translate(say("Mean: {mean}, median: {median}", mean=mean, median=median)))
        return Text(" · ".join(parts), "bold")


def show_report(report: Report, translate: Translate, console: Console) -> None:
    """One report: the score, each criterion with what is said of it, what a person should look at."""
    console.print(Text.assemble(cells.plain(report.submission, "bold"), "  ", cells.plain(report.assignment, "dim")))
    _show_criteria(report, translate, console)
    _show_notes(report, translate, console)
    _show_flags(report, translate(say("A person should look at this")), console)


def show_own(report: Report, title: str, translate: Translate, console: Console) -> None:
    """The same for whoever wrote the work: under the title of the lab, without the names of mistakes, which are for teachers."""
    console.print(cells.plain(title, "bold"))
    bare = [line.model_copy(update={"diagnosis": None}) for line in report.criteria]
    _show_criteria(report.model_copy(update={"criteria": tuple(bare)}), translate, console)
    _show_notes(report, translate, console)
    _show_flags(report, translate(say("Worth a look")), console)


def _show_criteria(report: Report, translate: Translate, console: Console) -> None:
    write = numbers(translate)
    if report.status == "ungradable":
        console.print(Text(translate(say("This submission could not be graded")), "bold red"))
        console.print(cells.paragraph(report.reason or ""))
    else:
        console.print(Text.assemble(cells.score(report, write), "  ", cells.bar(report, 30), "  ", cells.tally(report)))
        for question in questions(report.criteria):
            console.print()
            console.print(_question(question, translate, min(console.width, WIDEST)))


def _show_notes(report: Report, translate: Translate, console: Console) -> None:
    write = numbers(translate)
    if report.penalty:
        console.print(translate(say("Taken for lateness: {points} points", points=write.points(report.penalty))))
    if report.comment:
        console.print(Text(translate(say("Comment")), "bold"))
        console.print(cells.paragraph(report.comment))
    if report.surroundings:
        console.print(Text(translate(say("Environment")), "bold"))
        for one in report.surroundings:
            console.print(Text("· ", "dim") + cells.paragraph(one))


def _show_flags(report: Report, heading: str, console: Console) -> None:
    if report.flags:
        console.print()
        console.print(Text(heading, "bold yellow"))
        for flag in report.flags:
            console.print(Text("⚑ ", "yellow") + cells.paragraph(flag))


def _question(question: Question, translate: Translate, width: int) -> Table:
    write = numbers(translate)
    name = translate(say("Question {name}", name=question.name) if question.name else say("Criteria"))
    total = f"{write.points(question.earned)} / {write.points(question.points)}"
    table = Table(box=None, width=width, pad_edge=False, header_style="bold")
    table.add_column(name, min_width=14, no_wrap=True)
    table.add_column("", ratio=1)
    table.add_column(Text(total, "dim"), justify="right", no_wrap=True)
    for line in question.criteria:
        earned = "–" if line.verdict == "pending" else write.points(line.earned)
        points = Text(f"{earned} / {write.points(line.points)}", no_wrap=True)
        table.add_row(cells.verdict(line, translate), _said(line), points)
    return table


def _said(line: Line) -> Text:
    """The title, the name of the mistake, and the feedback below them."""
    title = cells.plain(line.title)
    if line.diagnosis:
        title = Text.assemble(title, "  ", cells.plain(line.diagnosis, "dim italic"))
    return Text("\n").join([title, cells.paragraph(line.said)]) if line.said else title


def _line(row: Row) -> Text:
    name, points, tally, time, remark = row
    name.pad_right(NAME - name.cell_len)
    points.pad_left(12 - points.cell_len)
    return Text("  ").join([name, points, time, tally, remark])
