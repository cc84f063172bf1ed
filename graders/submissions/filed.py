"""The files that the cells of a notebook write, %%writefile model.py: as much handed in as those that lie beside it. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from graders.submissions.cells import NotANotebookError, cells
from graders.submissions.magics import CELL_MAGIC
from graders.submissions.naming import proper

WRITING = ("writefile", "file")


def filed(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """By their paths; a file that lies there already is that one."""
    found: dict[str, bytes] = {}
    for path, content in files.items():
        for name, options, body in _written(path, content):
            found[name] = (found.get(name, b"") if "-a" in options or "--append" in options else b"") + body
    folders = {str(parent) for path in files for parent in PurePosixPath(path).parents}
    return {name: body for name, body in found.items() if name not in files and name not in folders}


def _written(path: str, content: bytes) -> Iterator[tuple[str, list[str], bytes]]:
    """(path, options, content) of each, in order."""
    if not path.lower().endswith(".ipynb") or not any(b"%%" + word.encode() in content for word in WRITING):
        return
    try:
        texts = [one.text for one in cells(content)[0] if one.kind == "code"]
    except NotANotebookError:
        return
    for one in (found for text in texts if (found := CELL_MAGIC.fullmatch(text))):
        name, options = _said(one["line"]) if one["name"] in WRITING else ("", [])
        if there := proper(str(PurePosixPath(path).parent / name)) if name else None:
            yield there, options, f"{(one['body'] or '').rstrip()}\n".encode()


def _said(line: str) -> tuple[str, list[str]]:
    """The name and the options; no name where it is not plain."""
    try:
        words = shlex.split(line)
    except ValueError:
        return "", []
    names = [word for word in words if not word.startswith("-")]
    return (names[0] if len(names) == 1 and not {*"{$~"} & {*names[0]} else ""), words
