"""A class that was graded, made up; its review page served for real; a browser to read it with."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn

from graders import assignment
from graders.engine.record import READING, VERDICTS, Class, Record, write_record
from graders.engine.scoring import rescore
from graders.engine.seal import sealed, unsealed
from graders.gradebook.book import gradebook
from graders.report.marks import as_written
from graders.report.model import BindingLine, Header
from graders.report.reading import Answer, Reading
from graders.review.app import application
from graders.review.desk import Desk
from graders.review.guard import LOCAL, Keys
from graders.review.shelf import Shelf
from graders.submissions.collect import collect
from graders.verdict import Verdict, failed, passed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
ASSIGNMENT, READ, JUDGED = "ue73-tp2", "standardize.reason", "standardize.constant"
HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
CODE = f'''"""{HOSTILE}"""
import numpy as np


def standardize(x):
    # I chose {HOSTILE}
    return (x - x.mean()) / x.std()
'''


@dataclass(frozen=True)
class Served:
    """Where the page is, and what is behind it."""

    url: str
    desk: Desk

    @property
    def opened(self) -> str:
        """The address with the token."""
        return f"{self.url}/?token={self.desk.keys.token}"

    @property
    def out(self) -> Path:
        """The folder of reports."""
        return self.desk.shelf.out

    def score(self, name: str) -> float:
        """As the report on disk says it."""
        return float(json.loads((self.out / name / "report.json").read_text())["score"])

    def line(self, name: str, criterion: str) -> dict[str, object]:
        """What the report on disk says of a criterion."""
        lines = json.loads((self.out / name / "report.json").read_text())["criteria"]
        return next(dict(line) for line in lines if line["id"] == criterion)


def made_class(folder: Path, count: int, language: str = "en") -> Shelf:
    """`count` submissions; every second one fails a criterion, every third one has no written answer."""
    out = folder / "reports"
    settings = Class(submissions=str(folder / "class"), assignment=ASSIGNMENT, seed=0, language=language)
    out.mkdir()
    (out / "class.json").write_text(settings.model_dump_json())
    made: dict[tuple[bool, bool], Path] = {}
    for number in range(count):
        name, kind = f"student-{number:03}", (number % 2 == 1, number % 3 == 2)
        source = folder / "class" / name / "tp2.py"
        source.parent.mkdir(parents=True)
        source.write_text(CODE)
        if kind in made:
            _copied(made[kind], out / name)
        else:
            _graded(out / name, source.parent, *kind)
            made[kind] = out / name
    return Shelf(out, settings, gradebook(out, ASSIGNMENT))


def _graded(folder: Path, source: Path, wrong: bool, silent: bool) -> None:
    ours = assignment.load(ASSIGNMENT)
    verdicts: dict[str, Verdict] = {line.id: passed() for line in ours.rubric if not line.manual}
    if wrong:
        verdicts[JUDGED] = failed("not-finite", *as_written(f"it gives {HOSTILE}"))
    folder.mkdir()
    header = Header(
        assignment=ASSIGNMENT,
        submission=folder.name,
        digest=collect(folder.name, source).digest,
        bindings=(BindingLine(expected="standardize", found="tp2.py:standardize", how="exact"),),
        flags=as_written(HOSTILE) if wrong else (),
    )
    record = Record(header=header, verdicts=verdicts, language="en", observed_from="", judged_from="")
    answer = Answer(place="tp2.py, line 6", text=f"I chose {HOSTILE}")
    (folder / READING).write_text(Reading(answers={} if silent else {READ: (answer,)}).model_dump_json())
    write_record(folder, record)
    rescore(ours, folder, record)


def _copied(known: Path, folder: Path) -> None:
    folder.mkdir()
    for file in known.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    named(folder, known.name, folder.name)


def named(folder: Path, before: str, now: str) -> None:
    """Replace a name, or what stands for it in JSON, in all that is stored of a submission."""
    for file in folder.iterdir():
        if file.name == VERDICTS:
            file.write_text(sealed(unsealed(file.read_bytes()).decode().replace(before, now)))
        else:
            file.write_text(file.read_text().replace(before, now))


def serving(shelf: Shelf, language: str = "en") -> Iterator[Served]:
    """The page, on a port of its own, until the test is done."""
    desk = Desk(shelf, Keys(), "prof", language)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(application(desk, LOCAL), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", desk)
        server.should_exit = True
        thread.join()
    shelf.book.engine.dispose()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A class of seven."""
    yield from serving(made_class(tmp_path, 7))


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    """Somebody who opened the page."""
    with httpx.Client(base_url=served.url, follow_redirects=True) as opened:
        opened.get(served.opened)
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """The class, opened; whatever the page complains of fails the test."""
    yield from opened(browser, served)


def opened(browser: Browser, served: Served) -> Iterator[Page]:
    """A window on the class."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(10_000)
    page.goto(served.opened)
    yield page
    context.close()
    assert not complaints
