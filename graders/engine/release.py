"""The package that students get: statement, template, data, self-check. Nothing of it comes from the secret folder."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from graders import paths
from graders.assignment import Assignment, DeclarationError
from graders.engine.readme import readme
from graders.submissions.notebook import changed
from graders.suite.loading import published

VISIBLE_SEED = 2025
MARKED = re.compile(r"^(?P<indent>[ \t]*)# <solution>\n.*?^[ \t]*# </solution>\n", re.MULTILINE | re.DOTALL)
TOOLKIT = (".py", ".mo", ".j2", ".css")
# Fixed, so that the same release has the same bytes.
EPOCH = (2020, 1, 1, 0, 0, 0)
REQUIREMENTS = "torch\nnumpy\nscipy\nscikit-learn\nmatplotlib\npydantic>=2.10\njinja2\nrich\ntyper>=0.29\n"


def student_version(name: str, solution: str) -> str:
    """A file of the solution with every marked body replaced by `raise NotImplementedError`."""
    return changed(name, solution, _unsolved)


def _unsolved(code: str) -> str:
    marked = MARKED.sub(lambda found: f"{found['indent']}raise NotImplementedError\n", code + "\n")
    return marked[:-1]


def given(assignment: Assignment, seed: int = VISIBLE_SEED) -> dict[str, bytes]:
    """What lies in every student's working directory, made from the seed; nothing where the assignment has no data."""
    if not (assignment.folder / "data.py").exists():
        return {}
    return cast("dict[str, bytes]", published(assignment.id, "data").given(seed))


def package(assignment: Assignment) -> dict[str, bytes]:
    """Every file of the release, by path."""
    template = paths.TEMPLATES / assignment.id
    if not template.is_dir():
        raise DeclarationError(f"{template} is missing: there is nothing to hand out")
    files = {file.relative_to(template).as_posix(): file.read_bytes() for file in files_below(template)}
    statements = {file.name: file.read_bytes() for file in assignment.folder.glob("statement.*.md")}
    tools = {file.relative_to(root).as_posix(): file.read_bytes() for root, file in toolkit(assignment)}
    texts = {
        "requirements.txt": REQUIREMENTS,
        "README.md": readme(assignment, [name for name in files if "/" not in name]),
    }
    return {
        **given(assignment),
        **files,
        **statements,
        **tools,
        **{name: text.encode() for name, text in texts.items()},
    }


def toolkit(assignment: Assignment) -> Iterator[tuple[Path, Path]]:
    """The engine and the published part, each file with the folder that its path starts from."""
    yield paths.HOME, paths.HOME / "grade.py"
    yield from ((paths.CODE, file) for file in files_below(paths.CODE / "graders") if file.suffix in TOOLKIT)
    yield from ((paths.ROOT, file) for file in files_below(assignment.folder) if file.suffix in (*TOOLKIT, ".toml"))


def files_below(folder: Path) -> list[Path]:
    """Every file that is no trace of a run."""
    return sorted(file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def write_release(assignment: Assignment, path: Path) -> list[str]:
    """Write the zip; the names that are in it."""
    content = package(assignment)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(content):
            archive.writestr(zipfile.ZipInfo(f"{assignment.id}/{name}", EPOCH), content[name], zipfile.ZIP_DEFLATED)
    return sorted(content)
