"""The shape of the code: small modules and functions, and the walls between those who may know what."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[1] / "graders"
MODULES = sorted(ENGINE.rglob("*.py"))
MOST_LINES, MOST_IN_A_FUNCTION, MOST_PARAMETERS = 210, 25, 8

PURE = ("os", "subprocess", "time", "random", "torch", "socket", "graders.sandbox", "graders.engine")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file names in an import, at the top or in a function, but not for types alone."""
    tree = ast.parse(path.read_text())
    typing = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in typing:
            yield node.module
        elif isinstance(node, ast.Import) and id(node) not in typing:
            yield from (alias.name for alias in node.names)


def within(path: Path, forbidden: tuple[str, ...]) -> list[str]:
    """What a file imports of the forbidden."""
    return [name for name in imports(path) if any(name == one or name.startswith(one + ".") for one in forbidden)]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_modules_and_functions_are_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_LINES
    long = {
        one.name: one.end_lineno - one.lineno + 1
        for one in functions(path)
        if one.end_lineno and one.end_lineno - one.lineno + 1 > MOST_IN_A_FUNCTION + len(one.decorator_list)
    }
    crowded = {
        one.name: len(one.args.args) + len(one.args.kwonlyargs)
        for one in functions(path)
        if len(one.args.args) + len(one.args.kwonlyargs) > MOST_PARAMETERS
    }
    assert not long, "functions of more than 25 lines"
    assert not crowded, "functions of too many parameters"


def test_the_median_function_is_short() -> None:
    lengths = sorted(one.end_lineno - one.lineno + 1 for path in MODULES for one in functions(path) if one.end_lineno)
    assert lengths[len(lengths) // 2] <= 7


@pytest.mark.parametrize("folder", ["laws", "judge", "suite"])
def test_judgement_is_pure(folder: str) -> None:
    allowed = {"graders/suite/loading.py"}
    impure = {
        str(path): found
        for path in (ENGINE / folder).rglob("*.py")
        if (found := within(path, PURE)) and str(path.relative_to(ENGINE.parent)) not in allowed
    }
    assert not impure


def test_probes_import_nothing_above_them() -> None:
    ours = {
        str(path): [
            name for name in imports(path) if name.startswith("graders") and not name.startswith("graders.probes")
        ]
        for path in (ENGINE / "probes").rglob("*.py")
    }
    assert not any(ours.values()), ours


def test_nothing_unpickles_or_evaluates() -> None:
    forbidden = ("pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle")
    assert not {str(path): found for path in MODULES if (found := within(path, forbidden))}


def test_the_template_holds_nothing_that_judges() -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from graders.sandbox import warming; warming.warm_up();"
        "import graders.sandbox.template, graders.sandbox.keeper; print('\\n'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script, str(ENGINE.parent)], capture_output=True, text=True, timeout=120
    )
    loaded = [name for name in done.stdout.split() if name.startswith("graders")]
    assert loaded, done.stderr
    wrong = [
        name for name in loaded if not name.startswith(("graders.probes", "graders.sandbox")) and name != "graders"
    ]
    assert not wrong
