"""Files as a platform writes them, and the folder of a graded class."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from graders.engine.classroom import SETTINGS
from graders.engine.record import Class
from graders.report.html import render_report
from graders.report.model import Report
from graders.report.score import report_json
from graders.verdict import Verdict, passed
from tests.report import made

WHOLE = {**made.VERDICTS, "answer": passed()}
CODE = b"def square(x):\n    return x * x\n"


class _Flagged(zipfile.ZipInfo):
    """An entry whose name is marked as UTF-8, whatever is in it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode(), self.flag_bits | 0x800


class _Pipe(io.RawIOBase):
    """A stream that cannot go back, so that sizes stand after the data."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.content += data
        return len(data)


def moodle_zip(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """As Moodle writes it: names in UTF-8 and so marked, sizes after the data, no entries for folders."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, content in files.items():
            archive.writestr(_Flagged(name, (2026, 11, 19, 21, 35, 0)), content, zipfile.ZIP_DEFLATED)
    path.write_bytes(bytes(pipe.content))
    return path


def report(name: str, verdicts: Mapping[str, Verdict] = WHOLE, language: str = "en") -> Report:
    """A report out of 4, graded to the end: 1 + 0.25 + 0 + 0.5."""
    return made.report(name, verdicts, language=language)


def graded(folder: Path, *reports: Report, language: str = "en") -> Path:
    """The folder of a class, as grade.py leaves it."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = Class(submissions=str(folder), assignment="tiny", seed=0, language=language)
    (folder / SETTINGS).write_text(settings.model_dump_json())
    for one in reports:
        (folder / one.submission).mkdir()
        (folder / one.submission / "report.json").write_text(report_json(one), "utf-8")
        (folder / one.submission / "report.html").write_text(render_report(one, {}, language), "utf-8")
    return folder
