"""Submissions with one mistake: each is one of those in `written/`, with an edit, and what that must cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    """An edit of one file of a right submission; criterion → diagnosis, or several of them "one|other"."""

    name: str
    base: str
    file: str
    old: str
    new: str
    costs: dict[str, str]


def _of(base: str, file: str, *wrong: tuple[str, str, str, dict[str, str]]) -> list[Wrong]:
    return [Wrong(name, base, file, old, new, costs) for name, old, new, costs in wrong]


WRONG = [
    *_of(
        "script_plat_francais",
        "TP2.py",
        ("variance", "/ (ecart + 1e-8)", "/ (ecart**2 + 1e-8)", {"standardize.formula": "divides-by-variance"}),
        (
            "une fois par époque",
            "            sched.step()\n        ligne = {}",
            "        sched.step()\n        ligne = {}",
            {"train.scheduler": "stepped-once-an-epoch"},
        ),
        ("rappel", "return div(vp, vp + fn)", "return div(vp, vp + fp)", {"metrics.recall": "precision-instead"}),
    ),
    *_of(
        "matrice_confusion",
        "tp2_durand.py",
        (
            "fpr",
            "self.fp / (self.fp + self.vn)",
            "self.fp / (self.fp + self.vp)",
            {"metrics.false_positive_rate": "over-predicted-positives"},
        ),
        ("normale", "nn.init.xavier_uniform_", "nn.init.xavier_normal_", {"mlp.xavier_weights": "xavier-normal"}),
        (
            "gradients gardés",
            "            optimiseur.zero_grad(set_to_none=True)\n",
            "",
            {"train.loop": "zero-grad-missing"},
        ),
        ("jamais train", "        modele.train()\n", "", {"train.modes": "never-back-to-train"}),
    ),
    *_of(
        "paquet_src",
        "src/data.py",
        ("chacun pour soi", "zscore(x, ref)", "zscore(x)", {"standardize.leakage": "own-statistics-per-set"}),
    ),
    *_of(
        "paquet_src",
        "src/metrics.py",
        (
            "moyenne",
            "2 * precision * recall / (precision + recall + eps)",
            "(precision + recall) / 2",
            {"metrics.f1_score": "arithmetic-mean"},
        ),
    ),
    *_of(
        "paquet_src",
        "src/engine.py",
        (
            "validé sur train",
            "score(net, val_loader)",
            "score(net, train_loader)",
            {"metrics.per_epoch": "train-on-valid"},
        ),
    ),
    *_of(
        "dossier_code",
        "code/reseau.py",
        (
            "un seul fan",
            "l.weight.uniform_(-borne, borne)",
            "l.weight.uniform_(-((6 / a) ** 0.5), (6 / a) ** 0.5)",
            {"mlp.xavier_weights": "kaiming-uniform"},
        ),
        (
            "sigmoïde",
            "self.abandon(x.clamp(min=0))",
            "self.abandon(torch.sigmoid(x))",
            {"mlp.relu": "other-activation"},
        ),
    ),
    *_of(
        "dossier_code",
        "code/mesures.py",
        (
            "vp sur n",
            "(verite == prediction).sum()",
            "(verite * prediction).sum()",
            {"metrics.accuracy": "true-positives-over-all"},
        ),
    ),
    *_of(
        "carnet_magies",
        "tp2_Lucie.ipynb",
        (
            "non réduit",
            "(x - x_train.mean()) / x_train.std().clip(1e-6)",
            "x - x_train.mean()",
            {"standardize.formula": "not-divided"},
        ),
        (
            "test est valid",
            "for e, (x, y) in ensembles.items():",
            'for e, (x, y) in (ensembles | {"test": ensembles["valid"]}).items():',
            {"splits.disjoint": "test-is-valid"},
        ),
        ("p nul", "nn.Dropout(0.2)", "nn.Dropout(0.0)", {"mlp.dropout": "dropout-rate-zero"}),
        (
            "fnr",
            "FN / max(FN + TP, 1)",
            "FN / max(FN + TN, 1)",
            {"metrics.false_negative_rate": "over-predicted-negatives"},
        ),
    ),
    *_of(
        "deux_carnets",
        "TP2_partie2.ipynb",
        (
            "double",
            'torch.from_numpy(np.load(path + "/x.npy")).float()',
            'torch.from_numpy(np.load(path + "/x.npy")).double()',
            {"data.load_dataset": "float64"},
        ),
        (
            "leaky",
            "nn.ReLU()",
            "nn.LeakyReLU()",
            {"mlp.relu": "other-activation", "mlp.output": "activation-at-output"},
        ),
    ),
    *_of(
        "classes_partout",
        "tp2.py",
        (
            "précision",
            "precision = safe(self.tp, self.tp + self.fp)",
            "precision = safe(self.tp, self.tp + self.fn)",
            {"metrics.precision": "recall-instead"},
        ),
        ("biais par défaut", "nn.init.zeros_(parameter)", "pass", {"mlp.xavier_biases": "pytorch-default"}),
        ("jamais d'ordonnanceur", "            self.scheduler.step()\n", "", {"train.scheduler": "never-stepped"}),
        ("jamais eval", "        self.model.eval()\n", "", {"train.modes": "eval-missing"}),
    ),
    *_of(
        "comptes_et_arguments",
        "tp2.py",
        ("plus un", "fp / (fp + tn)", "fp / (fp + tn + 1)", {"metrics.false_positive_rate": "wrong-formula"}),
        (
            "pas avant gradient",
            "            l.backward()\n            o.step()\n",
            "            o.step()\n            l.backward()\n",
            {"train.loop": "step-before-backward"},
        ),
        (
            "tout ensemble",
            'jeux[nom][0], jeux["train"][0]',
            "jeux[nom][0], np.concatenate([j[0] for j in jeux.values()])",
            {"standardize.leakage": "statistics-of-all-sets"},
        ),
    ),
    *_of(
        "modele_qui_apprend",
        "tp2.py",
        ("squeeze", "self.d(h).squeeze(1)", "self.d(h).squeeze()", {"mlp.output": "batch-axis-dropped"}),
        (
            "rappel",
            "recall = lambda y, p: frac(tp(y, p), tp(y, p) + fn(y, p))",
            "recall = lambda y, p: frac(tp(y, p), tp(y, p) + fp(y, p))",
            {"metrics.recall": "precision-instead"},
        ),
        ("reste en eval", "            self.train()\n", "", {"train.modes": "never-back-to-train"}),
    ),
    *_of(
        "meilleurs_poids",
        "projet.py",
        (
            "sans fn",
            "(tp + tn) / (tp + fp + tn + fn)",
            "(tp + tn) / (tp + fp + tn)",
            {"metrics.accuracy": "wrong-formula"},
        ),
        (
            "kaiming",
            "nn.init.xavier_uniform_(layer.weight)",
            "nn.init.kaiming_uniform_(layer.weight)",
            {"mlp.xavier_weights": "kaiming-uniform"},
        ),
    ),
    *_of(
        "colab",
        "TP2_pulses.ipynb",
        ("par instant", "axis=(-2, -1)", "axis=-2", {"standardize.formula": "per-time-step"}),
        (
            "non mélangé",
            "DataLoader(tr, batch_size, shuffle=True, num_workers=2)",
            "DataLoader(tr, batch_size, num_workers=2)",
            {"data.loaders": "train-not-shuffled"},
        ),
        (
            "valid est train",
            "DataLoader(va, batch_size, num_workers=2)",
            "DataLoader(tr, batch_size, num_workers=2)",
            {"data.loaders": "wrong-set"},
        ),
    ),
    *_of(
        "trous",
        "tp2.ipynb",
        (
            "une seule couche",
            "torch.optim.AdamW(model.parameters(), lr)",
            "torch.optim.AdamW(model.l[3].parameters(), lr)",
            {"train.loop": "other-parameters"},
        ),
        (
            "fpr sur n",
            "return safe(fp, fp + tn)",
            "return safe(fp, len(y_true))",
            {"metrics.false_positive_rate": "over-all"},
        ),
        ("gelu", "nn.functional.relu", "nn.functional.gelu", {"mlp.relu": "other-activation"}),
    ),
    *_of(
        "plusieurs_versions",
        "tp2_final.py",
        (
            "centré seulement",
            "return (spectros - m) / s",
            "return spectros - m",
            {"standardize.formula": "not-divided"},
        ),
        (
            "à la fin seulement",
            "        suivi.append(",
            "    if True:\n        suivi.append(",
            {"metrics.per_epoch": "only-at-the-end"},
        ),
    ),
    *_of(
        "debutant_windows",
        "tp2_v2.py",
        ("zéro sur zéro", "    if vp + fp == 0:\n        return 0\n", "", {"metrics.precision": "zero-division"}),
        (
            "entiers",
            "return numpy.array(resultat, dtype=numpy.float32)",
            "return numpy.array(resultat, dtype=numpy.int32)",
            {"standardize.formula": "truncated-to-integers"},
        ),
    ),
]
