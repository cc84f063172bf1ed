"""What a sandbox shows of the machine's files: the interpreter and its libraries, nothing because it is on a path.

Only named parts of a prefix are shown, never the prefix: a virtual environment may be the checkout's own folder, and a
checkout may lie in /usr/src. `sys.path` is not read, so an editable install does not bring its checkout along.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import NamedTuple

PARTS = ("bin", "include", "lib", "lib32", "lib64", "libexec", "libx32", "share", "pyvenv.cfg")
SYSTEM = ("/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin",
          "/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts")  # fmt: skip
MOST_LINKS = 40


class Layout(NamedTuple):
    """Real paths to show, and the symbolic links on the way to them."""

    real: tuple[str, ...]
    links: dict[str, str]


def interpreter_trees() -> tuple[str, ...]:
    """The trees that Python and its packages need."""
    prefixes = dict.fromkeys((sys.prefix, sys.base_prefix, "/usr", "/usr/local"))
    parts = [os.path.join(prefix, part) for prefix in prefixes for part in PARTS]
    return tuple(path for path in dict.fromkeys((*parts, *SYSTEM)) if os.path.exists(path))


def layout(trees: Iterable[str]) -> Layout:
    """The real path of each tree, without those inside another, and the links that make the given names work."""
    links: dict[str, str] = {}
    real = {_follow(os.path.normpath(tree), links) for tree in trees}
    outer = tuple(sorted(path for path in real if not _inside_any(path, real)))
    return Layout(outer, {link: target for link, target in links.items() if not _inside_any(link, outer)})


def shows(tree: str, path: str) -> bool:
    """Whether a tree shows a path, or something below it."""
    tree, path = os.path.realpath(tree), os.path.realpath(path)
    return os.path.commonpath((tree, path)) in (tree, path)


def _follow(path: str, links: dict[str, str]) -> str:
    for _ in range(MOST_LINKS):
        link = next((head for head in _heads(path) if os.path.islink(head)), None)
        if link is None:
            return path
        links[link] = os.readlink(link)
        path = os.path.normpath(os.path.join(os.path.dirname(link), links[link]) + path[len(link) :])
    raise OSError(f"too many symbolic links: {path}")


def _heads(path: str) -> list[str]:
    """/a, /a/b, /a/b/c."""
    names = path.strip("/").split("/")
    return ["/" + "/".join(names[: count + 1]) for count in range(len(names))]


def _inside_any(path: str, trees: Iterable[str]) -> bool:
    return any(path != tree and path.startswith(tree.rstrip("/") + "/") for tree in trees)
