"""The assignment of a class where nobody says it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graders import assignment
from graders.commands.guess import guessed, guessed_for_one
from graders.commands.usage import UsageError

EXAMPLES = Path(__file__).parents[1] / "examples" / "submissions"
IDS = assignment.ids()


@pytest.mark.parametrize("id", IDS)
def test_a_class_is_recognised_by_its_words(id: str, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / id, tmp_path / "submissions")
    assert guessed(tmp_path / "submissions", None).id == id


@pytest.mark.parametrize("id", IDS)
def test_a_right_way_alone_is_recognised(id: str, tmp_path: Path) -> None:
    ways = assignment.load(id).secret / "right"
    for way in sorted(path for path in ways.iterdir() if path.is_dir()):
        shutil.copytree(way, tmp_path / "work")
        assert guessed_for_one(tmp_path / "work", None).id == id, way.name
        shutil.rmtree(tmp_path / "work")


@pytest.mark.parametrize("name", ["cdl-tp1-2", "CDL-TP1-2 groupe A", "2026_cdl-tp1-2.sub"])
def test_the_name_of_the_folder_comes_first(name: str, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "enm-tp1", tmp_path / name)
    assert guessed(tmp_path / name, None).id == "cdl-tp1-2"


@pytest.mark.parametrize("content", ["", "x = 1\n"])
def test_what_tells_nothing_is_asked_for(content: str, tmp_path: Path) -> None:
    (tmp_path / "class" / "a").mkdir(parents=True)
    (tmp_path / "class" / "a" / "work.py").write_text(content)
    with pytest.raises(UsageError, match="--assignment"):
        guessed(tmp_path / "class", None)
