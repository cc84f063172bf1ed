"""The offline grading worksheet: read as Moodle writes it, written as Moodle reads it."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graders.language import say, translator
from graders.lms.comments import html
from graders.lms.graded import graded_class
from graders.lms.left_out import LeftOut
from graders.lms.moodle import by_files, sheets, worksheet
from graders.lms.moodle.dates import iso
from graders.lms.moodle.wishes import Wishes
from graders.lms.trouble import ExchangeError
from graders.verdict import failed
from tests.conftest import run
from tests.lms.made import graded, report
from tests.report import made

ENGLISH = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed",'
    '"Last modified (submission)","Online text","Last modified (grade)","Feedback comments"\n'
    '"Participant 7","Marie Dupont",mdupont@example.invalid,"Submitted for grading -  - ",,20.00,Yes,'
    '"Thursday, 19 November 2026, 9:35 PM",,-,\n'
    '"Participant 4","Éloïse D\'Alembert",e@example.invalid,"Submitted for grading - Graded -  - ",12.50,20.00,Yes,'
    '"Thursday, 19 November 2026, 9:35 PM","a ""quoted"" text, C:\\temp",'
    '"Friday, 20 November 2026, 12:05 AM","Well done"\n'
    '"Participant 5","Paul Martin",p@example.invalid,"No submission -  - ",,20.00,Yes,-,,-,\n'
)
FRENCH = (
    'Identifiant,"Nom complet","Adresse de courriel",Statut,Note,"Note maximale","La note peut être modifiée",'
    '"Dernière modification (travail remis)","Texte en ligne","Dernière modification (note)","Feedback par commentaires"\n'
    'Participant7,"Marie Dupont",mdupont@example.invalid,"Remis pour évaluation -  - ",,"20,00",Oui,'
    '"jeudi 19 novembre 2026, 22:35",,-,\n'
    'Participant4,"Éloïse D\'Alembert",e@example.invalid,"Remis pour évaluation - Noté -  - ","8,75","20,00",Oui,'
    '"jeudi 19 novembre 2026, 22:35",,"vendredi 20 novembre 2026, 08:05",\n'
)
BLIND = (
    'Identifier,Status,Grade,"Maximum grade","Grade can be changed","Last modified (grade)","Feedback comments"\n'
    '"Participant 12","Submitted for grading -  - ",,100.00,Yes,-,\n'
)
TEAMS = (
    'Identifier,"Full name",Status,Group,Grade,"Maximum grade","Grade can be changed","Last modified (grade)","Feedback comments"\n'
    '"Participant 1","A B","Submitted for grading -  - ",Groupe_A,,20.00,Yes,-,\n'
    '"Participant 2","C D","Submitted for grading -  - ",Groupe_A,,20.00,Yes,-,\n'
    '"Participant 3","E F","Submitted for grading -  - ","Groupe B",,20.00,Yes,-,\n'
    '"Participant 4","G H","No submission -  - ",,,20.00,Yes,-,\n'
)


def saved(path: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    """A worksheet on disk."""
    path.write_bytes(text.encode(encoding))
    return path


def written(folder: Path, sheet: Path, *, provisional: bool = False, replace: bool = False) -> by_files.Written:
    """Export a class."""
    return by_files.write(graded_class(folder), sheet, folder / "export", Wishes(provisional, replace))


def rows(path: Path) -> list[dict[str, str]]:
    """What a file says, column by column."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, BLIND, TEAMS])
def test_a_table_is_written_as_moodle_wrote_it_to_the_byte(text: str) -> None:
    table = next(iter(sheets.tables("\ufeff" + text)))
    assert sheets.written(table) == ("\ufeff" + text).encode()


CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\\\x00"), max_size=20)


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
    )
)
def test_what_is_written_is_read_again(table: list[list[str]]) -> None:
    kept = [row for row in table if any(row)]
    assume(kept and not kept[0][0].startswith("\ufeff"))
    assert next(iter(sheets.tables(sheets.written(kept).decode()))) == kept


def test_the_english_worksheet(tmp_path: Path) -> None:
    folder = graded(tmp_path / "out", report("Marie Dupont_7"))
    done = written(folder, saved(tmp_path / "Grades-C-TP1-12.csv", ENGLISH))
    content = (folder / "export" / "Grades-C-TP1-12.csv").read_bytes()
    assert content.startswith(
        b'\xef\xbb\xbfIdentifier,"Full name",Grade,"Maximum grade","Last modified (grade)","Feedback comments"\n'
        b'"Participant 7","Marie Dupont",8.75,20.00,-,"<p><b>Automatic grading: 1.75 / 4</b><br>'
    )
    assert content.count(b"\n") == 2
    assert done.count == 1


def test_the_french_worksheet_keeps_its_language(tmp_path: Path) -> None:
    folder = graded(
        tmp_path / "out", report("Marie Dupont_7", language="fr"), report("Éloïse DAlembert_4"), language="fr"
    )
    written(folder, saved(tmp_path / "Notes-C-TP1-12.csv", FRENCH))
    found = rows(folder / "export" / "Notes-C-TP1-12.csv")
    assert [row["Identifiant"] for row in found] == ["Participant7", "Participant4"]
    assert [row["Note"] for row in found] == ["8.75", "8.75"]
    assert [row["Dernière modification (note)"] for row in found] == ["-", "2026-11-20 08:05"]
    assert found[0]["Feedback par commentaires"].startswith("<p><b>Correction automatique\xa0: 1,75 / 4</b><br>")


def test_rows_stay_in_the_order_of_the_worksheet(tmp_path: Path) -> None:
    folder = graded(tmp_path / "out", report("Anna_5"), report("Paul_7"), report("Zoé_4"))
    sheet = BLIND.split("\n", maxsplit=1)[0] + "\n" + "".join(f'"Participant {n}",,,20.00,Yes,-,\n' for n in (4, 7, 5))
    written(folder, saved(tmp_path / "Grades.csv", sheet))
    found = rows(folder / "export" / "Grades.csv")
    assert [row["Identifier"] for row in found] == ["Participant 4", "Participant 7", "Participant 5"]


def test_the_same_words_are_said_once(tmp_path: Path) -> None:
    missing = failed("missing", say("train was not found."))
    told = made.report("Marie Dupont_7", {**made.VERDICTS, "metrics.f1": missing, "mlp.layers": missing})
    assert html(told, translator("en")).count("train was not found.") == 1
    assert html(told, translator("fr")).count("\xa0: comme plus haut<br>") == 1


def test_marks_and_comments_of_a_teacher_stay(tmp_path: Path) -> None:
    folder = graded(tmp_path / "out", report("Marie Dupont_7"), report("Éloïse DAlembert_4"))
    sheet = saved(tmp_path / "Grades.csv", ENGLISH)
    done = written(folder, sheet)
    assert [row["Identifier"] for row in rows(folder / "export" / "Grades.csv")] == ["Participant 7"]
    assert ["Éloïse DAlembert_4" in str(note.values["names"]) for note in done.notes] == [True]
    written(folder, sheet, replace=True)
    other = rows(folder / "export" / "Grades.csv")[1]
    assert other["Grade"] == "8.75"
    assert other["Last modified (grade)"] == "2026-11-20 00:05"
    assert other["Feedback comments"].startswith("<p>Well done</p><p><b>Automatic grading")


def test_our_own_comment_is_not_kept_twice(tmp_path: Path) -> None:
    again = FRENCH.replace('"8,75","20,00"', '"8,75","20,00"').replace(
        '"vendredi 20 novembre 2026, 08:05",\n',
        '"vendredi 20 novembre 2026, 08:05","Bien vu.\n\nCorrection automatique\xa0: 1,75 / 4\n1.6 F1"\n',
    )
    folder = graded(tmp_path / "out", report("Éloïse DAlembert_4", language="fr"), language="fr")
    written(folder, saved(tmp_path / "Notes.csv", again))
    comment = rows(folder / "export" / "Notes.csv")[0]["Feedback par commentaires"]
    assert comment.startswith("<p>Bien vu.</p><p><b>Correction automatique")
    assert comment.count("Correction automatique") == 1


def test_blind_marking(tmp_path: Path) -> None:
    folder = graded(tmp_path / "out", report("Participant_12"))
    written(folder, saved(tmp_path / "Grades.csv", BLIND))
    found = rows(folder / "export" / "Grades.csv")
    assert [(row["Identifier"], row["Grade"]) for row in found] == [("Participant 12", "43.75")]
    with zipfile.ZipFile(folder / "export" / "feedback.zip") as archive:
        assert archive.namelist() == ["Participant_12_assignfeedback_file/report.html"]


def test_every_member_of_a_team_has_a_row(tmp_path: Path) -> None:
    folder = graded(tmp_path / "out", report("Groupe A_31"), report("Default group"))
    done = written(folder, saved(tmp_path / "Grades.csv", TEAMS))
    found = rows(folder / "export" / "Grades.csv")
    assert [(row["Identifier"], row["Group"], row["Grade"]) for row in found] == [
        ("Participant 1", "Groupe_A", "8.75"),
        ("Participant 2", "Groupe_A", "8.75"),
    ]
    assert "Default group" in str(done.notes[0].values["names"])
    with zipfile.ZipFile(folder / "export" / "feedback.zip") as archive:
        assert archive.namelist() == ["Groupe A_31_assignfeedback_file/report.html"]


def test_teams_whose_names_become_one(tmp_path: Path) -> None:
    folder = graded(tmp_path / "out", report("Groupe A_31"), report("Groupe A_32"), report("Groupe B_33"))
    done = written(folder, saved(tmp_path / "Grades.csv", TEAMS))
    assert [row["Identifier"] for row in rows(folder / "export" / "Grades.csv")] == ["Participant 3"]
    assert done.notes[0].values["count"] == 2


def test_what_a_person_has_to_read_waits(tmp_path: Path) -> None:
    unread = report("Marie Dupont_7", made.VERDICTS)
    folder = graded(tmp_path / "out", unread, report("Paul Martin_5"))
    sheet = saved(tmp_path / "Grades.csv", ENGLISH)
    assert written(folder, sheet).count == 1
    done = written(folder, sheet, provisional=True)
    assert done.count == 2
    assert "up to 0.5" in rows(folder / "export" / "Grades.csv")[0]["Feedback comments"]


def test_what_was_not_graded_is_no_zero(tmp_path: Path) -> None:
    ours = made.report("Marie Dupont_7", about=made.OURS.model_copy(update={"submission": "Marie Dupont_7"}))
    folder = graded(tmp_path / "out", ours, report("Paul Martin_5"))
    done = written(folder, saved(tmp_path / "Grades.csv", ENGLISH), provisional=True)
    assert [row["Identifier"] for row in rows(folder / "export" / "Grades.csv")] == ["Participant 5"]
    assert done.notes[0].values["names"] == "Marie Dupont_7"


def test_the_worksheet_of_another_assignment_is_refused(tmp_path: Path) -> None:
    folder = graded(tmp_path / "out", report("Marie Dupont_5"), report("Paul Martin_7"))
    with pytest.raises(ExchangeError, match="another assignment"):
        written(folder, saved(tmp_path / "Grades.csv", ENGLISH))
    assert not (folder / "export").exists()


def test_no_student_breaks_out_of_a_cell(tmp_path: Path) -> None:
    hostile = made.hostile().model_copy(update={"submission": "Marie Dupont_7"})
    said = made.HOSTILE + '\\"\\'
    lines = tuple(line.model_copy(update={"feedback": said, "earned": 0.0}) for line in hostile.criteria)
    folder = graded(tmp_path / "out", hostile.model_copy(update={"criteria": lines}))
    written(folder, saved(tmp_path / "Grades.csv", ENGLISH), provisional=True)
    content = (folder / "export" / "Grades.csv").read_bytes()
    assert content.count(b"\n") == 2
    assert b"\\" not in content
    assert not [raw for raw in made.RAW if raw.encode() in content]
    assert content.count(b'"') == 2 * 7


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH.replace(",", ";").replace('"20;00"', "20,00").replace('"8;75"', "8,75"), "cp1252"),
        (
            FRENCH.replace('"20,00"', "20").replace(",", "\t").replace('"20\t00"', "20").replace("8\t75", "8,75"),
            "utf-16",
        ),
        (FRENCH.replace("\n", "\r\n"), "utf-8"),
    ],
)
def test_a_worksheet_that_a_spreadsheet_saved_again(tmp_path: Path, text: str, encoding: str) -> None:
    folder = graded(tmp_path / "out", report("Marie Dupont_7"), language="fr")
    written(folder, saved(tmp_path / "Notes.csv", text, encoding))
    assert (folder / "export" / "Notes.csv").read_bytes().startswith(b"\xef\xbb\xbfIdentifiant,")


def test_a_quote_after_a_backslash_as_php_writes_it(tmp_path: Path) -> None:
    odd = ENGLISH.replace('"a ""quoted"" text, C:\\temp"', '"print(\\"a, b, c\\"), ""d"", e"')
    found = worksheet.read(saved(tmp_path / "Grades.csv", odd))
    assert [row.number for row in found.rows] == [7, 4, 5]


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "no grading worksheet"),
        ("a,b,c\n1,2,3\n", "no grading worksheet"),
        (ENGLISH.replace("Identifier", " Identifier"), "no grading worksheet"),
        (ENGLISH + '"Participant 9",too,few\n', "row 5"),
        (ENGLISH.replace("Maximum grade", "Scale"), "scale"),
    ],
)
def test_what_is_wrong_with_a_worksheet_is_said(tmp_path: Path, text: str, match: str) -> None:
    with pytest.raises(ExchangeError) as raised:
        worksheet.read(saved(tmp_path / "Grades.csv", text))
    said = translator("en")(raised.value.message)
    assert "Grades.csv" in said
    assert match in said


def test_a_mark_that_cannot_be_changed(tmp_path: Path) -> None:
    folder = graded(tmp_path / "out", report("Marie Dupont_7"), report("Paul Martin_5"))
    locked = ENGLISH.replace('"Submitted for grading -  - ",,20.00,Yes', '"Submitted for grading -  - ",,20.00,No')
    assert written(folder, saved(tmp_path / "Grades.csv", locked)).count == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("-", "-"),
        ("", "-"),
        ("jeudi 19 novembre 2026, 22:35", "2026-11-19 22:35"),
        ("dimanche 1 février 2026, 08:05", "2026-02-01 08:05"),
        ("samedi 1er août 2026, 08:05", "2026-08-01 08:05"),
        ("Thursday, 19 November 2026, 9:35 PM", "2026-11-19 21:35"),
        ("Friday, 20 November 2026, 12:05 AM", "2026-11-20 00:05"),
        ("Friday, 20 November 2026, 12:05 PM", "2026-11-20 12:05"),
        ("2026-11-20 22:38", "2026-11-20 22:38"),
        ("20/11/2026", None),
        ("Freitag, 20. November 2026", None),
    ],
)
def test_dates(said: str, expected: str | None) -> None:
    assert iso(said) == expected


def test_the_command_says_what_to_do_and_in_which_order(tmp_path: Path) -> None:
    folder = graded(tmp_path / "out", report("Marie Dupont_7"), language="fr")
    done = run("export", "moodle", folder, "--worksheet", saved(tmp_path / "Notes.csv", FRENCH), "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert done.stdout.index("Notes.csv") < done.stdout.index("feedback.zip")
    assert "in French" in done.stdout
    missing = run("export", "moodle", folder, "--lang", "en")
    assert missing.returncode == 2
    assert "--worksheet" in missing.stderr


def test_reasons_are_listed_with_names() -> None:
    from graders.language import say

    left = LeftOut()
    for number in range(20):
        left.add(say("not in the worksheet"), f"s{number}")
    assert [note.values["count"] for note in left.notes()] == [20]
    assert translator("en")(left.notes()[0]).endswith("s7, …")


def test_what_a_person_said_and_what_lateness_cost_are_told(tmp_path: Path) -> None:
    whole = report("Marie Dupont_7")
    first = whole.criteria[0].model_copy(update={"manual": True, "feedback": "Seen by me"})
    told = {"comment": "Well \\ done", "penalty": 0.5, "score": 1.25, "criteria": (first, *whole.criteria[1:])}
    folder = graded(tmp_path / "out", whole.model_copy(update=told))
    written(folder, saved(tmp_path / "Grades.csv", ENGLISH))
    comment = rows(folder / "export" / "Grades.csv")[0]["Feedback comments"]
    assert "<br>Well &#92; done<br>Late: 0.5 points taken<br>1.3 Four maps (1 / 1)\xa0: Seen by me<br>" in comment


def test_zeros_are_told_of(tmp_path: Path) -> None:
    nothing = report("Marie Dupont_7").model_copy(update={"score": 0.0})
    done = written(graded(tmp_path / "out", nothing), saved(tmp_path / "Grades.csv", ENGLISH))
    assert rows(done.files[0])[0]["Grade"] == "0"
    assert [step.values.get("count") for step in done.steps] == [None, None, 1]
