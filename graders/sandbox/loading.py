"""Read the submission's files into namespaces, inside the sandbox, statement by statement.

A script that stops at its tenth line has still defined what stands in the first nine; what is only *defined* after that
line (functions, classes, imports, constants) is read too. A notebook's cells are chunks: a cell that fails ends there, and
the next one runs.
"""

from __future__ import annotations
import __future__

import ast
import os
import sys
import types
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from graders.probes.raised import described
from graders.probes.wire import Array, Value
from graders.probes.work import Work
from graders.sandbox.absent import NOT_INSTALLED, answer

DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# Calls that a constant may be made with: DEVICE = torch.device("cpu"), ROOT = Path("data").
CHEAP = frozenset("device Path int float str len range dict list tuple set min max".split())


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
    problems: list[Value] = []
    absent = answer()
    namespaces = {source["file"]: _namespace(source, job, root, problems) for source in job["sources"]}
    chunks = {source["file"]: source["chunks"] for source in job["sources"]}
    missing: list[Value] = [{"type": NOT_INSTALLED, "message": library} for library in absent.used]
    return Work(str(root), job["folder"], namespaces, chunks), [*missing, *problems]


def _namespace(source: Source, job: Job, root: Path, problems: list[Value]) -> dict[str, object]:
    already = sys.modules.get(source["module"])
    if already is not None and getattr(already, "__file__", None) == str(root / source["file"]):
        return vars(already)
    module = _module(source, root)
    for place, chunk in _placed(source, root):
        if problem := _executed(chunk, place, vars(module), run=job["run"]):
            problems.append(described(problem, str(root)))
    return vars(module)


def _module(source: Source, root: Path) -> types.ModuleType:
    notebook = source["file"].endswith(".ipynb")
    module = types.ModuleType("__main__" if notebook else source["module"])
    module.__file__ = str(root / source["file"])
    sys.modules[module.__name__] = module
    sys.argv = [module.__file__]
    return module


def _placed(source: Source, root: Path) -> Iterator[tuple[str, str]]:
    """Each chunk with the file name that its tracebacks show: a cell carries its number."""
    place = str(root / source["file"])
    if not source["file"].endswith(".ipynb"):
        return iter([(place, chunk) for chunk in source["chunks"]])
    return iter([(f"{place}[{number}]", chunk) for number, chunk in enumerate(source["chunks"], start=1)])


def _executed(chunk: str, place: str, namespace: dict[str, object], *, run: bool) -> BaseException | None:
    """Run the statements of a chunk; after one that fails, only the definitions. The first failure, if any."""
    statements = _parsed(chunk, place)
    if isinstance(statements, SyntaxError):
        return statements
    first: BaseException | None = None
    flags = _future_flags(statements)
    for statement in statements:
        if (run and first is None) or _defines(statement):
            problem = _stopped(statement, place, namespace, flags)
            first = problem if first is None else first
    return first


def _parsed(chunk: str, place: str) -> list[ast.stmt] | SyntaxError:
    """The statements of a chunk; every way in which text is no Python is a SyntaxError of this file."""
    try:
        return ast.parse(chunk, place).body
    except SyntaxError as problem:
        return problem
    except ValueError as problem:
        return SyntaxError(str(problem), (place, 1, None, None))
    except (RecursionError, MemoryError):
        return SyntaxError("nested too deeply, or too long an expression", (place, 1, None, None))


def _stopped(statement: ast.stmt, place: str, namespace: dict[str, object], flags: int) -> BaseException | None:
    try:
        code = compile(ast.Module([statement], []), place, "exec", flags=flags, dont_inherit=True)
        exec(code, namespace)  # noqa: S102  # running the submission is what this process is for
    except BaseException as problem:  # noqa: BLE001  # exit() and interrupts of student code are problems too
        return problem
    return None


def _future_flags(statements: Sequence[ast.stmt]) -> int:
    names = [
        alias.name
        for s in statements
        if isinstance(s, ast.ImportFrom) and s.module == "__future__"
        for alias in s.names
    ]
    return sum(getattr(__future__, name).compiler_flag for name in set(names) if hasattr(__future__, name))


def _defines(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Try | ast.If):
        inside = [*statement.body, *statement.orelse]
        return bool(inside) and all(isinstance(one, ast.Import | ast.ImportFrom | ast.Pass) for one in inside)
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        return all(_cheap(node) for node in ast.walk(statement) if isinstance(node, ast.Call))
    return isinstance(statement, DEFINITIONS)


def _cheap(call: ast.Call) -> bool:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in CHEAP
