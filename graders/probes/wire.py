"""The only thing that leaves the sandbox: one frame an observation. Both sides use this file.

A frame is `!IQ` (header length, body length), a JSON header, and raw little-endian C-order arrays one after another.
The header is {"value": tree, "arrays": [[dtype, shape], …]}; in the tree an array is {"$array": index} and a float that
JSON does not know is {"$float": "nan"}. A key that starts with "$" is escaped by one more.

Reading trusts nothing: every length, depth, count, dtype and shape is checked before memory is taken, and whatever
breaks a rule is a `WireError`. There is no pickle here, and there will never be one.
"""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.generic]
Value = None | bool | int | float | str | Array | Sequence["Value"] | Mapping[str, "Value"]

PREFIX = struct.Struct("!IQ")
MOST_HEADER = 16 * 2**20
MOST_BODY = 256 * 2**20
MOST_DEPTH = 16
MOST_ITEMS = 400_000
MOST_MARKS = 5 * MOST_ITEMS
MOST_DIGITS = 18
# A number so long, or a text that holds one.
LONG = re.compile(rb"\d{%d}" % (MOST_DIGITS + 1))
# Looked at first: most of a frame is made of these.
PLAIN = frozenset((int, bool, type(None)))
DTYPES = frozenset(
    "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128".split()
)
LITTLE = {name: np.dtype(name).newbyteorder("<") for name in DTYPES}
NAMES = {one: name for name, little in LITTLE.items() for one in (little, little.newbyteorder(">"))}


class WireError(ValueError):
    """Bytes that are no frame, or a value that a frame may not hold."""


def encode(value: Value) -> bytes:
    """The frame of a value; arrays of other dtypes than DTYPES are refused."""
    arrays: list[Array] = []
    tree = _outgoing(value, arrays, MOST_DEPTH)
    listed = [[NAMES[array.dtype], list(array.shape)] for array in arrays]
    header = json.dumps({"value": tree, "arrays": listed}, allow_nan=False, separators=(",", ":")).encode()
    prefix = PREFIX.pack(len(header), sum(array.nbytes for array in arrays))
    return b"".join((prefix, header, *map(_raw, arrays)))


def _raw(array: Array) -> memoryview:
    return np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<"), copy=False)).data


def _outgoing(value: Value, arrays: list[Array], depth: int) -> object:
    if depth < 0:
        raise WireError("nested too deeply")
    if type(value) in PLAIN:
        return value
    if isinstance(value, np.ndarray):
        if value.dtype not in NAMES:
            raise WireError(f"an array of {value.dtype.name} cannot be sent")
        arrays.append(value)
        return {"$array": len(arrays) - 1}
    if isinstance(value, Mapping):
        return {_escaped(key): _outgoing(item, arrays, depth - 1) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": str(float(value))}
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return [_outgoing(item, arrays, depth - 1) for item in value]


def _escaped(key: str) -> str:
    return "$" + key if key.startswith("$") else key


def lengths(prefix: bytes) -> tuple[int, int]:
    """Header and body length of the frame that starts with this prefix."""
    header, body = PREFIX.unpack(prefix)
    if header > MOST_HEADER or body > MOST_BODY:
        raise WireError(f"a frame of {header + body} bytes is too large")
    return header, body


def decode(frame: bytes | memoryview) -> Value:
    """The value of one whole frame; its arrays are read-only views of the frame."""
    view = memoryview(frame)
    if len(view) < PREFIX.size:
        raise WireError("a frame is cut short")
    header, body = lengths(bytes(view[: PREFIX.size]))
    if len(view) != PREFIX.size + header + body:
        raise WireError("a frame's length is not what it says")
    content = _parsed(bytes(view[PREFIX.size : PREFIX.size + header]))
    arrays = list(_arrays(content["arrays"], view[PREFIX.size + header :]))
    return _incoming(content["value"], arrays, [MOST_ITEMS], MOST_DEPTH)


def _parsed(header: bytes) -> dict[str, object]:
    # Before json makes sixty bytes of every two. Text may hold commas as well, so there may be more of them than items.
    if header.count(b",") + header.count(b"[") > MOST_MARKS:
        raise WireError("too many items")
    try:
        content = json.loads(header, parse_constant=_refused, parse_int=_integer if LONG.search(header) else None)
    except (ValueError, RecursionError) as error:
        raise WireError(f"a header is no JSON: {type(error).__name__}") from error
    if not isinstance(content, dict) or content.keys() != {"value", "arrays"}:
        raise WireError("a header has other fields than value and arrays")
    return content


def _refused(constant: str) -> object:
    raise WireError(f"{constant} is not JSON")


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS + 2:
        raise WireError("an integer is too long")
    return int(digits)


def _arrays(listed: object, body: memoryview) -> Iterator[Array]:
    if not isinstance(listed, list) or len(listed) > MOST_ITEMS:
        raise WireError("arrays is not a list")
    offset = 0
    for entry in listed:
        dtype, shape = _described(entry)
        size = math.prod(shape) * dtype.itemsize
        if offset + size > len(body):
            raise WireError("an array is longer than its frame")
        yield np.frombuffer(body[offset : offset + size], dtype).reshape(shape)
        offset += size
    if offset != len(body):
        raise WireError("bytes are left over")


def _described(entry: object) -> tuple[np.dtype[np.generic], list[int]]:
    if not isinstance(entry, list) or len(entry) != 2:
        raise WireError("an array is described by dtype and shape")
    name, shape = entry
    if not isinstance(name, str) or name not in LITTLE or not isinstance(shape, list) or len(shape) > 8:
        raise WireError("an array of unknown dtype or too many axes")
    if not all(type(size) is int and 0 <= size <= MOST_BODY for size in shape):
        raise WireError("an array with a size that is none")
    if math.prod(size for size in shape if size) > MOST_BODY:
        raise WireError("an array with sizes that no array has")
    return LITTLE[name], shape


def _incoming(tree: object, arrays: Sequence[Array], left: list[int], depth: int) -> Value:
    left[0] -= 1
    if depth < 0 or left[0] < 0:
        raise WireError("nested too deeply, or too many items")
    if type(tree) in PLAIN or type(tree) is float:
        return cast("Value", tree)
    if isinstance(tree, list):
        return [_incoming(item, arrays, left, depth - 1) for item in tree]
    if isinstance(tree, str):
        return _text(tree)
    assert isinstance(tree, dict), "JSON has nothing else"
    if tree.keys() == {"$array"}:
        return _array_at(tree["$array"], arrays)
    if tree.keys() == {"$float"}:
        return _special(tree["$float"])
    return {_unescaped(key): _incoming(item, arrays, left, depth - 1) for key, item in tree.items()}


def _text(text: str) -> str:
    """JSON can spell half of a character, which nobody can write down: it is shown by its code."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def _unescaped(key: str) -> str:
    return _text(key[1:] if key.startswith("$$") else key)


def _array_at(index: object, arrays: Sequence[Array]) -> Array:
    if type(index) is not int or not 0 <= index < len(arrays):
        raise WireError("an array that is not there")
    return arrays[index]


def _special(name: object) -> float:
    if name not in ("nan", "inf", "-inf"):
        raise WireError("a float that is none")
    return float(str(name))
