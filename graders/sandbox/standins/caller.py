"""Who imports: student code or a library, and whether the import may fail."""

from __future__ import annotations

import ast
import importlib
import linecache
import sys
import sysconfig
from functools import lru_cache
from pathlib import Path
from types import FrameType

OURS = str(Path(__file__).parents[2])
MACHINERY = ("<frozen importlib", importlib.__file__, str(Path(__file__).parent))
LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")} | {OURS})
CATCHING = frozenset(("ImportError", "ModuleNotFoundError", "Exception", "BaseException"))


def importer() -> FrameType | None:
    """The frame that imports, if it is student code."""
    frame: FrameType | None = sys._getframe(1)
    while frame and frame.f_code.co_filename.startswith(MACHINERY):
        frame = frame.f_back
    return None if frame is None or frame.f_code.co_filename.startswith((*LIBRARIES, "<frozen")) else frame


def expects_failure(frame: FrameType) -> bool:
    """Whether the statement stands in a `try` that goes on without the module."""
    source = "".join(linecache.getlines(frame.f_code.co_filename, frame.f_globals))
    return any(first <= frame.f_lineno <= last for first, last in _guarded(source))


@lru_cache(maxsize=64)
def _guarded(source: str) -> list[tuple[int, int]]:
    """The first and last line of each `try` that catches a failed import."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    tries = [node for node in ast.walk(tree) if isinstance(node, ast.Try) and any(map(_catches, node.handlers))]
    return [(one.body[0].lineno, one.body[-1].end_lineno or 0) for one in tries]


def _catches(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    return any(isinstance(node, ast.Name) and node.id in CATCHING for node in ast.walk(handler.type))
