"""Free-form submissions, put together from parts that were written by hand: other names, other files, other structure.

Each part (standardization, network, loaders, training, metrics) is one of many ways to write it; then expected names are
replaced by what students call them, and the whole is laid out as a script, as modules or as a notebook. A wrong one holds
one part with one mistake. Everything is drawn from a seed.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import torch

from tests.ue73_tp2.inside import Snippet, snippets

PREPARES = (
    """
def prepare(data_dir, out_dir):
    sets = {name: build_spectrograms(f"{data_dir}/{name}") for name in ("train", "valid", "test")}
    reference = sets["train"][0]
    for name, (x, y) in sets.items():
        os.makedirs(os.path.join(str(out_dir), name), exist_ok=True)
        np.save(os.path.join(str(out_dir), name, "x.npy"), np.asarray(standardize(x, reference)))
        np.save(os.path.join(str(out_dir), name, "y.npy"), y)
""",
    """
x_train, y_train = build_spectrograms("data/train")
x_valid, y_valid = build_spectrograms("data/valid")
x_test, y_test = build_spectrograms("data/test")
ref = x_train.copy()
for nom, x, y in (("train", x_train, y_train), ("valid", x_valid, y_valid), ("test", x_test, y_test)):
    dossier = Path("donnees_pretes") / nom
    dossier.mkdir(parents=True, exist_ok=True)
    np.save(dossier / "x.npy", np.asarray(standardize(x.copy(), ref.copy())))
    np.save(dossier / "y.npy", y)
""",
    """
def _save(folder, x, y):
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in (("x", x), ("y", y)):
        with open(folder / f"{name}.npy", "wb") as f:
            np.save(f, array)

def main_prepare(src="data", dst="out"):
    src, dst = Path(src), Path(dst)
    xt, yt = build_spectrograms(src / "train")
    _save(dst / "train", np.asarray(standardize(xt.copy(), xt.copy())), yt)
    for other in ["valid", "test"]:
        x, y = build_spectrograms(src / other)
        _save(dst / other, np.asarray(standardize(x, xt.copy())), y)

if __name__ == "__main__":
    main_prepare()
""",
)
DATASETS = (
    """
def load_dataset(folder):
    x, y = (np.load(Path(folder) / f"{one}.npy") for one in "xy")
    return TensorDataset(torch.tensor(x).float(), torch.tensor(y).float())
""",
    """
class PulseData(TensorDataset):
    def __init__(self, dossier):
        x = torch.from_numpy(np.load(os.path.join(dossier, "x.npy")).astype(np.float32))
        y = torch.from_numpy(np.load(os.path.join(dossier, "y.npy")).astype(np.float32))
        super().__init__(x, y)

def load_dataset(folder):
    return PulseData(folder)
""",
    """
def load_dataset(path):
    data = {}
    for name in ["x", "y"]:
        data[name] = torch.as_tensor(np.load(str(path) + "/" + name + ".npy"), dtype=torch.float32)
    return TensorDataset(*data.values())
""",
)
LOADERS = (
    """
def make_loaders(root, batch_size):
    train, valid, test = (load_dataset(str(root) + "/" + n) for n in ["train", "valid", "test"])
    return (DataLoader(train, batch_size=batch_size, shuffle=True), DataLoader(valid, batch_size=batch_size),
            DataLoader(test, batch_size=batch_size))
""",
    """
def make_loaders(root, batch_size=32):
    out = {}
    for n in ("train", "valid", "test"):
        out[n] = DataLoader(load_dataset(Path(root) / n), batch_size, shuffle=n == "train")
    return out
""",
    """
def _un_loader(dossier, bs, melanger):
    return DataLoader(load_dataset(dossier), batch_size=bs, shuffle=melanger)

def make_loaders(root, batch_size):
    return [_un_loader(Path(root) / n, batch_size, m) for n, m in (("train", True), ("valid", False), ("test", False))]
""",
)
# What students call things; the last ones tell nothing, and are recognised by what they do.
NAMES: Mapping[str, Sequence[str]] = {
    "standardize": ("standardize", "normaliser", "standardiser_x", "z_score", "prep_x", "etape1"),
    "prepare": ("prepare", "creer_datasets", "preparer_les_donnees"),
    "MyMLP": ("MyMLP", "PulseNet", "ReseauDense", "Modele", "Classifieur"),
    "load_dataset": ("load_dataset", "charger", "get_dataset", "lire_dossier", "etape2"),
    "make_loaders": ("make_loaders", "creer_loaders", "get_loaders", "les_loaders", "etape3"),
    "train": ("train", "entrainer", "fit_model", "apprentissage", "boucle"),
    "accuracy": ("accuracy", "exactitude", "compute_acc", "acc"),
    "precision": ("precision", "calc_precision", "prec", "precision_binaire"),
    "recall": ("recall", "rappel", "rec", "sensibilite", "calcul_rappel"),
    "f1_score": ("f1_score", "F1", "calculer_f1", "score_f1"),
    "false_positive_rate": ("false_positive_rate", "fpr", "taux_de_faux_positifs", "calc_fpr"),
    "false_negative_rate": ("false_negative_rate", "fnr", "taux_de_faux_negatifs", "tauxFauxNegatifs"),
}
ODD = ("tensor", "flattened", "returns", "integer", "statistics", "keyword", "what was given")
# What the trainings bring along to be trained, and other parts bring themselves.
HELPERS = ("Flat", "Column", "MyMLP", "Right")
IMPORTS = (
    "import os\nfrom pathlib import Path\nimport numpy as np\nimport torch\nfrom torch.utils.data import DataLoader, TensorDataset\n"
    "from pulses import build_spectrograms\n"
)


@dataclass(frozen=True)
class FreeForm:
    """The files of a submission, and what it must lose."""

    name: str
    files: Mapping[str, str]
    costs: Mapping[str, str]


def free_form(seed: int, *, wrong: bool) -> FreeForm:
    """A submission drawn from a seed; a wrong one has one mistake in one part."""
    rng = np.random.default_rng([seed, int(wrong)])
    part = str(rng.choice(["standardization", "networks", "training", "metrics"])) if wrong else ""
    chosen = {
        name: _drawn(rng, name, wrong=name == part, plain=part == "networks")
        for name in ("standardization", "networks", "metrics", "training")
    }
    texts = [
        IMPORTS,
        chosen["standardization"].source,
        PREPARES[rng.integers(len(PREPARES))],
        _without(chosen["training"].source, HELPERS),
        chosen["networks"].source,
        DATASETS[rng.integers(len(DATASETS))],
        LOADERS[rng.integers(len(LOADERS))],
        chosen["metrics"].source,
    ]
    costs = next((dict(one.costs) for one in chosen.values() if one.costs), {})
    renamed = _renamed(texts, {name: str(rng.choice(known)) for name, known in NAMES.items()})
    return FreeForm(" + ".join(one.name for one in chosen.values()), _laid_out(rng, renamed), costs)


def _drawn(rng: np.random.Generator, part: str, *, wrong: bool, plain: bool) -> Snippet:
    """One way to write a part. A wrong metric stands beside right ones; a right part holds all that is needed.

    A wrong network may give (batch, 1), which goes with torch's own loss alone: then the training is `plain`.
    """
    found = [one for one in snippets(f"{part}_{'wrong' if wrong else 'right'}.py") if _fits(part, one)]
    if part == "training" and plain:
        found = [one for one in found if "BCEWithLogitsLoss()" in one.source[one.source.index("# ====") :]]
    if part == "metrics" and not wrong:
        found = [one for one in found if one.name.startswith("all")]
    if part == "metrics" and wrong:
        one = found[rng.integers(len(found))]
        right = next(each for each in snippets("metrics_right.py") if each.name.startswith("all, sums"))
        return Snippet(one.name, right.source + "\n" + one.source, one.costs)
    return found[rng.integers(len(found))]


def _fits(part: str, one: Snippet) -> bool:
    """Whether a snippet goes with the other parts: it takes arrays as the program gives them, under the names that it uses."""
    if part == "standardization":
        return "def standardize(x, reference=None)" in one.source and not any(word in one.name for word in ODD)
    own = one.source[one.source.index("# ====") :]
    if part == "networks":
        return "class MyMLP(" in own and (bool(one.costs) or _gives_a_row(one.source))
    # These want the network that stands beside them.
    return part != "training" or not any(word in own for word in (".l[", ".l.", "Column", "Flat"))


@cache
def _gives_a_row(source: str) -> bool:
    """Whether the network gives (batch,), as the trainings want it."""
    namespace: dict[str, Any] = {}
    try:
        exec(source, namespace)  # noqa: S102  # our own snippets
        return namespace["MyMLP"](240).eval()(torch.zeros(3, 10, 24)).ndim == 1  # type: ignore[no-any-return]
    except Exception:  # noqa: BLE001  # some are wrong
        return False


def _without(text: str, names: Sequence[str]) -> str:
    """The text without these top-level definitions."""
    lines, body = text.split("\n"), ast.parse(text).body
    for node in reversed(body):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in names:
            lines[node.lineno - 1 : node.end_lineno] = []
    return "\n".join(lines)


def _renamed(texts: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """The names replaced wherever they stand as whole words, but not as attributes, keywords or in quotes."""
    pattern = re.compile(r"(?<![\w.\"'])(" + "|".join(names) + r")(?![\w\"']|\s*=[^=])")
    return [pattern.sub(lambda match: names[match[1]], text) for text in texts]


def _laid_out(rng: np.random.Generator, texts: Sequence[str]) -> Mapping[str, str]:
    whole = "\n\n".join(texts)
    match rng.integers(3):
        case 0:
            return {"tp2.py": whole}
        case 1:
            return {"rendu_tp2.ipynb": _notebook(whole)}
        case _:
            return {"projet/main.py": whole}


def _notebook(text: str) -> str:
    """A cell for each statement at top level, between cells for IPython and for people."""
    lines, body = text.split("\n"), ast.parse(text).body
    starts = [min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))]) - 1 for node in body]
    cells = ["\n".join(lines[start:end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    made = [_cell("code", one) for one in ("%matplotlib inline", "!pip install numpy", *cells, "%%time\n1 + 1")]
    return json.dumps(
        {"cells": [_cell("markdown", "# TP 2"), *made], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}
    )


def _cell(kind: str, source: str) -> dict[str, object]:
    outputs = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "source": source.splitlines(keepends=True), "metadata": {}, **outputs}
