"""What a terminal shows of a report, piece by piece. It is all `Text`: no markup of rich is read in it."""

from __future__ import annotations

from rich.text import Text

from graders.language import Translate, say
from graders.report.clean import visible
from graders.report.model import Line, Report
from graders.report.numbers import Numbers
from graders.report.words import SIGNS, WORDS, counts
from graders.verdict import Status

STYLES: dict[Status, str] = {
    Status.PASS: "green",
    Status.PARTIAL: "yellow",
    Status.FAIL: "red",
    Status.ERROR: "magenta",
    Status.TIMEOUT: "yellow",
    Status.MISSING: "bright_black",
    Status.PENDING: "blue",
}


def plain(text: str, style: str = "") -> Text:
    """A student's text on one line."""
    return Text(visible(text).replace("\n", " "), style=style, overflow="fold")


def paragraph(text: str) -> Text:
    """A student's text with its ends of lines."""
    return Text(visible(text), overflow="fold")


def bar(report: Report, width: int = 20) -> Text:
    """The score as a length; what is pending follows it, lighter."""
    if report.status == "ungradable":
        return Text()
    most = report.max_score or 1
    earned = round(width * report.score / most)
    pending = min(round(width * (report.score + report.pending) / most), width) - earned
    return Text.assemble(("━" * earned, "cyan"), ("╌" * pending, "cyan"), ("─" * (width - earned - pending), "dim"))


def score(report: Report, write: Numbers) -> Text:
    """Points of points; a dash where there is no score."""
    if report.status == "ungradable":
        return Text("–", "red")
    return Text.assemble((write.points(report.score), "bold"), (f" / {write.points(report.max_score)}", "dim"))


def tally(report: Report) -> Text:
    """How many criteria ended in which way."""
    if report.status == "ungradable":
        return Text()
    found = counts(report.criteria).items()
    return Text(" ").join(Text(f"{SIGNS[status]}{count}", STYLES[status]) for status, count in found)


def verdict(line: Line, translate: Translate) -> Text:
    """The sign and the word of a verdict."""
    return Text(f"{SIGNS[line.verdict]} {translate(WORDS[line.verdict])}", STYLES[line.verdict], no_wrap=True)


def remark(report: Report, note: str, translate: Translate) -> Text:
    """Why there is no score, whether a person should look, and what the caller says."""
    parts = [plain(note)] if note else []
    if report.flags:
        parts.insert(0, Text("⚑ ", "yellow") + Text(translate(say("to look at")), "yellow"))
    if report.status == "ungradable":
        parts.insert(0, plain(report.reason or translate(say("not graded")), "red"))
    return Text(" · ").join(parts)
