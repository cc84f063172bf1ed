"""Names that NumPy once had."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from graders.probes.noted import note

OLD: dict[str, object] = {
    "float": float, "int": int, "object": object, "str": str, "complex": complex, "long": int, "unicode": str,
    "float_": np.float64, "complex_": np.complex128, "unicode_": np.str_, "string_": np.bytes_,
    "Inf": np.inf, "Infinity": np.inf, "infty": np.inf, "PINF": np.inf, "NINF": -np.inf, "NaN": np.nan, "NAN": np.nan,
    "trapz": np.trapezoid, "in1d": np.isin, "row_stack": np.vstack, "product": np.prod, "cumproduct": np.cumprod,
    "alltrue": np.all, "sometrue": np.any, "round_": np.round, "math": math, "mat": np.asmatrix, "msort": np.sort,
}  # fmt: skip


def _asfarray(a: Any, dtype: Any = np.float64) -> np.ndarray:
    return np.asarray(a, dtype)


def install() -> None:
    """Put them behind the names that NumPy has, once."""
    if np.__dict__.get("__getattr__") is not None and getattr(np.__dict__["__getattr__"], "ours", False):
        return
    vars(np)["__getattr__"] = _with_old_names(vars(np).get("__getattr__"))


def _with_old_names(real: Callable[[str], Any] | None) -> Callable[[str], Any]:
    old = {**OLD, "asfarray": _asfarray}

    def found(name: str) -> Any:
        if name in old:
            note("version", f"np.{name}")
            return old[name]
        if real is None:
            raise AttributeError(f"module 'numpy' has no attribute {name!r}")
        return real(name)

    found.ours = True  # type: ignore[attr-defined]  # a mark that it stands there
    return found
