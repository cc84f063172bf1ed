"""Zips that are damaged, or made to harm: what is safe in them is taken, the rest is told."""

from __future__ import annotations

import random
import resource
import stat
import struct
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.submissions.collect import collect
from graders.submissions.submission import Submission
from tests.submissions.test_collect import folder, names, notes, zipped


def taken(tmp_path: Path, content: bytes) -> Submission:
    """What is taken of a zip."""
    return collect("ada", folder(tmp_path, {"ada.zip": content}) / "ada.zip")


@pytest.mark.parametrize(
    "name",
    [
        "../evil.py",
        "/etc/evil.py",
        "C:\\evil.py",
        "a/../../evil.py",
        "..\\evil.py",
        "x" * 300,
        "/".join("d" * 30) + "/evil.py",
    ],
)
def test_names_that_are_not_safe_are_left_out(tmp_path: Path, name: str) -> None:
    submission = taken(tmp_path, zipped({name: "x", "tp2.py": "x"}))
    assert names(submission) == ["tp2.py"]
    assert "its name is not safe" in notes(submission)


@pytest.mark.parametrize("name", ["./tp2.py", "a//tp2.py", "a\\tp2.py"])
def test_names_that_are_only_odd_are_brought_in_order(tmp_path: Path, name: str) -> None:
    assert names(taken(tmp_path, zipped({name: "x"}))) == ["tp2.py"]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK])
def test_entries_that_are_no_files_are_left_out(tmp_path: Path, kind: int) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        entry = zipfile.ZipInfo("link.py")
        entry.external_attr = (kind | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
        archive.writestr("tp2.py", "x")
    submission = taken(tmp_path, content.getvalue())
    assert names(submission) == ["tp2.py"]
    assert "link.py was left out: it is not a regular file" in notes(submission)


def test_a_bomb_is_bounded_in_time_and_memory(tmp_path: Path) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tp2.py", "x")
        for number in range(12):
            archive.writestr(f"zeros{number}.npy", bytes(20 * 2**20))
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    submission = taken(tmp_path, content.getvalue())
    assert "tp2.py" in submission.files
    assert sum(map(len, submission.files.values())) <= 64 * 2**20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 2**10
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_swells_before_it_is_counted_is_not_unpacked(tmp_path: Path, method: int) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        archive.writestr("zeros.npy", bytes(200 * 2**20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lied = content.getvalue().replace(struct.pack("<I", 200 * 2**20), struct.pack("<I", 10))
    assert names(taken(tmp_path, lied)) == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 2**10


def lying(size: int) -> bytes:
    """A zip of a million zeros that says it holds `size` bytes."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.npy", bytes(10**6))
        archive.writestr("tp2.py", "x")
    return content.getvalue().replace(struct.pack("<I", 10**6), struct.pack("<I", size))


@pytest.mark.parametrize("size", [10, 2**31, 0])
def test_a_size_that_lies_only_cuts_itself(tmp_path: Path, size: int) -> None:
    submission = taken(tmp_path, lying(size))
    assert names(submission) == ["tp2.py"]
    assert "zeros.npy was left out" in notes(submission)


def test_a_list_of_too_many_names_is_refused(tmp_path: Path) -> None:
    started = time.perf_counter()
    submission = taken(tmp_path, zipped({f"{number:05}" + "x" * 200: "" for number in range(18_000)}))
    assert names(submission) == []
    assert "it holds too many files" in notes(submission)
    assert time.perf_counter() - started < 10


def test_of_two_with_one_name_the_last_counts(tmp_path: Path) -> None:
    content = BytesIO()
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(content, "w") as archive:
        archive.writestr("tp2.py", "first")
        archive.writestr("tp2.py", "second")
    submission = taken(tmp_path, content.getvalue())
    assert submission.files == {"tp2.py": b"second"}
    assert "tp2.py is there twice" in notes(submission)


def test_a_name_that_is_file_and_folder_is_no_trouble(tmp_path: Path) -> None:
    submission = taken(tmp_path, zipped({"data": "x", "data/x.csv": "x", "tp2.py": "x"}))
    assert names(submission) == ["data", "tp2.py"]
    assert "data/x.csv was left out: it is a file in one place and a folder in another" in notes(submission)


def test_zips_inside_are_looked_into(tmp_path: Path) -> None:
    inner = zipped({"tp2.py": "x"})
    assert names(taken(tmp_path, zipped({"work.zip": inner}))) == ["tp2.py"]
    assert names(collect("bob", folder(tmp_path / "bob", {"work.zip": inner, "notes.txt": ""}))) == [
        "notes.txt",
        "work/tp2.py",
    ]
    deep = zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": inner})})})
    assert names(taken(tmp_path, deep)) == ["c.zip"]
    many = zipped({f"{number}.zip": inner for number in range(30)})
    assert sum(name.endswith(".py") for name in names(taken(tmp_path, many))) < 10


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"%PDF-1.4", b"Rar!\x1a\x07\x00", b"x" * 10**5]
)
def test_what_is_no_zip_is_told(tmp_path: Path, content: bytes) -> None:
    submission = taken(tmp_path, content)
    assert names(submission) == []
    assert content.startswith(b"PK\x05\x06") or "it cannot be read as a zip" in notes(submission)


def test_a_damaged_entry_costs_itself(tmp_path: Path) -> None:
    content = bytearray(zipped({"broken.npy": "here" * 100, "tp2.py": "x"}))
    content[content.index(b"herehere")] ^= 255
    submission = taken(tmp_path, bytes(content))
    assert names(submission) == ["tp2.py"]
    assert "broken.npy was left out: it cannot be read" in notes(submission)


def test_an_entry_with_a_password_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped({"tp2.py": "x"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    submission = taken(tmp_path, bytes(content))
    assert names(submission) == []
    assert "encrypted" in notes(submission)


WHOLE = zipped({"tp2.py": "x = 1\n" * 50, "data/x.csv": "1,2\n" * 50, "inner.zip": zipped({"y.py": "y"})})


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 12), cut=st.integers(0, 40))
def test_no_damage_is_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, seed: int, changes: int, cut: int
) -> None:
    rng, content = random.Random(seed), bytearray(WHOLE)
    for _ in range(changes):
        content[rng.randrange(len(content))] = rng.randrange(256)
    submission = taken(tmp_path_factory.mktemp("zip"), bytes(content[: len(content) - cut]))
    assert sum(map(len, submission.files.values())) < 10**6
    assert submission.digest
