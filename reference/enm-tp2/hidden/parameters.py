"""Question 2: how many parameters a module has, asked about hidden modules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Ref, Talk, steps
from graders.verdict import Verdict, failed, partial, passed

from .declared import suite

QUIET = How(quiet=True)
Sizes = Mapping[str, Sequence[int]]
ASKED = How(observe=["printed"])


def _made(talk: Talk, kind: str, *args: object) -> Ref:
    return talk.method(talk.given("of_torch", path=f"nn.{kind}"), "", *args, how=QUIET)


@steps(group="count_parameters")
def COUNTED(talk: Talk) -> Heard:
    """What the function counts in the slide's convolution, in a small network, with a layer that is used twice, with a
    layer that is frozen; `own` says for each what it holds."""
    channels, width = (int(one) for one in talk.rng.integers(5, 12, 2))
    slide = _made(talk, "Conv2d", 3, 64, 7)
    network = _made(
        talk,
        "Sequential",
        _made(talk, "Conv2d", 2, channels, 3),
        _made(talk, "BatchNorm2d", channels),
        _made(talk, "Linear", channels, width),
    )
    layer = _made(talk, "Linear", width, width)
    shared = _made(talk, "Sequential", layer, _made(talk, "ReLU"), layer)
    frozen = _made(talk, "Linear", width, 7)
    talk.method(frozen, "requires_grad_", False, how=QUIET)
    partly = _made(talk, "Sequential", frozen, _made(talk, "Linear", 7, channels))
    asked = {"slide": slide, "network": network, "shared": shared, "frozen": partly}
    found = {name: talk.call("count_parameters", module=one, how=ASKED) for name, one in asked.items()}
    return {
        "sizes": _sizes(channels, width),
        "found": found,
        "printed": {name: one.printed for name, one in found.items()},
    }


def _sizes(channels: int, width: int) -> Mapping[str, Sizes]:
    """The sizes of weights, biases, buffers, of what a second use would count again, and of what is frozen."""
    return {
        "slide": {"weights": [9408], "biases": [64], "flat": [192]},
        "network": {
            "weights": [18 * channels, channels * width],
            "scales": [channels],
            "biases": [channels, channels, width],
            "buffers": [channels, channels, 1],
            "flat": [2 * channels, channels * width],
        },
        "shared": {
            "weights": [width * width],
            "biases": [width],
            "flat": [width * width],
            "again": [width * width, width],
        },
        "frozen": {
            "weights": [7 * width, 7 * channels],
            "biases": [7, channels],
            "flat": [7 * width, 7 * channels],
            "frozen": [7 * width, 7],
        },
    }


def _sum(one: Sizes, *kinds: str) -> int:
    return sum(sum(one.get(kind, ())) for kind in kinds)


Formula = Callable[[Sizes], float]
ALL: Formula = lambda one: _sum(one, "weights", "scales", "biases")  # noqa: E731  # a formula like the others
TRAINABLE: Formula = lambda one: ALL(one) - _sum(one, "frozen")  # noqa: E731
MISTAKES: Mapping[str, tuple[Formula, Message]] = {
    "biases-forgotten": (lambda one: _sum(one, "weights", "scales"), say("The biases are not counted.")),
    "biases-and-scales-forgotten": (
        lambda one: _sum(one, "weights"),
        say("Only matrices and filters are counted: biases are parameters too."),
    ),
    "tensors-counted": (
        lambda one: len([*one["weights"], *one.get("scales", ()), *one["biases"]]),
        say("It counts tensors: each of them holds many parameters (numel)."),
    ),
    "counted-twice": (
        lambda one: ALL(one) + _sum(one, "again"),
        say("A layer that is used twice is counted twice: its parameters are the same."),
    ),
    "buffers-counted": (
        lambda one: ALL(one) + _sum(one, "buffers"),
        say("It counts the statistics of BatchNorm as well, which are no parameters."),
    ),
    "state-counted": (
        lambda one: ALL(one) + _sum(one, "buffers", "again"),
        say("It counts what the module keeps (state_dict): statistics are no parameters, and a layer that is used twice "
            "has its parameters once."),
    ),
    "frozen-only": (lambda one: _sum(one, "frozen"), say("It counts the frozen parameters only.")),
    "state-tensors-counted": (
        lambda one: len([size for kind in one if kind not in ("frozen", "flat") for size in one[kind]]),
        say("It counts tensors, statistics and all: each of them holds many numbers (numel)."),
    ),
    "kernel-forgotten": (
        lambda one: _sum(one, "flat", "scales", "biases"),
        say("The rows and columns of the kernels do not count: a weight (out, in, kh, kw) has out·in·kh·kw parameters."),
    ),
    "bytes": (lambda one: 4 * ALL(one), say("It counts bytes: a parameter takes four of them.")),
}  # fmt: skip


@suite.criterion("layer.parameters", observe=COUNTED)
def layer_parameters(heard: Heard) -> Verdict:
    """Every number of every parameter, once."""
    sizes, told = heard["sizes"], heard["found"]
    assert isinstance(sizes, Mapping), "they are our own"
    assert isinstance(told, Mapping), "they are our own"
    lost = next((one for one in told.values() if isinstance(one, Failure)), None)
    if lost:
        return verdict_of(lost)
    found = {name: _numbers(one) for name, one in told.items()}
    if all(not one for one in found.values()):
        return _printed(heard["printed"], sizes)
    if _fits(found, sizes, ALL):
        return passed(say("A convolution 3 → 64 of 7 × 7 has {n} parameters with its biases.", n=9472))
    if _fits(found, sizes, TRAINABLE):
        return passed(say("Only what is trainable is counted: a frozen layer would be left out."))
    for diagnosis, (formula, said) in MISTAKES.items():
        if _fits(found, sizes, formula) or _fits(found, sizes, lambda one: formula(one) - _sum(one, "frozen")):  # noqa: B023  # called at once
            return failed(diagnosis.replace("-and-scales", ""), said)
    return _some(found, sizes)


def _some(found: Mapping[str, Sequence[float]], sizes: Mapping[str, Sizes]) -> Verdict:
    """Where no one formula explains all: the module that is counted wrong."""
    wrong = [name for name in sizes if ALL(sizes[name]) not in found[name]]
    if len({tuple(one) for one in found.values()}) == 1:
        return failed("constant", say("It returns the same number for every module."))
    for unit in (1e3, 1e6):
        if _fits(found, sizes, lambda one: ALL(one) / unit):  # noqa: B023  # called at once
            return partial(0.5, "other-unit", say("It gives thousands or millions: the number itself was asked for."))
    names = {
        "shared": say("A network that uses one layer twice is counted wrong: its parameters count once."),
        "network": say("A network with several kinds of layers is counted wrong."),
    }
    if len(wrong) == 1 and wrong[0] in names:
        return partial(0.5, "counted-twice" if wrong == ["shared"] else "some-layers-only", names[wrong[0]])
    return failed("wrong-count", say("The number is not that of the parameters of the module."))


def _fits(found: Mapping[str, Sequence[float]], sizes: Mapping[str, Sizes], formula: Formula) -> bool:
    return all(any(abs(one - formula(sizes[name])) < 1e-6 for one in found[name]) for name in sizes)


def _numbers(told: object) -> list[float]:
    """The numbers in what was returned: perhaps all and trainable ones."""
    if isinstance(told, bool) or told is None:
        return []
    if isinstance(told, int | float):
        return [float(told)]
    parts = [*told.values()] if isinstance(told, Mapping) else told
    return [number for one in parts for number in _numbers(one)] if isinstance(parts, list) else []


def _printed(told: object, sizes: Mapping[str, Sizes]) -> Verdict:
    """A function that prints what it should return."""
    printed = told if isinstance(told, Mapping) else {}
    texts = {name: "".join(one for one in str(text) if one.isalnum()) for name, text in printed.items()}
    if texts and all(str(int(ALL(sizes[name]))) in text for name, text in texts.items()):
        return partial(0.5, "printed", say("The number is printed and not returned."))
    return failed("nothing-returned", say("It returns no number."))
