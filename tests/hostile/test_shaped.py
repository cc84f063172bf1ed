"""Inputs that get past every parser, with wrong things inside: each is told, bounded, and never a traceback of ours.

A sample runs with the other tests; `CASES=10000 pytest -m slow tests/hostile/test_shaped.py` runs so many.
"""

from __future__ import annotations

import ast
import json
import os
import time
import tomllib
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest

from graders import assignment
from graders.engine.evidence import LOADED, Evidence
from graders.engine.reading import write_reading
from graders.engine.record import read_record
from graders.engine.seal import sealed
from graders.engine.validation import solutions
from graders.language import translator
from graders.observe.observation import Seen
from graders.probes.executing import parsed
from graders.probes.guard import unguarded
from graders.probes.hurry import hurried_text, numbers
from graders.probes.scalars import Adapted
from graders.probes.wire import decode, encode
from graders.sandbox.failures import observation
from graders.sandbox.session import Loaded, Ran
from graders.similar.prints import prints
from graders.submissions.binding import Binding, bind
from graders.submissions.collect import UnreadableError, collect
from graders.submissions.override import OverrideError, overrides
from graders.submissions.reaching import reaching
from graders.submissions.submission import Submission
from graders.submissions.written import written
from tests.conftest import CHECKOUT
from tests.hostile import shaped_sources as making
from tests.hostile.shaped import spoiled
from tests.hostile.test_fuzz import message, observed, told_of, verdicts

CASES = int(os.environ.get("CASES", "10000"))
SAMPLE = 12
# Of a hundred: those that take a tenth of a second each are fewer than what takes none.
SHARES = {"script": 12, "notebook": 10, "archive": 6, "frame": 25, "said": 15, "evidence": 10, "record": 6, "declaration": 10,
          "bindings": 6}  # fmt: skip
BOUND_SECONDS = 5.0
SCRIPTS = {id: "\n".join(file.read_text(encoding="utf-8") for file in solutions(assignment.load(id)) if file.suffix == ".py")
           for id in assignment.ids()}  # fmt: skip
ASSIGNMENTS = {id: assignment.load(id) for id, script in SCRIPTS.items() if script}

# Whether something was found inside to read, which must be so for most; JSON, TOML, frames and zips of ours always are.
Take = Callable[[Path, Random], object]
FOUND = ("script", "notebook", "archive")


def handed_in(name: str, make: Callable[[str, Random], bytes]) -> Take:
    """Take it as a submission: collect and bind it, and read all that is shown and compared of it."""

    def take(folder: Path, rng: Random) -> bool:
        id = rng.choice(sorted(ASSIGNMENTS))
        (folder / name).write_bytes(make(SCRIPTS[id], rng))
        try:
            submission = collect("fuzz", folder / name)
        except UnreadableError as told:
            return not told.reason.text
        binding = bind(submission, ASSIGNMENTS[id])
        _shown(id, submission, binding, folder, rng)
        _as_in_the_sandbox(binding)
        return binding.entry is not None and any(one.chunks for one in binding.sources)

    return take


def _shown(id: str, submission: Submission, binding: Binding, folder: Path, rng: Random) -> None:
    failure = rng.choice((None, observation(encode({"failure": {"kind": "raised", "type": "E"}, "seconds": 0.1}))))
    ran = tuple(Ran(source.file, rng.randrange(4), "x", "y", 0.1, cast("Any", failure)) for source in binding.sources)
    loaded = Loaded((), 0.1, ran=ran)
    reaching(binding.sources)
    prints(written(submission.files))
    write_reading(ASSIGNMENTS[id], submission, binding, loaded, folder, translator("fr"))
    binding.lines()


def _as_in_the_sandbox(binding: Binding) -> None:
    """What our code does with a chunk beside student code, but for running it."""
    for source in binding.sources:
        for chunk in source.chunks:
            hurried_text(chunk)
            tree = parsed(chunk, source.file)
            if not isinstance(tree, SyntaxError):
                each = [one for statement in tree for one in unguarded(statement)]
                list(numbers(ast.Module(each, [])))
                ast.fix_missing_locations(Adapted().visit(ast.Module(each, [])))


def frame(_: Path, rng: Random) -> object:
    """Take it as what a probe process wrote: the outer form is right."""
    whole = {"value": decode(observed()), "failure": None, "seconds": 0.5}
    failed = {"kind": "raised", "type": "E", "message": "m", "file": "tp2.py", "line": 3}
    try:
        return observation(encode(spoiled(rng.choice((whole, {**whole, "failure": failed})), rng)))
    except ValueError as told:  # as where it is read: a WireError is one
        return str(told)


def said(_: Path, rng: Random) -> object:
    """Take it as what a submission process says: JSON that holds other things."""
    content = json.dumps(spoiled(json.loads(told_of(rng.choice(("chunk", "loaded")))), rng), default=str)
    return message(Path(), content.encode())


def evidence(folder: Path, rng: Random) -> object:
    """Read it as what was stored beside a report: a whole zip, with frames that hold other things."""
    seen = [Seen({"n": 1, "x": [1.0, None]}, 0.1), observation(encode({"failure": {"kind": "raised"}, "seconds": 0.1}))]
    kept = Evidence(folder / "whole.zip", "base")
    kept.loaded = Loaded((cast("Any", seen[1]),), 0.1, None, (Ran("a", 1, "", "", 0.1),), (("asked", "x"),))
    for number, one in enumerate(seen):
        kept.put(f"key{number}", one)
    with zipfile.ZipFile(folder / "evidence.zip", "w") as made:
        made.comment = b"base"
        for key, content in kept.frames.items():
            made.writestr(key, encode(spoiled(decode(content), rng)))
    read = Evidence(folder / "evidence.zip", "base")
    found = [read.loaded, *(read.get(key) for key in kept.frames if key != LOADED)]
    return read.seconds(), found


def record(folder: Path, rng: Random) -> object:
    """Read it as verdicts that somebody has sealed."""
    (folder / "verdicts.json").write_text(sealed(json.dumps(spoiled(json.loads(verdicts()), rng), default=str)))
    return read_record(folder)


def declaration(folder: Path, rng: Random) -> object:
    """Read it as the declaration of an assignment: TOML with wrong values."""
    whole = tomllib.loads((CHECKOUT / "assignments" / rng.choice(sorted(ASSIGNMENTS)) / "assignment.toml").read_text())
    (folder / "assignment.toml").write_bytes(making.document(whole, rng))
    try:
        return assignment.read(folder / "assignment.toml", "fuzz")
    except assignment.DeclarationError as told:
        return str(told)


def bindings(folder: Path, rng: Random) -> object:
    """Read it as the file in which a teacher says what names stand for."""
    whole = {
        "precision": "m.py:p",
        "student-017": {"entry": "a.py", "recall": "b.py:s['r']", "f1_score": "tp2.py:x[3]"},
    }
    (folder / "bindings.toml").write_bytes(making.document(whole, rng))
    (folder / "tp2.py").write_text("x = 1\n")
    try:
        return overrides(folder, "student-017") and bind(
            collect("student-017", folder / "tp2.py"), ASSIGNMENTS["ue73-tp2"]
        )
    except (OverrideError, UnreadableError) as told:
        return str(told)


KINDS: dict[str, Take] = {
    "script": handed_in("tp2.py", making.written),
    "notebook": handed_in("tp2.ipynb", making.notebook),
    "archive": handed_in("tp2.zip", making.archive),
    "frame": frame,
    "said": said,
    "evidence": evidence,
    "record": record,
    "declaration": declaration,
    "bindings": bindings,
}


def survive(kind: str, folder: Path, seeds: range) -> float:
    """Nothing is raised, and nothing takes longer than the bound; the share in which something was found to read."""
    past = Counter[bool]()
    for seed in seeds:
        started = time.process_time()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                past[bool(KINDS[kind](folder, Random(f"{kind} {seed}")))] += 1
        except Exception as problem:
            raise AssertionError(f"{kind}, seed {seed}: {type(problem).__name__}: {problem}") from problem
        assert time.process_time() - started < BOUND_SECONDS, f"{kind}, seed {seed} takes too long"
    return past[True] / past.total()


@pytest.mark.parametrize("kind", KINDS)
def test_what_gets_past_the_parser_is_told(kind: str, tmp_path: Path) -> None:
    survive(kind, tmp_path, range(SAMPLE))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_that_get_past_the_parser_are_told(kind: str, tmp_path: Path) -> None:
    found = survive(kind, tmp_path, range(SAMPLE, SAMPLE + CASES * SHARES[kind] // 100))
    assert kind not in FOUND or found > 0.5
