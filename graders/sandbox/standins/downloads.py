"""Downloads: there is no network. What the assignment gives is answered with its own bytes, an archive with an empty one."""

from __future__ import annotations

import io
import json
import shutil
import sys
import tarfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import unquote, urlsplit

from graders.probes.noted import note
from graders.sandbox.standins.elsewhere import answers, parted
from graders.sandbox.standins.made import module, package

ARCHIVES = (".zip", ".tar", ".tgz", ".gz", ".rar", ".7z", ".bz2", ".xz")


def content(url: str) -> bytes:
    """The bytes behind an address; URLError where nobody knows them."""
    found = answers().read("/" + "/".join(parted(unquote(urlsplit(url).path))))
    if found and Path(found).is_file():
        return Path(found).read_bytes()
    if answers().declared and (_is_archive(url) or "download" in url):
        note("data", url)
        return _empty()
    raise URLError("there is no network here")


def _is_archive(name: str) -> bool:
    return urlsplit(name).path.lower().endswith(ARCHIVES)


def _empty() -> bytes:
    """An archive in which there is nothing: what it would hold is here already."""
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    return buffer.getvalue()


class Response(io.BytesIO):
    """What comes from a server, as urllib and requests show it."""

    status_code = status = code = 200
    ok, reason, encoding = True, "OK", "utf-8"

    def __init__(self, url: str) -> None:
        """Ask for the address."""
        self.content = content(url)
        super().__init__(self.content)
        self.url, self.raw = url, self
        self.headers = {"Content-Length": str(len(self.content)), "content-length": str(len(self.content))}

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode(errors="replace")

    def json(self, **_: object) -> Any:
        """The content as JSON."""
        return json.loads(self.content)

    def iter_content(self, chunk_size: int = 2**20, **_: object) -> Iterator[bytes]:
        """The content in pieces."""
        yield from (self.content[at : at + chunk_size] for at in range(0, len(self.content), chunk_size))

    def raise_for_status(self) -> None:
        """All is well."""

    def info(self) -> dict[str, str]:
        """The headers."""
        return self.headers

    def geturl(self) -> str:
        """The address."""
        return self.url


def get(url: str, *_: object, **__: object) -> Response:
    """requests.get."""
    return Response(url)


class Session:
    """requests.Session."""

    get = post = staticmethod(get)

    def __enter__(self) -> Session:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""


def urlopen(url: Any, *_: object, **__: object) -> Response:
    """urllib.request.urlopen."""
    return Response(url if isinstance(url, str) else url.full_url)


def urlretrieve(url: str, filename: Any = None, *_: object, **__: object) -> tuple[str, dict[str, str]]:
    """urllib.request.urlretrieve."""
    path = str(filename or Path(urlsplit(url).path).name)
    Path(path).write_bytes(content(url))
    return path, {}


def install() -> None:
    """Put them in place, once."""
    if urllib.request.urlopen is urlopen:
        return
    vars(urllib.request).update(urlopen=urlopen, urlretrieve=urlretrieve)
    vars(shutil)["unpack_archive"] = _unpacking(shutil.unpack_archive)
    zipfile.ZipFile.__init__ = _opened(zipfile.ZipFile.__init__)  # type: ignore[method-assign]  # what this is for
    vars(tarfile)["open"] = _tar(tarfile.open)


def _absent(file: object) -> bool:
    """An archive that would have been downloaded, and nothing else."""
    return (
        str(file) not in sys.path
        and bool(answers().declared)
        and isinstance(file, str | Path)
        and _is_archive(str(file))
        and not Path(file).exists()
    )


def _opened(real: Callable[..., None]) -> Callable[..., None]:
    @wraps(real)
    def opened(archive: Any, file: Any, mode: Any = "r", *args: Any, **kwargs: Any) -> None:
        absent = mode == "r" and _absent(file)
        if absent:
            note("data", str(file))
        real(archive, io.BytesIO(_empty()) if absent else file, mode, *args, **kwargs)

    return opened


def _unpacking(real: Callable[..., None]) -> Callable[..., None]:
    @wraps(real)
    def unpack_archive(filename: Any, *args: Any, **kwargs: Any) -> None:
        if not _absent(filename):
            real(filename, *args, **kwargs)

    return unpack_archive


def _tar(real: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(real)
    def opened(name: Any = None, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if not (mode.startswith("r") and _absent(name)):
            return real(name, mode, *args, **kwargs)
        buffer = io.BytesIO()
        tarfile.TarFile(fileobj=buffer, mode="w").close()
        buffer.seek(0)
        return tarfile.TarFile(fileobj=buffer)

    return opened


MODULES = package(
    "requests",
    module("requests.exceptions", RequestException=URLError, ConnectionError=URLError, HTTPError=URLError),
    get=get, post=get, Session=Session, session=Session, RequestException=URLError,
)  # fmt: skip
