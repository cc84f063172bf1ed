"""Declarations that cannot be are refused with their file and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders import assignment, paths
from graders.assignment import DeclarationError
from graders.suite.suite import Suite, check

GOOD = """deliverables = ["a.py"]
title = { fr = "a", en = "a" }
names = {}
"""
LINE = '[[rubric]]\nid = "%s"\nquestion = "1"\npoints = %s\ntitle = { fr = "a", en = "a" }\n'


def declared(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (folder / "it").mkdir()
    (folder / "it" / "assignment.toml").write_text(text)
    monkeypatch.setattr(paths, "PUBLISHED", folder)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (GOOD + LINE % ("a", 19), "add up to 19"),
        (GOOD + LINE % ("a", 10) + LINE % ("a", 10), "stands twice"),
        ("this is no toml", "assignment.toml"),
        (GOOD + "zork = 1\n" + LINE % ("a", 20), "zork"),
    ],
)
def test_a_declaration_that_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, told: str) -> None:
    declared(tmp_path, monkeypatch, text)
    with pytest.raises(DeclarationError, match=told):
        assignment.load("it")


def test_an_assignment_that_is_not_there() -> None:
    with pytest.raises(DeclarationError, match="there is no assignment"):
        assignment.load("nowhere")


def test_a_suite_must_judge_the_whole_rubric(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declared(tmp_path, monkeypatch, GOOD + LINE % ("a", 20))
    with pytest.raises(DeclarationError, match="differ in a"):
        check(Suite("it"), assignment.load("it"))
