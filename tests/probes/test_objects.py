"""What student code returns is looked into: dicts, tuples and objects of its own."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from torch import nn

from graders.probes.given import made
from graders.probes.given import network_in as given_network
from graders.probes.objects import network_in

NETWORK = nn.Linear(1, 1)


@dataclass
class Result:
    """What a training returns."""

    losses: list[float]
    model: nn.Module


RETURNED = [NETWORK, (NETWORK, [0.1]), {"model": NETWORK}, Result([0.1], NETWORK), SimpleNamespace(net=NETWORK)]


@pytest.mark.parametrize("returned", RETURNED)
def test_a_network_is_found_in_whatever_holds_it(returned: object) -> None:
    assert network_in(returned) is given_network(returned) is NETWORK


def test_what_holds_none_gives_the_other_one() -> None:
    assert given_network(Result([], None), NETWORK) is NETWORK  # type: ignore[arg-type]


def test_a_table_of_records_is_cut_by_rows_and_columns() -> None:
    x, y = np.arange(6.0).reshape(3, 2), np.arange(3.0)[:, None]
    table = cast("np.ndarray", made({"given": "records", "x": x, "y": y}))
    assert np.array(table[1:, 0].tolist()).tolist() == x[1:].tolist()
    assert np.array(table[1:, 1].tolist()).tolist() == y[1:].tolist()
