"""Wrong ways to do it: each edit of the reference loses exactly the criteria it names, with that diagnosis."""

from graders.suite.mutant import Mutant

OUTPUT = "        return X @ self.weight + self.bias\n"
WEIGHT = "        self.weight_gradient += input.T @ delta\n"
BIAS = "        self.bias_gradient += delta.sum(axis=0, keepdims=True)\n"
TO_INPUT = "        return delta @ self.weight.T\n"
ZERO = "        self.weight_gradient[:] = 0\n        self.bias_gradient[:] = 0\n"
STEPS = (
    "        self.weight -= gradient_step * self.weight_gradient\n"
    "        self.bias -= gradient_step * self.bias_gradient\n"
)
DRAWN = "        self.weight = np.random.uniform(-limit, limit, (n_in, n_out))\n"
CHECKED = '        assert y.shape == yhat.shape, f"{y.shape} et {yhat.shape}"\n        return '
SQUARES = "        return np.sum((y - yhat) ** 2, axis=-1)\n"
SQUARES_BACK = "        return 2 * (yhat - y) / len(y)\n"
REGRESSES = "        layer.zero_grad()\n"
REGRESSED = "        layer.update_parameters(eps)\n"
LAYER = "    layer, loss, losses = Linear(x.shape[1], y.shape[1]), MSELoss(), []\n"
BY_SGD = LAYER + "    return layer, SGD(layer, (x, y), loss, len(x), epochs, eps)\n"
TANH = "        return np.tanh(X)\n"
TANH_BACK = "        return delta * (1 - np.tanh(input) ** 2)\n"
SIGMOID = "        return (1 + np.tanh(X / 2)) / 2\n"
SIGMOID_BACK = "        return delta * output * (1 - output)\n"
PASSES = "        for module in self.modules:\n            X = module.forward(X)\n        return X\n"
INPUTS = "        inputs = [input]\n"
FILLS = "            inputs.append(module.forward(inputs[-1]))\n"
PAIRS = "zip(reversed(self.modules), reversed(inputs[:-1]), strict=True)"
PUSHES = "            if update:\n                module.backward_update_gradient(own, delta)\n"
STALE = (
    (INPUTS, "        self.kept = getattr(self, 'kept', None) or [input]\n        inputs = self.kept\n"),
    (FILLS, "            inputs.append(module.forward(inputs[-1])) if len(inputs) <= len(self.modules) else None\n"),
)
PASSED_ON = "            module.update_parameters(gradient_step)\n"
KIND = "class Sequential(Module):"
WAY_BACK = """\
    def backward_update_gradient(self, input, delta):
        # <solution>
        self._backward(input, delta, update=True)
        # </solution>

    def backward_delta(self, input, delta):
        # <solution>
        return self._backward(input, delta, update=False)
        # </solution>

"""
CLEARS = "        self.net.zero_grad()\n"
STEPPED = "        self.net.update_parameters(self.eps)\n"
ORDER = "        order = np.random.permutation(len(x))\n"
STARTS = "range(0, len(x), batch_size)"
BATCH = "            batch = order[start : start + batch_size]\n"
LEARNS = "            costs.append(optim.step(x[batch], y[batch]))\n"
EXP = "        exp = np.exp(X - X.max(axis=1, keepdims=True))\n"
SUM = "        return exp / exp.sum(axis=1, keepdims=True)\n"
JACOBIAN = "        return output * (delta - (output * delta).sum(axis=1, keepdims=True))\n"
ENTROPY = "        return -np.sum(y * np.log(np.maximum(yhat, self.SMALLEST)), axis=1)\n"
ENTROPY_BACK = "        return -y / np.maximum(yhat, self.SMALLEST) / len(y)\n"
HOT = "    return np.eye(n_classes)[y]\n"
ENCODER = "Linear(n_in, first), TanH(), Linear(first, second), TanH(), Linear(second, d), TanH()"
DECODER = "Linear(d, second), TanH(), Linear(second, first), TanH(), Linear(first, n_in), Sigmoid()"
BACK_TO_CODE = "        self.encoder.backward_update_gradient(input, self.decoder.backward_delta(code, delta))\n"
NOISE = "    return x + np.random.normal(0, c, x.shape)\n"


def one(name: str, criterion: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake that costs one criterion."""
    return Mutant(name, {criterion: diagnosis}, edits)


LINEAR = (
    one(
        "bias for each example",
        "linear.forward",
        "error|raised|depends-on-the-batch|not-linear",
        (OUTPUT, "        return X @ self.weight + self.bias + X.mean() * 0.5\n"),
    ),
    Mutant(
        "output clipped",
        {"linear.forward": "not-linear", "linear.gradients": "wrong-weight-gradient"},
        ((OUTPUT, "        return np.maximum(X @ self.weight, -0.5)\n"),),
    ),
    one(
        "gradient overwritten",
        "linear.gradients",
        "overwritten",
        (WEIGHT, WEIGHT.replace("+=", "=")),
        (BIAS, BIAS.replace("+=", "=")),
    ),
    one(
        "gradient transposed product",
        "linear.gradients",
        "wrong-weight-gradient",
        (WEIGHT, "        self.weight_gradient += (input**2).T @ delta\n"),
    ),
    one(
        "mean over everything for the bias",
        "linear.gradients",
        "bias-axis",
        (BIAS, "        self.bias_gradient += delta.sum()\n"),
    ),
    one("bias mean and weight sum", "linear.gradients", "bias-scale", (BIAS, BIAS.replace("sum", "mean"))),
    one(
        "bias never learned",
        "linear.gradients",
        "wrong-bias-gradient",
        (BIAS, "        self.bias_gradient += delta[:1]\n"),
    ),
    one(
        "delta of the wrong sign",
        "linear.gradients",
        "delta-sign",
        (TO_INPUT, "        return -delta @ self.weight.T\n"),
    ),
    one(
        "delta averaged",
        "linear.gradients",
        "delta-scaled",
        (TO_INPUT, "        return delta @ self.weight.T / len(delta)\n"),
    ),
    one("delta without the weights", "linear.gradients", "delta-shape", (TO_INPUT, "        return delta\n")),
    one("delta changed in place", "linear.gradients", "changed-in-place", (WEIGHT, "        delta /= 2\n" + WEIGHT)),
    one("update along the gradient", "linear.gradients", "sign", (STEPS, STEPS.replace("-=", "+="))),
    one("zero_grad does nothing", "linear.update", "not-zeroed", (ZERO, "        pass\n")),
    one("update clears", "linear.update", "update-clears", (STEPS, STEPS + "        self.zero_grad()\n")),
    one("step ignored", "linear.update", "step-ignored", (STEPS, STEPS.replace("gradient_step", "0.01"))),
)
SQUARED = (
    one(
        "squared as matrices",
        "loss.mse",
        "all-pairs",
        (SQUARES, "        return (y - yhat) @ (y - yhat).T / len(y)\n"),
    ),
    one("mse absolute", "loss.mse", "absolute-error", (SQUARES, "        return np.sum(np.abs(y - yhat), axis=-1)\n")),
    one("mse root", "loss.mse", "root", (SQUARES, "        return np.sqrt(np.sum((y - yhat) ** 2, axis=-1))\n")),
    one("mse summed first", "loss.mse", "sum-squared", (SQUARES, "        return np.sum(y - yhat, axis=-1) ** 2\n")),
    one("mse sign", "loss.mse", "sign", (SQUARES_BACK, "        return 2 * (y - yhat) / len(y)\n")),
    one(
        "mse derivative reduced",
        "loss.mse",
        "reduced-derivative",
        (SQUARES_BACK, "        return np.mean(2 * (yhat - y), axis=0)\n"),
    ),
    one(
        "mse derivative of the absolute error",
        "loss.mse",
        "wrong-derivative",
        (SQUARES_BACK, "        return np.sign(yhat - y) / len(y)\n"),
    ),
    one(
        "mse broadcast",
        "loss.mse",
        "broadcast",
        (CHECKED + "np.sum", "        return np.sum"),
        (CHECKED + "2 * ", "        return 2 * "),
    ),
    one(
        "mse changed in place",
        "loss.mse",
        "changed-in-place",
        (SQUARES_BACK, "        yhat -= y\n        return 2 * yhat / len(y)\n"),
    ),
    one("regression never zeroes", "regression.slope", "wrong-slope", (REGRESSES, "")),
    one(
        "regression updates once",
        "regression.slope",
        "wrong-slope",
        (REGRESSED, "        if len(losses) == 1:\n    " + REGRESSED),
    ),
)
POINTWISE = (
    one(
        "tanh derivative of the input",
        "nonlinear.tanh",
        "derivative-of-input",
        (TANH_BACK, "        return delta * (1 - input**2)\n"),
    ),
    one(
        "tanh applied twice",
        "nonlinear.tanh",
        "activated-twice",
        (TANH_BACK, "        return delta * (1 - np.tanh(np.tanh(input)) ** 2)\n"),
    ),
    one(
        "tanh delta forgotten",
        "nonlinear.tanh",
        "delta-missing",
        (TANH_BACK, "        return 1 - np.tanh(input) ** 2\n"),
    ),
    one(
        "tanh by exponentials",
        "nonlinear.tanh",
        "overflow",
        (TANH, "        return (np.exp(X) - np.exp(-X)) / (np.exp(X) + np.exp(-X))\n"),
    ),
    one(
        "sigmoid derivative of the input",
        "nonlinear.sigmoid",
        "derivative-of-input",
        (SIGMOID_BACK, "        return delta * input * (1 - input)\n"),
    ),
    one(
        "sigmoid half derivative",
        "nonlinear.sigmoid",
        "factor-missing",
        (SIGMOID_BACK, "        return delta * output\n"),
    ),
    one(
        "sigmoid by the growing exponential",
        "nonlinear.sigmoid",
        "overflow",
        (SIGMOID, "        return np.exp(X) / (1 + np.exp(X))\n"),
    ),
    one("sigmoid of the opposite", "nonlinear.sigmoid", "sign", (SIGMOID, "        return (1 - np.tanh(X / 2)) / 2\n")),
    Mutant(
        "weights start at zero",
        # Paid by the first network that it keeps from learning.
        {"nonlinear.classifies": "first-weights-alike"},
        ((DRAWN, "        self.weight = np.zeros((n_in, n_out))\n"),),
    ),
    Mutant(
        "weights start all at one tenth",
        # One unit separates two clusters, and no ten digits.
        {"multiclass.accuracy": "first-weights-alike"},
        ((DRAWN, "        self.weight = np.full((n_in, n_out), 0.1)\n"),),
    ),
)
SEQUENTIAL = (
    one("only the way back that is inherited", "sequential.equivalence", "nothing-learns", (WAY_BACK, "")),
    one(
        "a way back that asks for what is not there",
        "sequential.equivalence",
        "raised",
        (PAIRS, PAIRS.replace("self.modules", "self.module_list")),
    ),
    one(
        "no way back, and nothing inherited",
        "sequential.equivalence",
        "no-way-back",
        (WAY_BACK, ""),
        (KIND, "class Sequential:"),
    ),
    one(
        "modules in the wrong order",
        "sequential.equivalence",
        "forward-differs|raised",
        (PASSES, PASSES.replace("in self.modules", "in [*self.modules[:-2], *self.modules[:-3:-1]]")),
    ),
    one(
        "first layer frozen",
        "sequential.equivalence",
        "first-layer-frozen",
        (PAIRS, "[*zip(reversed(self.modules), reversed(inputs[:-1]), strict=True)][: max(len(inputs) - 2, 1)]"),
    ),
    one(
        "outputs in the place of inputs",
        "sequential.equivalence",
        "raised|wrong-backward",
        (PAIRS, "zip(reversed(self.modules), reversed(inputs[1:]), strict=True)"),
    ),
    one(
        "stale cache",
        "sequential.equivalence",
        "stale|wrong-backward",
        *STALE,
    ),
    one(
        "delta not passed on",
        "sequential.equivalence",
        "raised|wrong-backward",
        (
            "            delta = module.backward_delta(own, delta)\n        return delta\n",
            "            back = module.backward_delta(own, delta)\n"
            "            delta = delta if isinstance(module, TanH) else back\n        return delta\n",
        ),
    ),
    one("optim never zeroes", "optim.equivalence", "not-zeroed", (CLEARS, "")),
    one("regression by an optim that never zeroes", "optim.equivalence", "not-zeroed", (CLEARS, ""), (LAYER, BY_SGD)),
    one("learning rate ignored", "optim.equivalence", "rate-ignored", (STEPPED, STEPPED.replace("self.eps", "1e-2"))),
    Mutant(
        "learning rate ignored beside a loss of the wrong sign",
        {"optim.equivalence": "rate-ignored", "loss.mse": "sign"},
        (
            (STEPPED, STEPPED.replace("self.eps", "1e-2")),
            (SQUARES_BACK, "        return 2 * (y - yhat) / len(y)\n"),
        ),
    ),
    one(
        "Sequential ignores its step",
        "optim.equivalence",
        "rate-ignored",
        (PASSED_ON, PASSED_ON.replace("gradient_step", "")),
    ),
    Mutant(
        "Sequential ignores its step beside a wrong tanh",
        {"optim.equivalence": "rate-ignored", "nonlinear.tanh": "derivative-of-input"},
        (
            (PASSED_ON, PASSED_ON.replace("gradient_step", "1e-2")),
            (TANH_BACK, TANH_BACK.replace("np.tanh(input)", "input")),
        ),
    ),
    Mutant(
        "step ignored beside a wrong tanh",
        {"linear.update": "step-ignored", "nonlinear.tanh": "derivative-missing"},
        ((STEPS, STEPS.replace("gradient_step", "0.01")), (TANH_BACK, "        return delta\n")),
    ),
    Mutant(
        "stale cache beside a wrong tanh",
        {"sequential.equivalence": "stale|wrong-backward", "nonlinear.tanh": "derivative-of-input"},
        (*STALE, (TANH_BACK, TANH_BACK.replace("np.tanh(input)", "input"))),
    ),
    one("optim never updates", "optim.equivalence", "nothing-moves", (STEPPED, "")),
    one(
        "optim along the gradient",
        "optim.equivalence",
        "wrong-step",
        (STEPPED, STEPPED.replace("self", "-self", 2).replace("-self.net", "self.net")),
    ),
)
BATCHES = (
    one(
        "remainder dropped",
        "sgd.batches",
        "remainder-dropped",
        (STARTS, "range(0, len(x) - batch_size + 1, batch_size)"),
    ),
    Mutant(
        "batches cut without a shuffle",
        {"sgd.batches": "not-shuffled"},
        (("    perm = np.random.permutation(len(X))\n", "    perm = np.arange(len(X))\n"),),
        of="torch_style",
    ),
    Mutant(
        "batches cut without the rest",
        {"sgd.batches": "remainder-dropped"},
        (("perm, range(batch_size, len(X), batch_size))]", "perm, range(batch_size, len(X), batch_size))[:-1]]"),),
        of="torch_style",
    ),
    Mutant(
        "a loader of its own without the rest",
        {"sgd.batches": "remainder-dropped"},
        (("range(0, len(self.X), self.batch_size)", "range(0, len(self.X) - self.batch_size + 1, self.batch_size)"),),
        of="own_loader",
    ),
    one("not shuffled", "sgd.batches", "not-shuffled", (ORDER, "        order = np.arange(len(x))\n")),
    one(
        "shuffled once",
        "sgd.batches",
        "same-order",
        (ORDER, ""),
        (
            "    for _ in range(epochs):\n        costs = []\n",
            "    order = np.random.permutation(len(x))\n    for _ in range(epochs):\n        costs = []\n",
        ),
    ),
    one("full batch", "sgd.batches", "full-batch", (STARTS, "range(0, 1)"), (BATCH, "            batch = order\n")),
    one(
        "one by one",
        "sgd.batches",
        "one-by-one",
        (STARTS, "range(0, len(x))"),
        (BATCH, "            batch = order[start : start + 1]\n"),
    ),
    one(
        "drawn at random",
        "sgd.batches",
        "drawn",
        (BATCH, "            batch = np.random.randint(0, len(x), batch_size)\n"),
    ),
    Mutant(
        "batches that must fill the set, and an Optim that cannot clear",
        {"optim.equivalence": "raised", "sgd.batches": "raised"},
        (
            (CLEARS, "        self.net.clear()\n"),
            (ORDER, "        order = np.random.permutation(len(x)).reshape(-1, batch_size).ravel()\n"),
        ),
    ),
    one(
        "drawn, and as many as fill batches",
        "sgd.batches",
        "drawn",
        (STARTS, "range(0, len(x) - len(x) % batch_size, batch_size)"),
        (BATCH, "            batch = np.random.choice(len(x), batch_size, replace=False)\n"),
    ),
    one(
        "one epoch",
        "sgd.batches",
        "one-epoch",
        ("    for _ in range(epochs):\n        order", "    for _ in range(1):\n        order"),
    ),
    one(
        "labels apart",
        "sgd.batches",
        "labels-apart",
        (LEARNS, LEARNS.replace("y[batch]", "y[start : start + batch_size]")),
    ),
)
MULTICLASS = (
    one(
        "softmax diagonal",
        "multiclass.softmax",
        "jacobian-diagonal",
        (JACOBIAN, "        return output * (1 - output) * delta\n"),
    ),
    one("softmax without derivative", "multiclass.softmax", "returns-nothing", (JACOBIAN, "        pass\n")),
    one("softmax overflows", "multiclass.softmax", "overflow", (EXP, "        exp = np.exp(X)\n")),
    one(
        "softmax over the examples",
        "multiclass.softmax",
        "wrong-axis",
        (SUM, "        return exp / exp.sum(axis=0, keepdims=True)\n"),
        (EXP, "        exp = np.exp(X - X.max())\n"),
    ),
    one(
        "softmax over everything",
        "multiclass.softmax",
        "sum-over-all",
        (SUM, "        return exp / exp.sum()\n"),
        (EXP, "        exp = np.exp(X - X.max())\n"),
    ),
    one("softmax passes through alone", "multiclass.softmax", "passes-through", (JACOBIAN, "        return delta\n")),
    one("entropy without minus", "multiclass.cross_entropy", "sign", (ENTROPY, ENTROPY.replace("-np", "np"))),
    one(
        "entropy derivative sign",
        "multiclass.cross_entropy",
        "derivative-sign",
        (ENTROPY_BACK, ENTROPY_BACK.replace("-y", "y")),
    ),
    one(
        "entropy infinite at zero",
        "multiclass.cross_entropy",
        "not-finite",
        (ENTROPY, "        return -np.sum(y * np.log(yhat), axis=1)\n"),
    ),
    one(
        "entropy one minus p",
        "multiclass.cross_entropy",
        "one-minus",
        (ENTROPY, "        return 1 - np.sum(y * yhat, axis=1)\n"),
        (ENTROPY_BACK, "        return -y / len(y)\n"),
    ),
    one(
        "entropy minus p",
        "multiclass.cross_entropy",
        "linear",
        (ENTROPY, "        return -np.sum(y * yhat, axis=1)\n"),
        (ENTROPY_BACK, "        return -y / len(y)\n"),
    ),
    one(
        "entropy fused with a whole softmax",
        "multiclass.cross_entropy",
        "derived-twice",
        (ENTROPY_BACK, "        return (yhat - y) / len(y)\n"),
    ),
    one(
        "entropy binary",
        "multiclass.cross_entropy",
        "binary",
        (
            ENTROPY,
            "        p = np.clip(yhat, 1e-12, 1 - 1e-12)\n"
            "        return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p), axis=1)\n",
        ),
    ),
    one(
        "entropy derivative of another",
        "multiclass.cross_entropy",
        "wrong-derivative",
        (ENTROPY_BACK, "        return -y * np.log(np.maximum(yhat, self.SMALLEST))\n"),
    ),
    one(
        "softmax of the whole batch in the loss",
        "multiclass.cross_entropy",
        "sum-over-all",
        (ENTROPY, "        return np.log(np.sum(np.exp(yhat))) - np.sum(y * yhat, axis=1)\n"),
        (ENTROPY_BACK, "        return np.exp(yhat) / np.sum(np.exp(yhat)) - y\n"),
    ),
    one(
        "one hot off by one",
        "multiclass.accuracy",
        "one-hot",
        (HOT, "    return np.roll(np.eye(n_classes), 1, axis=0)[y]\n"),
    ),
    one("one hot by columns", "multiclass.accuracy", "one-hot", (HOT, "    return np.eye(n_classes)[y].T\n")),
)
AUTOENCODER = (
    one(
        "two encoding layers",
        "autoencoder.structure",
        "layer-count",
        (ENCODER, "Linear(n_in, second), TanH(), Linear(second, d), TanH()"),
    ),
    one(
        "no tanh inside",
        "autoencoder.structure",
        "inner-activation",
        (ENCODER, "Linear(n_in, first), TanH(), Linear(first, second), Linear(second, d), TanH()"),
    ),
    one("tanh last", "autoencoder.structure", "last-activation", (DECODER, DECODER.replace("Sigmoid", "TanH"))),
    one(
        "wide code",
        "autoencoder.structure",
        "wide-code|bottleneck-place",
        (ENCODER, ENCODER.replace("second, d", "second, n_in // 3")),
        (DECODER, DECODER.replace("(d,", "(n_in // 3,")),
        ("max(n_in // 4, 2 * d), max(n_in // 8, 2 * d)", "n_in, n_in // 2"),
    ),
    one(
        "a way back that Optim cannot call",
        "autoencoder.reconstruction",
        "raised",
        ("        code = self.encoder.forward(input)\n", "        code = self.encoder.forward(input, self.code)\n"),
    ),
    one("encoder never learns", "autoencoder.reconstruction", "encoder-frozen", (BACK_TO_CODE, "")),
    one(
        "noise of variance c",
        "autoencoder.noise",
        "c-as-variance",
        (NOISE, "    return x + np.random.normal(0, np.sqrt(c), x.shape)\n"),
    ),
    one(
        "noise squared",
        "autoencoder.noise",
        "variance-is-c-to-the-fourth",
        (NOISE, "    return x + np.random.normal(0, c**2, x.shape)\n"),
    ),
    one(
        "noise in place",
        "autoencoder.noise",
        "changed-in-place",
        (NOISE, "    x += np.random.normal(0, c, x.shape)\n    return x\n"),
    ),
    one("one noise", "autoencoder.noise", "one-draw", (NOISE, "    return x + np.random.normal(0, c)\n")),
    one(
        "uniform noise",
        "autoencoder.noise",
        "not-gaussian",
        (NOISE, "    return x + np.random.uniform(-1, 1, x.shape) * c * 3**0.5\n"),
    ),
)
MUTANTS = (*LINEAR, *SQUARED, *POINTWISE, *SEQUENTIAL, *BATCHES, *MULTICLASS, *AUTOENCODER)
