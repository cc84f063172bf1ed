"""Metrics in what a training returned or printed: which metric, of which set, at which epoch; names in French and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

METRICS: Mapping[str, str] = {
    "false_positive_rate": r"false[_ ]?pos|faux[_ ]?pos|fpr\b|tfp\b|taux[_ ]?fp|fp[_ ]?rate|fall[_ ]?out",
    "false_negative_rate": r"false[_ ]?neg|faux[_ ]?neg|fnr\b|tfn\b|taux[_ ]?fn|fn[_ ]?rate|miss[_ ]?rate",
    "f1_score": r"f[_-]?1|f[_ -]?score|fscore",
    "recall": r"recall|rappel|sensib|sensit|tpr\b|\brec\b|_rec\b|rec_",
    "precision": r"precis|\bprec?\b|_prec?\b|prec_|\bppv\b",
    "accuracy": r"accur|exactitude|justesse|\bacc\b|_acc\b|acc_|taux[_ ]?(de[_ ])?bonnes|bonnes[_ ]?rep",
}
SETS: Mapping[str, str] = {
    "valid": r"val|test|dev(?![a-z])|eval",
    "train": r"train|entrain|appren|\btr\b|tr_|_tr\b|learn",
}
NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan"
Found = dict[tuple[str, str], list[float]]


@lru_cache(maxsize=4096)
def metric_of(name: str) -> str | None:
    """The metric that a key or a word names."""
    return _match(name, METRICS)


@lru_cache(maxsize=4096)
def set_of(name: str) -> str | None:
    """The set that a key or a word names."""
    return _match(name, SETS)


def _match(name: str, table: Mapping[str, str]) -> str | None:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", plain).lower().replace("-", "_").replace(" ", "_")
    spaced = words.replace("_", " ")
    return next((key for key, pattern in table.items() if re.search(pattern, words) or re.search(pattern, spaced)), None)


def from_history(history: object) -> Found:
    """{(set, metric): one value an epoch} from lists of dicts, dicts of lists, nested in any order."""
    found: Found = {}
    for path, value in _leaves(history, ()):
        name = "_".join(path)
        metric, kind = metric_of(name), set_of(name)
        if metric and kind:
            found.setdefault((kind, metric), []).append(value)
    return found


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], float]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, (*path, str(key)))
    elif isinstance(value, list | tuple | np.ndarray):
        for item in value:
            yield from _leaves(item, path)
    elif isinstance(value, int | float | np.generic):
        yield path, float(value)


def from_text(text: str) -> Found:
    """The same from printed lines: a name, then ":" or "=", then a number; the set is named on the line or above."""
    found: Found = {}
    kind: str | None = None
    for line in text.splitlines():
        kind = set_of(line.split(":")[0]) or kind
        for name, value, here in _named_values(line, kind):
            metric = metric_of(name)
            if metric and here:
                found.setdefault((here, metric), []).append(value)
        kind = _last_set(line) or kind
    return found


def _named_values(line: str, kind: str | None) -> Iterator[tuple[str, float, str | None]]:
    end = 0
    for match in re.finditer(rf"(?<![\w.])(?:{NUMBER})(?![\w.])", line, re.IGNORECASE):
        before = line[end : match.start()]
        kind = _last_set(before) or kind
        yield before, float(match.group()), kind
        end = match.end()


def _last_set(text: str) -> str | None:
    """The set that is named last in a text."""
    words = re.findall(r"[^\W\d]+", text)
    return next((kind for word in reversed(words) if (kind := set_of(word))), None)


def complete(found: Found, epochs: int) -> bool:
    """Whether six metrics of two sets stand there, once an epoch at least."""
    return all(len(found.get((kind, metric), ())) >= epochs for kind in SETS for metric in METRICS)


def missing(found: Found, epochs: int) -> Sequence[tuple[str, str]]:
    """(set, metric) of what does not stand there at every epoch."""
    return [(kind, metric) for kind in SETS for metric in METRICS if len(found.get((kind, metric), ())) < epochs]
