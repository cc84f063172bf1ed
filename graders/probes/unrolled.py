"""torch.vmap as the loop that it stands for: what it wraps tensors in has no memory that a trace could tell apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any  # student functions take and return anything
from unittest.mock import patch

import torch
from torch._functorch import apis
from torch._functorch.vmap import _process_batched_inputs
from torch.utils._pytree import _broadcast_to_and_flatten, tree_flatten, tree_unflatten


@contextmanager
def unrolled() -> Iterator[None]:
    """Between `with` and its end, whatever vmap made is carried out row by row."""
    with patch.object(apis, "vmap_impl", _row_by_row):
        yield


def _row_by_row(
    function: Callable[..., Any],
    in_dims: Any,
    out_dims: Any,
    randomness: str,
    chunk_size: int | None,
    *args: Any,
    **kwargs: Any,
) -> Any:
    size, dims, given, spec = _process_batched_inputs(in_dims, args, function)
    cut = [[one] * size if dim is None else one.unbind(dim) for one, dim in zip(given, dims, strict=True)]
    rows = [function(*tree_unflatten([one[row] for one in cut], spec), **kwargs) for row in range(size)]
    told = [tree_flatten(row) for row in rows]
    places = _broadcast_to_and_flatten(out_dims, told[0][1]) or []
    columns = zip(*(flat for flat, _ in told), strict=True)
    made = [torch.stack(column, place or 0) for column, place in zip(columns, places, strict=True)]
    return tree_unflatten(made, told[0][1])
