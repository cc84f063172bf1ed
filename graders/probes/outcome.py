"""What running student code left: its variables, what it printed, its figures, its image files."""

from __future__ import annotations

import os
import types
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch

from graders.probes.executing import Chunk
from graders.probes.plain import TooMuchError, opaque, plain
from graders.probes.wire import Array, Value

MOST_NAMES, MOST_SMALL = 300, 2_000
IMAGES = (".png", ".jpg", ".jpeg", ".pdf", ".svg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".eps")
MOST_IMAGES, MOST_BYTES, MOST_FILES = 12, 3 * 2**20, 5_000
NOT_DATA = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType, np.ufunc)


def variables(namespace: Mapping[str, object], wanted: Iterable[str] = ()) -> dict[str, Value]:
    """The small values of a namespace by name, and all of those that are wanted; an object is {"object": its attributes}."""
    names = [*wanted, *namespace]
    taken = [one for one in dict.fromkeys(names) if one in namespace and not one.startswith("_")]
    told = ((one, _value(namespace[one], one in names[: len(names) - len(namespace)])) for one in taken)
    return {name: value for name, value in list(told)[:MOST_NAMES] if value is not None}


def _value(value: object, wanted: bool) -> Value:
    if isinstance(value, NOT_DATA) or value is None:
        return None
    try:
        return _held(value) if wanted or _is_small(value) else opaque(value)
    except (TooMuchError, RecursionError):
        return opaque(value)
    except Exception:  # noqa: BLE001  # a value of the student's own making
        return None


def _held(value: object) -> Value:
    told = plain(value)
    held = getattr(value, "__dict__", None)
    if (
        isinstance(told, dict)
        and told.keys() == {"opaque"}
        and isinstance(held, dict)
        and not isinstance(value, torch.nn.Module)
    ):
        return {**told, "object": plain({name: one for name, one in held.items() if isinstance(name, str)})}
    return told


def _is_small(value: object) -> bool:
    if isinstance(value, np.ndarray | torch.Tensor):
        return int(np.prod(value.shape)) <= MOST_SMALL
    return not isinstance(value, str | list | tuple | dict | set) or len(value) <= MOST_SMALL


def journal(chunks: Sequence[Chunk]) -> list[Value]:
    """What is known of each chunk."""
    return [
        {
            "file": one.file,
            "cell": one.cell,
            "printed": one.printed,
            "seconds": one.seconds,
            "raised": one.raised,
            "statements": [list[Value](statement) for statement in one.statements],
        }
        for one in chunks
    ]


State = Mapping[str, tuple[int, int]]


def pictures(roots: Iterable[Path]) -> dict[str, Path]:
    """The image files below these folders, by path below the first folder that holds them."""
    found: dict[str, Path] = {}
    for root in dict.fromkeys(roots):
        for folder, _, names in os.walk(root):
            for name in (one for one in names if one.lower().endswith(IMAGES) and len(found) < MOST_FILES):
                path = Path(folder, name)
                found.setdefault(str(path.relative_to(root)), path)
    return found


def state(found: Mapping[str, Path]) -> State:
    """What tells whether a file was written since."""
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in found.values()}


def images(found: Mapping[str, Path], before: State) -> list[Value]:
    """{"name", "written": by this run, "size", "content"}: those that were written first."""
    now = state(found)
    ordered = sorted(found.items(), key=lambda item: now[str(item[1])] == before.get(str(item[1])))
    return [
        {
            "name": name[-200:],
            "written": now[str(path)] != before.get(str(path)),
            "size": now[str(path)][1],
            "content": _bytes(path),
        }
        for name, path in ordered[:MOST_IMAGES]
        if path.is_file()
    ]


def _bytes(path: Path) -> Array | None:
    """uint8 of shape (n,); None for a file that is larger than anybody would look at."""
    if path.stat().st_size > MOST_BYTES:
        return None
    return np.frombuffer(path.read_bytes(), np.uint8).copy()
