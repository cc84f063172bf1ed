"""Wrong ways to do it: each edit of the reference loses exactly the criteria it names, with that diagnosis."""

from graders.suite.mutant import Mutant

WIDTHS = "        for hidden in hidden_layers:\n            layers += [nn.Linear(width, hidden), nn.ReLU()]\n"
LAST = "        layers.append(nn.Linear(width, 2))\n"
DROPS = "            if dropout_p > 0:\n                layers.append(nn.Dropout(p=dropout_p))\n"
ZERO = "        optimizer.zero_grad()\n"
BACKWARD = "        loss.backward()\n"
LOSS = "        loss = criterion(model(X_train), y_train)\n"
ADAM = "    optimizer = torch.optim.Adam(model.parameters(), lr=lr)\n"
SETS = '(("train", X_train, y_train), ("val", X_val, y_val))'
KEEPS = '            history[f"{name}_loss"].append(loss_now)\n'
CALLS = "train_and_evaluate(model, X_train, y_train, X_val, y_val, EPOCHS, LR)"
DEEP, DROPPED = 'experiment("profond", [64, 64, 64])', 'experiment("profond, dropout", [64, 64, 64], dropout_p=0.4)'
DRAWN = "    plot_losses(left, history, title)\n    plot_boundary(right, model, X, y, title)\n"
REGIONS = "    ax.contourf(across, up, predicted.reshape(across.shape), "
SHOWN = (
    '    ax.plot(history["train_loss"], label="entraînement")\n    ax.plot(history["val_loss"], label="validation")\n'
)
POINTS = '    ax.scatter(X[:, 0], X[:, 1], c=y, cmap="coolwarm", s=12)\n'
EVALUATES = "    model.eval()\n    with torch.no_grad():\n        logits = model(X)\n"
ALWAYS_ON = (
    "class AlwaysOn(nn.Module):\n    def __init__(self, p):\n        super().__init__()\n        self.p = p\n\n"
    "    def forward(self, x):\n        return nn.functional.dropout(x, self.p)\n\n\n"
)
INVENTED = (
    '    ax.plot([0.9**k for k in range(300)], label="entraînement")\n'
    '    ax.plot([0.2 + 0.9**k for k in range(300)], label="validation")\n'
)
LEARNS_BOTH = BACKWARD + "        optimizer.step()\n" + ZERO + "        criterion(model(X_val), y_val).backward()\n"
STACK = "model(torch.stack([across.ravel(), up.ravel()], dim=1))"


def network(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in the sizes of the network, or between its layers."""
    return Mutant(name, {"mlp.parametrised": diagnosis}, edits)


def dropout(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake with dropout."""
    return Mutant(name, {"mlp.dropout": diagnosis}, edits)


STEPPED = """        with torch.no_grad():
            for p in model.parameters():
                p -= 30 * lr * p.grad
"""


def loop(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in the loop alone."""
    return Mutant(name, {"train.loop": diagnosis}, edits)


def history(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in what is kept."""
    return Mutant(name, {"train.history": diagnosis}, edits)


NETWORK = (
    Mutant(
        "sizes written into it",
        {"mlp.parametrised": "fixed-size"},
        (("        for hidden in hidden_layers:\n", "        for hidden in [32, 32]:\n"),),
    ),
    Mutant(
        "one coordinate alone",
        {"moons.accuracy": "below-minimum"},
        (("        return self.net(x)\n", "        return self.net(x * torch.tensor([1.0, 0.0]))\n"),),
    ),
    network(
        "one hidden layer more",
        "off-by-one-layer",
        (LAST, "        layers += [nn.Linear(width, width), nn.ReLU()]\n" + LAST),
    ),
    network(
        "last hidden layer left out",
        "off-by-one-layer|no-empty-list",
        ("in hidden_layers:\n", "in hidden_layers[:-1]:\n"),
    ),
    Mutant(
        "no activation",
        {"mlp.parametrised": "linear-stack"},
        ((WIDTHS, WIDTHS.replace(", nn.ReLU()]", "]")),),
    ),
    network("one output", "wrong-output", (LAST, "        layers.append(nn.Linear(width, 3))\n")),
    network(
        "no hidden layer refused",
        "no-empty-list",
        ("        layers = []\n", "        layers = []\n        assert hidden_layers[0] > 0\n"),
    ),
    network(
        "every layer as wide as the first",
        "wrong-widths",
        (
            "        for hidden in hidden_layers:\n",
            "        for hidden in hidden_layers[:1] * len(hidden_layers):\n",
        ),
    ),
    network(
        "activation once at the end",
        "linear-stack",
        (WIDTHS, WIDTHS.replace(", nn.ReLU()]", "]")),
        (LAST, "        layers.append(nn.ReLU())\n" + LAST),
    ),
)

DROPOUT = (
    Mutant("dropout forgotten", {"mlp.dropout": "no-dropout"}, ((DROPS, ""),)),
    dropout(
        "dropout after the first layer only",
        "some-missing",
        ("            if dropout_p > 0:\n", "            if dropout_p > 0 and width == 2:\n"),
    ),
    dropout(
        "dropout on the inputs",
        "at-the-input",
        (DROPS, ""),
        ("        layers = []\n", "        layers = [nn.Dropout(dropout_p)] if dropout_p > 0 else []\n"),
    ),
    dropout(
        "dropout on the inputs too",
        "inputs-too",
        ("        layers = []\n", "        layers = [nn.Dropout(dropout_p)] if dropout_p > 0 else []\n"),
    ),
    dropout("dropout with a fixed rate", "other-rate", ("nn.Dropout(p=dropout_p)", "nn.Dropout(p=0.5)")),
    dropout(
        "dropout on the logits",
        "after-the-output",
        (LAST, LAST + "        if dropout_p > 0:\n            layers.append(nn.Dropout(dropout_p))\n"),
    ),
    dropout(
        "dropout on in evaluation",
        "on-in-eval",
        (
            "                layers.append(nn.Dropout(p=dropout_p))\n",
            "                layers.append(AlwaysOn(dropout_p))\n",
        ),
        (
            "def measure(model, X, y):",
            ALWAYS_ON + "def measure(model, X, y):",
        ),
    ),
    dropout(
        "dropout without being asked",
        "always-on",
        (
            "            if dropout_p > 0:\n                layers.append(nn.Dropout(p=dropout_p))\n",
            "            layers.append(nn.Dropout(p=dropout_p or 0.1))\n",
        ),
    ),
)

LOOP = (
    loop("zero_grad missing", "zero-grad-missing", (ZERO, "")),
    loop(
        "softmax before the loss",
        "softmax-before-loss",
        (LOSS, "        loss = criterion(torch.softmax(model(X_train), dim=1), y_train)\n"),
    ),
    loop(
        "validation set among the examples",
        "trains-on-validation",
        (ADAM, ADAM + "    X_all, y_all = torch.cat([X_train, X_val]), torch.cat([y_train, y_val])\n"),
        (LOSS, "        loss = criterion(model(X_all), y_all)\n"),
    ),
    network(
        "network ends with a sigmoid",
        "activation-at-output",
        ("        return self.net(x)\n", "        return torch.sigmoid(self.net(x))\n"),
    ),
    network(
        "network ends with a ReLU",
        "activation-at-output",
        ("        return self.net(x)\n", "        return torch.relu(self.net(x))\n"),
    ),
    loop(
        "network ends with a softmax",
        "softmax-before-loss",
        ("        return self.net(x)\n", "        return torch.softmax(self.net(x), dim=1)\n"),
    ),
    loop(
        "squared error",
        "squared-error",
        (LOSS, "        loss = ((model(X_train) - nn.functional.one_hot(y_train, 2)) ** 2).mean()\n"),
    ),
    Mutant(
        "NLLLoss on logits",
        {"train.loop": "logits-as-log-probabilities"},
        (("criterion = nn.CrossEntropyLoss()", "criterion = nn.NLLLoss()"),),
    ),
    loop(
        "SGD",
        "not-adam",
        (
            "torch.optim.Adam(model.parameters(), lr=lr)",
            "torch.optim.SGD(model.parameters(), lr=30 * lr, momentum=0.9)",
        ),
    ),
    Mutant(
        "steps by hand",
        {"train.loop": "not-adam"},
        (
            ("    optimizer = torch.optim.Adam(model.parameters(), lr=lr)\n", ""),
            ("        optimizer.zero_grad()\n", "        model.zero_grad()\n"),
            ("        optimizer.step()\n", STEPPED),
        ),
    ),
    loop("SGD alone", "not-adam", ("torch.optim.Adam(", "torch.optim.SGD(")),
    loop("rate written into it", "lr-ignored", (ADAM, ADAM.replace("lr=lr", "lr=0.01"))),
    loop(
        "only the last layer learns",
        "other-parameters",
        (ADAM, ADAM.replace("model.parameters()", "list(model.parameters())[2:] or model.parameters()")),
    ),
    loop("evaluated in training mode", "eval-missing", (EVALUATES, EVALUATES.replace("    model.eval()\n", ""))),
    loop("never back in training mode", "train-missing|never-back-to-train", ("        model.train()\n", "")),
    loop(
        "learns from the validation set too",
        "trains-on-validation",
        (
            BACKWARD,
            LEARNS_BOTH,
        ),
    ),
    Mutant(
        "gradients cleared before the step",
        {"train.loop": "cleared-before-step"},
        ((ZERO, ""), (BACKWARD, BACKWARD + "        optimizer.zero_grad(set_to_none=False)\n")),
    ),
    Mutant(
        "no step",
        {"train.loop": "no-step"},
        (("        optimizer.step()\n", ""),),
    ),
    Mutant(
        "the loss goes up",
        {"train.loop": "sign"},
        ((LOSS, LOSS.replace("criterion(", "-criterion(")),),
    ),
    Mutant(
        "loss cut off",
        {"train.loop": "loss-detached"},
        ((LOSS, "        loss = criterion(model(X_train).detach().requires_grad_(), y_train)\n"),),
    ),
)

HISTORY = (
    history(
        "validation measured on train",
        "validation-on-train",
        (SETS, '(("train", X_train, y_train), ("val", X_train, y_train))'),
    ),
    Mutant(
        "validation measured on train in training mode",
        {"train.loop": "eval-missing", "train.history": "validation-on-train"},
        (
            (SETS, '(("train", X_train, y_train), ("val", X_train, y_train))'),
            (EVALUATES, EVALUATES.replace("    model.eval()\n", "")),
        ),
    ),
    history("sets mixed up", "mixed-up", (SETS, '(("val", X_train, y_train), ("train", X_val, y_val))')),
    Mutant(
        "only the last epoch",
        {"train.history": "not-every-epoch"},
        (("    return history\n", "    return {name: values[-1:] for name, values in history.items()}\n"),),
    ),
    history(
        "every tenth epoch",
        "not-every-epoch",
        (
            "    for _ in range(epochs):\n        model.train()",
            "    for epoch in range(epochs):\n        model.train()",
        ),
        ("        optimizer.step()\n", "        optimizer.step()\n        if epoch % 10:\n            continue\n"),
    ),
    history("no accuracies", "values-missing", ('            history[f"{name}_acc"].append(accuracy_now)\n', "")),
    Mutant(
        "no validation loss",
        {"train.history": "values-missing|never-evaluated"},
        ((KEEPS, '            if name == "train":\n                history["train_loss"].append(loss_now)\n'),),
    ),
    history(
        "running sum of losses",
        "wrong-values",
        (KEEPS, '            history[f"{name}_loss"].append(loss_now + sum(history[f"{name}_loss"][-1:]))\n'),
    ),
    history(
        "error instead of accuracy",
        "wrong-values",
        (
            '            history[f"{name}_acc"].append(accuracy_now)\n',
            '            history[f"{name}_acc"].append(1 - accuracy_now)\n',
        ),
    ),
    history(
        "validation invented",
        "wrong-values|mixed-up",
        (
            KEEPS,
            '            history[f"{name}_loss"].append(loss_now if name == "train" else 1.1 * history["train_loss"][-1])\n',
        ),
    ),
)

EXPERIMENTS = (
    Mutant(
        "three copies of one run",
        {"moons.three_experiments": "same-experiment"},
        (
            ('experiment("simple", [2])', 'experiment("simple", [64, 64, 64])'),
            (DROPPED, 'experiment("profond, dropout", [64, 64, 64])'),
        ),
    ),
    Mutant("only two experiments", {"moons.three_experiments": "fewer-experiments"}, ((DEEP, "None"),)),
    Mutant(
        "dropout left at zero", {"moons.three_experiments": "no-dropout"}, ((DROPPED, DROPPED.replace("0.4", "0.0")),)
    ),
    Mutant(
        "dropout on the small network",
        {"moons.three_experiments": "dropout-on-the-small"},
        ((DROPPED, 'experiment("simple, dropout", [2], dropout_p=0.4)'),),
    ),
    Mutant(
        "the deep one trained for two epochs",
        {"moons.three_experiments": "small-fits-better|deep-does-not-overfit"},
        (("EPOCHS, LR = 300, 0.01", "EPOCHS, LR = 2, 0.0001"),),
    ),
)

FIGURES = (
    Mutant("training loss only", {"figure.curves": "one-curve"}, ((SHOWN, SHOWN.split("\n", maxsplit=1)[0] + "\n"),)),
    Mutant(
        "names of the curves swapped",
        {"figure.curves": "labels-swapped"},
        ((SHOWN, SHOWN.replace("entraînement", "X").replace("validation", "entraînement").replace("X", "validation")),),
    ),
    Mutant("no legend", {"figure.curves": "no-legend"}, (("    ax.legend()\n", ""),)),
    Mutant(
        "accuracies drawn as losses", {"figure.curves": "not-the-losses"}, ((SHOWN, SHOWN.replace("_loss", "_acc")),)
    ),
    Mutant(
        "invented curves",
        {"figure.curves": "not-the-losses"},
        (
            (
                SHOWN,
                INVENTED,
            ),
        ),
    ),
    Mutant("no curves", {"figure.curves": "no-figure"}, ((SHOWN, ""),)),
    Mutant(
        "points without regions",
        {"figure.boundary": "no-regions"},
        ((REGIONS, "    (lambda *_, **__: None)(across, up, predicted, "),),
    ),
    Mutant("regions without points", {"figure.boundary": "no-points"}, ((POINTS, ""),)),
    Mutant(
        "axes of the mesh swapped",
        {"figure.boundary": "axes-swapped|regions-do-not-fit"},
        ((STACK, "model(torch.stack([up.ravel(), across.ravel()], dim=1))"),),
    ),
    Mutant(
        "regions of an untrained network",
        {"figure.boundary": "regions-do-not-fit|no-regions"},
        ((STACK, "MLP([16])(torch.stack([across.ravel(), up.ravel()], dim=1))"),),
    ),
)

# Without functions, three times in a row and in a loop.
FLAT = (
    Mutant(
        "flat, evaluated in training mode",
        {"train.loop": "eval-missing"},
        (("    reseau_simple.eval()\n", ""),),
        of="flat_script",
    ),
    Mutant(
        "flat, validation measured on train",
        {"train.history": "validation-on-train"},
        (
            ("    pertes_val1.append(critere(s_val, y_val)", "    pertes_val1.append(critere(s_app, y_app)"),
            ("    exact_val1.append((s_val.argmax(1) == y_val)", "    exact_val1.append((s_app.argmax(1) == y_app)"),
        ),
        of="flat_script",
    ),
    Mutant(
        "flat, zero_grad missing",
        {"train.loop": "zero-grad-missing"},
        (("        optimizer.zero_grad()\n", ""),),
        of="flat_notebook",
    ),
    Mutant(
        "flat, batches by their index, zero_grad missing",
        {"train.loop": "zero-grad-missing"},
        (("            optim.zero_grad()\n", ""),),
        of="flat_indexed",
    ),
    Mutant(
        "inside a main, zero_grad missing",
        {"train.loop": "zero-grad-missing"},
        (("            opt.zero_grad(set_to_none=True)\n", ""),),
        of="all_in_main",
    ),
)

MUTANTS = (*NETWORK, *DROPOUT, *LOOP, *HISTORY, *EXPERIMENTS, *FIGURES, *FLAT)
