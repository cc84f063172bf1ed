"""What is written again takes the space of what was there before, and is never seen half."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import pytest

from graders.engine import spare
from graders.engine.spare import FOLDER
from graders.engine.whole import write

again = partial(write, often=True)
exchanged = pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two names")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page that was written twice: what it was before is kept."""
    page = tmp_path / "report.html"
    again(page, "the first page, the longest of all")
    again(page, "the second page")
    return page


@exchanged
def test_the_third_takes_the_space_of_the_first(page: Path) -> None:
    kept = (page.parent / FOLDER / page.name).stat().st_ino
    again(page, "the third")
    assert page.read_text() == "the third"
    assert page.stat().st_ino == kept
    assert sorted(path.name for path in page.parent.iterdir()) == [FOLDER, page.name]


@exchanged
def test_who_reads_a_page_while_it_is_replaced_reads_it_to_its_end(page: Path) -> None:
    with page.open() as reader:
        again(page, "the third")
        assert reader.read() == "the second page"


@exchanged
def test_what_a_backup_shares_is_not_written_over(page: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.html"
    os.link(page, backup)
    for text in ("the third", "the fourth", "the fifth"):
        again(page, text)
        assert page.read_text() == text
        assert backup.read_text() == "the second page"


@exchanged
def test_a_link_in_place_of_what_was_kept_is_not_followed(page: Path, tmp_path: Path) -> None:
    other, kept = tmp_path / "other", page.parent / FOLDER / page.name
    other.write_text("another's")
    kept.unlink()
    kept.symlink_to(other)
    again(page, "the third")
    assert (page.read_text(), other.read_text()) == ("the third", "another's")


def test_where_names_cannot_be_exchanged_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spare, "_library", lambda: None)
    page = tmp_path / "report.html"
    for text in ("the first", "the second", "the third"):
        again(page, text)
        assert page.read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == [page.name]


def test_what_is_there_already_is_not_touched(page: Path) -> None:
    before = page.stat()
    again(page, "the second page")
    assert page.stat() == before
