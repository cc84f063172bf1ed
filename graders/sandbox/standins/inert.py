"""A package that is not there, as student code may still import it: what asks for no result goes on, a result there is none.

`sns.set_theme()` and `fig = sns.lineplot(...)` do nothing. To count, to calculate, to loop over what came back raises an
AbsentError, which is told as the missing package that it is, and so does to put to work what was made of a missing base:
`trainer.fit(lit)`. A decorator gives back what it decorates.
"""

from __future__ import annotations

import inspect
import types
from functools import cache
from typing import Any, NoReturn

from graders.probes.absent import INERT, AbsentError


def _absent(inert: Inert, *_: object, **__: object) -> NoReturn:
    raise AbsentError(inert._package)


class Inert:
    """Whatever a missing package would have made."""

    def __init__(self, package: str, path: str) -> None:
        """Stand for what `path` names in `package`."""
        self._package, self._path = package, path

    def __getattr__(self, name: str) -> Inert:
        """Another one."""
        return _part(self._package, self._path, name)

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Another one; what is decorated stays what it is. What the student made of a missing base would be put to work."""
        if any(isinstance(one, InertBase) and one._package == self._package for one in (*args, *kwargs.values())):
            _absent(self)
        if len(args) == 1 and not kwargs and (inspect.isfunction(args[0]) or inspect.isclass(args[0])):
            return args[0]
        return inert(self._package, f"{self._path}()")

    def __getitem__(self, _: object) -> Inert:
        """Another one."""
        return inert(self._package, f"{self._path}[]")

    def __setitem__(self, _: object, __: object) -> None:
        """Forget it."""

    def __enter__(self) -> Inert:
        """Go on."""
        return self

    def __exit__(self, *_: object) -> None:
        """Go on."""

    def __bool__(self) -> bool:
        """Nothing is there."""
        return False

    def __repr__(self) -> str:
        """Say what is missing."""
        return f"<{self._path}: {self._package} is not installed here>"

    def __format__(self, _: str) -> str:
        """The same in any format."""
        return repr(self)

    def __mro_entries__(self, _: tuple[object, ...]) -> tuple[type]:
        """A class made from it is made from one that takes anything."""
        return (type(self._path.rsplit(".", 1)[-1], (InertBase,), {"_package": self._package, "_path": self._path}),)

    def __instancecheck__(self, _: object) -> bool:
        """Nothing is one of these: other packages ask whether what they are given is a table of this one."""
        return False

    __subclasscheck__ = __instancecheck__
    __iter__ = __next__ = __len__ = __contains__ = __array__ = __float__ = __int__ = __index__ = __complex__ = _absent
    __fspath__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _absent
    __matmul__ = __pow__ = __neg__ = __abs__ = __round__ = __lt__ = __le__ = __gt__ = __ge__ = _absent


class InertBase(Inert):
    """What a student's class inherits where its base is missing."""

    def __init__(self, *_: object, **__: object) -> None:
        """Take anything."""


class InertModule(types.ModuleType):
    """A module of a missing package."""

    __version__ = "999.0"

    def __init__(self, name: str, package: str) -> None:
        """`package` is what is not installed."""
        super().__init__(name)
        self._package = package
        self.__path__ = []

    def __getattr__(self, name: str) -> Any:
        """Whatever is asked for."""
        return _part(self._package, self.__name__, name)


def _part(package: str, path: str, name: str) -> Inert:
    # What Python itself looks for is not there.
    if name.startswith("__") and name.endswith("__"):
        raise AttributeError(name)
    return inert(package, f"{path}.{name}")


def inert(package: str, path: str) -> Inert:
    """What `path` names in a package; an error of Python about it shows the name of its class, and so the package."""
    return _kind(package)(package, path)


@cache
def _kind(package: str) -> type[Inert]:
    return type(f"{INERT}{package}", (Inert,), {})
