"""Wrong ways to do it: each edit of the reference loses exactly the criteria it names, with that diagnosis."""

from graders.suite.mutant import Mutant

SIZE = "return (n + 2 * padding - kernel) // stride + 1"
INPUT = (
    "x, weight = torch.as_tensor(x), torch.as_tensor(weight)\n    x = F.pad(x, (padding, padding, padding, padding))"
)
PAD = "x = F.pad(x, (padding, padding, padding, padding))"
FILTERED = "y[:, :, i, j] = (window * weight).sum((2, 3, 4))"
WINDOW = "window = x[:, None, :, i * stride : i * stride + rows, j * stride : j * stride + columns]"
BIAS = """\
    if bias is not None:
        y = y + torch.as_tensor(bias)[:, None, None]
    return y"""
CONVOLVED = """\
    rows, columns = weight.shape[2:]
    height = output_size(x.shape[2], rows, stride, 0)
    width = output_size(x.shape[3], columns, stride, 0)
    y = torch.zeros(len(x), len(weight), height, width, dtype=x.dtype)
    for i in range(height):
        for j in range(width):
            window = x[:, None, :, i * stride : i * stride + rows, j * stride : j * stride + columns]
            y[:, :, i, j] = (window * weight).sum((2, 3, 4))
"""
WIDTH = "width = output_size(x.shape[3], columns, stride, 0)"
HEIGHT = "height = output_size(x.shape[2], rows, stride, 0)"
POOL = "y[:, :, i, j] = window.amax((2, 3))"
POOLED = "window = x[:, :, i * stride : i * stride + kernel, j * stride : j * stride + kernel]"
LAYER = """\
        nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=True),
        nn.ReLU(),
"""
COUNT = "return sum(p.numel() for p in module.parameters())"
BLOCKS = """\
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        )  # fmt: skip
        self.pool"""
TWO = "self.pool = nn.AdaptiveAvgPool2d(2)  # the same size for images of any size"
PERCEPTRON = "self.perceptron = nn.Sequential(nn.Linear(32 * 2 * 2, 32), nn.ReLU(), nn.Linear(32, n_classes))"
SCORES = "return self.perceptron(self.pool(self.features(x)).flatten(1))"
LEARNED = """\
            loss.backward()
            optimizer.step()
"""
MEAN = "losses.append(total / seen)"
DOWN = """\
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        )  # fmt: skip
        self.scores = nn.Conv2d(32, n_classes, 1)  # the perceptron of each place"""
UP = "return self.up(self.scores(self.down(x)))"
DENSE = "self.scores = nn.Conv2d(32, n_classes, 1)  # the perceptron of each place"


def one(name: str, costs: dict[str, str], *edits: tuple[str, str]) -> Mutant:
    """A mutant of these edits."""
    return Mutant(name, costs, edits)


def formula(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """One that costs the formula alone."""
    return one(name, {"conv.formula": diagnosis}, *edits)


CONVOLUTION = [
    formula("kernel flipped", "kernel-flipped", (FILTERED, FILTERED.replace("* weight", "* weight.flip(2, 3)"))),
    formula("kernel mirrored", "kernel-mirrored", (FILTERED, FILTERED.replace("* weight", "* weight.flip(3)"))),
    formula("bias forgotten", "bias-forgotten", (BIAS, "    return y")),
    formula("bias subtracted", "bias-subtracted", ("y = y + torch.as_tensor(bias)", "y = y - torch.as_tensor(bias)")),
    formula(
        "bias once a channel",
        "bias-once-a-channel",
        ("y = y + torch.as_tensor(bias)[:, None, None]", "y = y + x.shape[1] * torch.as_tensor(bias)[:, None, None]"),
    ),
    formula("bias needed", "bias-none", (BIAS, "    return y + torch.as_tensor(bias)[:, None, None]")),
    formula("channels averaged", "channels-averaged", (FILTERED, FILTERED.replace("4))", "4)) / x.shape[1]"))),
    formula(
        "first channel only",
        "first-channel-only",
        (FILTERED, FILTERED.replace(".sum((2, 3, 4))", "[:, :, 0].sum((2, 3))")),
    ),
    formula(
        "last channel only",
        "last-channel-only",
        (
            FILTERED,
            "for c in range(x.shape[1]):\n                y[:, :, i, j] = (window * weight)[:, :, c].sum((2, 3))",
        ),
    ),
    formula(
        "channels not summed",
        "channels-not-summed",
        (FILTERED, "y[:, :, :, i, j] = (window * weight).sum((3, 4))"),
        ("len(weight), height, width, dtype=x.dtype)", "len(weight), x.shape[1], height, width, dtype=x.dtype)"),
        ("torch.as_tensor(bias)[:, None, None]", "torch.as_tensor(bias)[:, None, None, None]"),
    ),
    formula("mean of the products", "mean-of-products", (FILTERED, FILTERED.replace(".sum(", ".mean("))),
    formula(
        "stride ignored on columns",
        "stride-on-rows-only",
        (WIDTH, "width = output_size(x.shape[3], columns, 1, 0)"),
        (WINDOW, WINDOW.replace("j * stride", "j")),
    ),
    formula(
        "stride ignored on rows",
        "stride-on-columns-only",
        (HEIGHT, "height = output_size(x.shape[2], rows, 1, 0)"),
        (WINDOW, WINDOW.replace("i * stride", "i")),
    ),
    formula("stride not in the index", "stride-not-in-index", (WINDOW, WINDOW.replace(" * stride", ""))),
    formula(
        "stride not in the column's index", "stride-not-in-column-index", (WINDOW, WINDOW.replace("j * stride", "j"))
    ),
    formula("stride ignored", "stride-ignored", (INPUT, INPUT + "\n    stride = 1")),
    formula("padding ignored", "padding-ignored", (INPUT, INPUT.split("\n", maxsplit=1)[0])),
    formula("padding on columns only", "padding-on-columns-only", (PAD, "x = F.pad(x, (padding, padding))")),
    formula("padding on one side", "padding-before-only", (PAD, "x = F.pad(x, (padding, 0, padding, 0))")),
    formula(
        "padding repeats the edge", "padding-not-zero", (PAD, PAD.replace("padding))", 'padding), mode="replicate")'))
    ),
    formula("square kernels", "square-kernels-only", (WIDTH, "columns = rows\n    " + WIDTH)),
    formula("square images", "square-images-only", (WIDTH, "width = height")),
    formula("ReLU in the convolution", "relu-applied", (BIAS, BIAS.replace("return y", "return y.relu()"))),
    formula(
        "flipped and no bias",
        "kernel-flipped|bias-forgotten",
        (BIAS, "    return y"),
        (FILTERED, FILTERED.replace("* weight", "* weight.flip(2, 3)")),
    ),
    one(
        "running total",
        {"conv.formula": "running-total", "conv.equivariance": "running-total"},
        (FILTERED, "total = total + (window * weight).sum((2, 3, 4))\n            y[:, :, i, j] = total"),
        (
            "    for i in range(height):\n        for j in range(width):\n            window = x[:, None",
            "    total = 0\n    for i in range(height):\n        for j in range(width):\n            window = x[:, None",
        ),
    ),
    one(
        "row index for column",
        {"conv.formula": "row-index-for-column", "conv.equivariance": "row-index-for-column"},
        (WINDOW, "k = min(i, width - 1)\n            " + WINDOW.replace("j * stride", "k * stride")),
    ),
    one(
        "weighted by place",
        {"conv.formula": "wrong-formula", "conv.equivariance": "depends-on-place"},
        (FILTERED, FILTERED + " * (1 + 0.1 * j)"),
    ),
    one(
        "convolution does nothing",
        {"conv.formula": "wrong-size", "conv.independent": "nothing-computed"},
        (CONVOLVED, "    y = x\n"),
        (BIAS, "    return y"),
    ),
    one(
        "F.conv2d",
        {"conv.independent": "library-convolution"},
        (CONVOLVED, "    y = F.conv2d(x, weight, stride=stride)\n"),
    ),
    one(
        "nn.Conv2d",
        {"conv.independent": "library-convolution"},
        (
            CONVOLVED,
            "    layer = nn.Conv2d(weight.shape[1], len(weight), weight.shape[2:], stride, bias=False)\n"
            "    layer.weight.data = weight\n    y = layer(x).detach()\n",
        ),
    ),
    one(
        "torch.conv2d by another name",
        {"conv.independent": "library-convolution"},
        (CONVOLVED, "    y = getattr(torch, 'con' + 'v2d')(x, weight, None, stride)\n"),
    ),
    one(
        "scipy.signal",
        {"conv.independent": "library-convolution"},
        (
            CONVOLVED,
            "    from scipy.signal import correlate2d\n"
            "    y = np.array([[sum(correlate2d(p, k, mode='valid') for p, k in zip(image, w)) for w in weight.numpy()]\n"
            "                  for image in x.numpy()])\n"
            "    y = torch.from_numpy(y)[:, :, ::stride, ::stride]\n",
        ),
    ),
    one(
        "scipy.ndimage",
        {"conv.independent": "library-convolution"},
        (
            CONVOLVED,
            "    from scipy.ndimage import correlate\n"
            "    rows, columns = weight.shape[2:]\n"
            "    y = np.array([[sum(correlate(p, k, mode='constant') for p, k in zip(image, w))"
            " for w in weight.numpy()] for image in x.numpy()])\n"
            "    top, left = rows // 2, columns // 2\n"
            "    height, width = x.shape[2] - rows + 1, x.shape[3] - columns + 1\n"
            "    y = torch.from_numpy(y)[:, :, top : top + height, left : left + width]\n"
            "    y = y[:, :, ::stride, ::stride]\n",
        ),
    ),
]
SIZES = [
    one(
        "ceil",
        {"conv.output_size": "rounded-up"},
        (SIZE, "return -(-(n + 2 * padding - kernel) // stride) + 1"),
        (HEIGHT, "height = (x.shape[2] - rows) // stride + 1"),
        (WIDTH, "width = (x.shape[3] - columns) // stride + 1"),
        ("height = output_size(x.shape[2], kernel, stride, 0)", "height = (x.shape[2] - kernel) // stride + 1"),
        ("width = output_size(x.shape[3], kernel, stride, 0)", "width = (x.shape[3] - kernel) // stride + 1"),
    ),
] + [
    one(
        name,
        {"conv.output_size": diagnosis},
        (SIZE, "return " + new),
        (HEIGHT, "height = (x.shape[2] - rows) // stride + 1"),
        (WIDTH, "width = (x.shape[3] - columns) // stride + 1"),
        ("height = output_size(x.shape[2], kernel, stride, 0)", "height = (x.shape[2] - kernel) // stride + 1"),
        ("width = output_size(x.shape[3], kernel, stride, 0)", "width = (x.shape[3] - kernel) // stride + 1"),
    )
    for name, diagnosis, new in (
        ("one too few", "one-too-few", "(n + 2 * padding - kernel) // stride"),
        ("not rounded", "not-rounded", "(n + 2 * padding - kernel) / stride + 1"),
        ("padding once", "padding-once", "(n + padding - kernel) // stride + 1"),
        ("padding ignored in the size", "padding-ignored", "(n - kernel) // stride + 1"),
        ("rounded to nearest", "rounded-to-nearest|rounded-up", "round((n + 2 * padding - kernel) / stride) + 1"),
        ("one inside", "plus-one-inside", "(n + 2 * padding - kernel + 1) // stride"),
        ("one too many", "one-too-many", "(n + 2 * padding - kernel) // stride + 2"),
        ("size as text", "no-number", "str((n + 2 * padding - kernel) // stride + 1)"),
    )
]


def pooling(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """One that costs the pooling alone."""
    return one(name, {"pool.max": diagnosis}, *edits)


POOLING = [
    pooling("average pooling", "average", (POOL, POOL.replace("amax", "mean"))),
    pooling("min pooling", "smallest", (POOL, POOL.replace("amax", "amin"))),
    pooling(
        "stride of 1",
        "stride-ignored",
        ('"""The largest value of each window of kernel × kernel pixels."""', "stride = 1"),
    ),
    pooling(
        "stride is the kernel",
        "stride-is-kernel",
        ('"""The largest value of each window of kernel × kernel pixels."""', "stride = kernel"),
    ),
    pooling("pooling's stride not in the index", "stride-not-in-index", (POOLED, POOLED.replace(" * stride", ""))),
    pooling("begins with 0", "never-below-zero", (POOL, POOL + ".clamp(min=0)")),
    pooling("pooling over channels", "over-channels", (POOL, "y[:, :, i, j] = window.amax((1, 2, 3))[:, None]")),
    pooling(
        "whole image",
        "whole-image",
        (POOLED, "window = x"),
        (
            "    return y\n    # </solution>\n\n\ndef first_layer",
            "    return y[:, :, 0, 0]\n    # </solution>\n\n\ndef first_layer",
        ),
    ),
    pooling(
        "integers",
        "integers",
        (
            "y = torch.zeros(*x.shape[:2], height, width, dtype=x.dtype)",
            "y = torch.zeros(*x.shape[:2], height, width, dtype=torch.int64)",
        ),
    ),
    pooling("largest absolute value", "largest-size", (POOL, "y[:, :, i, j] = window.abs().amax((2, 3))")),
]


def layer(name: str, diagnosis: str, new: str) -> Mutant:
    """Another first layer."""
    return one(name, {"layer.first": diagnosis}, (LAYER, new))


LAYERS = [
    layer("no padding", "wrong-padding", LAYER.replace(" padding=3,", "")),
    layer("no ReLU", "relu-missing", LAYER.replace("        nn.ReLU(),\n", "")),
    layer("sigmoid", "wrong-activation", LAYER.replace("ReLU", "Sigmoid")),
    layer("no bias", "bias-missing", LAYER.replace("bias=True", "bias=False")),
    layer("stride 1", "wrong-stride", LAYER.replace("stride=2", "stride=1")),
    layer("5 × 5", "wrong-kernel", LAYER.replace("size=7", "size=5")),
    layer(
        "5 × 5 without a border", "wrong-kernel", LAYER.replace("size=7", "size=5").replace("padding=3", "padding=0")
    ),
    layer("32 channels", "wrong-channels", LAYER.replace("64", "32")),
    layer("one channel", "raised", LAYER.replace("Conv2d(3", "Conv2d(1")),
    layer("with pooling", "unexplained", LAYER + "        nn.MaxPool2d(3, 2, 1),\n"),
    layer("with BatchNorm", "more-than-a-layer", LAYER.replace("nn.ReLU()", "nn.BatchNorm2d(64), nn.ReLU()")),
    layer("ReLU first", "unexplained", "nn.ReLU(), nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3)"),
]


def counting(name: str, diagnosis: str, new: str) -> Mutant:
    """Another count."""
    return one(name, {"layer.parameters": diagnosis}, (COUNT, new))


COUNTS = [
    counting("tensors counted", "tensors-counted", "return len(list(module.parameters()))"),
    counting(
        "biases forgotten", "biases-forgotten", "return sum(p.numel() for p in module.parameters() if p.ndim > 1)"
    ),
    counting(
        "biases by name",
        "biases-forgotten",
        "return sum(p.numel() for n, p in module.named_parameters() if 'weight' in n)",
    ),
    counting("state counted", "state-counted", "return sum(p.numel() for p in module.state_dict().values())"),
    counting(
        "layer by its place",
        "counted-twice",
        "return sum(p.numel() for m in (list(module) if isinstance(module, nn.Sequential) else [module])"
        " for p in m.parameters())",
    ),
    counting("number written down", "constant", "return 9472"),
    counting("count printed", "printed", "print(sum(p.numel() for p in module.parameters()))"),
    counting("nothing counted", "nothing-returned", "sum(p.numel() for p in module.parameters())"),
    counting("first axis only", "wrong-count", "return sum(len(p) for p in module.parameters())"),
]


def network(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """Another small network, which learns all the same."""
    return one(name, {"cnn.structure": diagnosis}, *edits)


LINEAR = BLOCKS.replace(" nn.ReLU(),", "").replace("MaxPool", "AvgPool")
NETWORKS = [
    network(
        "nothing makes it smaller",
        "no-reduction",
        (BLOCKS, BLOCKS.replace(", nn.MaxPool2d(2)", "")),
        (TWO, "self.pool = nn.Identity()"),
        (PERCEPTRON, PERCEPTRON.replace("nn.Linear(32 * 2 * 2", "nn.LazyLinear(").replace("(, 32)", "(32)")),
    ),
    one(
        "linear network",
        {"cnn.structure": "nothing-non-linear"},
        (BLOCKS, LINEAR),
        (PERCEPTRON, "self.perceptron = nn.Linear(32 * 2 * 2, n_classes)"),
    ),
    one(
        "linear blocks",
        {"cnn.structure": "activation-missing"},
        (BLOCKS, LINEAR),
    ),
    network("no ReLU in the perceptron", "activation-missing", (PERCEPTRON, PERCEPTRON.replace(" nn.ReLU(),", ""))),
    network(
        "no ReLU after the first convolution",
        "activation-missing",
        (BLOCKS, BLOCKS.replace("nn.ReLU(), nn.MaxPool2d(2)", "nn.AvgPool2d(2)", 1)),
    ),
    one(
        "no convolution",
        {"cnn.structure": "no-convolution"},
        (SCORES, "return self.perceptron(F.adaptive_avg_pool2d(x, 2).flatten(1))"),
        (PERCEPTRON, PERCEPTRON.replace("32 * 2 * 2", "in_channels * 4")),
    ),
    network("softmax at the end", "softmax-at-end", (SCORES, SCORES.replace("flatten(1))", "flatten(1)).softmax(1)"))),
    network("batch written down", "batch-size-fixed", (SCORES, SCORES.replace("flatten(1)", "reshape(32, -1)"))),
    network("batch of 64 written down", "batch-size-fixed", (SCORES, SCORES.replace("flatten(1)", "view(64, -1)"))),
    network(
        "batch of 20 written down", "batch-size-fixed", (SCORES, SCORES.replace("flatten(1)", "reshape((20, -1))"))
    ),
    network("classes written down", "arguments-ignored", (PERCEPTRON, PERCEPTRON.replace("n_classes", "4"))),
    network("channels written down", "arguments-ignored", (BLOCKS, BLOCKS.replace("in_channels", "3"))),
    network(
        "convolution at the end",
        "no-perceptron",
        (TWO, "self.pool = nn.Conv2d(32, n_classes, 3, padding=1)"),
        (SCORES, "return self.pool(self.features(x)).amax((2, 3))"),
    ),
]


def lesson(name: str, *edits: tuple[str, str], diagnosis: str = "below-the-threshold") -> Mutant:
    """Another training, which does not learn enough."""
    return one(name, {"cnn.accuracy": diagnosis}, *edits)


LESSONS = [
    lesson("never steps", (LEARNED, "            loss.backward()\n"), diagnosis="no-step"),
    lesson("never backward", (LEARNED, "            optimizer.step()\n"), diagnosis="no-backward"),
    lesson(
        "cleared before the step",
        (LEARNED, "            loss.backward()\n            optimizer.zero_grad()\n            optimizer.step()\n"),
        diagnosis="cleared-before-step",
    ),
    lesson(
        "other parameters",
        ("torch.optim.Adam(model.parameters()", "torch.optim.Adam(SmallCNN(3, 4).parameters()"),
        diagnosis="other-parameters",
    ),
    lesson("climbs", (LEARNED, LEARNED.replace("loss.backward", "(-loss).backward"))),
    lesson(
        "perceptron only",
        ("torch.optim.Adam(model.parameters()", "torch.optim.Adam(model.perceptron[-1].parameters()"),
        diagnosis="other-parameters",
    ),
    lesson(
        "one batch",
        (MEAN, MEAN + "\n        break"),
        ("            seen += len(labels)\n", "            seen += len(labels)\n            break\n"),
        diagnosis="epochs-ignored",
    ),
    lesson(
        "other labels", ("loss = criterion(model(images), labels)", "loss = criterion(model(images), labels.flip(0))")
    ),
    lesson("raises", ("optimizer.zero_grad()", "optimizer.zero_gradient()"), diagnosis="raised"),
]


def dense(name: str, diagnosis: str, *edits: tuple[str, str]) -> Mutant:
    """Another dense network."""
    return one(name, {"fcn.dense": diagnosis}, *edits)


DENSES = [
    dense(
        "fixed size",
        "fixed-size",
        (DENSE, "self.scores = nn.Linear(32 * 16 * 16, n_classes)"),
        (UP, "return self.scores(self.down(x).flatten(1))"),
    ),
    dense(
        "fixed reshaping",
        "fixed-size",
        (DENSE, "self.scores = nn.Linear(32 * 16 * 16, n_classes * 256)"),
        (UP, "return self.up(self.scores(self.down(x).flatten(1)).view(len(x), -1, 16, 16))"),
    ),
    dense(
        "upsampling to one size",
        "fixed-size",
        ('nn.Upsample(scale_factor=4, mode="bilinear")', "nn.Upsample(size=(64, 64))"),
    ),
    dense("dense pass not written", "not-written", (UP, "pass")),
    dense("one answer an image", "one-answer-an-image", (UP, "return self.scores(self.down(x)).mean((2, 3))")),
    dense(
        "same everywhere",
        "same-everywhere",
        (UP, "return F.interpolate(F.adaptive_avg_pool2d(self.scores(self.down(x)), 1), x.shape[2:])"),
    ),
    dense(
        "pooled and flattened",
        "flattened",
        (DENSE, "self.scores = nn.Linear(32 * 16, n_classes * 16)"),
        (
            UP,
            "small = F.adaptive_avg_pool2d(self.down(x), 4).flatten(1)\n"
            "        return F.interpolate(self.scores(small).view(len(x), -1, 4, 4), x.shape[2:])",
        ),
    ),
    dense("classes instead of scores", "no-scores", (UP, UP + ".argmax(1)")),
    dense("channels last", "channels-last", (UP, UP + ".permute(0, 2, 3, 1)")),
    dense("classes written down in the dense network", "arguments-ignored", (DENSE, DENSE.replace("n_classes", "4"))),
    dense(
        "lazy perceptron",
        "fixed-size",
        (DENSE, "self.scores = nn.LazyLinear(n_classes)"),
        (UP, "return self.scores(self.down(x).flatten(1))"),
    ),
]


MUTANTS = [*CONVOLUTION, *SIZES, *POOLING, *LAYERS, *COUNTS, *NETWORKS, *LESSONS, *DENSES]
