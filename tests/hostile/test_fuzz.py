"""Ten thousand damaged inputs: each is told, bounded and never a traceback of ours."""

from __future__ import annotations

import io
import json
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graders import assignment
from graders.engine.evidence import Evidence
from graders.engine.record import read_record
from graders.engine.validation import solution
from graders.observe.observation import Seen
from graders.submissions.binding import bind
from graders.submissions.collect import UnreadableError, collect
from tests.conftest import CHECKOUT

OURS = assignment.load("ue73-tp2")
SCRIPT = solution(OURS).read_bytes()
BOUND_SECONDS = 5.0
MOST = 20_000
Damaged = Iterator[bytes]


def notebook() -> bytes:
    """The reference as a notebook of three cells."""
    lines = SCRIPT.decode().splitlines(keepends=True)
    parts = ["".join(lines[:40]), "".join(lines[40:90]), "".join(lines[90:])]
    cells = [
        {"cell_type": "code", "metadata": {}, "source": part, "outputs": [], "execution_count": None} for part in parts
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def archive() -> bytes:
    """A zip with a folder, a script, a notebook and a zip inside."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as one:
        one.writestr("inner.py", "x = 1\n")
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as other:
        other.writestr("TP/tp2.py", SCRIPT)
        other.writestr("TP/notes.ipynb", notebook())
        other.writestr("TP/old.zip", inner.getvalue())
    return outer.getvalue()


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Bytes flipped, cut out, doubled, or put in, up to eight times."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        at, width = rng.randrange(len(data) + 1), rng.choice((1, 1, 2, 4, 64, 2000))
        change = rng.randrange(4)
        if change == 0:
            data[at : at + width] = rng.randbytes(width)
        elif change == 1:
            del data[at : at + width]
        elif change == 2:
            data[at:at] = data[at : at + width]
        else:
            data[at:at] = rng.choice((b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"(" * 300, b"\n\t ", b'"""', b"{" * 200))
        data = data[:MOST] or bytearray(b" ")
    return bytes(data)


def submission(name: str) -> Callable[[Path, bytes], object]:
    """Take it as a submission of this file name and bind it, as far as it can be read."""

    def take(folder: Path, content: bytes) -> object:
        (folder / name).write_bytes(content)
        try:
            return bind(collect("fuzz", folder / name), OURS)
        except UnreadableError as told:
            return told.reason.text

    return take


def evidence(folder: Path, content: bytes) -> object:
    """Read it as what was stored beside a report: whatever is damaged is asked again."""
    (folder / "evidence.zip").write_bytes(content)
    kept = Evidence(folder / "evidence.zip", "base")
    return kept.loaded, [kept.get(key) for key in [*kept.frames, "absent"]]


def stored(folder: Path) -> bytes:
    """Evidence as we write it."""
    written = Evidence(folder / "whole.zip", "base")
    for number in range(4):
        written.put(f"key{number}", Seen({"n": number, "text": "x" * 50}, 0.1))
    written.write()
    return (folder / "whole.zip").read_bytes()


def record(folder: Path, content: bytes) -> object:
    """Read it as stored verdicts."""
    (folder / "verdicts.json").write_bytes(content)
    return read_record(folder)


def declaration(folder: Path, content: bytes) -> object:
    """Read it as the declaration of an assignment."""
    (folder / "assignment.toml").write_bytes(content)
    try:
        return assignment.read(folder / "assignment.toml", "fuzz")
    except assignment.DeclarationError as told:
        return str(told)


KINDS: dict[str, tuple[Callable[[Path], bytes], Callable[[Path, bytes], object]]] = {
    "script": (lambda _: SCRIPT, submission("tp2.py")),
    "notebook": (lambda _: notebook(), submission("tp2.ipynb")),
    "archive": (lambda _: archive(), submission("tp2.zip")),
    "evidence": (stored, evidence),
    "record": (lambda _: b'{"header": {}, "verdicts": {}, "language": "fr"}', record),
    "declaration": (
        lambda _: (CHECKOUT / "assignments" / "ue73-tp2" / "assignment.toml").read_bytes(),
        declaration,
    ),
}


def survive(kind: str, folder: Path, seeds: range) -> None:
    """Nothing is raised, and nothing takes longer than the bound."""
    make, take = KINDS[kind]
    whole = make(folder)
    for seed in seeds:
        started = time.process_time()
        try:
            take(folder, mutated(whole, random.Random(seed)))
        except Exception as problem:
            raise AssertionError(f"{kind}, seed {seed}: {type(problem).__name__}: {problem}") from problem
        assert time.process_time() - started < BOUND_SECONDS, f"{kind}, seed {seed} takes too long"


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_input_is_told(kind: str, tmp_path: Path) -> None:
    survive(kind, tmp_path, range(60))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_damaged_inputs_are_told(kind: str, tmp_path: Path) -> None:
    survive(kind, tmp_path, range(60, 1760))
