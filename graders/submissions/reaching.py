"""Code that looks for what runs it instead of doing what is asked: nothing is refused for it, but a person is told. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from graders.submissions.source import Source

# Modules, attributes and texts that no lab asks for: frames, the heap, hooks, processes, machine code, and ourselves.
MODULES = frozenset("ctypes graders mmap ptrace faulthandler".split())
NAMES = frozenset(
    "_getframe _current_frames get_objects get_referrers settrace setprofile f_locals f_back f_globals currentframe "
    "__torch_function__ __torch_dispatch__ TorchFunctionMode TorchDispatchMode _exit fork forkpty abort pidfd_open "
    "__subclasses__".split()
)
TEXTS = re.compile(r"^graders\.|/proc/(?:self|thread-self|\d)|^/?autograder|results\.json$")


def reaching(read: Sequence[Source]) -> list[str]:
    """What stands in the code of this kind, each once, in its order."""
    return list(dict.fromkeys(name for source in read for node in source.nodes for name in _reached(node)))


def _reached(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names if one.name.split(".")[0] in MODULES)
    elif isinstance(node, ast.ImportFrom):
        if (node.module or "").split(".")[0] in MODULES:
            yield str(node.module)
        yield from (one.name for one in node.names if one.name in NAMES)
    elif isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield node.attr
    elif isinstance(node, ast.FunctionDef) and node.name in NAMES:
        yield node.name
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and TEXTS.search(node.value):
        yield node.value[:40]
