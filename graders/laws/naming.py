"""Which metric, and which set, the words of a log or the keys of a history name; in French, English, and some other languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

METRICS: Mapping[str, str] = {
    "false_positive_rate": r"false_?pos|faux_?pos|fals[oa]s?_?pos|fpr(?![a-z])|tfp(?![a-z])|taux_?(de_)?fp|fp_?rate|fall_?out",
    "false_negative_rate": r"false_?neg|faux_?neg|fals[oa]s?_?neg|fnr(?![a-z])|tfn(?![a-z])|taux_?(de_)?fn|fn_?rate|miss_?rate",
    "f1_score": r"f_?1|f_?score|f_?mesure|f_?measure|medida_?f",
    "recall": r"recall|rappel|exhaustiv|revoca|sensib|sensit|tpr(?![a-z])|(?<!p)rec(?![a-z])",
    "precision": r"precis|prec(?![a-z])|(?<![a-z])pre(?![a-z])|ppv(?![a-z])",
    "accuracy": r"accur|exactitud|acurac|justesse|acc(?![a-z])|taux_?(de_)?bon|bonnes_?rep",
}
KINDS = ("valid", "train")
# What names the set itself comes before what says what was done with it: train_eval is of train.
SETS: Sequence[tuple[str, str]] = (
    ("valid", r"(?<![a-z])val(?!eu|ue)|(?<![a-z])test|(?<![a-z])dev(?![a-z])"),
    ("train", r"(?<![a-z])train|entrain|entren|trein|appren|(?<![a-z])tr(?![a-z])|(?<![a-z])learn(?!ing_rate)"),
    ("valid", r"(?<![a-z])eval(?!u)|evaluation"),
)


@lru_cache(maxsize=4096)
def metric_of(name: str) -> str | None:
    """The metric that a key or a word names."""
    plain = _plain(name)
    return next((metric for metric, pattern in METRICS.items() if re.search(pattern, plain)), None)


@lru_cache(maxsize=4096)
def last_metric(words: str) -> str | None:
    """The metric that a text names last: the one of the number that follows."""
    plain = _plain(words)
    ends = {
        metric: max((match.end() for match in re.finditer(pattern, plain)), default=0)
        for metric, pattern in METRICS.items()
    }
    last = max(ends, key=ends.__getitem__)
    return last if ends[last] else None


@lru_cache(maxsize=4096)
def set_of(name: str) -> str | None:
    """The set that a key or a word names."""
    plain = _plain(name)
    return next((kind for kind, pattern in SETS if re.search(pattern, plain)), None)


def _plain(name: str) -> str:
    """Without accents and capitals, words apart by underscores: validLoss, valid-loss and "Valid loss" are valid_loss."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", plain).lower())
