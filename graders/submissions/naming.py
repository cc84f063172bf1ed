"""What names of files mean: which are safe, which are clutter, which folder was only put around everything. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

MOST_PARTS, MOST_BYTES_IN_A_PART = 20, 255
CLUTTER = frozenset("__pycache__ __MACOSX node_modules venv env site-packages lib64 wandb lightning_logs".split())
# What a released package holds beside the student's work, and the file that tells it.
OURS, TELLTALE = ("graders/", "assignments/", "grade.py"), "graders/frozen.py"
SOURCES = (".py", ".ipynb")
SAMPLE = 2_000


def readable(name: str) -> str:
    """A name that can be written down: bytes of a file system that are no text are shown by their code.

    Python compares names in one spelling of accents, so they are brought to it: a file from a Mac has another.
    """
    return unicodedata.normalize("NFC", name.encode("utf-8", "backslashreplace").decode())


def alphabetically(name: str) -> tuple[str, str]:
    """The order in which people look for names: case and accents tell only equals apart."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold(), name


def proper(path: str) -> str | None:
    """A path inside the submission with forward slashes; None where it is not safe, or fits no disk."""
    slashed = path.replace("\\", "/")
    parts = [readable(part) for part in slashed.split("/") if part not in ("", ".")]
    outside = slashed.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", slashed)
    odd = any("\0" in part or len(part.encode()) > MOST_BYTES_IN_A_PART for part in parts)
    return None if outside or odd or not 0 < len(parts) <= MOST_PARTS else "/".join(parts)


def is_clutter(path: str) -> bool:
    """Whether a file is hidden, or below a folder that tools make."""
    return any(part in CLUTTER or part.startswith(".") for part in PurePosixPath(path).parts)


def wrapping(paths: Sequence[str]) -> str:
    """The folders that many zips put around everything, as a prefix."""
    prefix = ""
    while paths and (top := paths[0][len(prefix) :].split("/", 1)[0] + "/"):
        if not all(path.startswith(prefix + top) for path in paths):
            break
        prefix += top
    return prefix


def not_theirs(paths: Iterable[str]) -> tuple[str, ...]:
    """Prefixes of what the student did not write: virtual environments in it, and the released package around it."""
    listed = set(paths)
    environments = [path.removesuffix("pyvenv.cfg") for path in listed if path.endswith("/pyvenv.cfg")]
    return (*environments, *(OURS if TELLTALE in listed else ()))


def importance(path: str) -> tuple[bool, int, str]:
    """What comes first is taken first, should there be too much: sources, then what lies on top."""
    return (not path.lower().endswith(SOURCES), path.count("/"), path)


def true_name(path: str, content: bytes) -> str:
    """The name of a file by what it is: mail and browsers add an ending (tp2.py.txt), some people choose a wrong one."""
    plain = re.sub(r"(?i)(\.py|\.ipynb)\.(txt|json)$", r"\1", path)
    start = content[:SAMPLE].lstrip(b"\xef\xbb\xbf \t\r\n")
    is_notebook = start.startswith(b"{") and (b'"cells"' in start or b'"nbformat"' in start or b'"worksheets"' in start)
    if plain.lower().endswith(".py") and is_notebook:
        return plain[: -len(".py")] + ".ipynb"
    return plain
