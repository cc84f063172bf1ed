"""What stands for IPython is enough for who asks for it."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import CHECKOUT

# Matplotlib looks once in a process: it has to be another one.
DRAWS = """
import sys
from graders.sandbox.standins import display
sys.modules.update(display.MODULES)
from matplotlib import pyplot
pyplot.switch_backend("agg")
pyplot.subplots()
"""


def test_figures_are_drawn_where_a_notebook_is_pretended() -> None:
    done = subprocess.run([sys.executable, "-c", DRAWS], cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
