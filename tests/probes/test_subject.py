"""A student's function is called with what its signature takes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from graders.probes.subject import called
from graders.probes.work import Packed, Subject, Work


@dataclass
class Settings:
    """Of the student's, in words that mean nothing expected."""

    width: int = 7


def of_object(settings: Settings) -> int:
    return settings.width


def of_table(settings: dict[str, int]) -> int:
    return settings["width"]


@pytest.mark.parametrize(("name", "kind"), [("of_object", "Settings"), ("of_object", ""), ("of_table", "")])
def test_settings_of_which_nothing_is_known_are_the_students_own(name: str, kind: str) -> None:
    work = Work("/", "", {"a.py": {**globals(), "TABLE": {"width": 7}}}, {}, [])
    file = "a.py" if kind else ""
    pack = Packed(file=file, name=kind, order=[] if kind else [("width", "")], items=name == "of_table", options={})
    subject = Subject(file="a.py", name=name, order=[("settings", "s()")], packs={"s()": pack})
    assert called(subject, work, {"input_size": 3}) == 7
