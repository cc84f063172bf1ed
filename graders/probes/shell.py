"""What a notebook finds in place of Jupyter's shell: `get_ipython()`, `display`. It does what is harmless, and no more."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

PYLAB = """import numpy as np, matplotlib
from matplotlib import pylab, mlab, pyplot
plt = pyplot
from pylab import *
from numpy import *"""


class Shell:
    """Magics and commands, as the cells of a notebook call them."""

    def __init__(self, root: str, space: dict[str, Any]) -> None:
        """Nothing is changed outside `root`; the variables of the notebook are in `space`."""
        self.root, self._before, self.user_ns = Path(root).resolve(), Path.cwd(), space
        self.magics: dict[str, Callable[[str], object]] = {
            "cd": self.cd, "pwd": lambda _: os.getcwd(), "run": self.run, "pylab": self.pylab,
            "env": self.env, "set_env": self.env, "ls": self.ls, "mkdir": self.mkdir,
        }  # fmt: skip

    def run_line_magic(self, name: str, line: str = "", *_: object, **__: object) -> object:
        """%name line"""
        return self.magics[name](line) if name in self.magics else None

    magic = run_line_magic

    def run_cell_magic(self, name: str, line: str, cell: str) -> None:
        """%%name line, and what stands below it."""
        if name in ("writefile", "file"):
            *options, file = shlex.split(line) or [""]
            with self._inside(file).open("a" if "-a" in options else "w", encoding="utf-8") as written:
                written.write(cell if cell.endswith("\n") else cell + "\n")

    def system(self, command: str) -> None:
        """!command"""
        self.getoutput(command)

    def getoutput(self, command: str, *_others: object) -> list[str]:
        """x = !command"""
        name, _, line = command.strip().partition(" ")
        if name in ("mkdir", "run", "python", "python3", "ipython"):
            self.magics["mkdir" if name == "mkdir" else "run"](line)
        if name == "pwd":
            return [os.getcwd()]
        return self.ls(line) if name == "ls" else []

    def cd(self, line: str) -> None:
        """%cd: inside the working folder."""
        wanted = line.strip().strip("\"'")
        there = self._before if wanted == "-" else Path(wanted or self.root)
        with suppress(OSError, ValueError):
            there = self._inside(str(there))
            self._before = Path.cwd()
            os.chdir(there)

    def mkdir(self, line: str) -> None:
        """!mkdir: inside the working folder."""
        for name in (one for one in shlex.split(line) if not one.startswith("-")):
            with suppress(OSError, ValueError):
                self._inside(name).mkdir(parents=True, exist_ok=True)

    def ls(self, line: str) -> list[str]:
        """!ls"""
        names = [one for one in shlex.split(line) if not one.startswith("-")] or ["."]
        return sorted(path.name for name in names if Path(name).is_dir() for path in Path(name).iterdir())

    def run(self, line: str) -> None:
        """%run file: in the namespace of the notebook, as Jupyter does with -i; what it defines is there afterwards.

        A module by its name, python -m pip, is not carried out.
        """
        words = shlex.split(line)
        names = [one for one in words if not one.startswith("-")]
        if not names or "-m" in words[:1]:
            return
        path = self._inside(names[0] if Path(names[0]).suffix else names[0] + ".py")
        content = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            argv, sys.argv = sys.argv, names
            try:
                exec(compile(content, str(path), "exec", dont_inherit=True), self.user_ns)  # noqa: S102  # what it asks for
            finally:
                sys.argv = argv

    def pylab(self, _: str) -> None:
        """%pylab: names of NumPy and matplotlib, without a module before them."""
        exec(PYLAB, self.user_ns)  # noqa: S102  # our own text

    def env(self, line: str) -> object:
        """%env NAME=value"""
        name, _, value = line.partition("=") if "=" in line else line.partition(" ")
        if value:
            os.environ[name.strip()] = value.strip()
        return os.environ.get(name.strip())

    def _inside(self, name: str) -> Path:
        path = Path(name).resolve()
        if not path.is_relative_to(self.root):
            raise ValueError(f"{name} is outside the working folder")
        return path

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Everything else that a shell can be told changes nothing."""
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: None


def display(*shown: object, **_: object) -> None:
    """What a notebook shows is printed."""
    for one in shown:
        print(one if isinstance(one, str) else repr(one))


def serve(root: str, file: str, chunks: Iterable[str], namespace: dict[str, Any]) -> None:
    """A shell for a file that may call for one: a notebook, or the export of one."""
    if file.endswith(".ipynb") or any("get_ipython" in chunk for chunk in chunks):
        install(root, namespace)


def install(root: str, namespace: dict[str, Any]) -> None:
    """A shell for the notebook, or the export of one, whose variables stand in `namespace`."""
    mine = Shell(root, namespace)
    namespace.setdefault("get_ipython", lambda: mine)
    namespace.setdefault("display", display)
