"""Arrays that a submission wrote: what may be read, and the numbers in what may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graders.probes.files import written
from graders.probes.work import Work

X = np.arange(24, dtype=np.float32).reshape(4, 3, 2)


def pairs() -> Any:
    found = np.empty(len(X), dtype=object)
    found[:] = [(one, 1) for one in X]
    return found


@pytest.mark.parametrize("held", [X.astype(object), pairs(), np.array([*X, None], dtype=object)[:-1]])
def test_numbers_that_were_saved_as_objects_are_told(
    held: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert held.dtype == object
    assert np.array_equal(told(held, tmp_path, monkeypatch)["numbers"], X)


def test_other_objects_hold_no_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = np.array(["a", {"b": 2}, None], dtype=object)
    assert told(words, tmp_path, monkeypatch) == {"unreadable": "objects"}


def told(array: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(folder)
    Path("train").mkdir()
    np.save("train/x.npy", array)
    return written(Work(str(folder), "", {}))["train/x"]
