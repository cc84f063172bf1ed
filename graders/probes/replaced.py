"""What a program put its own in the place of, among all that we look with.

Whoever replaces a function of torch or of Python can show us what they want. Nothing that is computed again by the judge is
believed for that, but the order of events in a training loop is: so a person is told. A program that undoes this too is not
found; it had to be written for it.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from graders.probes.noted import note

# By module: what a probe calls, and what tells it what the student's code does. Who replaces `print` or `open` has other reasons.
WATCHED = {
    "builtins": """isinstance issubclass len type float int bool str abs sum min max round sorted zip range getattr hasattr
        callable""",
    "json": "dumps loads",
    "os": "write read fork",
    "struct": "pack unpack",
    "time": "time monotonic perf_counter",
    "inspect": "signature",
    "unittest.mock": "patch",
    "numpy": "array asarray allclose isclose array_equal",
    "numpy.random": "default_rng seed",
    "torch": "allclose equal is_tensor is_grad_enabled manual_seed from_numpy",
    "torch.Tensor": "backward detach cpu numpy clone reshape dim size __eq__ __matmul__ __torch_function__",
    "torch.autograd": "backward grad",
    "torch.nn.functional": """linear relu dropout conv2d batch_norm max_pool2d softmax log_softmax cross_entropy nll_loss mse_loss
        binary_cross_entropy binary_cross_entropy_with_logits""",
    "torch.nn.Module": """__call__ _call_impl train eval parameters named_parameters named_modules state_dict load_state_dict
        zero_grad""",
    "torch.nn.Linear": "__init__ forward",
    "torch.nn.Conv2d": "__init__ forward",
    "torch.nn.ReLU": "forward",
    "torch.nn.Dropout": "forward",
    "torch.nn.BatchNorm2d": "forward",
    "torch.optim.Optimizer": "zero_grad state_dict",
    "torch.optim.SGD": "step",
    "torch.optim.Adam": "step",
    "torch.overrides": "TorchFunctionMode",
    "torch.utils.data.DataLoader": "__iter__ __len__",
}  # fmt: skip


@contextmanager
def noted() -> Iterator[None]:
    """Notes what stands no longer where it stood before."""
    before = present()
    yield
    for name in replaced(before):
        note("replaced", name)


def present() -> dict[str, object]:
    """What stands in each of these places now, and in those of our own modules."""
    return dict([*_watched(), *_ours()])


def replaced(before: dict[str, object]) -> list[str]:
    """The names of what stands there no longer."""
    now = present()
    return [name for name, what in before.items() if now.get(name) is not what]


def _watched() -> Iterator[tuple[str, object]]:
    for place, names in WATCHED.items():
        owner = _owner(place)
        for name in names.split():
            # torch wraps the step of an optimizer when the first one is made.
            yield f"{place}.{name}", inspect.unwrap(inspect.getattr_static(owner, name))


def _owner(place: str) -> object:
    module, name = _split(place)
    there = importlib.import_module(module)
    return getattr(there, name) if name else there


# Asked first by the template, before student code: to look for what is no module, or through all modules, costs each sandbox
# the memory that it touches.
@cache
def _split(place: str) -> tuple[str, str]:
    """The module, and the name in it where the place is no module."""
    try:
        importlib.import_module(place)
    except ImportError:
        module, _, name = place.rpartition(".")
        return module, name
    return place, ""


@cache
def _names() -> tuple[str, ...]:
    return tuple(name for name in sys.modules if name.startswith("graders."))


def _ours() -> Iterator[tuple[str, object]]:
    """Every function of ours, and what it does; every probe by its name."""
    for place in _names():
        for name, value in list(vars(sys.modules.get(place, object)).items()):
            if inspect.isfunction(value):
                yield f"{place}.{name}", value.__code__
            elif name == "PROBES":
                yield from ((f"{place}.{name}.{probe}", what) for probe, what in value.items())
