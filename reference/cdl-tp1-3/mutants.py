"""Wrong ways to do it: each edit of the reference loses exactly the criteria it names, with that diagnosis."""

from graders.suite.mutant import Mutant

RETURN = "    return dW1, db1, dW2, db2\n"
SUBTRACTS = "        dZ2[torch.arange(n), y] -= 1\n"
AVERAGES = "        dZ2 /= n\n"
SOFTMAX = "P = torch.softmax(Z2, dim=1)"
HIDDEN = "dZ1 = dA1 * (Z1 > 0)"
KEEPS = "        if epoch % EVERY == 0:\n            losses.append(loss.item())\n"
SEED = "    torch.manual_seed(SEED)\n    model = SimpleMLP()\n"
STEP = "        optimizer.zero_grad()\n        loss = criterion(model(X), y)\n        loss.backward()\n        optimizer.step()\n"
GAP = "    gap = (mine - parameter.grad).abs().max()\n"
PRINTED = '    print(f"{name:<10} {gap:>14.2e} {gap / parameter.grad.abs().max():>14.2e}")'
BACKWARD = (
    "        dZ2 = P.clone()\n" + SUBTRACTS + AVERAGES + "        dW2 = A1.T @ dZ2\n"
    "        db2 = dZ2.sum(dim=0)\n"
    "        dA1 = dZ2 @ W2.T\n"
    f"        {HIDDEN}\n"
    "        dW1 = X.T @ dZ1\n"
    "        db1 = dZ1.sum(dim=0)\n" + RETURN
)
BACKWARD_INSIDE = (
    "    W1, b1, W2, b2 = (one.detach().clone().requires_grad_() for one in (W1, b1, W2, b2))\n"
    "    logits = torch.relu(X @ W1 + b1) @ W2 + b2\n"
    "    nn.functional.cross_entropy(logits, y).backward()\n"
    "    return W1.grad, b1.grad, W2.grad, b2.grad\n"
)
GRAD_INSIDE = (
    "    from torch.autograd import grad\n"
    "    parts = [one.detach().clone().requires_grad_() for one in (W1, b1, W2, b2)]\n"
    "    logits = torch.relu(X @ parts[0] + parts[1]) @ parts[2] + parts[3]\n"
    "    return grad(nn.functional.cross_entropy(logits, y), parts)\n"
)
FUNCTIONAL_INSIDE = (
    "    from torch.autograd.functional import jacobian\n"
    "    def value(W1, b1, W2, b2):\n"
    "        return nn.functional.cross_entropy(torch.relu(X @ W1 + b1) @ W2 + b2, y)\n"
    "    return jacobian(value, tuple(one.detach() for one in (W1, b1, W2, b2)))\n"
)


def gradient(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in the derivation alone."""
    return Mutant(name, {"backprop.gradients": diagnosis}, edits)


GRADIENTS = (
    gradient("1 over n missing", "not-averaged", (AVERAGES, "")),
    gradient("1 over n twice", "averaged-twice", (AVERAGES, "        dZ2 /= n * n\n")),
    gradient("sign", "sign", (AVERAGES, "        dZ2 /= -n\n")),
    gradient("softmax missing", "softmax-missing", (SOFTMAX, "P = Z2")),
    gradient("softmax over the examples", "softmax-wrong-axis", (SOFTMAX, "P = torch.softmax(Z2, dim=0)")),
    gradient("targets never subtracted", "target-missing", (SUBTRACTS, "")),
    gradient("softmax derived twice", "softmax-derived-twice", (AVERAGES, "        dZ2 = dZ2 * P * (1 - P) / n\n")),
    gradient("squared error", "squared-error", (AVERAGES, "        dZ2 *= 2 / dZ2.numel()\n")),
    gradient("relu derivative missing", "activation-derivative-missing", (HIDDEN, "dZ1 = dA1")),
    gradient(
        "relu derivative and mean missing", "activation-derivative-missing", (HIDDEN, "dZ1 = dA1"), (AVERAGES, "")
    ),
    gradient("mask of the gradient", "mask-of-the-gradient", (HIDDEN, "dZ1 = dA1 * (dA1 > 0)")),
    gradient("mask inverted", "mask-inverted", (HIDDEN, "dZ1 = dA1 * (Z1 <= 0)")),
    gradient("times the activation", "mask-is-the-activation", (HIDDEN, "dZ1 = dA1 * A1")),
    gradient("times the values before it", "mask-is-the-activation", (HIDDEN, "dZ1 = dA1 * Z1")),
    gradient(
        "tanh derived at the wrong place",
        "tanh-derivative",
        ("A1 = torch.clamp(Z1, min=0)", "A1 = torch.tanh(Z1)"),
        (HIDDEN, "dZ1 = dA1 * (1 - Z1**2)"),
        ("logits = torch.relu(", "logits = torch.tanh("),
    ),
    gradient(
        "biases not summed",
        "bias-not-summed",
        ("db1 = dZ1.sum(dim=0)", "db1 = dZ1"),
        ("db2 = dZ2.sum(dim=0)", "db2 = dZ2"),
    ),
    gradient(
        "biases averaged",
        "bias-averaged-twice",
        ("db1 = dZ1.sum(dim=0)", "db1 = dZ1.mean(dim=0)"),
        ("db2 = dZ2.sum(dim=0)", "db2 = dZ2.mean(dim=0)"),
    ),
    gradient(
        "biases not averaged",
        "bias-not-averaged",
        ("db1 = dZ1.sum(dim=0)", "db1 = n * dZ1.sum(dim=0)"),
        ("db2 = dZ2.sum(dim=0)", "db2 = n * dZ2.sum(dim=0)"),
    ),
    gradient("one bias averaged", "some-wrong", ("db1 = dZ1.sum(dim=0)", "db1 = dZ1.mean(dim=0)")),
    gradient("values before the activation", "before-the-activation", ("dW2 = A1.T @ dZ2", "dW2 = Z1.T @ dZ2")),
    gradient("hidden part divided by n again", "hidden-averaged-twice", (HIDDEN, "dZ1 = dA1 * (Z1 > 0) / n")),
    Mutant(
        "transposed result",
        {"backprop.gradients": "transposed"},
        (("dW2 = A1.T @ dZ2", "dW2 = dZ2.T @ A1"), ("dW1 = X.T @ dZ1", "dW1 = dZ1.T @ X")),
    ),
    Mutant(
        "transpose for squares only",
        {"backprop.gradients": "only-square"},
        (("dW1 = X.T @ dZ1", "dW1 = X @ dZ1"),),
    ),
    gradient("bias summed over the wrong axis", "some-wrong", ("db2 = dZ2.sum(dim=0)", "db2 = dZ2.sum(dim=1)")),
    gradient("dead mask", "some-wrong", (HIDDEN, "dZ1 = dA1 * (Z1 > 1e9)")),
    gradient("a matrix of zeros", "some-wrong", ("dW1 = X.T @ dZ1", "dW1 = torch.zeros_like(W1)")),
    gradient(
        "two classes written into it",
        "only-two-classes",
        (SUBTRACTS, "        dZ2[:, :2] -= torch.eye(2)[y.clamp(max=1)]\n"),
    ),
    Mutant(
        "all zeros",
        {"backprop.gradients": "all-zero", "backprop.independent": "nothing-computed"},
        ((RETURN, "    return tuple(torch.zeros_like(one) for one in (W1, b1, W2, b2))\n"),),
    ),
    Mutant(
        "forward pass alone",
        {
            "backprop.gradients": "nothing-returned",
            "backprop.independent": "nothing-returned",
            "backprop.table": "no-table",
        },
        ((BACKWARD, "        pass\n"),),
    ),
    Mutant("computed and not returned", {"backprop.gradients": "not-returned"}, ((RETURN, "    print(dW1, dW2)\n"),)),
    gradient("those of the output layer alone", "some-missing", (RETURN, "    return dW2, db2\n")),
    gradient("one gradient alone", "some-missing", (RETURN, "    return dW1\n")),
    gradient("None in the place of biases", "some-missing", (RETURN, "    return dW1, None, dW2, None\n")),
    Mutant("returned in another order", {"backprop.table": "no-table"}, ((RETURN, "    return dW2, db2, dW1, db1\n"),)),
    Mutant(
        "a cell that Python refuses",
        {"backprop.gradients": "refused", "backprop.independent": "refused", "backprop.table": "no-table"},
        (("def manual_gradients(X, y, W1, b1, W2, b2):", "def manual_gradients(X, y, W1, b1, W2, b2)"),),
    ),
)

INDEPENDENT = (
    Mutant(
        "backward inside",
        {"backprop.independent": "autograd-inside"},
        (
            (RETURN, BACKWARD_INSIDE),
            ("    with torch.no_grad():\n        n = len(X)", "    with torch.enable_grad():\n        n = len(X)"),
        ),
    ),
    Mutant(
        "autograd.grad inside",
        {"backprop.independent": "autograd-inside"},
        ((RETURN, GRAD_INSIDE),),
    ),
    Mutant(
        "jacobian inside",
        {"backprop.independent": "autograd-inside"},
        ((RETURN, FUNCTIONAL_INSIDE),),
    ),
)

TABLE = (
    Mutant(
        "gaps written by hand",
        {"backprop.table": "hard-coded"},
        ((GAP, "    gap = torch.tensor(3.2e-16)\n"), (PRINTED, '    print(f"{name:<10} {gap:>14.2e}")')),
    ),
    Mutant(
        "zeros written by hand",
        {"backprop.table": "hard-coded"},
        ((GAP, "    gap = 0.0\n"), (PRINTED, '    print(f"{name:<10} {gap:>14.2e}")')),
    ),
    Mutant("compared with itself", {"backprop.table": "hard-coded"}, ((GAP, "    gap = (mine - mine).abs().max()\n"),)),
    Mutant(
        "equal or not",
        {"backprop.table": "only-booleans"},
        ((GAP, "    gap = torch.allclose(mine, parameter.grad)\n"), (PRINTED, "    print(name, gap)")),
    ),
    Mutant(
        "one gap for all",
        {"backprop.table": "fewer-gaps"},
        ((PRINTED, "    pass\nprint('écart maximal', float(gap))"),),
    ),
    Mutant("no table", {"backprop.table": "no-table"}, ((PRINTED, "    pass"),)),
)

CONTRACT = (
    Mutant(
        "every epoch",
        {"optim.contract": "every-epoch"},
        (
            (KEEPS, "        losses.append(loss.item())\n"),
            ("epochs = range(0, EPOCHS, EVERY)", "epochs = range(EPOCHS)"),
        ),
    ),
    Mutant(
        "every ten epochs", {"optim.contract": "other-count"}, (("EPOCHS, EVERY = 500, 5", "EPOCHS, EVERY = 500, 10"),)
    ),
    Mutant("100 epochs", {"optim.contract": "not-500-epochs"}, (("EPOCHS, EVERY = 500, 5", "EPOCHS, EVERY = 100, 1"),)),
    Mutant(
        "one network for all runs",
        {"optim.contract": "shared-model"},
        ((SEED, "    global model\n    model = globals().get('model') or SimpleMLP()\n"),),
    ),
    Mutant(
        "options dropped",
        {"optim.contract": "kwargs-ignored"},
        (("optimizer_class(model.parameters(), **kwargs)", "optimizer_class(model.parameters(), lr=kwargs['lr'])"),),
    ),
    Mutant(
        "rate written into it",
        {"optim.contract": "kwargs-ignored"},
        (
            (
                "optimizer_class(model.parameters(), **kwargs)",
                "optimizer_class(model.parameters(), **{**kwargs, 'lr': 0.01})",
            ),
        ),
    ),
    Mutant(
        "always Adam",
        {"optim.contract": "optimizer-ignored"},
        (("optimizer_class(model.parameters(), **kwargs)", "torch.optim.Adam(model.parameters(), lr=kwargs['lr'])"),),
    ),
    Mutant(
        "accuracy instead of the loss",
        {"optim.contract": "not-the-loss"},
        (
            (
                KEEPS,
                "        if epoch % EVERY == 0:\n            losses.append((model(X).argmax(1) == y).float().mean().item())\n",
            ),
        ),
    ),
    Mutant(
        "nothing returned",
        {"optim.contract": "no-losses"},
        (("    return losses\n", "    print(losses[-1])\n"),),
    ),
)

LEARNS = (
    Mutant(
        "zero_grad missing",
        {"optim.learns": "zero-grad-missing"},
        ((STEP, STEP.replace("        optimizer.zero_grad()\n", "")),),
    ),
    Mutant(
        "step missing",
        {"optim.learns": "no-step"},
        ((STEP, STEP.replace("        optimizer.step()\n", "")),),
    ),
    Mutant(
        "softmax before the loss",
        {"optim.learns": "softmax-before-loss"},
        (("criterion(model(X), y)", "criterion(torch.softmax(model(X), dim=1), y)"),),
    ),
    Mutant(
        "the loss goes up",
        {"optim.learns": "loss-does-not-fall"},
        ((STEP, STEP.replace("loss.backward()", "(-loss).backward()")),),
    ),
    Mutant(
        "gradients cleared before the step",
        {"optim.learns": "loss-does-not-fall"},
        (
            (
                STEP,
                STEP.replace("        optimizer.zero_grad()\n", "").replace(
                    "loss.backward()\n", "loss.backward()\n        optimizer.zero_grad(set_to_none=False)\n"
                ),
            ),
        ),
    ),
)

COMPARISON = (
    Mutant("different starts", {"optim.comparison": "different-start"}, ((SEED, "    model = SimpleMLP()\n"),)),
    Mutant(
        "no momentum",
        {"optim.comparison": "no-momentum"},
        (("torch.optim.SGD, lr=0.05, momentum=0.9", "torch.optim.SGD, lr=0.05"),),
    ),
    Mutant(
        "Adagrad instead of RMSProp",
        {"optim.comparison": "optimizer-missing"},
        (("torch.optim.RMSprop", "torch.optim.Adagrad"),),
    ),
)

FIGURE = (
    Mutant(
        "two curves",
        {"figure.comparison": "fewer-curves"},
        (("for label, losses in runs.items():", "for label, losses in list(runs.items())[:2]:"),),
    ),
    Mutant("no legend", {"figure.comparison": "no-legend"}, (("ax.legend()\n", ""),)),
    Mutant("axes without names", {"figure.comparison": "axes-unnamed"}, (('ax.set_xlabel("époque")\n', ""),)),
    Mutant(
        "invented curves",
        {"figure.comparison": "not-the-losses"},
        (
            (
                "    ax.plot(epochs, losses, label=label)",
                "    ax.plot(epochs, [0.7 * 0.97**k for k in range(len(losses))], label=label)",
            ),
        ),
    ),
    Mutant(
        "three plots",
        {"figure.comparison": "separate-plots"},
        (
            ("fig, ax = plt.subplots(figsize=(7, 4))\n", ""),
            (
                "    ax.plot(epochs, losses, label=label)",
                "    fig, ax = plt.subplots()\n    ax.plot(epochs, losses, label=label)",
            ),
        ),
    ),
    Mutant(
        "no figure", {"figure.comparison": "no-figure"}, (("    ax.plot(epochs, losses, label=label)", "    pass"),)
    ),
)

MUTANTS = (*GRADIENTS, *INDEPENDENT, *TABLE, *CONTRACT, *LEARNS, *COMPARISON, *FIGURE)
