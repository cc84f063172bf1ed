"""Question 1.1: (x - µ) / σ, whichever strategy was chosen; silence; whose statistics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.laws.leakage import Source, which_statistics
from graders.laws.standardization import Explained, best, readings
from graders.laws.standardization_mistakes import ALL, explain_standardization, hidden_spectrograms
from graders.observe.call import Call, Calls, Case, call
from graders.observe.files import Written
from graders.observe.observation import Failure
from graders.observe.probe import Optional, OrMissing
from graders.probes.wire import Array
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import FILES, examples, given, origins, pooled, suite
from .files import six_files

STRATEGIES: Mapping[str, Message] = {
    "spectrogram": say("each spectrogram by its own mean and deviation"),
    "global": say("one mean and one deviation for the whole set"),
    "band": say("one mean and one deviation for each frequency band"),
    "spectrogram-band": say("one mean and one deviation for each band of each spectrogram"),
}

MISTAKES: Mapping[str, tuple[str, Message]] = {
    "divided-by-variance": ("divides-by-variance", say("It divides by the variance; σ is its square root.")),
    "mean-forgotten": ("mean-not-subtracted", say("It divides by σ without subtracting the mean.")),
    "deviation-forgotten": ("not-divided", say("It subtracts the mean without dividing by σ.")),
    "parentheses-missing": ("wrong-formula", say("Parentheses are missing: it computes x - µ/σ, not (x - µ)/σ.")),
    "min-max": ("min-max", say("This is min-max scaling, not (x - µ)/σ.")),
    "min-max-symmetric": ("min-max", say("This is min-max scaling, not (x - µ)/σ.")),
    "divided-by-range": ("min-max", say("It divides by the range max - min, not by σ.")),
    "divided-by-maximum": ("wrong-formula", say("It divides by the largest value, not by σ.")),
    "per-time-step": ("per-time-step", say("The axes are mixed up: each time step has its own statistics.")),
    "per-spectrogram-and-time-step": (
        "per-time-step",
        say("The axes are mixed up: each time step has its own statistics."),
    ),
    "per-pixel": ("wrong-formula", say("Each point of the spectrogram has its own statistics over the set.")),
    "truncated-to-integers": ("truncated-to-integers", say("The result is truncated to integers.")),
    "mean-and-deviation-over-different-axes": (
        "wrong-formula",
        say("The mean and the deviation are taken over different axes."),
    ),
    "unchanged": ("wrong-formula", say("It returns its input unchanged.")),
}
VALUES_CHANGED = ("not-finite", "not-float")
OWN = ("spectrogram", "spectrogram-band")
# So many spectrograms tell of all whether each has its own statistics.
SOME = 8
OTHERWISE = say("The result is not (x - µ)/σ by any of the four strategies of the statement.")


def spectrograms(rng: np.random.Generator) -> Sequence[Case]:
    """One set of spectrograms on which every strategy and every mistake gives something else."""
    return [_by_its_own(hidden_spectrograms(rng))]


def with_silence(rng: np.random.Generator) -> Sequence[Case]:
    """An ordinary set, then one that holds a silent spectrogram."""
    x = hidden_spectrograms(rng)
    silent = x.copy()
    silent[len(x) // 2] = 0
    return [_by_its_own(x), _by_its_own(silent)]


def _by_its_own(x: NDArray[np.floating]) -> Case:
    """A set that is its own reference, for functions that cannot do without one, or that are given µ and σ."""
    return {"x": x, "reference": x, "mean": float(x.mean()), "deviation": float(x.std())}


OWN_STATISTICS = ("reference", "mean", "deviation")


def _asked(on: Callable[[np.random.Generator], Sequence[Case]], label: str) -> Calls[Array]:
    return call("standardize", on=on, returns=Array, group="functions", label=label, optional=OWN_STATISTICS)


STANDARDIZE, SILENCE = _asked(spectrograms, "spectrograms"), _asked(with_silence, "silence")


@suite.criterion("standardize.formula", observe=(OrMissing(STANDARDIZE), Optional(FILES)))
def formula(calls: tuple[list[Call[Array]] | Failure], written: tuple[Written | Failure]) -> Verdict:
    """The spectrograms are standardized: (x - µ) / σ."""
    if isinstance(calls[0], Failure):
        return _of_files(calls[0], written[0])
    (asked,) = calls[0]
    if isinstance(asked.result, Failure):
        return verdict_of(asked.result)
    x = cast("NDArray[np.float32]", asked.inputs["x"])
    if asked.result.size != x.size:
        return failed(
            "wrong-formula",
            say(
                "It returns an array of shape {shape} for one of shape {input}.",
                shape=str(asked.result.shape),
                input=str(x.shape),
            ),
        )
    if _labels_standardized(written[0]):
        return failed("labels-standardized", say("The labels were standardized as well: y is no longer 0 or 1."))
    return _explained(explain_standardization(x, asked.result))


def _explained(found: Explained) -> Verdict:
    if found.kind == "reading" and found.strategy:
        return passed(say("Strategy seen: {strategy}.", strategy=STRATEGIES[found.strategy]))
    diagnosis, sentence = MISTAKES.get(found.name or "", ("wrong-formula", OTHERWISE))
    return failed(diagnosis, sentence)


def _of_files(missing: Failure, written: Written | Failure) -> Verdict:
    """A program that standardizes without a function for it: the train files tell which formula it used."""
    pair = None if missing.kind != "missing" or isinstance(written, Failure) else _train(written)
    if pair is None:
        return verdict_of(missing)
    if isinstance(written, Written) and _labels_standardized(written):
        return failed("labels-standardized", say("The labels were standardized as well: y is no longer 0 or 1."))
    return _explained(explain_standardization(*pair))


def _train(written: Written) -> tuple[NDArray[np.floating], NDArray[np.floating]] | None:
    """The given examples of the train set in the order of the train file, and that file; None where that is not known."""
    sets, known = examples(written), origins(written).get("train")
    if "train" not in sets or known is None or (known < 0).any():
        return None
    pool, _ = pooled(written.seed)
    return pool[known], sets["train"].reshape(pool[known].shape)


def _labels_standardized(written: Written | Failure) -> bool:
    """Whether the labels that were written hold two values, neither pair of them 0 and 1, ordered as the labels are."""
    if isinstance(written, Failure):
        return False
    y = written.arrays.get("train/y")
    if not isinstance(y, np.ndarray) or y.dtype.kind != "f":
        return False
    values = np.unique(y)
    return len(values) == 2 and not np.isin(values, (0, 1)).all() and bool(values[0] < 0 < values[1])


@suite.criterion("standardize.constant", observe=(OrMissing(SILENCE), Optional(FILES)))
def constant(calls: tuple[list[Call[Array]] | Failure], written: tuple[Written | Failure]) -> Verdict:
    """A silent spectrogram among others does not give NaN or infinity."""
    if isinstance(calls[0], Failure):
        return _silence_in_files(calls[0], written[0])
    _, silent = calls[0]
    if isinstance(silent.result, Failure):
        return verdict_of(silent.result)
    if not np.isfinite(silent.result).all():
        return failed("not-finite", say("A silent spectrogram gives NaN or infinity: its σ is 0."))
    return passed()


def _silence_in_files(missing: Failure, written: Written | Failure) -> Verdict:
    """Statistics of a whole set are not 0 for one silent spectrogram; those of each spectrogram cannot be asked in a program."""
    if missing.kind != "missing" or isinstance(written, Failure) or _train(written) is None:
        return verdict_of(missing)
    return passed(say("No function standardizes, so silence cannot be asked alone: what was written is finite."))


@suite.criterion("standardize.leakage", observe=(FILES, Optional(STANDARDIZE)))
def leakage(written: Written, calls: tuple[list[Call[Array]] | Failure]) -> Verdict:
    """Validation and test are standardized with the statistics of train."""
    if len(examples(written)) < 2 or "train" not in examples(written):
        return (
            verdict_of(written.ended_by)
            if written.ended_by
            else failed("files-missing", say("Whose statistics were used cannot be seen: files are missing."))
        )
    verdict = _leakage(written)
    paid = _formula_is_wrong(calls[0], written) or six_files(written).diagnosis in VALUES_CHANGED
    if verdict.diagnosis == "wrong-formula" and paid:
        return passed(say("Whose statistics were used cannot be seen behind a mistake that is judged elsewhere."))
    return verdict


def _formula_is_wrong(calls: list[Call[Array]] | Failure, written: Written) -> bool:
    if isinstance(calls, Failure):
        return _of_files(calls, written).status is Status.FAIL
    if isinstance(calls[0].result, Failure):
        return False
    x = cast("NDArray[np.float32]", calls[0].inputs["x"])
    return calls[0].result.size == x.size and not best(readings(x), calls[0].result, ALL).kind


def _leakage(written: Written) -> Verdict:
    raw = {name: x for name, (x, _) in given(written.seed).items() if name in examples(written)}
    pool, _ = pooled(written.seed)
    known = {name: origin >= 0 for name, origin in origins(written).items()}
    if not all(mask.any() for mask in known.values()):
        return failed("wrong-formula", say("The rows of the files cannot be recognised, so their statistics cannot."))
    before = {name: pool[origin[known[name]]] for name, origin in origins(written).items()}
    after = {name: x[known[name]] for name, x in examples(written).items()}
    if all(best(readings(x[:SOME]), after[name][:SOME], ALL).strategy in OWN for name, x in before.items()):
        return passed(say("Each spectrogram has its own statistics: nothing is shared between the sets."))
    shared = which_statistics(before, after, "global", originals=raw)
    if None in shared.values():
        by_band = which_statistics(before, after, "band", originals=raw)
        shared = shared if None in by_band.values() else by_band
    return _judged(shared)


def _judged(sources: Mapping[str, Source | None]) -> Verdict:
    if "all" in sources.values():
        return failed(
            "statistics-of-all-sets",
            say("µ and σ were computed on train, validation and test together: the test set leaks into the training."),
        )
    if "own" in sources.values():
        return partial(
            0.5,
            "own-statistics-per-set",
            say(
                "Each set was standardized with its own µ and σ; the network should meet new data through the µ and σ of "
                "train."
            ),
        )
    if None in sources.values():
        return failed("wrong-formula", say("The µ and σ that were used are those of no set."))
    return passed()
