"""Marks and comments: the last one is in force, everything before it stays, and one action can be undone."""

from __future__ import annotations

from pathlib import Path

from graders.engine.record import MARKS, read_marks
from graders.gradebook.book import Gradebook, gradebook
from graders.gradebook.deciding import Decision, comment, decide, in_force, revision, take_back
from graders.gradebook.history import Commented, Marked, history
from graders.gradebook.projecting import project


def given(book: Gradebook, name: str) -> dict[str, float]:
    """What is in force for a student."""
    known = in_force(book).get(name)
    return {id: mark.credit for id, mark in known.marks.items()} if known else {}


def test_the_last_mark_is_in_force_and_the_first_stays_in_the_history(book: Gradebook) -> None:
    decide(book, ["alice"], Decision("q1", 0.5, "half of it", "prof"))
    decide(book, ["alice"], Decision("q1", 1, "read again", "prof"))
    assert given(book, "alice") == {"q1": 1}
    assert [(one.credit, one.why) for one in history(book, "alice") if isinstance(one, Marked)] == [
        (0.5, "half of it"),
        (1, "read again"),
    ]


def test_a_mark_that_is_withdrawn_gives_the_automatic_verdict_back(book: Gradebook) -> None:
    decide(book, ["alice"], Decision("q1", 0.5, "", "prof"))
    decide(book, ["alice"], Decision("q1", None, "", "prof"))
    assert given(book, "alice") == {}
    assert len(history(book, "alice")) == 2


def test_one_action_on_several_students_is_undone_as_one(book: Gradebook) -> None:
    decide(book, ["bob"], Decision("q1", 0.25, "before", "prof"))
    decide(book, ["alice", "bob"], Decision("q1", 1, "all right", "prof", batch="b1"))
    assert given(book, "alice") == given(book, "bob") == {"q1": 1}
    assert sorted(take_back(book, "b1", "prof")) == ["alice", "bob"]
    assert given(book, "alice") == {}
    assert given(book, "bob") == {"q1": 0.25}


def test_words_for_several_are_taken_back_as_one(book: Gradebook) -> None:
    comment(book, ["bob"], "q1", "before", "prof")
    comment(book, ["alice", "bob", "carl"], "q1", "see lecture 3", "prof", batch="b1")
    comment(book, ["carl"], "q1", "see me", "colleague")
    assert sorted(take_back(book, "b1", "prof")) == ["alice", "bob"]
    said = {name: {id: one.text for id, one in known.comments.items()} for name, known in in_force(book).items()}
    assert said == {"alice": {}, "bob": {"q1": "before"}, "carl": {"q1": "see me"}}
    assert take_back(book, "b1", "prof") == []


def test_undoing_leaves_alone_what_was_decided_since(book: Gradebook) -> None:
    decide(book, ["alice", "bob"], Decision("q1", 1, "all right", "prof", batch="b1"))
    decide(book, ["bob"], Decision("q1", 0.5, "I looked", "colleague"))
    assert take_back(book, "b1", "prof") == ["alice"]
    assert (given(book, "alice"), given(book, "bob")) == ({}, {"q1": 0.5})


def test_a_comment_can_be_taken_back(book: Gradebook) -> None:
    comment(book, ["alice"], "", "  well done  ", "prof")
    assert in_force(book)["alice"].comments[""].text == "well done"
    comment(book, ["alice"], "", "", "prof")
    assert in_force(book)["alice"].comments == {}
    assert [one.text for one in history(book, "alice") if isinstance(one, Commented)] == ["well done", ""]


def test_characters_that_no_database_takes_are_shown_by_their_code(book: Gradebook) -> None:
    decide(book, ["alice"], Decision("q1", 1, "a\x00b\ud800", "prof"))
    assert in_force(book)["alice"].marks["q1"].why == "a\\x00b\\ud800"


def test_a_decision_is_seen_by_whoever_looks_for_news(book: Gradebook) -> None:
    before = revision(book)
    comment(book, ["alice"], "", "hello", "prof")
    assert before == (0, 0) != revision(book)


def test_what_is_in_force_lies_beside_the_report(book: Gradebook, tmp_path: Path) -> None:
    decide(book, ["alice"], Decision("q1", 1, "yes", "prof"))
    assert project(book, tmp_path, ["alice", "bob"]) == ["alice"]
    assert read_marks(tmp_path / "alice") == in_force(book)["alice"]
    assert not (tmp_path / "bob").exists()
    assert project(book, tmp_path, ["alice", "bob"]) == []


def test_marks_survive_the_loss_of_their_gradebook(tmp_path: Path) -> None:
    book = gradebook(tmp_path, "tiny")
    decide(book, ["alice"], Decision("q1", 1, "yes", "prof"))
    comment(book, ["alice"], "", "good", "prof")
    project(book, tmp_path, ["alice"])
    kept = (tmp_path / "alice" / MARKS).read_text()
    book.engine.dispose()
    (tmp_path / "gradebook.db").unlink()
    anew = gradebook(tmp_path, "tiny")
    project(anew, tmp_path, ["alice"])
    assert (tmp_path / "alice" / MARKS).read_text() == kept
    assert in_force(anew)["alice"].marks["q1"].who == "prof"


def test_a_class_keeps_its_name_when_its_folder_moves(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    decide(gradebook(tmp_path / "a", "tiny"), ["alice"], Decision("q1", 1, "", "prof"))
    (tmp_path / "a").rename(tmp_path / "b")
    assert given(gradebook(tmp_path / "b", "tiny"), "alice") == {"q1": 1}
