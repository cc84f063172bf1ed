"""The published checks: what students run on themselves, on inputs that anybody may see. Passing them is a start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graders.language import Message, say
from graders.laws import history, loop
from graders.laws.architecture import layers
from graders.laws.failure import verdict_of
from graders.laws.trace import Network
from graders.observe.call import Call, Case, call
from graders.observe.datasets import Dataset, Datasets, Dtypes, Loaders, LoadersProbe
from graders.observe.files import SIX, Written, WrittenFiles
from graders.observe.network import Answer, Answers, Forward
from graders.observe.observation import Failure
from graders.observe.training import Attempt, Examples, Lesson, Run, trainings
from graders.probes.wire import Array
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("ue73-tp2")

Y_TRUE = np.array([1, 0, 1, 1, 0, 0, 0, 1])
Y_PRED = np.array([1, 0, 0, 1, 1, 0, 0, 1])
COUNTS: Mapping[str, int] = {"tp": 3, "fp": 1, "tn": 3, "fn": 1}
EXPECTED: Mapping[str, float] = {
    "accuracy": 6 / 8,
    "precision": 3 / 4,
    "recall": 3 / 4,
    "f1_score": 3 / 4,
    "false_positive_rate": 1 / 4,
    "false_negative_rate": 1 / 4,
}
EPOCHS = 2


def spectrograms(size: int = 12) -> Array:
    """Visible spectrograms (n, 6, 5)."""
    return np.random.default_rng(73).normal(3, 2, (size, 6, 5)).astype(np.float32)


def eight(_: np.random.Generator) -> Sequence[Case]:
    """The example of the statement."""
    return [{"y_true": Y_TRUE, "y_pred": Y_PRED, "n": 8, **COUNTS}]


def declare(name: str, expected: float) -> None:
    """One metric on the example of the statement."""

    @suite.criterion(f"metrics.{name}", observe=call(name, on=eight, returns=float, group="metrics"))
    def metric(calls: list[Call[float]]) -> Verdict:
        (one,) = calls
        if isinstance(one.result, Failure):
            return verdict_of(one.result)
        if np.isclose(one.result, expected) or np.isclose(one.result, 100 * expected):
            return passed()
        return failed(
            "wrong-formula",
            say(
                "On y_true = {true}, y_pred = {pred} it gives {found}; {expected} is expected.",
                true=str(Y_TRUE.tolist()),
                pred=str(Y_PRED.tolist()),
                found=round(one.result, 4),
                expected=round(expected, 4),
            ),
        )


@suite.criterion(
    "standardize.formula",
    observe=call("standardize", on=lambda _: [{"x": spectrograms()}], returns=Array, group="standardize"),
)
def formula(calls: list[Call[Array]]) -> Verdict:
    """The result has mean 0 and deviation 1."""
    (one,) = calls
    if isinstance(one.result, Failure):
        return verdict_of(one.result)
    mean, deviation = float(one.result.mean()), float(one.result.std())
    if one.result.size != one.inputs["x"].size:  # type: ignore[union-attr]  # x is an array
        return failed(
            "wrong-shape",
            say(
                "It returns an array of shape {shape} for one of shape {input}.",
                shape=str(one.result.shape),
                input=str(np.shape(one.inputs["x"])),
            ),
        )
    if abs(mean) > 1e-2 or abs(deviation - 1) > 5e-2:
        return failed(
            "wrong-formula",
            say(
                "The result has mean {mean} and deviation {deviation}, not 0 and 1.",
                mean=round(mean, 3),
                deviation=round(deviation, 3),
            ),
        )
    return passed()


@suite.criterion("splits.files", observe=WrittenFiles("prepare", "data", seconds=60))
def six_files(written: Written) -> Verdict:
    """The six files are there, x as long as y."""
    missing = sorted(f"{name}.npy" for name in SIX - written.arrays.keys())
    if missing:
        return (
            verdict_of(written.ended_by)
            if written.ended_by
            else failed("files-missing", say("These files are missing: {files}.", files=", ".join(missing)))
        )
    for name in ("train", "valid", "test"):
        x, y = written.arrays[f"{name}/x"], written.arrays[f"{name}/y"]
        if not isinstance(x, np.ndarray) or not isinstance(y, np.ndarray) or len(x) != len(y):
            return failed("lengths-differ", say("In {set}, x and y are not arrays of the same length.", set=name))
    return passed()


@suite.criterion("mlp.layers", observe=Forward("MyMLP", shape=(6, 5), size=8))
def four_layers(network: Network) -> Verdict:
    """Four linear maps."""
    count = len(layers(network.evaluating))
    if count != 4:
        return failed("layer-count", say("A forward pass goes through {count} linear maps, not 4.", count=count))
    return passed()


@suite.criterion("mlp.output", observe=Answers("MyMLP", shapes=((6, 5),), batches=(4,)))
def output(answers: list[Answer]) -> Verdict:
    """One logit an example."""
    (one,) = answers
    shape = np.shape(one.answered) if not isinstance(one.answered, dict) else None
    if shape not in ((4,), (4, 1)):
        return failed(
            "wrong-shape", say("For a batch of {size} the output has the shape {shape}.", size=4, shape=str(shape))
        )
    return passed()


@suite.criterion("data.load_dataset", observe=Datasets("load_dataset", lambda _: (spectrograms(), np.arange(12) % 2)))
def load_dataset(asked: Mapping[Dtypes, Dataset | Failure]) -> Verdict:
    """A TensorDataset of two tensors."""
    seen = asked["float32", "int64"]
    if isinstance(seen, Failure):
        return verdict_of(seen)
    if seen.kind != "TensorDataset":
        return failed("not-a-tensordataset", say("It returns a {kind}, not a TensorDataset.", kind=seen.kind))
    dtypes = [str(one["dtype"]).removeprefix("torch.") for one in seen.tensors]
    if dtypes != ["float32", "float32"]:
        return failed("float64", say("x and y are of types {dtypes}; both must be float32.", dtypes=", ".join(dtypes)))
    return passed()


def three(_: np.random.Generator) -> Mapping[str, tuple[Array, Array]]:
    """Visible sets."""
    return {
        name: (spectrograms(size), np.arange(size) % 2) for name, size in (("train", 20), ("valid", 9), ("test", 7))
    }


@suite.criterion("data.loaders", observe=LoadersProbe("make_loaders", three, 4))
def loaders(seen: Loaders) -> Verdict:
    """Three loaders that give batches."""
    if len(seen.epochs) != 3 or not all(epoch for epochs in seen.epochs.values() for epoch in epochs):
        return failed("examples-lost", say("There are {count} loaders, not three.", count=len(seen.epochs)))
    return passed()


def lesson(_: np.random.Generator) -> Lesson:
    """Visible data, two epochs."""
    x = spectrograms(48)
    y = (x.mean(axis=(1, 2)) > 3).astype(np.int64)
    return Lesson(Examples(x[:32], y[:32]), Examples(x[32:], y[32:]), EPOCHS, 8)


TRAINING = trainings(lesson, attempts=[Attempt(1, 1e-3)], enough=lambda _: True, group="training", watch=True)


@suite.criterion("train.loop", observe=TRAINING)
def training(runs: list[Run]) -> Verdict:
    """The training comes to its end, and the optimizer steps."""
    if not loop.count(runs[-1].events, "step"):
        return failed("step-before-backward", say("The optimizer never steps."))
    return passed()


@suite.criterion("metrics.per_epoch", observe=TRAINING)
def per_epoch(runs: list[Run]) -> Verdict:
    """Six metrics, two sets, every epoch."""
    run = runs[-1]
    found = (history.from_history(run.history), history.from_text(run.printed))
    absent: Sequence[tuple[str, str]] = min((history.missing(one, EPOCHS) for one in found), key=len)
    unnamed = history.unnamed(run.history, run.printed)
    names: Message | str = ", ".join(history.words(absent, alone=unnamed)[:6])
    return (
        failed("metrics-missing", say("These are missing at some epoch: {names}.", names=names)) if absent else passed()
    )


for metric_name, value in EXPECTED.items():
    declare(metric_name, value)
