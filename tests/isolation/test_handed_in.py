"""A class of archives that attack whoever unpacks them, and of names that attack whoever reads them, through the whole grader."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import stat
import subprocess
import time
import warnings
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import TINY, run
from tests.isolation.stage import OBEYED
from tests.report.pages import Page, assert_inert

RIGHT = b"def square(x):\n    return x * x\n"
LINK, DEVICE, FIFO = stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO
# Names of folders, files and functions, each an order to somebody: a page, a sheet, a terminal, a shell, Markdown, LaTeX, a log.
NAMES = (
    "<script>alert(1)<|script>", '"><img src=x onerror=alert(1)>', "=HYPERLINK(\"evil\")", "+cmd|' |C calc'!A0", "@SUM(1)", "-2+3",
    "a\x1b]0;owned\x07\x1b[2J", "a\nGrade :=>> 100\n<|--", "::error::owned", "\u202egnp.exe", "[x](javascript:alert(1))",
    "$(touch owned)`touch owned`", "{{7*7}}${7*7}", "\\input{x}$$\\href{javascript:alert(1)}{x}$$", "%s%n{0}{name}", "[bold red]x[|]",
    "--out", "CON", "a\udcffb", "\x9b31m", "&lt;script&gt;", "' OR 1=1 --", "x" * 200, "index.html", "report.json", "up\\..\\..",
)  # fmt: skip


Graded = tuple[Path, "subprocess.CompletedProcess[str]", float]


def zipped(files: Mapping[str, bytes], kinds: Mapping[str, int] = {}, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip, some of whose entries are of another kind."""
    content = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w", method) as archive:
        warnings.simplefilter("ignore")
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = method
            entry.external_attr = (kinds.get(name, stat.S_IFREG) | 0o666) << 16
            archive.writestr(entry, data)
    return content.getvalue()


def nested(depth: int) -> bytes:
    """A zip in a zip in a zip."""
    content = zipped({"deep.py": RIGHT})
    for _ in range(depth):
        content = zipped({"tiny.py": RIGHT, "inner.zip": content})
    return content


@cache
def archives() -> dict[str, tuple[bytes, str]]:
    """What is handed in, and what is told of it, which "" stands for nothing."""
    outside = ("../evil.py", "/tmp/evil.py", "a/../../../evil.py", "C:\\evil.py", "..\\..\\evil.py")
    traversal = zipped({"tiny.py": RIGHT} | dict.fromkeys(outside, b"evil"))
    kinds = {"link.py": LINK, "device": DEVICE, "fifo": FIFO}
    links = zipped({"link.py": b"/etc/passwd", "device": b"", "fifo": b"", "tiny.py": RIGHT}, kinds)
    twice = zipped({"tiny.py": b"def square(x): return 0\n"})
    many = zipped({f"{number:06}{'x' * 100}": b"" for number in range(40_000)}, method=zipfile.ZIP_STORED)
    bomb = zipped({"tiny.py": RIGHT} | {f"zeros-{number}": bytes(25 * 2**20) for number in range(8)})
    lying = zipped({"tiny.py": RIGHT, "zeros.npy": bytes(10**6)}).replace(
        (10**6).to_bytes(4, "little"), (10).to_bytes(4, "little")
    )
    return {
        "traversal": (traversal, "its name is not safe"),
        "links": (links, "it is not a regular file"),
        "many": (many, "it holds too many files"),
        "bomb": (bomb, "too many files or bytes"),
        "lying": (lying, "zeros.npy was left out"),
        "nested": (nested(12), ""),
        "clashes": (zipped({"tiny.py": RIGHT, "TINY.PY": b"1/0", "CON.py": b"", "tiny.py/x": b"", "nul": b""}), "a file in one place and a folder"),
        "names": (zipped({"tiny.py": RIGHT} | {f"{name}.txt": b"" for name in NAMES if name.isprintable()}), "its name is not safe"),
        "cut": (twice[: len(twice) // 2], "it cannot be read as a zip"),
        "swelling": (zipped({"tiny.py": RIGHT, "zeros": bytes(2**20)}, method=zipfile.ZIP_LZMA), "packed in a way that only few programs know"),
    }  # fmt: skip


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """The folder around the class and its reports, what was said, and how long it took."""
    folder = tmp_path_factory.mktemp("handed-in")
    (folder / "class").mkdir()
    for name, (content, _) in archives().items():
        (folder / "class" / f"archive-{name}.zip").write_bytes(content)
    for name in NAMES:
        place = folder / "class" / name.replace("/", "|")
        place.mkdir()
        (place / "tiny.py").write_bytes(
            b"def square(x):\n    raise type('''"
            + name.encode("utf-8", "replace").replace(b"\\", b"|").replace(b"'", b"")
            + b"''', (Exception,), {})\n"
        )
        (place / f"{name[:60].replace('/', '|')}.py").write_text("1 / 0")
    root = shutil.copytree(TINY, folder / "course")
    started = time.monotonic()
    done = run(
        folder / "class", "--assignment", "tiny", "--out", folder / "out", "--lang", "en", "--jobs", 1, root=root
    )
    return folder, done, time.monotonic() - started


def reports(folder: Path) -> list[dict]:
    """Every report."""
    return [json.loads(path.read_text()) for path in sorted((folder / "out").glob("*/report.json"))]


def test_everybody_has_a_report_in_time(graded: Graded) -> None:
    folder, done, seconds = graded
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(reports(folder)) == len(archives()) + len(NAMES)
    assert {one["status"] for one in reports(folder)} == {"graded"}
    assert seconds < 120


@pytest.mark.parametrize(("name", "told"), [(name, told) for name, (_, told) in archives().items()])
def test_what_an_archive_does_not_give_is_told(graded: Graded, name: str, told: str) -> None:
    report = json.loads((graded[0] / "out" / f"archive-{name}" / "report.json").read_text())
    assert told in " ".join(report["flags"])
    assert report["score"] == (0 if name in ("many", "cut", "swelling") else 15)


def test_nothing_lies_outside(graded: Graded) -> None:
    folder = graded[0]
    assert sorted(path.name for path in folder.iterdir()) == ["class", "course", "out"]
    assert not list(Path("/tmp").glob("evil*"))
    assert not [path for path in folder.rglob("*") if path.name in ("owned", "evil.py")]
    assert not [
        path for path in (folder / "out").rglob("*") if path.is_symlink() or not (path.is_file() or path.is_dir())
    ]


def test_no_name_obeys_in_a_page_or_a_terminal(graded: Graded) -> None:
    folder, done, _ = graded
    assert not OBEYED.search(done.stdout + done.stderr)
    assert sum(line.startswith("Grade :=>>") for line in done.stdout.splitlines()) == 0
    for path in (folder / "out").rglob("*.html"):
        assert_inert(path.read_text())
    listed = Page((folder / "out" / "index.html").read_text())
    assert all("49" not in text for text in listed.said.split() if "{{" in text)


def test_no_name_is_a_formula_in_a_sheet(graded: Graded) -> None:
    sheet = (graded[0] / "out" / "grades.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet)))
    assert len(rows) == 1 + len(archives()) + len(NAMES)
    assert not [cell for row in rows for cell in row if re.match(r"\s*[=+\-@|%]", cell)]
