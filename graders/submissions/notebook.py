"""The code cells of a notebook as text that can be changed; the rest of it stays as it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any  # a notebook is JSON

SUFFIX = ".ipynb"


def code(name: str, text: str) -> Iterator[str]:
    """The code of a file: of a notebook cell by cell."""
    if not name.endswith(SUFFIX):
        yield text
        return
    yield from ("".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code")


def changed(name: str, text: str, change: Callable[[str], str]) -> str:
    """A file whose code was changed; of a notebook cell by cell, and without its outputs where one changed."""
    if not name.endswith(SUFFIX):
        return change(text)
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(_changed("".join(cell["source"]), change))
    return written(notebook)


def _changed(source: str, change: Callable[[str], str]) -> Mapping[str, Any]:
    after = change(source)
    return (
        {} if after == source else {"source": after.splitlines(keepends=True), "outputs": [], "execution_count": None}
    )


def written(notebook: Mapping[str, Any]) -> str:
    """A notebook as Jupyter writes it."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
