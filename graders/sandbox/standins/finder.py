"""The import finders that answer student code: one before all others for what fetches, one after for what is not here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

from graders.probes.absent import known
from graders.probes.noted import note
from graders.sandbox.standins.caller import expects_failure, importer
from graders.sandbox.standins.inert import InertModule
from graders.sandbox.standins.table import INSTEAD, ONLY_ELSEWHERE, SILENT, STANDINS


class Instead(MetaPathFinder):
    """A stand-in of ours, whether or not the real one is here."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """What answers for a package that fetches, where student code imports it."""
        ours = name in STANDINS and name.partition(".")[0] in INSTEAD
        return _spec(name) if ours and importer() else None


class Fallback(MetaPathFinder):
    """A stand-in of ours, an inert module, or nothing."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """What stands for a module that is not here. A library that can do without it does; so may a student's `try`."""
        if not (name in STANDINS or _may_be_inert(name, path)):
            return None
        frame = importer()
        if frame is None:
            return _spec(name) if _parent(name) and name not in STANDINS else None
        if (name not in STANDINS or name in ONLY_ELSEWHERE) and expects_failure(frame):
            return None
        return _spec(name)


def _may_be_inert(name: str, path: Sequence[str] | None) -> bool:
    """A part of a package that is installed is not missing: there is no such part."""
    return not path and known(name.partition(".")[0])


def _parent(name: str) -> InertModule | None:
    parent = sys.modules.get(name.rpartition(".")[0])
    return parent if isinstance(parent, InertModule) else None


def _spec(name: str) -> ModuleSpec:
    package = name.partition(".")[0]
    if name in STANDINS:
        if package not in SILENT:
            note("stand-in", package)
        return ModuleSpec(name, Ready(lambda: STANDINS[name]), is_package=True)
    parent = _parent(name)
    # A part of a package of ours that we have not is missing by its whole name.
    package = parent._package if parent else name
    note("missing", package)
    return ModuleSpec(name, Ready(lambda: InertModule(name, package)), is_package=True)


class Ready(Loader):
    """Gives a module that has been made already."""

    def __init__(self, make: Callable[[], ModuleType]) -> None:
        """Give what this makes."""
        self.make = make

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module."""
        return self.make()

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing left to do."""


def install() -> None:
    """Put them around the other finders, once; a part of torch that needs a package which is not here is inert as well."""
    if any(isinstance(one, Fallback) for one in sys.meta_path):
        return
    if find_spec("tensorboard") is None:
        sys.modules["torch.utils.tensorboard"] = InertModule("torch.utils.tensorboard", "tensorboard")
    sys.meta_path[:] = [Instead(), *sys.meta_path, Fallback()]
