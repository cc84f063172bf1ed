"""The functions that open, list and make files, asked again elsewhere where they find nothing."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable
from functools import wraps
from typing import Any

import torch

from graders.sandbox.standins.elsewhere import answers

LOOKING = ("stat", "lstat", "listdir", "scandir", "chdir")
ABSENT = (FileNotFoundError, NotADirectoryError)


def install() -> None:
    """Put them in place, once."""
    if hasattr(os.stat, "__wrapped__"):
        return
    for name in LOOKING:
        setattr(os, name, _looking(getattr(os, name)))
    vars(os)["mkdir"] = _making(os.mkdir)
    vars(builtins)["open"] = vars(io)["open"] = _opening(builtins.open)
    vars(torch)["save"], vars(torch)["load"] = _saving(torch.save), _loading(torch.load)


def _text(path: object) -> str | None:
    """A path as text, if it is one."""
    if isinstance(path, os.PathLike):
        path = os.fspath(path)
    return path if isinstance(path, str) else None


def _looking(real: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(real)
    def looked(path: Any = ".", *args: Any, **kwargs: Any) -> Any:
        try:
            return real(path, *args, **kwargs)
        except ABSENT:
            asked = _text(path)
            found = answers().read(asked) if asked else None
            if found is None:
                raise
        return real(found, *args, **kwargs)

    return looked


def _making(real: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(real)
    def mkdir(path: Any, *args: Any, **kwargs: Any) -> None:
        try:
            real(path, *args, **kwargs)
        except FileExistsError:
            raise
        except OSError:
            asked = _text(path)
            shadow = answers().shadow(asked) if asked else None
            if shadow is None:
                raise
            os.makedirs(shadow, exist_ok=True)

    return mkdir


def _opening(real: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(real)
    def opened(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        try:
            return real(file, mode, *args, **kwargs)
        except OSError as problem:
            asked = _text(file)
            reading = isinstance(mode, str) and not set(mode) & set("wax+")
            if asked is None or (reading and not isinstance(problem, ABSENT)):
                raise
            found = answers().read(asked) if reading else written(asked)
            if found is None:
                raise
        return real(found, mode, *args, **kwargs)

    return opened


def written(asked: str) -> str | None:
    """Where something is written that may not be written where it should; its folder is there afterwards."""
    shadow = answers().shadow(asked)
    if shadow:
        os.makedirs(os.path.dirname(shadow), exist_ok=True)
    return shadow


def _saving(real: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(real)
    def save(obj: Any, f: Any, *args: Any, **kwargs: Any) -> None:
        asked = _text(f)
        real(obj, (written(asked) if asked else None) or f, *args, **kwargs)

    return save


def _loading(real: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(real)
    def load(f: Any, *args: Any, **kwargs: Any) -> Any:
        asked = _text(f)
        absent = asked is not None and not os.path.exists(asked)
        return real((answers().read(asked) if asked and absent else None) or f, *args, **kwargs)

    return load
