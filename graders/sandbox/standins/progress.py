"""tqdm: gives what it is given, and shows no bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from graders.sandbox.standins.made import module, package


class Bar:
    """`tqdm(iterable)`, and `tqdm(total=…)`."""

    def __init__(
        self,
        iterable: Iterable[Any] | None = None,
        desc: str = "",
        total: float | None = None,
        *_: object,
        **__: object,
    ) -> None:
        """Go through the iterable."""
        self.iterable, self.desc, self.n, self.disable = iterable, desc, 0, False
        self.total = total if total is not None else getattr(iterable, "__len__", lambda: None)()
        self.format_dict: dict[str, object] = {}

    def __iter__(self) -> Iterator[Any]:
        """Each item."""
        for item in self.iterable if self.iterable is not None else ():
            yield item
            self.n += 1

    def __len__(self) -> int:
        """How many there are."""
        return int(self.total or 0)

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Every other method writes on the bar."""
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *_, **__: None

    def __enter__(self) -> Bar:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""

    def update(self, n: int = 1) -> None:
        """So much is done."""
        self.n += n

    @staticmethod
    def write(text: str = "", *_: object, **__: object) -> None:
        """Print a line."""
        print(text)

    @classmethod
    def pandas(cls, *_: object, **__: object) -> None:
        """Nothing to do."""

    @classmethod
    @contextmanager
    def external_write_mode(cls, *_: object, **__: object) -> Iterator[None]:
        """Nothing to do."""
        yield


def trange(*args: int, **kwargs: Any) -> Bar:
    """A bar over a range."""
    return Bar(range(*args), **kwargs)


_CONTENT = {"tqdm": Bar, "trange": trange, "tqdm_notebook": Bar, "tnrange": trange}
_PARTS = ("notebook", "auto", "autonotebook", "std", "gui", "rich")
MODULES = package("tqdm", *(module(f"tqdm.{part}", **_CONTENT) for part in _PARTS), **_CONTENT)
