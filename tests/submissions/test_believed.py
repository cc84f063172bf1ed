"""What a sandbox names is told where it was handed in, and nowhere else."""

import pytest

from graders.judge.believed import believed
from graders.language import translator
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.submissions.source import sources

SOURCES = sources(
    {
        "tp/model.py": b"from librosa import core\n",
        "nb.ipynb": b'{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
    }
)


def said(failure: Failure) -> str:
    """What the student reads."""
    return " ".join(map(translator("en"), believed(verdict_of(failure), SOURCES).feedback))


@pytest.mark.parametrize("file", ["tp/model.py"])
def test_a_place_in_a_file_that_was_handed_in_is_told(file: str) -> None:
    assert said(Failure("raised", "KeyError", file=file, line=3)) == f"It raised KeyError at {file}, line 3."


def test_a_cell_is_told() -> None:
    assert (
        said(Failure("raised", "KeyError", file="nb.ipynb[2]", line=3))
        == "It raised KeyError at nb.ipynb, cell 2, line 3."
    )


@pytest.mark.parametrize("file", ["[0.41 0.73]", "tp/0.41.py", "tp/model.py/0.41", "0.41[3]"])
def test_a_file_that_nobody_handed_in_is_not(file: str) -> None:
    assert (
        said(Failure("raised", "KeyError", file=file, line=3)) == "It raised KeyError at a file that was not handed in."
    )


def test_a_package_is_told_where_the_work_names_it() -> None:
    assert said(Failure("absent", "librosa")).startswith("`librosa` is not installed here")
    assert said(Failure("absent", "librosa.core")).startswith("`librosa.core` is not installed here")
    assert said(Failure("absent", "x041")).startswith("`?` is not installed here")


def test_what_is_claimed_of_our_code_has_the_form_of_a_place() -> None:
    assert "(KeyError, loading.py, 3)" in said(Failure("ours", "KeyError", "loading.py, 3"))
    assert "(Exception, ?)" in said(Failure("ours", "X041", "0.41 0.73"))
