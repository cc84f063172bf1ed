"""Libraries that are not installed here: what imports them goes on, with something inert in their place.

A picture drawn with seaborn, a folder mounted by Colab, a progress bar: most of what students import has no part in what is
graded. Only well-known libraries are answered so; a module of the student's own that was not handed in stays missing.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator, MutableSequence
from types import ModuleType
from typing import Any, ClassVar  # an inert thing stands for anything

KNOWN = frozenset(
    "google torchvision torchaudio torchtext torchsummary torchinfo torchviz torchmetrics kaggle kagglehub gdown opendatasets "
    "turtle tkinter icecream tensorflow keras tensorboard tensorboardX seaborn pandas plotly bokeh altair pydot graphviz "
    "IPython ipywidgets notebook cv2 imageio skimage PIL wandb mlflow comet_ml librosa soundfile pydub sounddevice "
    "pytorch_lightning lightning ignite einops numba networkx requests xgboost lightgbm statsmodels sympy openpyxl h5py "
    "tqdm rich colorama termcolor tabulate prettytable psutil dotenv nltk transformers datasets timm albumentations "
    "scikitplot mlxtend umap yellowbrick missingno pyaudio cupy jax flax optuna hydra omegaconf yaml".split()
)
# The type of the problem that tells of one.
NOT_INSTALLED = "NotInstalled"
# What gives back what it is called with: a debugging print, bars of progress.
THROUGH = ("ic", "tqdm", "track", "progress_bar")


class Inert(ModuleType):
    """Whatever is asked of it is inert too; called with a function it gives that back, as a decorator does."""

    __path__: ClassVar[MutableSequence[str]] = []  # type: ignore[misc]  # it is a package with nothing in it

    def __getattr__(self, name: str) -> Any:
        """Another inert thing; nothing where Python looks for a protocol."""
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert(f"{self.__name__}.{name}")

    def __call__(self, *args: Any, **_: Any) -> Any:
        """What is decorated, looked at or counted through, else another inert thing."""
        through = args and (callable(args[0]) or self.__name__.rsplit(".", 1)[-1] in THROUGH)
        return args[0] if through else Inert(f"{self.__name__}()")

    def __mro_entries__(self, _: object) -> tuple[type, ...]:
        """A class on it is a class on nothing."""
        return ()

    def __enter__(self) -> Inert:
        """A context that does nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to end."""

    def __iter__(self) -> Iterator[Any]:
        """Nothing in it."""
        return iter(())


class Absent(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers imports that nobody else answers; `used` are the libraries that were asked for."""

    def __init__(self) -> None:
        """Nothing was asked for yet."""
        self.used: list[str] = []

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """Ours to answer where the library is a known one."""
        library = name.split(".", maxsplit=1)[0]
        if library not in KNOWN or (library in sys.modules and not isinstance(sys.modules[library], Inert)):
            return None
        if library not in self.used:
            self.used.append(library)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """An inert module."""
        return Inert(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def answer() -> Absent:
    """Answer from now on, after all others."""
    absent = Absent()
    sys.meta_path.append(absent)
    return absent
