"""Read the submission's files into namespaces, inside the sandbox; see `graders.probes.executing` for how they run."""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from graders.probes.executing import Chunk, Manner, executed, placed
from graders.probes.raised import described
from graders.probes.wire import Array, Value
from graders.probes.work import Work
from graders.sandbox.absent import NOT_INSTALLED, answer


class Source(TypedDict):
    """One file: its path, the name it is imported under, its chunks (a notebook's cells; a script is one)."""

    file: str
    module: str
    chunks: list[str]


class Job(TypedDict):
    """What a sandbox starts with. `run` is false where only definitions may be read."""

    files: Mapping[str, Array]
    sources: Sequence[Source]
    folder: str
    run: bool


def unpack(files: Mapping[str, Array], root: Path) -> None:
    """Write the submission's files below `root`; paths were made safe by whoever collected them."""
    root.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.tobytes())


def load(job: Job, root: Path) -> tuple[Work, list[Value]]:
    """What each file defined, and what went wrong on the way."""
    os.chdir(root / job["folder"])
    sys.path[:0] = list(dict.fromkeys([str(root / job["folder"]), str(root)]))
    journal: list[Chunk] = []
    absent = answer()
    namespaces = {source["file"]: _namespace(source, job, root, journal) for source in job["sources"]}
    chunks = {source["file"]: source["chunks"] for source in job["sources"]}
    problems = [one.raised for one in journal if one.raised is not None]
    missing: list[Value] = [{"type": NOT_INSTALLED, "message": library} for library in absent.used]
    return Work(str(root), job["folder"], namespaces, chunks, journal), [*missing, *problems]


def _namespace(source: Source, job: Job, root: Path, journal: list[Chunk]) -> dict[str, object]:
    already = sys.modules.get(source["module"])
    if already is not None and getattr(already, "__file__", None) == str(root / source["file"]):
        return vars(already)
    module, notebook = _module(source, root), source["file"].endswith(".ipynb")
    for chunk, place, told in placed(source["file"], str(root / source["file"]), source["chunks"]):
        journal.append(told)
        problem = executed(chunk, place, vars(module), Manner(run=job["run"], echo=notebook), told)
        told.raised = None if problem is None else described(problem, str(root))
        if notebook:
            _ended_cell()
    return vars(module)


def _ended_cell() -> None:
    # The judge imports this module too, and needs no matplotlib.
    from graders.probes.figures import ended_cell

    ended_cell()


def _module(source: Source, root: Path) -> types.ModuleType:
    notebook = source["file"].endswith(".ipynb")
    module = types.ModuleType("__main__" if notebook else source["module"])
    module.__file__ = str(root / source["file"])
    sys.modules[module.__name__] = module
    sys.argv = [module.__file__]
    return module
