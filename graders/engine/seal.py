"""A seal on what is stored: whatever a disk made of it afterwards is noticed, and made again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path


def sealed(text: str) -> str:
    """A JSON object with the digest of all that follows as its first field."""
    return _seal(text[1:].encode()) + text[1:]


def unsealed(content: bytes) -> bytes:
    """The object that was sealed. ValueError where it is not what was written."""
    length = len(_seal(b""))
    if content[:length] != _seal(content[length:]).encode():
        raise ValueError("it is not what was written")
    return b"{" + content[length:]


def digests(folder: Path, names: str) -> Mapping[str, str]:
    """Of the files whose names end so."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob(names))}


def _seal(rest: bytes) -> str:
    return f'{{"sha256":"{hashlib.sha256(rest).hexdigest()}",'
