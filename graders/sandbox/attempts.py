"""One attempt at each layer of isolation, in a child that ends with it.

A child may be forked while other threads of ours run, so everything that it needs is imported here and not there: the
lock of an import that another thread holds stays held in the child for ever.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from typing import NamedTuple

from graders.sandbox import capabilities, cgroup, identity, kernel, landlock, namespaces, root, seccomp, trees, waiting

DONE = "done "
PROC = "proc"


class Outcome(NamedTuple):
    """Whether a layer works, and what there is to say about it."""

    works: bool
    said: str


def all_layers() -> dict[str, Outcome]:
    """Every layer by its name; whether the interpreter can be read, only where it matters."""
    tried = {"namespaces": _attempt(_namespaces), "landlock": _attempt(_landlock), "seccomp": _attempt(_seccomp),
             "cgroup": _attempt(_cgroup)}  # fmt: skip
    if not tried["namespaces"].works:
        tried["readable"] = _attempt(_readable)
    return tried


def _attempt(layer: Callable[[], str]) -> Outcome:
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # Python warns where a library has started threads.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            os.write(writer, f"{DONE}{layer()}".encode())
        except OSError as error:
            os.write(writer, str(error).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8", errors="replace") as file:
        said = file.read()
    os.waitpid(child, 0)
    return Outcome(said.startswith(DONE), said.removeprefix(DONE) if said else "ended without a word")


def _namespaces() -> str:
    student = identity.choose(0, namespaces=True)
    namespaces.enter(student)
    waiting.fork(lambda pid: None, lambda: identity.assume(student), sweep=False)
    root.build(root.Root(trees.interpreter_trees(), "/work", 2**20, student.user))
    identity.assume(student)
    return PROC if os.path.isdir("/proc/self") else "no /proc"


def _landlock() -> str:
    capabilities.drop()
    landlock.restrict(landlock.Rules())
    try:
        os.listdir("/")
    except PermissionError:
        return str(landlock.version())
    raise OSError("the kernel accepts rules and does not keep them")


def _seccomp() -> str:
    capabilities.drop()
    seccomp.install(allow_exec=False, shared=True)
    try:
        kernel.unshare(0)
    except PermissionError:
        return ""
    raise OSError("the kernel accepts a filter and does not apply it")


def _cgroup() -> str:
    group = cgroup.create(f"probe-{os.getpid()}", 2**30, 64)
    if not group.folders:
        raise OSError("no group can be made here")
    cgroup.remove(group)
    return ""


def _readable() -> str:
    """Without namespaces, the student's user reads the interpreter where it lies."""
    needed = trees.layout(trees.interpreter_trees()).real
    identity.assume(identity.choose(0, namespaces=False))
    for tree in needed:
        os.close(os.open(tree, os.O_RDONLY))
    return ""
