"""Ten thousand damaged inputs: each is told, bounded and never a traceback of ours."""

from __future__ import annotations

import io
import json
import os
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from graders import assignment
from graders.engine.evidence import Evidence
from graders.engine.record import Record, read_record
from graders.engine.seal import sealed
from graders.engine.validation import solution
from graders.language import say
from graders.observe.observation import Seen
from graders.probes.wire import WireError, encode
from graders.report.model import Header
from graders.sandbox.failures import loaded, observation, ran
from graders.sandbox.streams import Frames
from graders.submissions.binding import bind
from graders.submissions.collect import UnreadableError, collect
from graders.submissions.override import OverrideError, overrides
from graders.verdict import failed, partial, passed
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


def verdicts() -> bytes:
    """Verdicts as we store them, but for the seal."""
    header = Header(assignment="a", submission="s", digest="d", flags=(say("{n} of them", n=2),))
    found = {"a": passed(), "b": partial(0.5, "half", say("half of {what}", what="it")), "c": failed("wrong")}
    whole = Record(header=header, verdicts=found, language="fr", observed_from="o", judged_from="j")
    return whole.model_dump_json().encode()


def record(folder: Path, content: bytes) -> object:
    """Read it as stored verdicts: without a seal they are not believed, with one they are read no further than they go."""
    (folder / "verdicts.json").write_bytes(content)
    assert read_record(folder) is None
    (folder / "verdicts.json").write_text(sealed(content.decode(errors="replace")))
    return read_record(folder)


def frame(_: Path, content: bytes) -> object:
    """Take it as what a probe process wrote."""
    reader, writer = os.pipe()
    frames = Frames(reader, 2 * MOST)
    try:
        os.write(writer, content)
        frames.feed()
        taken = frames.take()
        return taken and observation(taken)
    except WireError as told:
        return str(told)
    finally:
        os.close(reader)
        os.close(writer)


def observed() -> bytes:
    """A frame with arrays and much else in it."""
    array = np.arange(6, dtype="float32").reshape(2, 3)
    return encode({"value": {"x": array, "y": [float("nan"), None, "é", {"$z": 1}]}, "failure": None, "seconds": 0.5})


def message(_: Path, content: bytes) -> object:
    """Take it as what a submission process says of a cell, then of its files."""
    try:
        said = json.loads(content)
        return ran(said) or loaded(said)
    except (ValueError, RecursionError) as told:  # as where it is read; a WireError is one of the former
        return str(told)


def told_of(kind: str) -> bytes:
    """What a submission process says, of a cell or of its files."""
    failed_so = {"kind": "raised", "type": "ValueError", "message": "no", "file": "tp2.py", "line": 3}
    chunk = {"file": "tp2.py", "cell": 1, "printed": "x", "shown": "", "seconds": 0.1, "raised": failed_so}
    read = {"loaded": [failed_so, failed_so], "surroundings": [["asked", "tp2.py, 3"]], "seconds": 0.1}
    return json.dumps({"chunk": chunk} if kind == "chunk" else read).encode()


def teachers(folder: Path, content: bytes) -> object:
    """Read it as the file in which a teacher says what names stand for."""
    (folder / "bindings.toml").write_bytes(content)
    try:
        return overrides(folder, "student-017")
    except OverrideError as told:
        return str(told)


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
    "record": (lambda _: verdicts(), record),
    "frame": (lambda _: observed(), frame),
    "cell": (lambda _: told_of("chunk"), message),
    "files": (lambda _: told_of("loaded"), message),
    "bindings": (
        lambda _: b'precision = "m.py:p"\n["student-017"]\nentry = "a.py"\nrecall = "b.py:s[\'r\']"\n',
        teachers,
    ),
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
    survive(kind, tmp_path, range(60, 1160))
