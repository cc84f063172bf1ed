"""The zip of "download all submissions", in every form that Moodle 3.1 to 5.1 gives it."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from pathlib import Path

import pytest

from graders.lms.incoming import bring_in, is_unsorted
from graders.lms.moodle.names import Owner, owner, place, same_name
from graders.lms.online_text import is_program, words
from graders.lms.trouble import ExchangeError
from graders.submissions.collect import collect, find
from tests.conftest import TINY, run
from tests.lms.made import CODE, moodle_zip

PAGE = '<!DOCTYPE html><html><head><meta charset="UTF-8"></head><body>{}</body></html>'


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Marie Dupont_7_assignsubmission_file/tp1.py", ("Marie Dupont", 7, "tp1.py")),
        ("Marie Dupont_7_assignsubmission_file/src/modèle.py", ("Marie Dupont", 7, "src/modèle.py")),
        ("Marie Dupont_7_assignsubmission_file_/tp1.py", ("Marie Dupont", 7, "tp1.py")),
        ("Marie Dupont_7_assignsubmission_file_tp1.py", ("Marie Dupont", 7, "tp1.py")),
        ("Marie Dupont_7_assignsubmission_file_mon_tp_1.py", ("Marie Dupont", 7, "mon_tp_1.py")),
        ("Participant_12_assignsubmission_file/tp1.py", ("Participant", 12, "tp1.py")),
        ("Groupe A_3_assignsubmission_file/tp1.py", ("Groupe A", 3, "tp1.py")),
        ("Default group_assignsubmission_file/tp1.py", ("Default group", None, "tp1.py")),
        ("Groupe par défaut_assignsubmission_file/tp1.py", ("Groupe par défaut", None, "tp1.py")),
        ("rendus/Éloïse DAlembert_4_assignsubmission_file/a.py", ("Éloïse DAlembert", 4, "a.py")),
        ("李 小龍_5_assignsubmission_onlinetext/texteenligne.html", ("李 小龍", 5, "texteenligne.html")),
    ],
)
def test_names_are_taken_apart_as_moodle_does(path: str, expected: tuple[str, int | None, str]) -> None:
    found = place(path.split("/"))
    assert found
    assert (found.owner.name, found.owner.number, found.path) == expected


@pytest.mark.parametrize("path", ["readme.txt", "alice/tp1.py", "Marie_x_assignsubmission_file/a.py", "tp_1_2.py"])
def test_other_names_are_nobodys(path: str) -> None:
    assert place(path.split("/")) is None


def test_an_owner_is_found_again_in_the_name_of_a_submission() -> None:
    assert owner(Owner("Marie Dupont", 7).submission) == Owner("Marie Dupont", 7)
    assert owner("Marie Dupont_7_assignsubmission_file") == Owner("Marie Dupont", 7)
    assert owner("alice") is None
    endless = Owner("é" * 300, 7).submission
    assert len(endless.encode()) < 255
    assert owner(endless)
    assert same_name(owner(endless).name, "é" * 300)  # type: ignore[union-attr]
    assert Owner("..", None).submission == "-"


def test_names_that_lost_characters_are_the_same() -> None:
    assert same_name("Anna Maria Da Silva", "Anna_Maria Da_Silva")
    assert same_name("Éloïse DAlembert", unicodedata.normalize("NFD", "Éloïse D'Alembert"))
    assert not same_name("Marie Dupont", "Marie Durand")


def test_folders_subfolders_and_accents(tmp_path: Path) -> None:
    download = moodle_zip(
        tmp_path / "C-TP1-12.zip",
        {
            "Marie Dupont_7_assignsubmission_file/tp1.py": CODE,
            "Marie Dupont_7_assignsubmission_file/src/modèle.py": b"x = 1\n",
            "Éloïse DAlembert_4_assignsubmission_file/rapport dessai.ipynb": b"{}",
            "Marie Dupont_9_assignsubmission_file/tp1.py": b"y = 2\n",
        },
    )
    with zipfile.ZipFile(download) as archive:
        assert all(entry.flag_bits & 0x808 == 0x808 for entry in archive.infolist())
    done = bring_in(download, tmp_path / "out")
    assert done.names == ["Marie Dupont_7", "Marie Dupont_9", "Éloïse DAlembert_4"]
    files = collect("x", tmp_path / "out" / "Marie Dupont_7").files
    assert set(files) == {"tp1.py", "src/modèle.py"}
    assert sorted(name for name, _ in find(tmp_path / "out")) == done.names


def test_without_folders_and_with_both_plugins(tmp_path: Path) -> None:
    download = moodle_zip(
        tmp_path / "flat.zip",
        {
            "Marie Dupont_7_assignsubmission_file_mon_tp.py": CODE,
            "Marie Dupont_7_assignsubmission_onlinetext_onlinetext.html": PAGE.format(
                "<p>Réponse&nbsp;: <b>ReLU</b></p>"
            ),
        },
    )
    bring_in(download, tmp_path / "out")
    files = collect("x", tmp_path / "out" / "Marie Dupont_7").files
    assert set(files) == {"mon_tp.py", "onlinetext.html", "online_text.txt"}
    assert files["online_text.txt"].decode() == "Réponse : ReLU\n"


def test_a_program_typed_into_moodle_is_a_program(tmp_path: Path) -> None:
    typed = "<p>def square(x):<br>&nbsp;&nbsp;&nbsp;&nbsp;return x * x</p>"
    download = moodle_zip(
        tmp_path / "a.zip", {"A B_1_assignsubmission_onlinetext/texteenligne.html": PAGE.format(typed)}
    )
    bring_in(download, tmp_path / "out")
    assert collect("x", tmp_path / "out" / "A B_1").files["online_text.py"] == CODE


def test_what_a_page_says() -> None:
    assert words(PAGE.format('<p>one<br>two</p><pre>a\n  b</pre><a href="https://x.y">here</a>')) == (
        "one\ntwo\na\n  b https://x.y here\n"
    )
    assert words("<style>p {}</style><p>text</p>") == "text\n"
    assert not is_program("yes")
    assert not is_program("It is 3.")


def test_students_without_a_group_are_told(tmp_path: Path) -> None:
    download = moodle_zip(
        tmp_path / "teams.zip",
        {"Groupe A_1_assignsubmission_file/a.py": CODE, "Groupe par défaut_assignsubmission_file/b.py": CODE},
    )
    done = bring_in(download, tmp_path / "out")
    assert done.names == ["Groupe A_1", "Groupe par défaut"]
    assert [note.values["name"] for note in done.notes] == ["Groupe par défaut"]


def test_a_newer_download_replaces_what_changed_and_nothing_else(tmp_path: Path) -> None:
    first = {"A_1_assignsubmission_file/a.py": b"a = 1\n", "B_2_assignsubmission_file/b.py": b"b = 1\n"}
    bring_in(moodle_zip(tmp_path / "one.zip", first), tmp_path / "out")
    (tmp_path / "out" / "A_1" / "a.py").write_text("a = 'put right by the teacher'\n")
    (tmp_path / "out" / "bindings.toml").write_text("")
    later = {**first, "B_2_assignsubmission_file/b.py": b"b = 2\n", "C_3_assignsubmission_file/c.py": CODE}
    done = bring_in(moodle_zip(tmp_path / "two.zip", later), tmp_path / "out")
    assert done.changed == ["B_2", "C_3"]
    assert "teacher" in (tmp_path / "out" / "A_1" / "a.py").read_text()
    assert (tmp_path / "out" / "B_2" / "b.py").read_bytes() == b"b = 2\n"
    assert (tmp_path / "out" / ".replaced" / "B_2" / "b.py").read_bytes() == b"b = 1\n"
    assert (tmp_path / "out" / "bindings.toml").exists()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    download = moodle_zip(tmp_path / "one.zip", {"A_1_assignsubmission_file/a.py": CODE})
    with pytest.raises(ExchangeError, match="--out"):
        bring_in(download, tmp_path / "out")
    assert os.listdir(tmp_path / "out") == ["mine.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "A_1_assignsubmission_file/../../evil.py",
        "A_1_assignsubmission_file/..\\..\\evil.py",
        "/A_1_assignsubmission_file/x/../../evil.py",
    ],
)
def test_names_that_lead_outside_are_not_written(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("A_1_assignsubmission_file/a.py", CODE)
        archive.writestr(name, CODE)
    done = bring_in(tmp_path / "one.zip", tmp_path / "in" / "out")
    assert not list(tmp_path.rglob("evil.py"))
    assert len(done.notes) == 1


def test_a_file_and_a_folder_of_one_name(tmp_path: Path) -> None:
    download = moodle_zip(
        tmp_path / "one.zip", {"A_1_assignsubmission_file/a": CODE, "A_1_assignsubmission_file/a/b.py": CODE}
    )
    done = bring_in(download, tmp_path / "out")
    assert len(done.notes) == 1


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 and no more"])
def test_what_is_no_zip(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "one.zip").write_bytes(content)
    with pytest.raises(ExchangeError, match="cannot be read as a zip"):
        bring_in(tmp_path / "one.zip", tmp_path / "out")


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("holiday/photo.jpg", b"")
    with pytest.raises(ExchangeError, match="no download of all submissions"):
        bring_in(tmp_path / "one.zip", tmp_path / "out")


def test_what_is_nobodys_is_told(tmp_path: Path) -> None:
    files = {"A_1_assignsubmission_file/a.py": CODE, "notes de la prof.txt": b"", "__MACOSX/A_1": b""}
    done = bring_in(moodle_zip(tmp_path / "one.zip", files), tmp_path / "out")
    assert done.names == ["A_1"]
    assert [note.values["names"] for note in done.notes] == ["notes de la prof.txt"]


def test_an_unpacked_download(tmp_path: Path) -> None:
    flat = tmp_path / "flat"
    flat.mkdir()
    (flat / "A_1_assignsubmission_file_tp.py").write_bytes(CODE)
    assert is_unsorted(flat)
    assert bring_in(flat, tmp_path / "out").names == ["A_1"]
    sorted_already = tmp_path / "folders" / "A_1_assignsubmission_file"
    sorted_already.mkdir(parents=True)
    assert not is_unsorted(tmp_path / "folders")
    (tmp_path / "folders" / "A_1_assignsubmission_onlinetext").mkdir()
    assert is_unsorted(tmp_path / "folders")


def test_the_zip_is_graded_as_it_is(tmp_path: Path) -> None:
    download = moodle_zip(
        tmp_path / "C-tiny-12.zip",
        {
            "A B_1_assignsubmission_file/tiny.py": CODE,
            "C D_2_assignsubmission_file/tiny.py": b"def square(x):\n    return 2 * x\n",
        },
    )
    done = run(download, "--out", tmp_path / "out", "--lang", "en", "--jobs", 1, root=TINY)
    assert done.returncode == 0, done.stderr
    assert "2 submissions" in done.stdout
    assert (tmp_path / "out" / "A B_1" / "report.json").exists()
    assert (tmp_path / "C-tiny-12" / "C D_2" / "tiny.py").exists()
