"""Metrics found in logs and in what trainings return, whatever the format; values are checked, not only counted."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from graders.laws.history import KINDS, from_history, from_text, missing, unnamed, words
from graders.laws.naming import METRICS, metric_of, set_of

EPOCHS = 3
SHORT = dict(zip(METRICS, ("FPR", "FNR", "F1", "rec", "prec", "acc"), strict=True))
FRENCH = dict(
    zip(
        METRICS,
        ("taux de faux positifs", "taux de faux négatifs", "score F1", "rappel", "précision", "exactitude"),
        strict=True,
    )
)
LONG = dict(
    zip(
        METRICS,
        ("False positive rate", "False negative rate", "F1-score", "Recall", "Precision", "Accuracy"),
        strict=True,
    )
)
Scores = Mapping[str, Mapping[str, float]]


def drawn() -> list[Scores]:
    """Two sets of six metrics an epoch, of three digits, which every format below prints whole."""
    rng = np.random.default_rng(0)
    return [
        {kind: {metric: round(float(rng.uniform(0.1, 0.99)), 3) for metric in METRICS} for kind in ("train", "valid")}
        for _ in range(EPOCHS)
    ]


EPOCH = drawn()


def joined(scores: Mapping[str, float], names: Mapping[str, str], form: str, separator: str) -> str:
    """Six metrics on one line."""
    return separator.join(form.format(names[metric], value) for metric, value in scores.items())


def table(epoch: int, scores: Scores, bar: str) -> str:
    """A row for each set."""
    return "\n".join(
        bar.join([f"{epoch:>5}", f"{kind:<10}", *(f"{value:8.3f}" for value in scores[kind].values())])
        for kind in scores
    )


LOGS: Mapping[str, Callable[[int, Scores], str]] = {
    "one line a set": lambda e, s: "\n".join(
        f"Epoch {e + 1}/{EPOCHS} {k}: {joined(s[k], SHORT, '{} {:.3f}', ' ')}" for k in s
    ),
    "equals signs": lambda e, s: "\n".join(f"[{e:02d}] {k} | {joined(s[k], SHORT, '{}={:.3f}', ', ')}" for k in s),
    "percent": lambda e, s: "\n".join(f"{k} -> {joined(s[k], SHORT, '{}: {:.1%}', ' - ')}" for k in s),
    "one metric a line below the set's name": lambda e, s: (
        f"--- Epoch {e + 1} ---\n"
        + "\n".join(f"{k.upper()}\n{joined(s[k], LONG, '  {:<22}: {:.3f}', chr(10))}" for k in s)
    ),
    "French": lambda e, s: (
        f"Époque {e + 1}\n"
        + "\n".join(
            f"  {name} : {joined(s[k], FRENCH, '{} = {:.3f}', ' ; ')}"
            for k, name in (("train", "Entraînement"), ("valid", "Validation"))
        )
    ),
    "French, set after": lambda e, s: "\n".join(
        f"{FRENCH[m]} {name} : {s[k][m]:.3f}"
        for k, name in (("train", "(entraînement)"), ("valid", "(validation)"))
        for m in METRICS
    ),
    "everything on one line": lambda e, s: (
        f"epoch {e} loss 0.693 lr=1e-03 | "
        + " | ".join(f"train_{SHORT[m]} {s['train'][m]:.3f} val_{SHORT[m]} {s['valid'][m]:.3f}" for m in METRICS)
    ),
    "Keras": lambda e, s: (
        f"Epoch {e + 1}/{EPOCHS}\n9/9 - 0s - loss: 0.6931 - {joined(s['train'], SHORT, '{}: {:.3f}', ' - ')} - val_loss: 0.7012 - "
        + " - ".join(f"val_{SHORT[m]}: {s['valid'][m]:.3f}" for m in METRICS)
    ),
    "train unnamed, then validation": lambda e, s: (
        f"epoch {e}: {joined(s['train'], SHORT, '{}={:.3f}', ' ')}\nvalidation: {joined(s['valid'], SHORT, '{}={:.3f}', ' ')}"
    ),
    "both values after one name": lambda e, s: (
        f"epoch {e + 1}\n"
        + "\n".join(f"{LONG[m]} train/valid: {s['train'][m]:.3f} / {s['valid'][m]:.3f}" for m in METRICS)
    ),
    "both values, sets in brackets": lambda e, s: "\n".join(
        f"{LONG[m]}: {s['train'][m]:.3f} (train), {s['valid'][m]:.3f} (valid)" for m in METRICS
    ),
    "a dict": lambda e, s: f"{e} train {dict(s['train'])}\n{e} valid {dict(s['valid'])}",
    "nested dicts": lambda e, s: str({"epoch": e, **{k: dict(v) for k, v in s.items()}}),
    "flat dict": lambda e, s: str({f"{k}_{m}": v for k in s for m, v in s[k].items()}),
    "JSON": lambda e, s: json.dumps({"epoch": e, **s}, ensure_ascii=False),
    "with counts": lambda e, s: "\n".join(
        f"{k} (n=144, tp=12, fp=3, tn=100, fn=29): {joined(s[k], SHORT, '{} {:.3f}', ' ')}" for k in s
    ),
    "with times": lambda e, s: (
        f"[12:30:0{e}] epoch {e + 1} done in 0.31s (lr 0.0010)\n"
        + "\n".join(f"  {k:<6}{joined(s[k], LONG, '{}: {:.3f}', ', ')}." for k in s)
    ),
    "camel case": lambda e, s: " ".join(
        f"{k}{LONG[m].title().replace(' ', '').replace('-', '')}={v:.3f}" for k in s for m, v in s[k].items()
    ),
    "long words": lambda e, s: "\n".join(
        f"Training metrics {joined(s[k], LONG, '{} is {:.3f}', ' and ')}"
        if k == "train"
        else f"Validation metrics {joined(s[k], LONG, '{} is {:.3f}', ' and ')}"
        for k in s
    ),
}
HEADER = ["epoch", "set", *SHORT.values()]
TABLES: Mapping[str, tuple[str, Callable[[int, Scores], str]]] = {
    "bars": (
        "| " + " | ".join(HEADER) + " |\n|" + "---|" * 8,
        lambda e, s: "\n".join("| " + " | ".join([str(e), k, *(f"{v:.3f}" for v in s[k].values())]) + " |" for k in s),
    ),
    "spaces": ("   ".join(HEADER), lambda e, s: table(e, s, "   ")),
    "single spaces": (
        " ".join(HEADER),
        lambda e, s: "\n".join(" ".join([str(e), k, *(f"{v:.3f}" for v in s[k].values())]) for k in s),
    ),
    "tabs": ("\t".join(HEADER), lambda e, s: "\n".join("\t".join([str(e), k, *map(str, s[k].values())]) for k in s)),
    "commas": (",".join(HEADER), lambda e, s: "\n".join(",".join([str(e), k, *map(str, s[k].values())]) for k in s)),
    "a column for each set and metric": (
        ";".join(["epoch", *(f"{k} {n}" for k in ("train", "val") for n in LONG.values())]),
        lambda e, s: ";".join([str(e), *(str(v) for k in s for v in s[k].values())]),
    ),
    "a heading for each set": (
        "acc | prec | rec | F1 | FPR | FNR",
        lambda e, s: "\n".join(
            f"{k}\n"
            + " | ".join(
                f"{s[k][m]:.3f}"
                for m in ("accuracy", "precision", "recall", "f1_score", "false_positive_rate", "false_negative_rate")
            )
            for k in s
        ),
    ),
}


def expected(kind: str, metric: str) -> list[float]:
    """What was drawn, an epoch after the other."""
    return [scores[kind][metric] for scores in EPOCH]


def check(found: Mapping[tuple[str, str], list[float]], factor: float = 1) -> None:
    """Every metric of both sets, at every epoch, and nothing twice."""
    for kind in KINDS:
        for metric in METRICS:
            np.testing.assert_allclose(found[kind, metric], factor * np.array(expected(kind, metric)), rtol=2e-3)


@pytest.mark.parametrize("name", LOGS)
def test_a_log_is_read(name: str) -> None:
    text = "\n".join(LOGS[name](epoch, scores) for epoch, scores in enumerate(EPOCH))
    check(from_text(text), 100 if name == "percent" else 1)
    assert not missing(from_text(text), EPOCHS)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read(name: str) -> None:
    header, rows = TABLES[name]
    check(from_text("\n".join([header, *(rows(epoch, scores) for epoch, scores in enumerate(EPOCH))])))


@pytest.mark.parametrize("name", [*LOGS, *TABLES])
def test_a_metric_that_is_not_printed_is_missing(name: str) -> None:
    without = [{kind: {**scores[kind], "recall": float("inf")} for kind in scores} for scores in EPOCH]
    header, lines = TABLES.get(name, ("", LOGS.get(name)))
    assert lines
    text = "\n".join([header, *(lines(epoch, scores) for epoch, scores in enumerate(without))])
    text = text.replace("inf%", "—").replace("Infinity", "—").replace("inf", "—")
    assert {metric for _, metric in missing(from_text(text), EPOCHS)} == {"recall"}


@pytest.mark.parametrize("name", [*LOGS, *TABLES])
def test_once_at_the_end_is_not_at_every_epoch(name: str) -> None:
    header, lines = TABLES.get(name, ("", LOGS.get(name)))
    assert lines
    text = (
        f"{header}\n"
        + "\n".join(f"Epoch {e + 1}/3 loss 0.5 val_loss 0.6" for e in range(3))
        + "\n"
        + lines(2, EPOCH[2])
    )
    assert missing(from_text(text), EPOCHS)


HISTORIES: Mapping[str, Callable[[], Any]] = {
    "list of nested dicts": lambda: [{"epoch": e, **s} for e, s in enumerate(EPOCH)],
    "list of flat dicts": lambda: [{f"{k}_{m}": v for k in s for m, v in s[k].items()} for s in EPOCH],
    "dict of lists": lambda: {f"{m}/{k}": expected(k, m) for k in KINDS for m in METRICS},
    "dict of dicts of lists, set first": lambda: {k: {m: expected(k, m) for m in METRICS} for k in KINDS},
    "dict of dicts of lists, metric first": lambda: {m: {k: expected(k, m) for k in KINDS} for m in METRICS},
    "dict of lists of dicts": lambda: {k: [dict(s[k]) for s in EPOCH] for k in ("train", "valid")},
    "by epoch": lambda: {str(e): {k: dict(v) for k, v in s.items()} for e, s in enumerate(EPOCH)},
    "two lists of dicts": lambda: [[dict(s[k]) for s in EPOCH] for k in ("train", "valid")],
    "two dicts of lists": lambda: [{m: expected(k, m) for m in METRICS} for k in ("train", "valid")],
    "model and history": lambda: [{"opaque": "MyMLP"}, [{"train": s["train"], "val": s["valid"]} for s in EPOCH]],
    "losses and two histories": lambda: [
        [0.5, 0.4, 0.3],
        [dict(s["train"]) for s in EPOCH],
        [dict(s["valid"]) for s in EPOCH],
    ],
    "arrays": lambda: {f"valid_{m}" if k == "valid" else m: np.array(expected(k, m)) for k in KINDS for m in METRICS},
    "numbers of numpy": lambda: [{k: {m: np.float32(v) for m, v in s[k].items()} for k in s} for s in EPOCH],
    "Keras": lambda: {
        f"{'val_' if k == 'valid' else ''}{SHORT[m].lower()}": expected(k, m) for k in KINDS for m in METRICS
    },
    "tuples as keys": lambda: {str((k, m)): expected(k, m) for k in KINDS for m in METRICS},
    "French": lambda: [
        {f"{FRENCH[m]} ({'apprentissage' if k == 'train' else 'validation'})": s[k][m] for k in KINDS for m in METRICS}
        for s in EPOCH
    ],
    "values and metrics as words": lambda: {
        "train": {"valeurs": {m: expected("train", m) for m in METRICS}},
        "valid": {"valeurs": {m: expected("valid", m) for m in METRICS}},
    },
    "evaluations of both": lambda: {
        f"{k}_eval": {"metrics": {m: expected(k, m) for m in METRICS}} for k in ("train", "valid")
    },
    "test for validation": lambda: [{"train": s["train"], "test": s["valid"]} for s in EPOCH],
    "with the rate": lambda: [
        {"learning_rate": 1e-3, "interval": 3, "train": s["train"], "valid": s["valid"]} for s in EPOCH
    ],
}


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_is_read(name: str) -> None:
    check(from_history(HISTORIES[name]()))


@pytest.mark.parametrize("named", [True, False])
def test_a_set_is_named_only_where_it_is_known(named: bool) -> None:
    both = [{m: expected(k, m)[: 1 if (k, m) == ("train", "recall") else None] for m in METRICS} for k in KINDS]
    history = {"valid": both[0], "train": both[1]} if named else both
    absent = missing(from_history(history), EPOCHS)
    assert unnamed(history, "") == (not named)
    assert words(absent, alone=not named) == (["train recall"] if named else ["recall"])


def test_what_both_sets_lack_is_told_once() -> None:
    one_alone = {m: expected("valid", m) for m in METRICS}
    absent = missing(from_history(one_alone), EPOCHS)
    assert unnamed(one_alone, "")
    assert not unnamed([0.5], "loss 0.5")
    assert sorted(words(absent, alone=False)) == sorted(METRICS)


@pytest.mark.parametrize(
    ("words", "metric"),
    [("prec_train", "precision"), ("rec_train", "recall"), ("train_rec", "recall"), ("trainPrec", "precision"),
     ("valAcc", "accuracy"), ("tp_rate", None), ("loss", None), ("precise", "precision"), ("f1", "f1_score"),
     ("F-score", "f1_score"), ("TFN", "false_negative_rate"), ("fp", None), ("taux d'erreur", None), ("record", None),
     ("accumulated", None), ("Sensibilité", "recall"), ("taux_de_fp", "false_positive_rate")],
)  # fmt: skip
def test_words_name_metrics(words: str, metric: str | None) -> None:
    assert metric_of(words) == metric


@pytest.mark.parametrize(
    ("words", "kind"),
    [("val", "valid"), ("validLoss", "valid"), ("valeurs", None), ("value", None), ("interval", None), ("latest", None),
     ("Entraînement", "train"), ("entrainement", "train"), ("train_eval", "train"), ("évaluation", "valid"),
     ("apprentissage", "train"), ("dev set", "valid"), ("device", None), ("learning_rate", None), ("tr_loss", "train"),
     ("extra", None), ("test", "valid")],
)  # fmt: skip
def test_words_name_sets(words: str, kind: str | None) -> None:
    assert set_of(words) == kind


def test_nothing_is_found_in_nothing() -> None:
    assert from_history(None) == {}
    assert from_history(0.5) == {}
    assert from_history({"opaque": "Module"}) == {}
    assert from_text("") == {}
    assert from_text("Epoch 1/3\nloss 0.5\n" + "█" * 20) == {}
