"""Read the submission's files into namespaces, inside the sandbox; see `graders.probes.executing` for how they run."""

from __future__ import annotations

import ast
import os
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NotRequired, TypedDict

from graders.probes import hurry, shell
from graders.probes.executing import Chunk, Manner, executed, parsed, placed
from graders.probes.noted import note
from graders.probes.patience import Patience, TooLongError
from graders.probes.raised import described
from graders.probes.wire import Array, Value
from graders.probes.work import Work
from graders.sandbox.packages import Part, entered, imported, neighbours, of_file, part_of, registered


class Source(TypedDict):
    """One file: its path, the name it is imported under, its chunks (a notebook's cells; a script is one), and whether it is read
    for its definitions alone."""

    file: str
    module: str
    chunks: list[str]
    define: NotRequired[bool]


class Job(TypedDict):
    """What a sandbox starts with. `run` is false where only definitions may be read; `seconds` is the time for reading; `given`
    lies below `folder`, and is asked for under the names of `elsewhere` too."""

    files: Mapping[str, Array]
    sources: Sequence[Source]
    folder: str
    run: bool
    seconds: NotRequired[float]
    # Read it with fewer epochs, since it did not come to its end; whether that may be done.
    hurry: NotRequired[bool]
    may_hurry: NotRequired[bool]
    # Whether a graphics card that the program names is the processor.
    pretend_card: NotRequired[bool]
    given: NotRequired[Sequence[str]]
    elsewhere: NotRequired[Mapping[str, str]]


def unpack(files: Mapping[str, Array], root: Path) -> None:
    """Write the submission's files below `root`; paths were made safe by whoever collected them."""
    root.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.tobytes())


def prepare(job: Job, root: Path) -> None:
    """Make everything ready to read the files; no line of them is run yet."""
    # The judge imports this module too, and needs no torch.
    from graders.sandbox.standins.surroundings import settle

    home = root / job["folder"]
    os.chdir(home)
    settle(str(home), job.get("given", ()), job.get("elsewhere", {}), pretend_card=_pretends(job))
    sys.path[:] = [*dict.fromkeys([str(home), str(root)]), *sys.path, *_folders(job, root)]
    if job.get("hurry", False):
        _rewrite(job, root)


def load(job: Job, root: Path, tell: Callable[[Chunk], None] = lambda _: None) -> tuple[Work, list[Value]]:
    """What each file defined, and what went wrong on the way. `tell` hears of each chunk when it has ended."""
    # The judge imports this module too, and needs no torch.
    from graders.probes.replaced import noted

    journal: list[Chunk] = []
    manner = Manner(run=job["run"], patience=Patience(job.get("seconds", float("inf"))))
    if hurries := job.get("hurry", False):
        manner = replace(manner, change=_hurried)
    with noted():
        namespaces = {one["file"]: _namespace(one, root, part, manner, journal, tell) for one, part in _parts(job)}
    os.chdir(root / job["folder"])
    if hurries:
        _put_back(job, root, namespaces)
    chunks = {source["file"]: source["chunks"] for source in job["sources"]}
    problems: list[Value] = [one for chunk in journal for one in (*chunk.absent, chunk.raised) if one is not None]
    return Work(str(root), job["folder"], namespaces, chunks, journal), problems


def _all_imported(job: Job) -> frozenset[str]:
    return imported(chunk for source in job["sources"] for chunk in source["chunks"])


def _parts(job: Job) -> list[tuple[Source, Part]]:
    """Each file, and what it is a part of."""
    known = _all_imported(job)
    return [(one, part_of(one["file"], one["chunks"], job["folder"], known)) for one in job["sources"]]


def _pretends(job: Job) -> bool:
    """Whether to stand in for a graphics card; told of a program that does not look whether there is one."""
    written = "\n".join(chunk for source in job["sources"] for chunk in source["chunks"])
    pretends = job.get("pretend_card", False) and "cuda" in written
    if pretends and "is_available" not in written:
        note("card", "cuda")
    return pretends


def _hurried(tree: ast.Module) -> ast.Module:
    for name, one in hurry.numbers(tree):
        note("epochs", f"{name} {one.value!r} → {hurry.FEW}")
    return hurry.hurried(tree)


def _rewrite(job: Job, root: Path) -> None:
    """The modules that are imported from the disk have fewer epochs too; copies made later are as they were handed in."""
    for name, content in job["files"].items():
        if name.endswith(".py"):
            with suppress(UnicodeDecodeError):
                (root / name).write_text(hurry.hurried_text(content.tobytes().decode()), encoding="utf-8")


def _put_back(job: Job, root: Path, namespaces: Mapping[str, dict[str, object]]) -> None:
    """What was defined with fewer epochs is defined again as it was written: nothing that is asked later has fewer."""
    for source in job["sources"]:
        for chunk, place, told in placed(source["file"], str(root / source["file"]), source["chunks"]):
            tree = parsed(chunk, place)
            changed = [] if isinstance(tree, SyntaxError) else [one for one in tree if any(hurry.numbers(one))]
            if changed:
                executed(
                    ast.unparse(ast.Module(changed, [])), place, namespaces[source["file"]], Manner(run=False), told
                )


def _folders(job: Job, root: Path) -> list[str]:
    """The other folders that hold modules: imports may work from any of them alone. One that holds a loss.py would hide the
    folder of which loss.mse is imported."""
    known = _all_imported(job)
    packages = {name.partition(".")[0] for name in known if "." in name}
    modules = [PurePosixPath(name) for name in job["files"] if name.endswith(".py")]
    hiding = {str(one.parent) for one in modules if one.stem in packages}
    found = {str(one.parent) for one in modules} - hiding
    return [str(root / folder) for folder in sorted(found - {".", job["folder"]})]


def _namespace(
    source: Source, root: Path, part: Part, manner: Manner, journal: list[Chunk], tell: Callable[[Chunk], None]
) -> dict[str, object]:
    path = root / source["file"]
    neighbours(path.parent, root)
    entered(part.package, path.parent)
    if already := of_file(path):
        return vars(already)
    module, notebook = _module(source, root, part), source["file"].endswith(".ipynb")
    space, echoing = vars(module), replace(manner, echo=notebook, run=manner.run and not source.get("define"))
    shell.serve(str(root), source["file"], source["chunks"], space)
    for chunk, place, told in placed(source["file"], str(root / source["file"]), source["chunks"]):
        # Whoever is read for definitions alone did nothing that could fail.
        if not source.get("define"):
            journal.append(told)
        problem = executed(chunk, place, space, echoing, told)
        told.absent = [described(one, str(root)) for one in told.lacked]
        told.raised = None if problem is None else _told(problem, root)
        if notebook:
            _ended_cell()
        if not source.get("define"):
            tell(told)
    return space


def _told(problem: BaseException, root: Path) -> Value:
    what = described(problem, str(root))
    return {**what, "kind": "timeout"} if isinstance(problem, TooLongError) else what


def _ended_cell() -> None:
    # The judge imports this module too, and needs no matplotlib.
    from graders.probes.figures import ended_cell

    ended_cell()


def _module(source: Source, root: Path, part: Part) -> types.ModuleType:
    """An empty module for a file."""
    path = root / source["file"]
    name = "__main__" if source["file"].endswith(".ipynb") else source["module"]
    module = types.ModuleType(name)
    module.__file__ = str(path)
    registered(module, name, part)
    sys.argv = [module.__file__]
    return module
