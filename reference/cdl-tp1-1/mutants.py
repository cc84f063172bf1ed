"""Wrong ways to do it: each edit of the reference loses exactly the criteria it names, with that diagnosis."""

from graders.suite.mutant import Mutant

TEST = "            if yi * (np.dot(w, xi) + b) <= 0:\n"
W, B = "                w = w + eta * yi * xi\n", "                b = b + eta * yi\n"
COUNT = "                errors += 1\n"
START = "        errors = 0\n"
KEEP = "        history.append(errors)\n"
STOP = "        if errors == 0:\n            break\n"
RETURN = "    return w, b, history\n"
MESH = "    xx, yy = np.meshgrid(np.linspace(gauche, droite, 200), np.linspace(bas, haut, 150))\n"
GRID = "np.c_[xx.ravel(), yy.ravel()]"
REGIONS = '    plt.contourf(xx, yy, zz, levels=[-2, 0, 2], colors=["tab:red", "tab:blue"], alpha=0.25)\n'
CLASS_1 = '    plt.scatter(X[y > 0, 0], X[y > 0, 1], s=15, c="tab:blue", label="classe 1")\n'
CLASS_2 = '    plt.scatter(X[y < 0, 0], X[y < 0, 1], s=15, c="tab:red", label="classe -1")\n'
RANDOM = "    w, b = np.random.randn(X.shape[1]) * 0.1, np.random.rand()\n"
SAVE = "    plt.savefig(fichier)\n"
TRIALS = "[(0.5, 1.0), (1.0, 1.0), (2.0, 2.0), (3.0, 1.0)]"


def deindented(text: str) -> str:
    """The same four spaces further left."""
    return "".join(line.removeprefix("    ") for line in text.splitlines(keepends=True))


UPDATE = (
    Mutant("every sample", {"perceptron.update": "every-sample"}, ((TEST + W + B, deindented(W + B) + TEST),)),
    Mutant(
        "sign error",
        {"perceptron.update": "sign-error", "perceptron.separates": "not-separated"},
        ((W, W.replace("w + eta", "w - eta")), (B, B.replace("b + eta", "b - eta"))),
    ),
    Mutant(
        "weights with the wrong sign",
        {"perceptron.update": "weights-sign", "perceptron.separates": "not-separated"},
        ((W, W.replace("w + eta", "w - eta")),),
    ),
    Mutant(
        "classes of 0 and 1 for a rule of -1 and 1",
        {"perceptron.update": "labels-of-zero"},
        (
            ("np.concatenate([np.ones(n), -np.ones(n)])", "np.repeat([1, 0], n)"),
            (CLASS_2, CLASS_2.replace("y < 0", "y < 1")),
        ),
    ),
    Mutant("bias not updated", {"perceptron.update": "bias-not-updated"}, ((B, ""),)),
    Mutant(
        "random weights at the start",
        {"perceptron.update": "random-start"},
        (("    w, b = np.zeros(X.shape[1]), 0.0\n", RANDOM),),
    ),
    Mutant(
        "random weights at the start, bias with the wrong sign",
        {"perceptron.update": "bias-sign"},
        (("    w, b = np.zeros(X.shape[1]), 0.0\n", RANDOM), (B, B.replace("b + eta", "b - eta"))),
    ),
    Mutant("bias with the wrong sign", {"perceptron.update": "bias-sign"}, ((B, B.replace("b + eta", "b - eta")),)),
    Mutant("bias that only grows", {"perceptron.update": "bias-grows"}, ((B, "                b = b + eta\n"),)),
    Mutant("bias without eta", {"perceptron.update": "bias-without-eta"}, ((B, "                b = b + yi\n"),)),
    Mutant(
        "bias without eta, whose value is written down",
        {"perceptron.update": "bias-without-eta"},
        (
            ("def train_perceptron(X, y, eta=0.1, epochs=15):\n", "def train_perceptron(X, y, epochs=15):\n"),
            (START, START + "        eta = 0.1\n"),
            (B, "                b = b + yi\n"),
        ),
    ),
    Mutant(
        "weights without eta", {"perceptron.update": "weights-without-eta"}, ((W, "                w = w + yi * xi\n"),)
    ),
    Mutant(
        "eta ignored",
        {"perceptron.update": "eta-ignored"},
        ((W, "                w = w + yi * xi\n"), (B, "                b = b + yi\n")),
    ),
    Mutant(
        "misses zero",
        {"perceptron.update": "misses-zero", "perceptron.separates": "not-separated"},
        ((TEST, TEST.replace("<= 0", "< 0")),),
    ),
    Mutant(
        "where it is right",
        {"perceptron.update": "when-right"},
        ((TEST, TEST.replace("<= 0", ">= 0")),),
    ),
    Mutant(
        "zero is the first class",
        {"perceptron.update": "other-tie"},
        ((TEST, "            if (1 if np.dot(w, xi) + b >= 0 else -1) != yi:\n"),),
    ),
    Mutant(
        "zero is the second class",
        {"perceptron.update": "other-tie"},
        ((TEST, "            if (1 if np.dot(w, xi) + b > 0 else -1) != yi:\n"),),
    ),
    Mutant(
        "score without bias",
        {"perceptron.update": "score-without-bias"},
        ((TEST, "            if yi * np.dot(w, xi) <= 0:\n"),),
    ),
    Mutant(
        "label forgotten",
        {"perceptron.update": "label-forgotten"},
        ((W, "                w = w + eta * xi\n"), (B, "                b = b + eta\n")),
    ),
    Mutant(
        "input forgotten",
        {"perceptron.update": "input-forgotten"},
        ((W, "                w = w + eta * yi\n"),),
    ),
    Mutant(
        "Adaline",
        {"perceptron.update": "squared-error-where-wrong"},
        (
            (W, "                score = np.dot(w, xi) + b\n                w = w + eta * (yi - score) * xi\n"),
            (B, "                b = b + eta * (yi - score)\n"),
        ),
    ),
    Mutant(
        "corrected at the end of the epoch",
        {"perceptron.update": "batch-sum"},
        (
            (START, START + "        dw, db = np.zeros(X.shape[1]), 0.0\n"),
            (W, "                dw = dw + eta * yi * xi\n"),
            (B, "                db = db + eta * yi\n"),
            (KEEP, "        w, b = w + dw, b + db\n" + KEEP),
        ),
    ),
    Mutant(
        "mean of the corrections",
        {"perceptron.update": "batch-mean"},
        (
            (START, START + "        dw, db = np.zeros(X.shape[1]), 0.0\n"),
            (W, "                dw = dw + eta * yi * xi\n"),
            (B, "                db = db + eta * yi\n"),
            (KEEP, "        w, b = w + dw / len(X), b + db / len(X)\n" + KEEP),
        ),
    ),
    Mutant(
        "averaged",
        {"perceptron.update": "averaged"},
        (
            ("    history = []\n", "    history = []\n    tous_w, tous_b = [], []\n"),
            (COUNT, COUNT + "            tous_w.append(w)\n            tous_b.append(b)\n"),
            (RETURN, "    return np.mean(tous_w, axis=0), np.mean(tous_b), history\n"),
        ),
    ),
    Mutant(
        "set back in each epoch",
        {"perceptron.update": "wrong-rule"},
        ((START, START + "        w, b = np.zeros(X.shape[1]), 0.0\n"),),
    ),
)

EPOCHS = (
    Mutant("never stops", {"perceptron.stop": "never-stops"}, ((STOP, ""),)),
    Mutant("stops after one epoch", {"perceptron.stop": "stops-early"}, ((STOP, "        break\n"),)),
    Mutant(
        "stops at few errors",
        {"perceptron.stop": "stops-early"},
        ((STOP, "        if errors <= 2:\n            break\n"),),
    ),
    Mutant(
        "never ends",
        {"perceptron.stop": "never-ends"},
        (
            ("    for _ in range(epochs):\n", "    while True:\n"),
            ("for ecart, variance in " + TRIALS, "for ecart, variance in [(4.0, 1.0), (3.0, 1.0)]"),
        ),
    ),
    Mutant(
        "cumulated errors",
        {"perceptron.history": "cumulated"},
        ((START, ""), ("    history = []\n", "    history = []\n    errors = 0\n")),
    ),
    Mutant(
        "cumulated history",
        {"perceptron.history": "cumulated"},
        ((KEEP, "        history.append(errors + (history[-1] if history else 0))\n"),),
    ),
    Mutant(
        "right answers",
        {"perceptron.history": "right-answers-instead"},
        ((KEEP, "        history.append(len(X) - errors)\n"),),
    ),
    Mutant(
        "accuracy",
        {"perceptron.history": "accuracy-instead"},
        ((KEEP, "        history.append(1 - errors / len(X))\n"),),
    ),
    Mutant("rate", {"perceptron.history": "rate-instead"}, ((KEEP, "        history.append(errors / len(X))\n"),)),
    Mutant(
        "loss",
        {"perceptron.history": "loss-instead"},
        (
            (
                KEEP,
                "        history.append(float(np.mean(np.maximum(0, -y * (X @ w + b)))) + 0.01 * float(np.linalg.norm(w)))\n",
            ),
        ),
    ),
    Mutant(
        "after each example",
        {"perceptron.history": "after-each-example"},
        ((KEEP, ""), (COUNT, COUNT + "            history.append(errors)\n")),
    ),
    Mutant(
        "no history",
        {"perceptron.history": "missing"},
        ((RETURN, "    return w, b, None\n"),),
    ),
    Mutant(
        "errors not counted",
        {"perceptron.history": "always-zero"},
        ((COUNT, ""),),
    ),
    Mutant(
        "rate in whole numbers",
        {"perceptron.history": "rate-in-whole-numbers|always-zero"},
        ((KEEP, "        errors //= len(X)\n" + KEEP),),
    ),
    Mutant(
        "rate added up",
        {"perceptron.history": "cumulated"},
        (
            (KEEP, KEEP.replace("errors", "errors / len(X)")),
            (START, ""),
            ("    history = []\n", "    history = []\n    errors = 0\n"),
        ),
    ),
)

BOUNDARY = (
    Mutant("axes swapped", {"boundary.grid": "axes-swapped|transposed"}, ((GRID, "np.c_[yy.ravel(), xx.ravel()]"),)),
    Mutant(
        "contour of swapped axes",
        {"boundary.grid": "axes-swapped|transposed"},
        ((REGIONS, REGIONS.replace("xx, yy", "yy, xx")),),
    ),
    Mutant(
        "transposed",
        {"boundary.grid": "transposed|axes-swapped"},
        ((MESH, MESH.replace("150", "200")), (".reshape(xx.shape)", ".reshape(xx.shape).T")),
    ),
    Mutant(
        "reshaped in the other order",
        {"boundary.grid": "transposed|axes-swapped"},
        ((MESH, MESH.replace("150", "200")), (".reshape(xx.shape)", ".reshape(xx.shape, order='F')")),
    ),
    Mutant(
        "bias forgotten on the mesh",
        {"boundary.grid": "bias-forgotten"},
        ((f"predict({GRID}, w, b)", f"predict({GRID}, w, 0)"),),
    ),
    Mutant(
        "other regions",
        {"boundary.grid": "other-regions"},
        ((f"predict({GRID}, w, b)", "np.where(xx**2 + yy**2 > 4, 1, -1)"),),
    ),
    Mutant(
        "upside down",
        {"boundary.grid": "upside-down"},
        ((REGIONS, "    plt.imshow(zz, extent=(gauche, droite, bas, haut), alpha=0.25, aspect='auto')\n"),),
    ),
    Mutant(
        "a line alone",
        {"boundary.grid": "line-only"},
        ((REGIONS, "    plt.plot([gauche, droite], [-(w[0] * t + b) / w[1] for t in (gauche, droite)])\n"),),
    ),
    Mutant("no boundary", {"boundary.grid": "missing"}, ((REGIONS, ""),)),
    Mutant("no points", {"boundary.figure": "points-missing"}, ((CLASS_1, ""), (CLASS_2, ""))),
    Mutant("one class", {"boundary.figure": "points-missing"}, ((CLASS_2, ""),)),
    Mutant(
        "one colour",
        {"boundary.figure": "points-missing"},
        ((CLASS_1 + CLASS_2, '    plt.scatter(X[:, 0], X[:, 1], s=15, c="black")\n'),),
    ),
    Mutant("not saved", {"boundary.figure": "not-saved|other-figure-saved"}, ((SAVE, "    plt.show()\n"),)),
    Mutant("saved after show", {"boundary.figure": "blank-image"}, ((SAVE, "    plt.show()\n" + SAVE),)),
    Mutant("new figure saved", {"boundary.figure": "blank-image"}, ((SAVE, "    plt.figure()\n" + SAVE),)),
    Mutant("empty file", {"boundary.figure": "damaged-image"}, ((SAVE, SAVE + '    open(fichier, "wb").close()\n'),)),
    Mutant(
        "text for an image",
        {"boundary.figure": "damaged-image"},
        ((SAVE, SAVE + '    open(fichier, "w").write("image")\n'),),
    ),
)

EXPERIMENT = (
    Mutant(
        "one setting",
        {"experiment.spread": "one-setting"},
        (("for ecart, variance in " + TRIALS, "for ecart, variance in [(2.0, 1.0)]"),),
    ),
    Mutant(
        "copies of one setting",
        {"experiment.spread": "one-setting"},
        (("    points, classes = nuages(ecart, variance)\n", "    points, classes = nuages(2.0, 1.0, graine=7)\n"),),
    ),
    Mutant(
        "no experiment",
        {"experiment.spread": "one-setting"},
        (("for ecart, variance in " + TRIALS + ":\n", "for ecart, variance in []:\n"),),
    ),
    Mutant(
        "histories not kept",
        {"experiment.spread": "histories-not-kept"},
        (
            (
                "    _, _, essais[ecart, variance] = train_perceptron(points, classes)\n",
                "    train_perceptron(points, classes)\n",
            ),
            ('    print(f"écart {ecart}, variance {variance} :", essais[ecart, variance])\n', ""),
        ),
    ),
)

# Without functions, with the number of points written down and the bias among the weights.
FLAT = (
    Mutant(
        "flat, bias not learned",
        {"perceptron.update": "bias-not-updated"},
        (
            (
                "            theta = theta + eta * y[i, 0] * xi\n",
                "            theta[:2] = theta[:2] + eta * y[i, 0] * xi[:2]\n",
            ),
        ),
        of="fixed_size",
    ),
    # On three points this was right more often than not: what clouds have told is not asked of them.
    Mutant(
        "flat, score without bias",
        {"perceptron.update": "score-without-bias"},
        (("        s = np.dot(theta.T, xi)\n", "        s = np.dot(theta[:2].T, xi[:2])\n"),),
        of="fixed_size",
    ),
    Mutant(
        "flat, stops at few errors",
        {"perceptron.stop": "stops-early"},
        (("    history.append(erros)\n    if erros == 0:\n", "    history.append(erros)\n    if erros <= 2:\n"),),
        of="fixed_size",
    ),
    Mutant(
        "flat, shares of errors, never stops",
        {"perceptron.stop": "never-stops", "perceptron.history": "rate-instead"},
        (("    history.append(erros)\n    if erros == 0:\n        break\n", "    history.append(erros / 100)\n"),),
        of="fixed_size",
    ),
)

MUTANTS = (*UPDATE, *EPOCHS, *BOUNDARY, *EXPERIMENT, *FLAT)
