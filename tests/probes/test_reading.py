"""How code is run while it is read: with patience, in a notebook's shell, with fewer epochs."""

from __future__ import annotations

import ast
import os
import time
from pathlib import Path

import pytest

from graders.probes import shell
from graders.probes.executing import Chunk, Manner, executed
from graders.probes.hurry import counts_epochs, hurried_text, numbers
from graders.probes.patience import Patience, TooLongError


def ran(code: str, manner: Manner) -> tuple[dict[str, object], BaseException | None, Chunk]:
    """The variables, the first failure, and what is told."""
    namespace: dict[str, object] = {"__name__": "tp2"}
    told = Chunk("a.py", 0)
    return namespace, executed(code, "a.py", namespace, manner, told), told


def test_what_does_not_end_is_interrupted_and_what_follows_is_read() -> None:
    started = time.monotonic()
    code = "x = 1\nwhile True:\n    try: x += 1\n    except Exception: pass\ny = 2\ndef f(): pass\nz = max(f(), g())"
    found, problem, _ = ran(code, Manner(patience=Patience(0.3)))
    assert isinstance(problem, TooLongError)
    assert time.monotonic() - started < 2
    assert {"y", "f"} <= found.keys()
    assert "z" not in found


def test_code_that_catches_everything_is_interrupted_again() -> None:
    code = "import time\nn = 0\nwhile n < 2:\n    try:\n        while True: time.sleep(0.01)\n    except BaseException:\n        n += 1"
    found, problem, _ = ran(code, Manner(patience=Patience(0.2)))
    assert (found["n"], problem) == (2, None)


def test_a_cell_may_wait_at_its_top_level_and_its_last_value_is_shown() -> None:
    code = "import asyncio\nasync def f(): return 3\nx = await f()\nx + 1"
    found, problem, told = ran(code, Manner(echo=True))
    assert (found["x"], problem, told.shown, told.printed) == (3, None, "4", "4\n")


def test_what_is_defined_behind_the_main_guard_is_read_and_not_run() -> None:
    code = "if __name__ == '__main__':\n    import math\n    N = 3\n    def f(): return N\n    x = f()"
    found, _, _ = ran(code, Manner())
    assert "f" in found
    assert "x" not in found


def test_what_needs_the_program_that_is_not_run_is_no_mistake() -> None:
    code = "def f(): return {'a': 1}\nif __name__ == '__main__':\n    N = 3\n    out = f()\n    x = out['a']"
    found, problem, _ = ran(code, Manner())
    assert (found["N"], problem) == (3, None)


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    monkeypatch.chdir(tmp_path)
    space: dict[str, object] = {}
    shell.install(str(tmp_path), space)
    return space


def test_the_shell_stays_in_the_working_folder(notebook: dict[str, object], tmp_path: Path) -> None:
    ipython = notebook["get_ipython"]()  # type: ignore[operator]
    ipython.system("mkdir -p a/b ../c")
    ipython.run_line_magic("cd", "a")
    assert Path.cwd() == tmp_path / "a"
    for outside in ("/", "../..", "/content/drive/MyDrive"):
        ipython.run_line_magic("cd", outside)
    assert Path.cwd() == tmp_path / "a"
    ipython.run_line_magic("cd", "-")
    assert Path.cwd() == tmp_path
    assert not (tmp_path.parent / "c").exists()
    assert ipython.getoutput("ls") == ["a"]


def test_the_shell_writes_files_and_runs_them(notebook: dict[str, object]) -> None:
    ipython = notebook["get_ipython"]()  # type: ignore[operator]
    ipython.run_cell_magic("writefile", "mine.py", "def f(): return 3")
    ipython.run_line_magic("run", "mine.py")
    assert notebook["f"]() == 3  # type: ignore[operator]
    ipython.run_line_magic("env", "TEACHER=me")
    assert os.environ.pop("TEACHER") == "me"
    assert ipython.run_line_magic("unheard_of", "x") is None
    ipython.kernel_info("anything")


@pytest.mark.parametrize("name", ["EPOCHS", "n_epochs", "nb_epoques", "nombre_d_époques", "max_iter", "epochs"])
def test_numbers_of_epochs_are_known_by_name(name: str) -> None:
    assert counts_epochs(name)


@pytest.mark.parametrize("name", ["epoch_size", "epoch_losses", "lr", "batch_size", "iterator", "n", "steps_per_epoch"])
def test_other_numbers_stay(name: str) -> None:
    assert not counts_epochs(name)


def test_epochs_are_made_few_wherever_they_are_given() -> None:
    code = """é, EPOCHS = 3, 500
class C:
    n_epochs: int = 50
def f(x, epochs=100, *, nb_epoques=100): pass
f(3, epochs=int(1e4), lr=10)
parser.add_argument("--epochs", default=30)
conf = {"epochs": 30, "size": 30}
for epoch in range(1, 200): pass
for i in range(200): pass
small_epochs = epochs = 2
"""
    quick = hurried_text(code)
    assert sorted(one.value for _, one in numbers(ast.parse(code))) == [30, 30, 50, 100, 100, 200, 500, 10000.0]  # type: ignore[type-var]
    assert not list(numbers(ast.parse(quick)))
    assert quick.count("\n") == code.count("\n")
    assert "é, EPOCHS = 3, 2\n" in quick
    assert "lr=10" in quick
    assert "range(200)" in quick
