"""Read a zip as hostile: nothing is extracted to disk, and nothing is read before its size was looked at.

zipfile gives no more bytes of an entry than its header says, so sizes may be believed: one that lies only cuts itself.
That holds for what BOUNDED lists. Of the other ways to pack it unpacks whole blocks first, whatever they swell to.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

# The list of names is read as a whole: some forty thousand fit.
MOST_LISTED = 4 * 2**20
MOST_FILE = 30 * 2**20
BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
REGULAR = (0, stat.S_IFREG)


@dataclass(frozen=True)
class Found:
    """A file that may be taken: its path, its size, how to open it, and whether it is one at all."""

    path: str
    size: int
    open: Callable[[], BinaryIO]
    regular: bool = True


class _Wary(io.RawIOBase):
    """A file that does not give too much at once, and knows that a place before its beginning comes from a damaged zip."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self.file, self.most = file, most

    def read(self, size: int = -1, /) -> bytes:
        if size > self.most:
            raise zipfile.BadZipFile("it holds too many files")
        return self.file.read(size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        try:
            return self.file.seek(offset, whence)
        except (OSError, ValueError, OverflowError) as error:
            raise zipfile.BadZipFile("it is damaged, or no zip at all") from error

    def tell(self) -> int:
        return self.file.tell()

    def seekable(self) -> bool:
        return True


def listed(file: BinaryIO, opened: ExitStack) -> Iterator[Found]:
    """What a zip holds; it can be opened until `opened` is closed. One of UNREADABLE where it is no zip."""
    with zipfile.ZipFile(_Wary(file, MOST_LISTED)):
        archive = opened.enter_context(zipfile.ZipFile(_Wary(file, 2**62)))
    for entry in archive.infolist():
        if not entry.filename.endswith("/"):
            regular = stat.S_IFMT(entry.external_attr >> 16) in REGULAR
            yield Found(entry.filename, entry.file_size, partial(_opened, archive, entry), regular)


def _opened(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> BinaryIO:
    """The content in memory: a zip in a zip is read here and there, and unpacking starts over at each step back."""
    if entry.compress_type not in BOUNDED:
        raise zipfile.BadZipFile("it is packed in a way that only few programs know")
    if entry.file_size > MOST_FILE:
        raise zipfile.BadZipFile(f"it is larger than {MOST_FILE >> 20} MB")
    return io.BytesIO(archive.read(entry))
