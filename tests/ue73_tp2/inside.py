"""A snippet of student code, observed and judged in this process: bound, asked, read and judged as by the command.

What is left out is the sandbox alone, so that hundreds of snippets are looked at in seconds. A file of snippets starts with
what all of them share; then each has a line `# ==== name`, or `# ==== name -> criterion: diagnosis; …` if it is wrong.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import tempfile
import types
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from graders.assignment import Assignment, load
from graders.judge.judging import _verdict
from graders.observe.context import Context
from graders.observe.observation import Observation
from graders.observe.probe import Probe
from graders.probes.wire import Array
from graders.probes.work import Work
from graders.sandbox.failures import observation
from graders.sandbox.worker import answered
from graders.submissions.binding import bind
from graders.submissions.submission import Submission
from graders.suite.loading import hidden_suite, published
from graders.suite.suite import Suite
from graders.verdict import Status, Verdict

SNIPPETS = Path(__file__).parent / "snippets"
HEADER = re.compile(r"^# ==== (?P<name>.+?)(?: -> (?P<costs>.+))?$", re.MULTILINE)
FILE = "tp2.py"
GIVEN = frozenset(("prepared", "ran", "written"))


@dataclass(frozen=True)
class Snippet:
    """Student code, and what it must lose: criterion → diagnosis, or several of them "one|other"."""

    name: str
    source: str
    costs: dict[str, str]


def snippets(file: str) -> list[Snippet]:
    """Every snippet of a file, each behind what they share."""
    shared, *parts = re.split(r"^(?=# ==== )", (SNIPPETS / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [_snippet(shared, part) for part in parts]


def _snippet(shared: str, part: str) -> Snippet:
    header = HEADER.match(part)
    assert header, part[:80]
    costs = [one.split(": ") for one in (header["costs"] or "").split("; ") if one]
    return Snippet(header["name"], f"{shared}\n{part}", {id.strip(): diagnosis.strip() for id, diagnosis in costs})


@cache
def assignment() -> Assignment:
    """The assignment."""
    return load("ue73-tp2")


@cache
def suite() -> Suite:
    """Its hidden suite."""
    return hidden_suite(assignment())


@cache
def given(seed: int) -> dict[str, Array]:
    """What lies in a student's working directory."""
    return {
        name: np.frombuffer(content, np.uint8) for name, content in published("ue73-tp2", "data").given(seed).items()
    }


def verdicts(source: str, criteria: Sequence[str], seed: int = 0) -> dict[str, Verdict]:
    """The verdict of each criterion on one file of student code."""
    context = Context(bind(Submission("snippet", {FILE: source.encode()}), assignment()), seed)
    with _place() as root:
        files = {**given(seed), FILE: np.frombuffer(source.encode(), np.uint8)}
        looked = _Looked(Work(str(root), "", {FILE: _namespace(source, root)}, {FILE: [source]}), context, files)
        return {id: looked.verdict(id) for id in criteria}


def lost(source: str, criteria: Sequence[str], seed: int = 0) -> dict[str, tuple[str | None, str]]:
    """What a file of student code loses: criterion → diagnosis and what is told."""
    found = verdicts(source, criteria, seed)
    return {
        id: (one.diagnosis, " ".join(m.text.format(**m.values) for m in one.feedback))
        for id, one in found.items()
        if one.status is not Status.PASS
    }


def metrics_of(snippet: Snippet) -> list[str]:
    """The criteria of a snippet whose name starts with a metric, or with "all", and those it must lose."""
    first = snippet.name.split(",")[0]
    named = [id for id in suite().criteria if id in (f"metrics.{first}", *snippet.costs)]
    return named or [id for id in suite().criteria if id.startswith("metrics.") and id != "metrics.per_epoch"]


def differences(snippet: Snippet, criteria: Sequence[str], seed: int = 0) -> list[str]:
    """What is judged otherwise than it must."""
    found = lost(snippet.source, criteria, seed)
    kept = [f"{id} should be lost ({diagnosis})" for id, diagnosis in snippet.costs.items() if id not in found]
    named = [
        f"{id} is diagnosed {one[0]}: {one[1]}"
        for id, one in found.items()
        if one[0] not in snippet.costs.get(id, "").split("|")
    ]
    return kept + named


class _Looked:
    """One submission, and what was seen of it so far."""

    def __init__(self, work: Work, context: Context, files: dict[str, Array]) -> None:
        self.work, self.context, self.files = work, context, files
        self.seen: dict[str, Observation] = {}

    def verdict(self, id: str) -> Verdict:
        criterion = suite().criteria[id]
        return _verdict(criterion.judge, [self._read(probe) for probe in criterion.probes])

    def _read(self, probe: Probe[object]) -> object:
        seen: list[Observation] = []
        while requests := probe.ask(self.context, seen):
            for request in requests:
                if request.key not in self.seen:
                    self.seen[request.key] = observation(answered(self.work, request.content(), self.files))
                seen.append(self.seen[request.key])
        return probe.read(self.context, seen)


def _namespace(source: str, root: Path) -> dict[str, object]:
    module = types.ModuleType("tp2")
    sys.modules["tp2"] = module
    exec(compile(source, str(root / FILE), "exec"), vars(module))  # noqa: S102  # the snippets are our own
    return vars(module)


@contextmanager
def _place() -> Iterator[Path]:
    """A working directory of its own, where temporary files lie too; everything is put back afterwards."""
    before, path, temporary = Path.cwd(), list(sys.path), tempfile.tempdir
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "work")
        root.mkdir()
        tempfile.tempdir = folder
        sys.path.insert(0, str(assignment().folder))
        os.chdir(root)
        handlers, logging.root.handlers = logging.root.handlers, []
        try:
            yield root
        finally:
            logging.root.handlers = handlers
            os.chdir(before)
            sys.path[:], tempfile.tempdir = path, temporary
            sys.modules.pop("tp2", None)
