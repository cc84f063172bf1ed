"""Canvas by files: the zip of all submissions in, the gradebook out."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest

from graders.language import translator
from graders.lms.canvas import by_files
from graders.lms.canvas.downloaded import is_unsorted
from graders.lms.graded import graded_class
from graders.lms.incoming import bring_in
from graders.lms.trouble import ExchangeError
from graders.submissions.collect import collect
from tests.conftest import run
from tests.lms.made import CODE, graded, report

GRADEBOOK = (
    "Student,ID,SIS User ID,SIS Login ID,Section,TP1 (4821),TP2 (4822),Final Score\n"
    "    Points Possible,,,,,20,10,(read only)\n"
    '"Dupont, Marie",123,E1000,mdupont,G1,,3,40\n'
    '"D\'Alembert, Éloïse",124,E1001,edalembert,G1,12.5,,50\n'
    '"Martin, Paul",125,E1002,pmartin,G1,EX,,\n'
    '"Student, Test",999,,abc,G1,,,\n'
)


def saved(path: Path, text: str = GRADEBOOK) -> Path:
    """A gradebook on disk."""
    path.write_text(text, "utf-8")
    return path


def written(folder: Path, book: Path, wanted: str | None = "4821", *, replace: bool = False) -> list[list[str]]:
    """Export a class; the rows."""
    done = by_files.write(graded_class(folder), book, wanted, folder / "export", provisional=False, replace=replace)
    return list(csv.reader(done.files[0].read_text("utf-8").splitlines()))


def test_the_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        archive.writestr("dupontmarie_LATE_123_456_tp1.py", CODE)
        archive.writestr("dupontmarie_LATE_123_457_mon_tp_2-1.ipynb", b"{}")
        archive.writestr("dalembertéloïse_124_text.html", "<p>Réponse</p>")
        archive.writestr("martinpaul_125_link.html", '<a href="https://github.com/x">x</a>')
        archive.writestr("anon_x7Kp2_458_tp1.py", CODE)
    done = bring_in(tmp_path / "submissions.zip", tmp_path / "out")
    assert done.names == ["anon_x7Kp2", "dalembertéloïse_124", "dupontmarie_123", "martinpaul_125"]
    assert set(collect("x", tmp_path / "out" / "dupontmarie_123").files) == {"tp1.py", "mon_tp_2-1.ipynb"}
    assert collect("x", tmp_path / "out" / "dalembertéloïse_124").files["online_text.txt"].decode() == "Réponse\n"
    notes = [translator("en")(note) for note in done.notes]
    assert "dupontmarie_123" in notes[0]
    assert "martinpaul_125" in notes[1]
    assert is_unsorted(["dupontmarie_LATE_123_456_tp1.py"])
    assert not is_unsorted(["dupontmarie_123", "tp1.py"])


def test_the_gradebook_goes_back_with_one_column(tmp_path: Path) -> None:
    folder = graded(tmp_path / "out", report("dupontmarie_123"), report("inconnu_7"))
    assert written(folder, saved(tmp_path / "grades.csv")) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "TP1 (4821)"],
        ["    Points Possible", "", "", "", "", "20"],
        ["Dupont, Marie", "123", "E1000", "mdupont", "G1", "8.75"],
    ]


def test_marks_and_excuses_of_a_teacher_stay(tmp_path: Path) -> None:
    folder = graded(tmp_path / "out", *map(report, ("dupontmarie_123", "dalembertéloïse_124", "martinpaul_125")))
    book = saved(tmp_path / "grades.csv")
    assert [row[1] for row in written(folder, book)[2:]] == ["123"]
    assert sorted(row[1] for row in written(folder, book, replace=True)[2:]) == ["123", "124"]


@pytest.mark.parametrize("wanted", ["TP1 (4821)", "TP1", "4821"])
def test_the_column_has_several_names(tmp_path: Path, wanted: str) -> None:
    folder = graded(tmp_path / "out", report("dupontmarie_123"))
    assert written(folder, saved(tmp_path / "grades.csv"), wanted)[0][-1] == "TP1 (4821)"


def test_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    book = GRADEBOOK.replace(",", ";").replace("Dupont; M", "Dupont, M").replace("12.5", "8,75")
    folder = graded(tmp_path / "out", report("dalembertéloïse_124"))
    assert written(folder, saved(tmp_path / "grades.csv", book))[-1][-1] == "8.75"


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("a,b\n1,2\n", None, "no gradebook"),
        (GRADEBOOK, None, "4821 (TP1)|4822 (TP2)"),
        (GRADEBOOK, "TP3", "--column"),
        (GRADEBOOK.replace(",,,,,20,10", ",,,,,,"), "TP1", "points possible"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, wanted: str | None, expected: str) -> None:
    folder = graded(tmp_path / "out", report("dupontmarie_123"))
    with pytest.raises(ExchangeError) as raised:
        written(folder, saved(tmp_path / "grades.csv", text), wanted)
    assert expected in translator("en")(raised.value.message)


def test_the_commands(tmp_path: Path) -> None:
    folder = graded(tmp_path / "out", report("dupontmarie_123"))
    book = saved(tmp_path / "grades.csv")
    done = run("export", "canvas", folder, "--gradebook", book, "--column", "TP1", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "1 marks are ready" in done.stdout
    assert run("export", "canvas", folder, "--lang", "en").returncode == 2
    assert run("import", "canvas", tmp_path / "nowhere.zip", "--lang", "en").returncode == 2
