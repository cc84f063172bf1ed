"""Libraries that are not there, and are not needed."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from graders.sandbox.absent import Absent, answer


@pytest.fixture
def absent() -> Iterator[Absent]:
    before = set(sys.modules)
    found = answer()
    yield found
    sys.meta_path.remove(found)
    for name in set(sys.modules) - before:
        del sys.modules[name]


USES = {
    "colab": "from google.colab import drive, files\ndrive.mount('/content/drive')",
    "seaborn": "import seaborn as sns\nsns.set_theme()\nsns.heatmap([[1]], annot=True).set_title('x')",
    "decorator": "from numba import jit\n@jit(nopython=True)\ndef f(x): return x\nassert f(3) == 3",
    "plain decorator": "import numba\n@numba.jit\ndef f(x): return x\nassert f(3) == 3",
    "icecream": "from icecream import ic\nassert ic(4) == 4",
    "base": "import pytorch_lightning as pl\nclass Net(pl.LightningModule):\n    x = 1\nassert Net().x == 1",
    "context": "import wandb\nwith wandb.init() as run:\n    run.log({'a': 1})",
    "submodules": "import keras.layers.core as core\nfrom keras.models import Sequential",
}


@pytest.mark.parametrize("source", USES.values(), ids=USES.keys())
def test_what_is_not_needed_goes_on(absent: Absent, source: str) -> None:
    exec(source, {"__name__": "x"})  # noqa: S102  # our own source
    assert len(absent.used) == 1


def test_a_module_that_was_not_handed_in_stays_missing(absent: Absent) -> None:
    with pytest.raises(ModuleNotFoundError):
        __import__("mes_metriques")
    assert absent.used == []


def test_what_is_installed_is_used(absent: Absent) -> None:
    import numpy as np

    assert np.__file__
    with pytest.raises(ImportError):
        __import__("numpy.no_such_part")
