"""Wrong ways to do it: each edit of the reference loses exactly the criteria it names, with that diagnosis."""

from graders.suite.mutant import Mutant

LINEAR = "        self.linear = nn.Linear(n_features, n_classes)\n"
XAVIER = "        nn.init.xavier_uniform_(self.linear.weight)\n"
FORWARD = "        return softmax(self.linear(x))\n"
DECIDES = "    return torch.argmax(probabilities, dim=1)\n"
POWERS = "    powers = torch.exp(z - z.max(dim=1, keepdim=True).values)\n"
SHARES = "    return powers / powers.sum(dim=1, keepdim=True)\n"
EYE = "    return torch.eye(n_classes)[target]\n"
CHOSEN = "    chosen = probabilities[torch.arange(len(target)), target]\n"
NLL = "    return -torch.log(chosen.clamp(min=TINY)).mean()\n"
LOGS = "    yes, no = torch.log(p.clamp(min=TINY)), torch.log((1 - p).clamp(min=TINY))\n"
BINARY = "    return -(target * yes + (1 - target) * no).mean()\n"
KEEPS = "        self.x, self.y, self.augment = x, y, augment\n"
ITEM = "        x, y = self.x[index], self.y[index]\n"
AUGMENTS = "            x = self.augment(x)\n"
PAIR = "        return x, y\n"
SHUFFLED = "        return DataLoader(dataset, batch_size=batch_size, shuffle=True)\n"
SAMPLER = "    sampler = WeightedRandomSampler(1.0 / counts[labels], num_samples=len(labels))\n"
SAMPLED = "    return DataLoader(dataset, batch_size=batch_size, sampler=sampler)\n"
CLEARED = "    model.zero_grad()\n"
OWN_LOSS = "    nll_loss(model(x), y).backward()\n    return {"
GRADIENTS = "    return {name: parameter.grad.clone() for name, parameter in model.named_parameters()}\n"
SGD = "    optimizer = torch.optim.SGD(model.parameters(), lr=lr)\n"
ZERO = "            optimizer.zero_grad()\n            loss = nll_loss(model(x), y)\n"
STEP = "            loss.backward()\n            optimizer.step()\n            batches"
RETURNS = "    return losses\n"
LOOP = "        for x, y in loader:\n"
HIDDEN = "        self.hidden = nn.Linear(2, 8)\n"
ANSWER = "        return self.output(torch.tanh(self.hidden(x)))\n"
LEARNS = "    for _ in range(300):\n"
POINTS = """    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = torch.tensor([0, 1, 1, 0])
    model = XorMLP()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
"""
TIRAGE = "WeightedRandomSampler(poids, len(poids))"
XOR_STEP = "        nll_loss(softmax(model(x)), y).backward()\n        optimizer.step()\n"


def forward(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in what the perceptron answers."""
    return Mutant(name, {"perceptron.forward": diagnosis}, edits)


def initial(name: str, diagnosis: str, new: str) -> Mutant:
    """A mistake in the initial weights."""
    return Mutant(name, {"perceptron.init": diagnosis}, ((XAVIER, new),))


def decision(name: str, diagnosis: str, new: str) -> Mutant:
    """A mistake in the decision."""
    return Mutant(name, {"perceptron.decide": diagnosis}, ((DECIDES, f"    return {new}\n"),))


def nll(name: str, diagnosis: str, new: str) -> Mutant:
    """A mistake in the negative log-likelihood; the reference uses it to learn, and pays nothing more."""
    return Mutant(name, {"loss.nll": diagnosis}, ((CHOSEN, ""), (NLL, new)))


def of_softmax(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in softmax; the reference uses it in the perceptron."""
    return Mutant(name, {"loss.softmax": diagnosis}, edits)


def code(name: str, diagnosis: str, new: str) -> Mutant:
    """A mistake in the one-hot code."""
    return Mutant(name, {"loss.one_hot": diagnosis}, ((EYE, f"    return {new}\n"),))


def binary(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in the binary cross-entropy."""
    return Mutant(name, {"loss.binary": diagnosis}, edits)


def dataset(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in the dataset."""
    return Mutant(name, {"data.dataset": diagnosis}, edits)


def sampler(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in the loader."""
    return Mutant(name, {"data.sampler": diagnosis}, edits)


def gradients(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in the gradients."""
    return Mutant(name, {"sgd.gradients": diagnosis}, edits)


def loop(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake in the training."""
    return Mutant(name, {"sgd.minibatch": diagnosis}, edits)


def xor(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """A mistake with the XOR."""
    return Mutant(name, {"xor.solves": diagnosis}, edits)


PERCEPTRON = (
    forward(
        "softmax over the batch",
        "softmax-over-batch",
        (FORWARD, "        return torch.softmax(self.linear(x), dim=0)\n"),
    ),
    forward("logits returned", "logits-returned", (FORWARD, "        return self.linear(x)\n")),
    forward(
        "log-softmax returned", "log-softmax", (FORWARD, "        return torch.log_softmax(self.linear(x), dim=1)\n")
    ),
    forward("sigmoid", "sigmoid", (FORWARD, "        return torch.sigmoid(self.linear(x))\n")),
    forward("softmax twice", "softmax-twice", (FORWARD, "        return softmax(softmax(self.linear(x)))\n")),
    forward("relu before softmax", "relu-before-softmax", (FORWARD, "        return softmax(self.linear(x).relu())\n")),
    forward("batch axis dropped", "batch-axis-dropped", (FORWARD, FORWARD.replace("\n", ".squeeze()\n"))),
    forward(
        "no bias",
        "no-bias",
        (LINEAR, LINEAR.replace(")", ", bias=False)")),
        ("        nn.init.zeros_(self.linear.bias)\n", ""),
    ),
    forward(
        "a decision",
        "one-hot",
        (FORWARD, "        p = softmax(self.linear(x))\n        return torch.eye(p.shape[1])[p.argmax(1)] + 0 * p\n"),
    ),
    forward(
        "two layers",
        "several-layers",
        (LINEAR, LINEAR + "        self.second = nn.Linear(n_classes, n_classes)\n"),
        (XAVIER, XAVIER + XAVIER.replace("self.linear", "self.second")),
        (FORWARD, "        return softmax(self.second(self.linear(x)))\n"),
    ),
    forward(
        "hidden layer",
        "several-layers",
        (LINEAR, "        self.first = nn.Linear(n_features, 16)\n        self.linear = nn.Linear(16, n_classes)\n"),
        (XAVIER, XAVIER + XAVIER.replace("self.linear", "self.first")),
        (FORWARD, "        return softmax(self.linear(torch.relu(self.first(x))))\n"),
    ),
    initial("default initialisation", "pytorch-default", ""),
    initial("zeros", "zeros", "        nn.init.zeros_(self.linear.weight)\n"),
    initial("ones", "constant", "        nn.init.ones_(self.linear.weight)\n"),
    initial("standard normal", "fixed-deviation", "        nn.init.normal_(self.linear.weight)\n"),
    initial("normal 0.01", "fixed-deviation", "        nn.init.normal_(self.linear.weight, std=0.01)\n"),
    initial("uniform", "fixed-bound", "        nn.init.uniform_(self.linear.weight)\n"),
    initial("uniform 0.1", "fixed-bound", "        nn.init.uniform_(self.linear.weight, -0.1, 0.1)\n"),
    initial(
        "variance as deviation",
        "variance-as-deviation",
        "        nn.init.normal_(self.linear.weight, std=2 / n_features)\n",
    ),
    initial(
        "xavier without root",
        "no-root",
        "        bound = 6 / (n_features + n_classes)\n        nn.init.uniform_(self.linear.weight, -bound, bound)\n",
    ),
    initial(
        "deviation as bound",
        "deviation-as-bound",
        "        bound = (2 / (n_features + n_classes)) ** 0.5\n        nn.init.uniform_(self.linear.weight, -bound, bound)\n",
    ),
    initial(
        "one-sided",
        "one-sided",
        "        bound = (6 / (n_features + n_classes)) ** 0.5\n        nn.init.uniform_(self.linear.weight, 0, bound)\n",
    ),
    initial(
        "kaiming with the default's slope",
        "pytorch-default",
        "        nn.init.kaiming_uniform_(self.linear.weight, a=5**0.5)\n",
    ),
    initial("orthogonal", "orthogonal", "        nn.init.orthogonal_(self.linear.weight)\n"),
    Mutant(
        "initialisation never called",
        {"perceptron.init": "init-never-called"},
        (
            (XAVIER, ""),
            (
                '    def forward(self, x):\n        """Les probabilités',
                "    def init_weights(self):\n" + XAVIER + '\n    def forward(self, x):\n        """Les probabilités',
            ),
        ),
    ),
    decision("largest probability", "max-value", "probabilities.max(dim=1).values"),
    decision("value and index", "value-and-index", "torch.max(probabilities, 1)"),
    decision("axis of the batch", "wrong-axis", "torch.argmax(probabilities, dim=0)"),
    decision("no axis", "whole-batch", "torch.argmax(probabilities)"),
    decision("last of ties", "last-of-ties", "probabilities.shape[1] - 1 - torch.argmax(probabilities.flip(1), dim=1)"),
    decision("threshold", "threshold", "(probabilities > 0.5).int()"),
    decision("argmin", "least-probable", "torch.argmin(probabilities, dim=1)"),
    decision("counted from one", "counted-from-one", "torch.argmax(probabilities, dim=1) + 1"),
    decision("one-hot decision", "one-hot", "torch.eye(probabilities.shape[1])[torch.argmax(probabilities, dim=1)]"),
)

LOSSES = (
    nll("log of 1 - p", "log-of-wrong-class", CHOSEN + "    return -torch.log((1 - chosen).clamp(min=TINY)).mean()\n"),
    nll("class before", "class-before", CHOSEN.replace(", target]", ", target - 1]") + NLL),
    nll("log10", "log10", CHOSEN + NLL.replace("torch.log(", "torch.log10(")),
    nll("log2", "log2", CHOSEN + NLL.replace("torch.log(", "torch.log2(")),
    nll("missing minus", "missing-minus", CHOSEN + NLL.replace("-torch", "torch")),
    nll("one minus p", "one-minus-p", CHOSEN + "    return (1 - chosen).mean()\n"),
    nll("no logarithm", "no-logarithm", "    return nn.functional.nll_loss(probabilities, target)\n"),
    nll(
        "cross entropy of probabilities",
        "softmax-twice",
        "    return nn.functional.cross_entropy(probabilities, target)\n",
    ),
    nll("every pair", "every-pair", "    return -torch.log(probabilities[:, target].clamp(min=TINY)).mean()\n"),
    Mutant(
        "scores, and the loss of scores",
        {"perceptron.forward": "logits-returned"},
        (
            (FORWARD, "        return self.linear(x)\n"),
            (CHOSEN, ""),
            (NLL, "    return nn.functional.cross_entropy(probabilities, target)\n"),
            (XOR_STEP, XOR_STEP.replace("softmax(model(x))", "model(x)")),
        ),
    ),
    nll(
        "every pair added",
        "every-pair-added",
        "    return -torch.log(probabilities[:, target].clamp(min=TINY)).sum() / len(target)\n",
    ),
    nll(
        "mean over the columns",
        "divided-by-classes",
        "    rows = one_hot(target, probabilities.shape[1])\n"
        "    return -(rows * torch.log(probabilities.clamp(min=TINY))).mean()\n",
    ),
    nll(
        "binary cross-entropy of the code",
        "binary-of-one-hot",
        "    return nn.functional.binary_cross_entropy(probabilities, one_hot(target, probabilities.shape[1]))\n",
    ),
    nll(
        "squared error",
        "squared-error",
        "    return ((probabilities - one_hot(target, probabilities.shape[1])) ** 2).mean()\n",
    ),
    nll(
        "most probable class",
        "most-probable-class",
        "    return -torch.log(probabilities.max(dim=1).values).mean()\n",
    ),
    nll("all classes", "all-classes", "    return -torch.log(probabilities.clamp(min=TINY)).sum(dim=1).mean()\n"),
    nll("log of the mean", "log-of-the-mean", CHOSEN + "    return -torch.log(chosen.mean())\n"),
    nll("infinite at zero", "infinite-at-zero", CHOSEN + "    return -torch.log(chosen).mean()\n"),
    Mutant(
        "one loss an example",
        {"loss.nll": "not-a-number"},
        (
            (NLL, NLL.replace(".mean()", "")),
            ("            loss = nll_loss(model(x), y)\n", "            loss = nll_loss(model(x), y).mean()\n"),
            (OWN_LOSS, OWN_LOSS.replace(".backward", ".mean().backward")),
            (XOR_STEP, XOR_STEP.replace(".backward", ".mean().backward")),
        ),
    ),
    of_softmax("overflow", "overflow", (POWERS, "    powers = torch.exp(z)\n")),
    of_softmax("maximum of everything", "maximum-of-everything", (POWERS, "    powers = torch.exp(z - z.max())\n")),
    Mutant(
        "softmax over the batch of scores",
        {"loss.softmax": "softmax-over-batch"},
        (
            (POWERS, "    powers = torch.exp(z - z.max(dim=0).values)\n"),
            (SHARES, "    return powers / powers.sum(dim=0)\n"),
            (XOR_STEP, XOR_STEP.replace("softmax(model(x))", "model(x).softmax(1)")),
        ),
    ),
    of_softmax(
        "sum over everything",
        "sum-over-everything",
        (POWERS, "    powers = torch.exp(z)\n"),
        (SHARES, "    return powers / powers.sum()\n"),
        (FORWARD, "        return torch.softmax(self.linear(x), dim=1)\n"),
        (XOR_STEP, XOR_STEP.replace("softmax(model(x))", "model(x).softmax(1)")),
    ),
    of_softmax(
        "logarithm of softmax",
        "log-softmax",
        (SHARES, "    return torch.log(powers / powers.sum(dim=1, keepdim=True))\n"),
        (FORWARD, "        return torch.softmax(self.linear(x), dim=1)\n"),
        (XOR_STEP, XOR_STEP.replace("softmax(model(x))", "model(x).softmax(1)")),
    ),
    of_softmax(
        "sigmoid of scores",
        "sigmoid",
        (SHARES, "    return torch.sigmoid(z)\n"),
        (FORWARD, "        return torch.softmax(self.linear(x), dim=1)\n"),
        (XOR_STEP, XOR_STEP.replace("softmax(model(x))", "model(x).softmax(1)")),
    ),
    of_softmax(
        "mean subtracted",
        "overflow",
        (POWERS, "    powers = torch.exp(z - z.mean(dim=1, keepdim=True))\n"),
    ),
    code("off by one", "off-by-one", "torch.eye(n_classes)[target - 1]"),
    code("width of the batch", "width-from-data", "torch.eye(int(target.max()) + 1)[target]"),
    code("width of one_hot", "width-from-data", "nn.functional.one_hot(target)"),
    code("transposed", "transposed", "torch.eye(n_classes)[target].T"),
    code("inverted", "inverted", "1 - torch.eye(n_classes)[target]"),
    code("one column more", "one-column-more", "torch.eye(n_classes + 1)[target]"),
    binary("only positives", "only-positives", (BINARY, "    return -(target * yes).mean()\n")),
    binary("missing minus in binary", "missing-minus", (BINARY, BINARY.replace("-(", "("))),
    binary(
        "sigmoid twice",
        "sigmoid-twice",
        (LOGS, ""),
        (BINARY, "    return nn.functional.binary_cross_entropy_with_logits(p, target.float())\n"),
    ),
    binary(
        "classes exchanged", "classes-exchanged", (BINARY, "    return -(target * no + (1 - target) * yes).mean()\n")
    ),
    binary(
        "difference of terms", "sign-between-terms", (BINARY, "    return -(target * yes - (1 - target) * no).mean()\n")
    ),
    binary("infinite when certain", "infinite-at-certainty", (LOGS, "    yes, no = torch.log(p), torch.log(1 - p)\n")),
    binary("not reduced", "not-a-number", (BINARY, BINARY.replace(".mean()", ""))),
    binary("squared error of p", "squared-error", (BINARY, "    return ((p - target) ** 2).mean()\n")),
)

DATA = (
    dataset(
        "augmented when made",
        "augmented-at-construction",
        (
            KEEPS,
            "        self.x, self.y, self.augment = x, y, None\n        if augment is not None:\n"
            "            self.x = torch.stack([augment(one) for one in x])\n",
        ),
    ),
    dataset(
        "augmented as a whole when made",
        "augmented-at-construction",
        (KEEPS, "        self.x, self.y, self.augment = x if augment is None else augment(x), y, None\n"),
    ),
    dataset("y augmented", "y-augmented", (AUGMENTS, "            x, y = self.augment(x), self.augment(y)\n")),
    dataset("never augmented", "never-augmented", (AUGMENTS, "            self.augment(x)\n")),
    dataset(
        "stored data augmented",
        "stored-data-augmented",
        (KEEPS, "        self.x, self.y, self.augment = x.clone(), y, augment\n"),
        (AUGMENTS, AUGMENTS + "            self.x[index] = x\n"),
    ),
    dataset(
        "augmented once",
        "augmented-once",
        (KEEPS, KEEPS + "        self.seen = {}\n"),
        (AUGMENTS, "            x = self.seen[index] = self.seen[index] if index in self.seen else self.augment(x)\n"),
    ),
    dataset(
        "all augmented at the first access",
        "augmented-once",
        (KEEPS, KEEPS + "        self.seen = None\n"),
        (
            AUGMENTS,
            "            self.seen = self.seen or [self.augment(one) for one in self.x]\n            x = self.seen[index]\n",
        ),
    ),
    dataset("exchanged", "exchanged", (PAIR, "        return y, x\n"), ("int(dataset[i][1])", "int(dataset[i][0])")),
    dataset(
        "modulo", "no-index-error", (ITEM, "        x, y = self.x[index % len(self.y)], self.y[index % len(self.y)]\n")
    ),
    dataset(
        "negative refused",
        "negative-index",
        (ITEM, "        if index < 0:\n            raise IndexError(index)\n" + ITEM),
    ),
    dataset("wrong length", "wrong-length", ("        return len(self.y)\n", "        return self.x.shape[1]\n")),
    dataset("only x", "not-a-pair", (PAIR, "        return x\n"), ("int(dataset[i][1])", "int(dataset.y[i])")),
    sampler(
        "counts as weights",
        "weights-are-counts",
        (SAMPLER, SAMPLER.replace("1.0 / counts[labels]", "counts[labels].float()")),
    ),
    sampler("weights of classes", "weights-per-class", (SAMPLER, SAMPLER.replace("counts[labels]", "counts"))),
    sampler("root of counts", "root-of-counts", (SAMPLER, SAMPLER.replace("counts[labels]", "counts[labels] ** 0.5"))),
    sampler(
        "complement",
        "complement",
        (SAMPLER, SAMPLER.replace("1.0 / counts[labels]", "1 - counts[labels] / len(labels)")),
    ),
    sampler("squared inverse", "too-strong", (SAMPLER, SAMPLER.replace("counts[labels]", "counts[labels] ** 2"))),
    sampler(
        "equal weights", "equal-weights", (SAMPLER, SAMPLER.replace("1.0 / counts[labels]", "torch.ones(len(labels))"))
    ),
    sampler("sampler forgotten", "each-once", (SAMPLED, SAMPLED.replace("sampler=sampler", "shuffle=True"))),
    sampler(
        "without replacement",
        "each-once",
        (SAMPLER, SAMPLER.replace("len(labels))", "len(labels), replacement=False)")),
    ),
    sampler(
        "few draws", "too-few-draws", (SAMPLER, SAMPLER.replace("num_samples=len(labels)", "num_samples=len(counts)"))
    ),
    sampler("not shuffled", "not-shuffled", (SHUFFLED, SHUFFLED.replace("True", "False"))),
    sampler(
        "batch size ignored",
        "batch-size-ignored",
        (SHUFFLED, SHUFFLED.replace("batch_size=batch_size", "batch_size=16")),
    ),
    sampler(
        "batch size of the weighted loader",
        "batch-size-ignored",
        (SAMPLED, SAMPLED.replace("batch_size=batch_size", "batch_size=8")),
    ),
    sampler("always weighted", "drawn-with-replacement", ("    if not weighted:\n" + SHUFFLED, "")),
)

DESCENT = (
    gradients("accumulated", "accumulated", (CLEARED + "    nll_loss", "    nll_loss")),
    gradients(
        "accumulated, and learned from",
        "accumulated",
        (CLEARED + "    nll_loss", "    nll_loss"),
        (ZERO, "            loss = nll_loss(model(x), y)\n            gradients(model, x, y)\n"),
        (STEP, "            optimizer.step()\n            batches"),
    ),
    gradients(
        "sum over the batch",
        "not-divided",
        (OWN_LOSS, OWN_LOSS.replace("nll_loss(model(x), y)", "(len(y) * nll_loss(model(x), y))")),
    ),
    gradients(
        "cleared before they are read",
        "all-zero",
        (
            GRADIENTS,
            "    found = {name: parameter.grad for name, parameter in model.named_parameters()}\n"
            "    model.zero_grad(set_to_none=False)\n    return found\n",
        ),
    ),
    gradients("sign", "sign", (GRADIENTS, GRADIENTS.replace("parameter.grad.clone()", "-parameter.grad"))),
    gradients(
        "cross entropy of the model",
        "softmax-twice",
        (OWN_LOSS, OWN_LOSS.replace("nll_loss(", "nn.functional.cross_entropy(")),
    ),
    gradients(
        "nll_loss of PyTorch on probabilities",
        "no-logarithm",
        (OWN_LOSS, OWN_LOSS.replace("nll_loss(", "nn.functional.nll_loss(")),
    ),
    gradients(
        "weights only",
        "parameter-missing",
        (GRADIENTS, GRADIENTS.replace("parameters()}", 'parameters() if "bias" not in name}')),
    ),
    gradients(
        "a list", "no-names", (GRADIENTS, "    return [parameter.grad.clone() for parameter in model.parameters()]\n")
    ),
    gradients(
        "the values",
        "parameters-themselves",
        (GRADIENTS, GRADIENTS.replace("parameter.grad.clone()", "parameter.data")),
    ),
    gradients("nothing", "no-dictionary", (GRADIENTS, "")),
    gradients(
        "a step",
        "parameters-changed",
        (
            OWN_LOSS,
            OWN_LOSS.replace("    return {", "    torch.optim.SGD(model.parameters(), lr=0.1).step()\n    return {"),
        ),
    ),
    loop(
        "full batch",
        "full-batch",
        (
            LOOP,
            "        for x, y in [loader.dataset.tensors if hasattr(loader.dataset, 'tensors') else loader.dataset[:]]:\n",
        ),
    ),
    loop(
        "first batch only",
        "one-batch-only",
        (LOOP, "        first = first if losses else next(iter(loader))\n        for x, y in [first] * len(loader):\n"),
    ),
    loop(
        "one batch an epoch",
        "part-of-the-batches",
        (LOOP, "        for x, y in [next(iter(loader))]:\n"),
    ),
    loop(
        "one step an epoch",
        "one-step-an-epoch",
        (ZERO, "            loss = nll_loss(model(x), y)\n"),
        (STEP, "            loss.backward()\n            batches"),
        (
            "        losses.append(sum",
            "        optimizer.step()\n        optimizer.zero_grad()\n        losses.append(sum",
        ),
    ),
    loop("zero_grad missing", "zero-grad-missing", (ZERO, "            loss = nll_loss(model(x), y)\n")),
    loop(
        "zero_grad once an epoch",
        "zero-grad-missing",
        (ZERO, "            loss = nll_loss(model(x), y)\n"),
        ("        batches = []\n", "        batches = []\n        optimizer.zero_grad()\n"),
    ),
    loop("return in the loop", "one-epoch-only", (RETURNS, "        return losses\n")),
    loop("no step", "loss-does-not-fall", (STEP, "            loss.backward()\n            batches")),
    loop("no backward", "no-backward", (STEP, "            optimizer.step()\n            batches")),
    loop(
        "step before backward",
        "step-before-backward",
        (STEP, "            optimizer.step()\n            loss.backward()\n            batches"),
    ),
    loop(
        "cleared before the step",
        "cleared-before-step",
        (
            STEP,
            STEP.replace("            optimizer.step", "            optimizer.zero_grad()\n            optimizer.step"),
        ),
    ),
    loop(
        "another network's parameters",
        "other-parameters",
        (SGD, SGD.replace("model.parameters()", "XorMLP().parameters()")),
    ),
    loop(
        "cross entropy of probabilities in the loop",
        "softmax-twice",
        (ZERO, ZERO.replace("nll_loss(", "nn.functional.cross_entropy(")),
    ),
    loop(
        "negative probability in the loop", "no-logarithm", (ZERO, ZERO.replace("nll_loss(", "nn.functional.nll_loss("))
    ),
    loop(
        "squared error in the loop",
        "squared-error",
        (ZERO, ZERO.replace("nll_loss(model(x), y)", "((model(x) - one_hot(y, 4)) ** 2).mean()")),
    ),
    loop(
        "three batches an epoch",
        "part-of-the-batches",
        (LOOP, "        for (x, y), _ in zip(loader, range(3), strict=False):\n"),
    ),
    loop(
        "loss cut off",
        "loss-detached",
        (ZERO, ZERO.replace("nll_loss(model(x), y)", "nll_loss(model(x).detach(), y).requires_grad_()")),
    ),
    loop("no losses", "no-losses", (RETURNS, "")),
    loop("negative loss", "loss-does-not-fall", (ZERO, ZERO.replace("= nll_loss", "= -nll_loss"))),
    loop(
        "test set learned",
        "learns-from-other-data",
        (
            "        losses.append(sum",
            "        optimizer.zero_grad()\n"
            "        nll_loss(model(torch.ones(30, 6)), torch.zeros(30, dtype=torch.int64)).backward()\n"
            "        optimizer.step()\n        losses.append(sum",
        ),
    ),
)

XOR = (
    xor(
        "linear",
        "no-hidden-layer",
        (HIDDEN, ""),
        ("nn.Linear(8, 2)", "nn.Linear(2, 2)"),
        (ANSWER, "        return self.output(x)\n"),
    ),
    xor("no non-linearity", "no-nonlinearity", (ANSWER, "        return self.output(self.hidden(x))\n")),
    xor(
        "a table",
        "not-a-network",
        (ANSWER, "        one = (x[:, 0] != x[:, 1]).float()\n        return torch.stack([1 - one, one], dim=1)\n"),
        (XOR_STEP, ""),
    ),
    xor(
        "a rounding rule",
        "not-a-network",
        (
            ANSWER,
            "        one = (x[:, 0].round() - x[:, 1].round()).abs()\n        return torch.stack([1 - one, one], dim=1)\n",
        ),
        (XOR_STEP, ""),
    ),
    xor("not trained", "not-trained|not-solved", (LEARNS, "    for _ in range(0):\n")),
    xor("one epoch", "not-solved", (LEARNS, "    for _ in range(1):\n")),
    xor(
        "wrong table of truth",
        "not-solved",
        ("    y = torch.tensor([0, 1, 1, 0])\n", "    y = torch.tensor([0, 1, 1, 1])\n"),
    ),
    xor(
        "training not written",
        "not-written",
        (POINTS + LEARNS + "        optimizer.zero_grad()\n" + XOR_STEP + "    return model\n", "    pass\n"),
    ),
    xor("nothing returned", "no-network", (XOR_STEP + "    return model\n", XOR_STEP)),
    xor(
        "weights by hand",
        "not-trained",
        (
            LEARNS,
            "    model.hidden.weight.data = torch.tensor([[9.0, 9.0], [9.0, 9.0]] * 4)\n"
            "    model.hidden.bias.data = torch.tensor([-4.0, -14.0] * 4)\n"
            "    model.output.weight.data = torch.tensor([[-3.0, 3.0] * 4, [3.0, -3.0] * 4])\n"
            "    model.output.bias.data = torch.tensor([9.0, -9.0])\n"
            "    for _ in range(0):\n",
        ),
    ),
)

# Without a function.
FLAT = (
    Mutant(
        "flat, no non-linearity",
        {"xor.solves": "no-nonlinearity"},
        (("torch.tanh(self.cachee(x))", "self.cachee(x)"),),
        of="flat_xor_script",
    ),
    Mutant(
        "flat, binary cross-entropy with the wrong sign",
        {"loss.binary": "missing-minus"},
        (("    return -torch.mean(target * torch.log(p", "    return torch.mean(target * torch.log(p"),),
        of="flat_xor_script",
    ),
    Mutant(
        "flat, no step",
        {"xor.solves": "not-trained|not-solved"},
        (
            (
                "    optimizer.zero_grad()\n    loss.backward()\n    optimizer.step()\nprint",
                "    optimizer.zero_grad()\n    loss.backward()\nprint",
            ),
        ),
        of="flat_xor_notebook",
    ),
    *(
        Mutant(f"flat, {name}", {"data.sampler": diagnosis}, (edit,), of="flat_loaders")
        for name, diagnosis, edit in (
            (
                "weights are counts",
                "weights-are-counts",
                ("poids = 1.0 / effectifs[ytrain]", "poids = effectifs[ytrain].float()"),
            ),
            ("one weight a class", "weights-per-class", ("poids = 1.0 / effectifs[ytrain]", "poids = 1.0 / effectifs")),
            (
                "only a weighted loader",
                "plain-loader-missing",
                (
                    "DataLoader(donnees, batch_size=32, shuffle=True)",
                    f"DataLoader(donnees, batch_size=32, sampler={TIRAGE})",
                ),
            ),
            (
                "only a plain loader",
                "weighted-loader-missing",
                (f"chargeur_equilibre = DataLoader(donnees, batch_size=32, sampler={TIRAGE})\n", ""),
            ),
            ("nothing shuffled", "weighted-loader-missing", ("sampler=" + TIRAGE, "shuffle=False")),
        )
    ),
    Mutant(
        "flat, softmax over the batch",
        {"perceptron.forward": "softmax-over-batch"},
        (("nn.Softmax(dim=1)", "nn.Softmax(dim=0)"),),
        of="flat_loaders",
    ),
    Mutant(
        "loaders in main, weights are counts",
        {"data.sampler": "weights-are-counts"},
        (("[1 / nb[c].item() for c in y]", "[nb[c].item() for c in y]"),),
        of="loaders_in_main",
    ),
    Mutant(
        "drawn in main, without the root",
        {"perceptron.init": "no-root"},
        (("    a = np.sqrt(6 / (nb_entrees + nb_sorties))\n", "    a = 6 / (nb_entrees + nb_sorties)\n"),),
        of="drawn_in_main",
    ),
    Mutant(
        "copied in, with a fixed deviation",
        {"perceptron.init": "fixed-deviation"},
        (("torch.randn(4, 6) * np.sqrt(2 / 6)", "torch.randn(4, 6) * 0.01"),),
        of="copied_in",
    ),
    Mutant(
        "written sizes, logits returned",
        {"perceptron.forward": "logits-returned"},
        (("        return torch.softmax(self.couche(entree), dim=-1)", "        return self.couche(entree)"),),
        of="written_sizes",
    ),
    Mutant(
        "sizes taken and not used",
        {"perceptron.forward": "raised"},
        (("        self.linear = nn.Linear(n_features, n_classes)\n", "        self.linear = nn.Linear(6, 4)\n"),),
    ),
)

MUTANTS = (*PERCEPTRON, *LOSSES, *DATA, *DESCENT, *XOR, *FLAT)
