"""What is taken of a submission, what is left out and said, and what is nobody's zero."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pytest

from graders.language import translator
from graders.submissions import collect as module
from graders.submissions import intake
from graders.submissions.collect import UnreadableError, collect, find
from graders.submissions.filed import filed
from graders.submissions.submission import Submission

SAY = translator("en")


def folder(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """Files below a path."""
    path.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """A zip of these files."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def names(submission: Submission) -> list[str]:
    """The paths that were taken."""
    return sorted(submission.files)


def notes(submission: Submission) -> str:
    """What was said, as one text."""
    return "\n".join(SAY(note) for note in submission.notes)


def test_every_entry_is_a_submission_with_a_name_of_its_own(tmp_path: Path) -> None:
    folder(
        tmp_path,
        {
            "ada/tp2.py": "",
            "bob.zip": b"",
            "eve.py": "",
            "eve.ipynb": "",
            "eve.py.zip": b"",
            ".hidden/x.py": "",
            "index.html/tp2.py": "",
            "report.pdf": b"%PDF",
        },
    )
    (tmp_path / "link").symlink_to(tmp_path / "ada")
    found = find(tmp_path)
    assert [name for name, _ in found] == sorted(
        ["ada", "bob", "eve.py", "eve.ipynb", "eve.py_", "index.html_", "link", "report"]
    )
    assert len({path for _, path in found}) == len(found)


def test_names_can_be_written_down(tmp_path: Path) -> None:
    for name in (b"\xff\xfe", "Zoe\u0308".encode(), b"new\nline", b"x" * 255, b"\x1b[2J"):
        os.mkdir(os.path.join(os.fsencode(tmp_path), name))
    found = dict(find(tmp_path))
    assert {"\\udcff\\udcfe", "Zoë", "new\nline", "\x1b[2J"} < found.keys()
    assert all(len(name.encode()) < 255 for name in found)


def test_clutter_is_left_out(tmp_path: Path) -> None:
    clutter = (
        ".git/config",
        "__pycache__/tp2.pyc",
        "__MACOSX/._tp2.py",
        "._tp2.py",
        ".venv/lib/x.py",
        "venv/lib/x.py",
        "mine/pyvenv.cfg",
        "mine/Lib/x.py",
        "node_modules/a/b.js",
    )
    path = folder(tmp_path / "ada", dict.fromkeys((*clutter, "tp2.py"), "x"))
    assert names(collect("ada", path)) == ["tp2.py"]
    assert names(
        collect("ada", folder(tmp_path, {"ada.zip": zipped(dict.fromkeys((*clutter, "tp2.py"), "x"))}) / "ada.zip")
    ) == ["tp2.py"]


def test_a_virtual_environment_around_everything_is_no_reason_to_leave_it_out(tmp_path: Path) -> None:
    path = folder(tmp_path / "ada", {"pyvenv.cfg": "", "tp2.py": "x", "Lib/site-packages/numpy.py": ""})
    assert names(collect("ada", path)) == ["pyvenv.cfg", "tp2.py"]


def test_what_was_handed_out_is_not_handed_in(tmp_path: Path) -> None:
    files = {"graders/frozen.py": "", "graders/x.py": "", "assignments/a/data.py": "", "grade.py": "", "tp2.py": "x"}
    assert names(collect("ada", folder(tmp_path / "ada", files))) == ["tp2.py"]
    wrapped = zipped({f"package/{name}": content for name, content in files.items()})
    assert names(collect("ada", folder(tmp_path, {"ada.zip": wrapped}) / "ada.zip")) == ["tp2.py"]


def test_folders_around_everything_are_taken_off(tmp_path: Path) -> None:
    assert names(collect("ada", folder(tmp_path / "ada", {"a/b/tp2.py": "", "a/b/c/d.py": ""}))) == ["c/d.py", "tp2.py"]


def test_what_is_no_file_is_told_and_not_opened(tmp_path: Path) -> None:
    path = folder(tmp_path / "ada", {"tp2.py": "x"})
    os.mkfifo(path / "fifo.py")
    (path / "link.py").symlink_to("/etc/passwd")
    (path / "folder").symlink_to("/etc")
    (path / "loop").symlink_to(path / "loop")
    submission = collect("ada", path)
    assert names(submission) == ["tp2.py"]
    for name in ("fifo.py", "link.py", "folder", "loop"):
        assert f"{name} was left out: it is not a regular file" in notes(submission)


def test_a_link_or_device_in_the_place_of_a_submission_is_nobodys_zero(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc")
    os.mkfifo(tmp_path / "fifo")
    for name in ("link", "fifo"):
        with pytest.raises(UnreadableError) as caught:
            collect(name, tmp_path / name)
        assert "put the files themselves there" in SAY(caught.value.reason)


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that an ordinary user reaches, and this process as that user."""
    with tempfile.TemporaryDirectory() as made:
        os.chmod(made, 0o777)
        before = os.geteuid()
        if before == 0:
            os.seteuid(65534)
        yield Path(made)
        os.seteuid(before)


def test_what_we_may_not_read_is_nobodys_zero(reachable: Path) -> None:
    file = folder(reachable / "ada", {"tp2.py": "x", "sub/data.py": "x"}) / "tp2.py"
    for closed in (file, reachable / "ada" / "sub", folder(reachable, {"bob.zip": zipped({"tp2.py": ""})}) / "bob.zip"):
        closed.chmod(0)
        with pytest.raises(UnreadableError) as caught:
            collect("x", reachable / ("bob.zip" if closed.name == "bob.zip" else "ada"))
        assert closed.name in SAY(caught.value.reason)
        assert "Permission denied" in SAY(caught.value.reason)
        closed.chmod(0o755)


def test_nothing_and_next_to_nothing_are_submissions(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert names(collect("empty", tmp_path / "empty")) == []
    assert names(collect("report", folder(tmp_path, {"report.pdf": b"%PDF"}) / "report.pdf")) == ["report.pdf"]


def test_sources_come_first_where_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_FILES", 3)
    path = folder(tmp_path / "ada", {f"data/{i:03}.npy": "x" for i in range(20)} | {"tp2.py": "x", "z/deep.py": "x"})
    submission = collect("ada", path)
    assert {"tp2.py", "z/deep.py"} < submission.files.keys()
    assert len(submission.files) == 3
    assert "data/001.npy was left out: the submission holds too many files or bytes." in notes(submission)
    assert len(submission.notes) <= module.MOST_NOTES


def test_what_is_large_is_left_out_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder(tmp_path / "ada", {"tp2.py": "x"})
    with (path / "huge.npy").open("wb") as file:
        file.truncate(2**40)
    submission = collect("ada", path)
    assert names(submission) == ["tp2.py"]
    assert "huge.npy was left out: it is larger than 30 MB" in notes(submission)
    monkeypatch.setattr(intake, "MOST_BYTES", 10)
    assert names(collect("ada", folder(tmp_path / "bob", {"tp2.py": "x" * 9, "more.txt": "xx"}))) == ["tp2.py"]


def test_the_digest_is_that_of_the_files_whoever_hands_them_in(tmp_path: Path) -> None:
    files = {"tp2.py": "x = 1\n", "é/données.csv": "1\n"}
    one = collect("ada", folder(tmp_path / "ada", files))
    other = collect(
        "bob", folder(tmp_path, {"bob.zip": zipped({f"e/{name}": text for name, text in files.items()})}) / "bob.zip"
    )
    assert one.digest == other.digest
    assert one.digest != collect("eve", folder(tmp_path / "eve", {**files, "tp2.py": "x = 2\n"})).digest


def test_names_of_files_are_brought_to_one_spelling(tmp_path: Path) -> None:
    path = folder(tmp_path / "ada", {"e\u0301te\u0301.py": "", "tp2.py": ""})
    Path(os.fsdecode(os.path.join(os.fsencode(path), b"\xff.py"))).write_text("")
    assert names(collect("ada", path)) == ["\\udcff.py", "tp2.py", "été.py"]
    assert collect("ada", path).digest


def test_names_come_as_people_look_for_them(tmp_path: Path) -> None:
    names = ["Éloïse", "Zoé", "eve", "Emma", "Ève"]
    for name in names:
        (tmp_path / f"{name}.py").touch()
    assert [name for name, _ in find(tmp_path)] == ["Éloïse", "Emma", "eve", "Ève", "Zoé"]


def notebook(*cells: str) -> bytes:
    """A notebook of code cells."""
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]}).encode()


def test_a_file_that_a_notebook_writes_is_handed_in(tmp_path: Path) -> None:
    written = notebook(
        "%%writefile net.py\nx = 1", "import net", "%%writefile -a net.py\ny = 2", "%%file other.py\nz = 3"
    )
    found = collect("someone", folder(tmp_path / "someone", {"tp/a.ipynb": written, "tp/other.py": "z = 4\n"}))
    assert found.files["net.py"] == b"x = 1\ny = 2\n"
    assert found.files["other.py"] == b"z = 4\n"


@pytest.mark.parametrize("line", ["../net.py", "/net.py", "{name}.py", "", "a b", "'"])
def test_a_name_that_is_not_plain_is_no_file(line: str) -> None:
    assert not filed({"a.ipynb": notebook(f"%%writefile {line}\nx = 1")})
