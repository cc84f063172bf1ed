"""Which packages and modules have a stand-in of ours, by the name under which student code imports them."""

from __future__ import annotations

from types import ModuleType

from graders.sandbox.standins import (
    colab,
    display,
    downloads,
    icecream,
    imageio,
    kaggle,
    opencv,
    progress,
    scikit_image,
    summary,
    torchvision,
)

STANDINS: dict[str, ModuleType] = {
    **colab.MODULES,
    **display.MODULES,
    **downloads.MODULES,
    **icecream.MODULES,
    **imageio.MODULES,
    **kaggle.MODULES,
    **opencv.MODULES,
    **progress.MODULES,
    **scikit_image.MODULES,
    **summary.MODULES,
    **torchvision.MODULES,
}
# Student code asks for them to find out where it runs: it runs neither on Colab nor on Kaggle.
ONLY_ELSEWHERE = frozenset(("google", "google.colab", "kaggle_secrets", "IPython"))
# What does the same as the real one, or has nothing to do: nobody needs to be told.
SILENT = frozenset(("google", "tqdm", "icecream", "IPython"))
# What fetches: it is answered by ours even where the real one is installed, for there is no network.
INSTEAD = frozenset(name.partition(".")[0] for name in (*downloads.MODULES, *kaggle.MODULES)) - ONLY_ELSEWHERE
