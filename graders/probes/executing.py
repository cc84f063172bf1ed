"""Run a file statement by statement, and remember what each chunk printed, how long it took and how it ended.

A script that stops at its tenth line has still defined what stands in the first nine; what is only *defined* after that
line (functions, classes, imports, constants) is read too. A notebook's cells are chunks: a cell that fails ends there, and
the next one runs.
"""

from __future__ import annotations
import __future__

import ast
import asyncio
import inspect
import linecache
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from typing import Any, cast

from graders.probes.absent import absent
from graders.probes.guard import unguarded
from graders.probes.patience import Patience
from graders.probes.printed import MOST_TEXT, Tee
from graders.probes.scalars import Adapted
from graders.probes.wire import Value

DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# Calls that a constant may be made with: DEVICE = torch.device("cpu"), ROOT = Path("data").
CHEAP = frozenset("device Path int float str len range dict list tuple set min max".split())
SHORTEST, MOST_STATEMENTS = 1e-5, 300


@dataclass
class Chunk:
    """A cell (counted from 1) or a whole script (0): what was printed, the value that it ends with (printed as well), how
    it ended, which lines took how many seconds."""

    file: str
    cell: int
    printed: str = ""
    shown: str = ""
    seconds: float = 0.0
    raised: Value = None
    # What failed only for want of a package was passed over.
    absent: list[Value] = field(default_factory=list)
    lacked: list[BaseException] = field(default_factory=list)
    statements: list[tuple[int, int, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Manner:
    """How chunks are run: `run` nothing but definitions where false; `echo` the value of a cell's last expression; a change
    of the syntax tree before it runs; `main`: what stands behind the main guard stands among the statements."""

    run: bool = True
    echo: bool = False
    change: Callable[[ast.Module], ast.Module] = lambda tree: tree
    main: bool = False
    patience: Patience = field(default_factory=lambda: Patience(float("inf")))


def executed(chunk: str, place: str, namespace: dict[str, object], manner: Manner, told: Chunk) -> BaseException | None:
    """Run the statements of a chunk; after one that fails, only the definitions. The first failure, if any."""
    started = time.perf_counter()
    # Who looks a line up, finds the cell's.
    linecache.cache[place] = (len(chunk), None, chunk.splitlines(keepends=True), place)
    statements = parsed(chunk, place)
    if isinstance(statements, SyntaxError):
        return statements
    statements = [one for each in statements for one in (unguarded(each) if manner.main else _reading(each))]
    statements = manner.change(ast.Module(list(statements), [])).body
    with redirect_stdout(cast("Any", Tee())) as heard:
        problem = _run(statements, place, namespace, manner, told)
    told.printed, told.seconds = cast("Tee", heard).text(), time.perf_counter() - started
    return problem


def _run(
    statements: Sequence[ast.stmt], place: str, namespace: dict[str, object], manner: Manner, told: Chunk
) -> BaseException | None:
    flags, first = _future_flags(statements), None
    for number, statement in enumerate(statements, start=1):
        if (manner.run and first is None) or _defines(statement):
            shown = manner.echo and number == len(statements) and isinstance(statement, ast.Expr)
            tree = ast.Interactive([statement]) if shown else ast.Module([statement], [])
            before = time.perf_counter()
            with _showing(told):
                problem = _stopped(tree, place, namespace, flags, manner)
            if problem and absent(problem):
                told.lacked.append(problem)
            else:
                first = problem if first is None else first
            _remember(told, statement, time.perf_counter() - before)
    return first


def _remember(told: Chunk, statement: ast.stmt, seconds: float) -> None:
    if seconds > SHORTEST and len(told.statements) < MOST_STATEMENTS:
        told.statements.append((statement.lineno, statement.end_lineno or statement.lineno, seconds))


def parsed(chunk: str, place: str) -> list[ast.stmt] | SyntaxError:
    """The statements of a chunk; every way in which text is no Python is a SyntaxError of this file."""
    try:
        return ast.parse(chunk, place).body
    except SyntaxError as problem:
        return problem
    except ValueError as problem:
        return SyntaxError(str(problem), (place, 1, None, None))
    except (RecursionError, MemoryError):
        return SyntaxError("nested too deeply, or too long an expression", (place, 1, None, None))


def _stopped(
    tree: ast.Module | ast.Interactive, place: str, namespace: dict[str, object], flags: int, manner: Manner
) -> BaseException | None:
    mode = "exec" if isinstance(tree, ast.Module) else "single"
    flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if manner.echo else 0
    try:
        code = compile(ast.fix_missing_locations(Adapted().visit(tree)), place, mode, flags=flags, dont_inherit=True)
        with manner.patience.statement():
            waited_for = eval(code, namespace)  # noqa: S307  # running the submission is what this process is for
            if code.co_flags & inspect.CO_COROUTINE:
                asyncio.run(waited_for)
    except BaseException as problem:  # noqa: BLE001  # exit() and interrupts of student code are problems too
        manner.patience.ended(problem)
        return problem
    return None


@contextmanager
def _showing(told: Chunk) -> Iterator[None]:
    """What the interpreter shows of an expression is remembered apart."""
    usual = sys.displayhook

    def hook(value: object) -> None:
        usual(value)
        if value is not None:
            told.shown = repr(value)[:MOST_TEXT]

    sys.displayhook = hook
    try:
        yield
    finally:
        sys.displayhook = usual


def _future_flags(statements: Sequence[ast.stmt]) -> int:
    names = [
        alias.name
        for s in statements
        if isinstance(s, ast.ImportFrom) and s.module == "__future__"
        for alias in s.names
    ]
    return sum(getattr(__future__, name).compiler_flag for name in set(names) if hasattr(__future__, name))


def _reading(statement: ast.stmt) -> list[ast.stmt]:
    """What a statement means while a file is read: of what stands behind the main guard, only what it defines."""
    inside = unguarded(statement)
    return [statement, *(_if_known(one) for one in inside if _defines(one))] if inside != [statement] else [statement]


def _if_known(statement: ast.stmt) -> ast.stmt:
    """An assignment that may need what only the program makes: `pinn, losses = trained["model"], trained["losses"]`."""
    if not isinstance(statement, ast.Assign | ast.AnnAssign):
        return statement
    unknown = ast.ExceptHandler(ast.Name("NameError", ast.Load()), None, [ast.Pass()])
    return ast.fix_missing_locations(ast.copy_location(ast.Try([statement], [unknown], [], []), statement))


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


def placed(file: str, path: str, chunks: Sequence[str]) -> Iterator[tuple[str, str, Chunk]]:
    """Each chunk with the file name that its tracebacks show, and what will be told of it: a cell carries its number."""
    notebook = file.endswith(".ipynb")
    for number, chunk in enumerate(chunks, start=1):
        yield chunk, f"{path}[{number}]" if notebook else path, Chunk(file, number if notebook else 0)
