"""A program that is run in a fresh copy of what was handed in: its mistakes are its own, and told with their place."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from graders.probes.raised import PROGRAM, ours
from graders.probes.wire import decode
from graders.probes.work import Work
from graders.sandbox.worker import answered

MISTAKES = {
    "NameError": "x = 1\nprint(never_defined)\n",
    "AssertionError": "x = 1\nassert x == 2\n",
    "ZeroDivisionError": "x = 1\nx / 0\n",
    "SyntaxError": "x = 1\nif x\n",
}


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where copies are made; this process stays where it is afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("folder", ["", "tp"])
@pytest.mark.parametrize("kind", MISTAKES)
def test_the_place_is_the_students(elsewhere: Path, kind: str, folder: str) -> None:
    file = f"{folder}/tp.py".lstrip("/")
    files = {file: np.frombuffer(MISTAKES[kind].encode(), np.uint8)}
    work = Work(str(elsewhere / "read"), folder, {}, {}, [])
    request = {"probe": "ran", "arguments": {"entry": "tp.py"}, "seed": 0, "fresh": "copy"}
    failure = cast("dict[str, Any]", decode(answered(work, request, files)))["failure"]
    assert (failure["kind"], failure["type"], failure["file"], failure["line"]) == ("raised", kind, file, 2)


def test_a_mistake_in_what_is_carried_out_again_is_nobody_elses() -> None:
    with pytest.raises(NameError) as raised:
        exec(compile("never_defined", PROGRAM, "exec"), {})  # noqa: S102  # as a probe does
    assert not ours(raised.value, "/submission")
