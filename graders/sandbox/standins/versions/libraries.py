"""Arguments and names that torch, matplotlib and Pillow once took."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import matplotlib as mpl
import torch
from matplotlib import cm, style
from PIL import Image
from torch import nn
from torch.optim import lr_scheduler
from torch.utils.data import DataLoader
from torch.utils.data.dataloader import _BaseDataLoaderIter

from graders.probes.noted import note

INITIAL = (
    "uniform normal constant eye dirac xavier_uniform xavier_normal kaiming_uniform kaiming_normal orthogonal sparse"
)
FILTERS = {"ANTIALIAS": "LANCZOS", "CUBIC": "BICUBIC", "LINEAR": "BILINEAR"}
# A sandbox has few processes, and what is loaded in one is the same as what is loaded in many.
ALONE: Mapping[str, object] = {"num_workers": 0, "prefetch_factor": None, "persistent_workers": False, "timeout": 0,
                               "multiprocessing_context": None}  # fmt: skip


def install() -> None:
    """Put them in place, once."""
    if hasattr(DataLoader.__init__, "__wrapped__"):
        return
    _set(DataLoader, "__init__", _alone(DataLoader.__init__))
    for kind in vars(lr_scheduler).values():
        if inspect.isclass(kind) and issubclass(kind, lr_scheduler.LRScheduler) and "__init__" in vars(kind):
            _set(kind, "__init__", _without(kind.__init__, "verbose"))
    _set(_BaseDataLoaderIter, "next", _BaseDataLoaderIter.__next__)
    _set(style, "use", _styled(style.use))
    for name in INITIAL.split():
        if not hasattr(nn.init, name):
            setattr(nn.init, name, getattr(nn.init, f"{name}_"))
    if not hasattr(cm, "get_cmap"):
        _set(cm, "get_cmap", get_cmap)
    for old, new in FILTERS.items():
        if not hasattr(Image, old):
            setattr(Image, old, getattr(Image, new))
    vars(torch)["load"] = _trusting(torch.load)


def get_cmap(name: Any = None, lut: int | None = None) -> Any:
    """matplotlib.cm.get_cmap."""
    found = mpl.colormaps.get_cmap(name)
    return found.resampled(lut) if lut else found


def _set(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


def _without(real: Callable[..., Any], dropped: str) -> Callable[..., Any]:
    if dropped in inspect.signature(real).parameters:
        return real

    @wraps(real)
    def called(*args: Any, **kwargs: Any) -> Any:
        if dropped in kwargs:
            note("version", f"lr_scheduler(…, {dropped}=…)")
            del kwargs[dropped]
        return real(*args, **kwargs)

    return called


def _alone(real: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(real)
    def called(*args: Any, **kwargs: Any) -> Any:
        if kwargs.get("num_workers"):
            kwargs.update({name: value for name, value in ALONE.items() if name in kwargs})
        return real(*args, **kwargs)

    return called


def _styled(real: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(real)
    def use(name: Any) -> None:
        try:
            real(name)
        except OSError:
            if not isinstance(name, str) or os.sep in name:
                raise
            note("version", f"plt.style.use({name!r})")
            newer = name.replace("seaborn", "seaborn-v0_8")
            if newer in style.available:
                real(newer)

    return use


def _trusting(real: Callable[..., Any]) -> Callable[..., Any]:
    """A file of the student's own may hold more than tensors."""

    @wraps(real)
    def load(*args: Any, **kwargs: Any) -> Any:
        try:
            return real(*args, **kwargs)
        except Exception as problem:
            if "weights_only" in kwargs or type(problem).__name__ != "UnpicklingError":
                raise
            note("version", "torch.load(…)")
            return real(*args, **kwargs, weights_only=False)

    return load
