"""The grader of one assignment as a package that a platform runs: the engine, the published part, the hidden suite."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graders import paths
from graders.assignment import Assignment, DeclarationError
from graders.engine.release import EPOCH, REQUIREMENTS, TOOLKIT, files_below, toolkit

GRADER = "grader.zip"


@dataclass(frozen=True)
class Order:
    """What a package is asked to do."""

    assignment: Assignment
    language: str
    no_isolation: bool = False
    visibility: str = ""

    @property
    def options(self) -> str:
        """For `grade.py autograde`; nothing in it needs quoting in a shell."""
        said = ["--assignment", self.assignment.id, "--lang", self.language]
        said += ["--visibility", self.visibility] if self.visibility else []
        return " ".join([*said, *(["--no-isolation"] if self.no_isolation else [])])


def grader(assignment: Assignment) -> dict[str, bytes]:
    """Every file that grading needs, by path. It holds the hidden suite: no student may have it."""
    if not (assignment.secret / "hidden").is_dir():
        raise DeclarationError(f"{assignment.secret / 'hidden'} is missing: there is nothing to grade with")
    found = [*toolkit(assignment), *_secret(assignment)]
    files = {file.relative_to(root).as_posix(): file.read_bytes() for root, file in found}
    return {**files, "requirements.txt": REQUIREMENTS.encode()}


def _secret(assignment: Assignment) -> Iterator[tuple[Path, Path]]:
    for name in ("hidden", "locale"):
        yield from ((paths.ROOT, file) for file in files_below(assignment.secret / name) if file.suffix in TOOLKIT)


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """The same bytes for the same files. What begins with `#!` can be run."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in sorted(files):
            data = files[name]
            data = data.encode() if isinstance(data, str) else data
            entry = zipfile.ZipInfo(name, EPOCH)
            mode = 0o755 if data.startswith(b"#!") else 0o644
            entry.external_attr = (stat.S_IFREG | mode) << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return content.getvalue()
