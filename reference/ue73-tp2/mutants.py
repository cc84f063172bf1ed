"""Wrong ways to do it: each edit of the reference loses exactly the criteria it names, with that diagnosis."""

from graders.suite.mutant import Mutant

STANDARDIZED = "return ((x - mean) / sigma).astype(np.float32)"
READ_SETS = "    sets = {name: build_spectrograms(Path(data_dir) / name) for name in SETS}\n"
TAKE_REFERENCE = '    reference, _ = sets["train"]\n'
LOOP_OVER_SETS = "    for name, (x, y) in sets.items():\n"
SAVE_X = 'np.save(folder / "x.npy", standardize(x, reference))'
SAVE_Y = 'np.save(folder / "y.npy", y)'

STANDARDIZE = (
    Mutant(
        "divided by the variance",
        {"standardize.formula": "divides-by-variance"},
        ((STANDARDIZED, "return ((x - mean) / sigma**2).astype(np.float32)"),),
    ),
    Mutant(
        "mean forgotten",
        {"standardize.formula": "mean-not-subtracted"},
        ((STANDARDIZED, "return (x / sigma).astype(np.float32)"),),
    ),
    Mutant(
        "deviation forgotten",
        {"standardize.formula": "not-divided"},
        ((STANDARDIZED, "return (x - mean).astype(np.float32)"),),
    ),
    Mutant(
        "parentheses forgotten",
        {"standardize.formula": "wrong-formula"},
        ((STANDARDIZED, "return (x - mean / sigma).astype(np.float32)"),),
    ),
    Mutant(
        "mean added",
        {"standardize.formula": "wrong-formula"},
        ((STANDARDIZED, "return ((x + mean) / sigma).astype(np.float32)"),),
    ),
    Mutant(
        "min-max scaling",
        {"standardize.formula": "min-max"},
        (
            ("    mean = np.mean(reference)\n", "    mean = np.min(reference)\n"),
            ("sigma = max(np.std(reference), 1e-8)", "sigma = max(np.max(reference) - mean, 1e-8)"),
        ),
    ),
    Mutant(
        "one mean and deviation a time step",
        {"standardize.formula": "per-time-step"},
        (
            ("    mean = np.mean(reference)\n", "    mean = np.mean(reference, axis=(0, 1))\n"),
            ("sigma = max(np.std(reference), 1e-8)", "sigma = np.maximum(np.std(reference, axis=(0, 1)), 1e-8)"),
        ),
    ),
    Mutant(
        "one mean and deviation a time step of each spectrogram",
        {"standardize.formula": "per-time-step"},
        (
            ("    mean = np.mean(reference)\n", "    mean = np.mean(x, axis=1, keepdims=True)\n"),
            ("sigma = max(np.std(reference), 1e-8)", "sigma = np.maximum(np.std(x, axis=1, keepdims=True), 1e-8)"),
        ),
    ),
    Mutant(
        "truncated to integers",
        {"standardize.formula": "truncated-to-integers"},
        ((STANDARDIZED, "return ((x - mean) / sigma).astype(int).astype(np.float32)"),),
    ),
    Mutant(
        "stored in an integer array",
        {"standardize.formula": "truncated-to-integers"},
        (
            (
                STANDARDIZED,
                "result = np.zeros(x.shape, dtype=int)\n    result[:] = (x - mean) / sigma\n"
                "    return result.astype(np.float32)",
            ),
        ),
    ),
    Mutant(
        "labels standardized too",
        {"standardize.formula": "labels-standardized"},
        ((SAVE_Y, 'np.save(folder / "y.npy", standardize(y, sets["train"][1]))'),),
    ),
    Mutant(
        "per spectrogram, silence divided by zero",
        {"standardize.constant": "not-finite"},
        (
            ("    mean = np.mean(reference)\n", "    mean = np.mean(x, axis=(1, 2), keepdims=True)\n"),
            ("sigma = max(np.std(reference), 1e-8)", "sigma = np.std(x, axis=(1, 2), keepdims=True)"),
        ),
    ),
    Mutant(
        "per spectrogram and band, silence divided by zero",
        {"standardize.constant": "not-finite"},
        (
            ("    mean = np.mean(reference)\n", "    mean = np.mean(x, axis=2, keepdims=True)\n"),
            ("sigma = max(np.std(reference), 1e-8)", "sigma = np.std(x, axis=2, keepdims=True)"),
        ),
    ),
    Mutant(
        "statistics of the three sets together",
        {"standardize.leakage": "statistics-of-all-sets"},
        ((TAKE_REFERENCE, "    reference = np.concatenate([x for x, _ in sets.values()])\n"),),
    ),
    Mutant(
        "band statistics of the three sets together",
        {"standardize.leakage": "statistics-of-all-sets"},
        (
            (TAKE_REFERENCE, "    reference = np.concatenate([x for x, _ in sets.values()])\n"),
            ("    mean = np.mean(reference)\n", "    mean = np.mean(reference, axis=(0, 2), keepdims=True)\n"),
            ("sigma = max(np.std(reference), 1e-8)", "sigma = np.std(reference, axis=(0, 2), keepdims=True) + 1e-8"),
        ),
    ),
    Mutant(
        "each set with its own statistics",
        {"standardize.leakage": "own-statistics-per-set"},
        ((SAVE_X, 'np.save(folder / "x.npy", standardize(x))'),),
    ),
    Mutant(
        "each set with its own band statistics",
        {"standardize.leakage": "own-statistics-per-set"},
        (
            (SAVE_X, 'np.save(folder / "x.npy", standardize(x))'),
            ("    mean = np.mean(reference)\n", "    mean = np.mean(reference, axis=(0, 2), keepdims=True)\n"),
            ("sigma = max(np.std(reference), 1e-8)", "sigma = np.std(reference, axis=(0, 2), keepdims=True) + 1e-8"),
        ),
    ),
)

SPLITS = (
    Mutant(
        "test set never written",
        {"splits.files": "files-missing"},
        ((LOOP_OVER_SETS, "    for name, (x, y) in list(sets.items())[:2]:\n"),),
    ),
    Mutant("labels never written", {"splits.files": "files-missing"}, ((SAVE_Y, "pass"),)),
    Mutant("last label lost", {"splits.files": "lengths-differ"}, ((SAVE_Y, 'np.save(folder / "y.npy", y[:-1])'),)),
    Mutant(
        "last spectrogram lost",
        {"splits.files": "lengths-differ"},
        ((SAVE_X, 'np.save(folder / "x.npy", standardize(x[:-1], reference))'),),
    ),
    Mutant(
        "labels shuffled apart",
        {"splits.files": "labels-shuffled"},
        ((SAVE_Y, 'np.save(folder / "y.npy", np.random.default_rng(0).permutation(y))'),),
    ),
    Mutant("labels sorted", {"splits.files": "labels-shuffled"}, ((SAVE_Y, 'np.save(folder / "y.npy", np.sort(y))'),)),
    # Their numbers show whose statistics were used, and that the sets are disjoint.
    Mutant(
        "spectrograms in an object array",
        {"splits.files": "object-array"},
        ((SAVE_X, 'np.save(folder / "x.npy", standardize(x, reference).astype(object))'),),
    ),
    Mutant(
        "pairs in an object array",
        {"splits.files": "object-array"},
        (
            (
                SAVE_X,
                "pairs = np.empty(len(x), dtype=object)\n"
                "        pairs[:] = list(zip(standardize(x, reference), y, strict=True))\n"
                '        np.save(folder / "x.npy", pairs)',
            ),
        ),
    ),
    Mutant(
        "outliers replaced by NaN",
        {"splits.files": "not-finite"},
        ((SAVE_X, 'z = standardize(x, reference)\n        np.save(folder / "x.npy", np.where(z > 2.5, np.nan, z))'),),
    ),
    Mutant(
        "labels -1 and 1", {"splits.files": "labels-not-binary"}, ((SAVE_Y, 'np.save(folder / "y.npy", 2 * y - 1)'),)
    ),
    Mutant("labels 1 and 2", {"splits.files": "labels-not-binary"}, ((SAVE_Y, 'np.save(folder / "y.npy", y + 1)'),)),
    Mutant(
        "spectrograms saved in fixed point",
        {"splits.files": "not-float"},
        ((SAVE_X, 'np.save(folder / "x.npy", (1000 * standardize(x, reference)).astype(np.int32))'),),
    ),
    Mutant(
        "test set built from the validation folder",
        {"splits.disjoint": "test-is-valid"},
        ((TAKE_REFERENCE, '    reference, _ = sets["train"]\n    sets["test"] = sets["valid"]\n'),),
    ),
    Mutant(
        "training set completed with test rows",
        {"splits.disjoint": "rows-copied"},
        (
            (
                TAKE_REFERENCE,
                TAKE_REFERENCE + '    pairs = zip(sets["train"], sets["test"], strict=True)\n'
                '    sets["train"] = tuple(np.concatenate([mine, other[:8]]) for mine, other in pairs)\n',
            ),
        ),
    ),
    Mutant(
        "test set completed with training rows",
        {"splits.disjoint": "rows-copied"},
        (
            (
                TAKE_REFERENCE,
                TAKE_REFERENCE + '    pairs = zip(sets["test"], sets["train"], strict=True)\n'
                '    sets["test"] = tuple(np.concatenate([mine, other[-5:]]) for mine, other in pairs)\n',
            ),
        ),
    ),
    Mutant(
        "three independent draws from the pooled sets",
        {"splits.disjoint": "resplit-overlaps"},
        (
            (
                TAKE_REFERENCE,
                TAKE_REFERENCE + "    x, y = (np.concatenate(parts) for parts in zip(*sets.values(), strict=True))\n"
                "    rng = np.random.default_rng(0)\n"
                "    for name in SETS:\n"
                "        rows = rng.choice(len(x), len(sets[name][1]), replace=False)\n"
                "        sets[name] = x[rows], y[rows]\n",
            ),
        ),
    ),
)

# Which of the two an untrained network gets depends on the seed.
UNLEARNT = "below-minimum|constant-predictions"

WEIGHTS = "nn.init.xavier_uniform_(layer.weight)"
BIASES = "nn.init.zeros_(layer.bias)"
LAYERS = "nn.ModuleList(nn.Linear(n_in, n_out) for n_in, n_out in pairwise(sizes))"
DEFAULT_HIDDEN = "hidden: tuple[int, ...] = (256, 128, 64)"
HIDDEN_LAYERS = "        for layer in self.layers[:-1]:\n"
ACTIVATED = "x = self.dropout(torch.relu(layer(x)))"
MAPPED = "            x = self.dropout(torch.relu(layer(x)))\n"
OUTPUT = "return self.layers[-1](x).squeeze(1)"
FANS = "fan_out, fan_in = layer.weight.shape\n            "
DRAW = "\n            nn.init.uniform_(layer.weight, -bound, bound)"

NETWORK = (
    Mutant("three layers", {"mlp.layers": "layer-count"}, ((DEFAULT_HIDDEN, "hidden: tuple[int, ...] = (256, 128)"),)),
    Mutant(
        "five layers",
        {"mlp.layers": "layer-count"},
        ((DEFAULT_HIDDEN, "hidden: tuple[int, ...] = (256, 128, 64, 32)"),),
    ),
    Mutant(
        "a layer declared and never used",
        {"mlp.layers": "layer-never-used"},
        (
            (DEFAULT_HIDDEN, "hidden: tuple[int, ...] = (256, 128, 128)"),
            (HIDDEN_LAYERS, "        for layer in self.layers[:2]:\n"),
        ),
    ),
    Mutant(
        "a layer used twice",
        {"mlp.layers": "layer-used-twice"},
        (
            (DEFAULT_HIDDEN, "hidden: tuple[int, ...] = (256, 256)"),
            (HIDDEN_LAYERS, "        for layer in (*self.layers[:-1], self.layers[1]):\n"),
        ),
    ),
    Mutant(
        "sigmoid for ReLU",
        {"mlp.relu": "other-activation"},
        ((ACTIVATED, "x = self.dropout(torch.sigmoid(layer(x)))"),),
    ),
    Mutant("tanh for ReLU", {"mlp.relu": "other-activation"}, ((ACTIVATED, "x = self.dropout(torch.tanh(layer(x)))"),)),
    Mutant(
        "leaky ReLU",
        {"mlp.relu": "other-activation"},
        ((ACTIVATED, "x = self.dropout(nn.functional.leaky_relu(layer(x)))"),),
    ),
    Mutant("GELU", {"mlp.relu": "other-activation"}, ((ACTIVATED, "x = self.dropout(nn.functional.gelu(layer(x)))"),)),
    Mutant("no activation", {"mlp.relu": "relu-missing"}, ((ACTIVATED, "x = self.dropout(layer(x))"),)),
    Mutant(
        "no activation between the last two layers",
        {"mlp.relu": "relu-missing"},
        (
            (HIDDEN_LAYERS, "        for layer in self.layers[:2]:\n"),
            (OUTPUT, "return self.layers[-1](self.dropout(self.layers[2](x))).squeeze(1)"),
        ),
    ),
    Mutant(
        "functional dropout left on",
        {"mlp.dropout": "dropout-in-eval"},
        ((ACTIVATED, "x = nn.functional.dropout(torch.relu(layer(x)), 0.2)"),),
    ),
    Mutant(
        "functional dropout with training=True",
        {"mlp.dropout": "dropout-in-eval"},
        ((ACTIVATED, "x = nn.functional.dropout(torch.relu(layer(x)), 0.2, training=True)"),),
    ),
    Mutant("dropout rate 0", {"mlp.dropout": "dropout-rate-zero"}, (("dropout: float = 0.2", "dropout: float = 0.0"),)),
    Mutant(
        "dropout rate 0.97",
        {"mlp.dropout": "dropout-rate-too-high"},
        (("dropout: float = 0.2", "dropout: float = 0.97"),),
    ),
    Mutant("no dropout", {"mlp.dropout": "dropout-missing"}, ((ACTIVATED, "x = torch.relu(layer(x))"),)),
    Mutant(
        "dropout after the first layer only",
        {"mlp.dropout": "dropout-missing"},
        (
            (HIDDEN_LAYERS, "        for layer in self.layers[:1]:\n"),
            (
                OUTPUT,
                "x = torch.relu(self.layers[2](torch.relu(self.layers[1](x))))\n"
                "        return self.layers[-1](x).squeeze(1)",
            ),
        ),
    ),
    Mutant(
        "dropout declared and never applied",
        {"mlp.dropout": "dropout-missing"},
        ((ACTIVATED, "self.dropout(x)\n            x = torch.relu(layer(x))"),),
    ),
    Mutant("weights left as PyTorch makes them", {"mlp.xavier_weights": "pytorch-default"}, ((WEIGHTS, "pass"),)),
    Mutant(
        "Xavier normal", {"mlp.xavier_weights": "xavier-normal"}, ((WEIGHTS, "nn.init.xavier_normal_(layer.weight)"),)
    ),
    Mutant(
        "Kaiming uniform",
        {"mlp.xavier_weights": "kaiming-uniform"},
        ((WEIGHTS, 'nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")'),),
    ),
    Mutant(
        "Kaiming normal",
        {"mlp.xavier_weights": "kaiming-normal"},
        ((WEIGHTS, 'nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")'),),
    ),
    Mutant(
        "bound from fan_out alone",
        {"mlp.xavier_weights": "kaiming-uniform"},
        ((WEIGHTS, FANS + "bound = (6 / fan_out) ** 0.5" + DRAW),),
    ),
    Mutant(
        "bound from fan_in alone",
        {"mlp.xavier_weights": "one-fan-only"},
        ((WEIGHTS, FANS + "bound = (3 / fan_in) ** 0.5" + DRAW),),
    ),
    Mutant(
        "constant weights",
        {"mlp.xavier_weights": "constant-weights"},
        ((WEIGHTS, "nn.init.constant_(layer.weight, 0.01)"),),
    ),
    Mutant(
        "the same seed before each layer",
        {"mlp.xavier_weights": "layers-equal"},
        ((WEIGHTS, "torch.manual_seed(0)\n            nn.init.xavier_uniform_(layer.weight)"),),
    ),
    Mutant(
        "initialization defined and never called",
        {"mlp.xavier_weights": "init-never-called"},
        (("        self.initialize()\n", ""),),
    ),
    Mutant(
        "uniform weights of one width",
        {"mlp.xavier_weights": "other-law"},
        ((WEIGHTS, "nn.init.uniform_(layer.weight, -0.1, 0.1)"),),
    ),
    Mutant(
        "small normal weights",
        {"mlp.xavier_weights": "other-law"},
        ((WEIGHTS, "nn.init.normal_(layer.weight, std=0.05)"),),
    ),
    Mutant(
        "square root forgotten",
        {"mlp.xavier_weights": "other-law"},
        ((WEIGHTS, FANS + "bound = 6 / (fan_in + fan_out)" + DRAW),),
    ),
    Mutant(
        "square root forgotten, for the biases too",
        {"mlp.xavier_weights": "other-law"},
        (
            (WEIGHTS, FANS + "bound = 6 / (fan_in + fan_out)" + DRAW),
            (BIASES, "nn.init.uniform_(layer.bias, -bound, bound)"),
        ),
    ),
    Mutant(
        "orthogonal weights", {"mlp.xavier_weights": "other-law"}, ((WEIGHTS, "nn.init.orthogonal_(layer.weight)"),)
    ),
    Mutant("biases left as PyTorch makes them", {"mlp.xavier_biases": "pytorch-default"}, ((BIASES, "pass"),)),
    Mutant(
        "layers without bias",
        {"mlp.xavier_biases": "no-bias"},
        (
            (LAYERS, "nn.ModuleList(nn.Linear(n_in, n_out, bias=False) for n_in, n_out in pairwise(sizes))"),
            (BIASES, "pass"),
        ),
    ),
    Mutant("normal biases", {"mlp.xavier_biases": "other-law"}, ((BIASES, "nn.init.normal_(layer.bias)"),)),
    Mutant("biases uniform in [0, 1]", {"mlp.xavier_biases": "other-law"}, ((BIASES, "nn.init.uniform_(layer.bias)"),)),
    Mutant(
        "sigmoid at the output",
        {"mlp.output": "activation-at-output"},
        ((OUTPUT, "return torch.sigmoid(self.layers[-1](x)).clamp(1e-7, 1 - 1e-7).squeeze(1)"),),
    ),
    Mutant(
        "tanh at the output",
        {"mlp.output": "activation-at-output"},
        ((OUTPUT, "return torch.tanh(self.layers[-1](x)).squeeze(1)"),),
    ),
    Mutant(
        "softmax at the output",
        {
            "mlp.output": "activation-at-output",
        },
        ((OUTPUT, "return torch.softmax(self.layers[-1](x), dim=1).squeeze(1)"),),
    ),
    Mutant(
        "squeeze drops a batch of one",
        {"mlp.output": "batch-axis-dropped"},
        ((OUTPUT, "return self.layers[-1](x).squeeze()"),),
    ),
)

TENSORS = "return TensorDataset(torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32))"
LOAD_X = 'x = np.load(Path(folder) / "x.npy")'
TRAIN_LOADER = "train_loader = DataLoader(train_set, batch_size, shuffle=True)"
VALID_LOADER = "valid_loader = DataLoader(valid_set, batch_size)"
TEST_LOADER = "test_loader = DataLoader(test_set, batch_size)"

DATA = (
    Mutant(
        "double precision",
        {"data.load_dataset": "float64"},
        ((TENSORS, "return TensorDataset(torch.tensor(x).double(), torch.tensor(y).double())"),),
    ),
    Mutant(
        "no conversion to float32",
        {"data.load_dataset": "float64"},
        (
            (TENSORS, "return TensorDataset(torch.from_numpy(x), torch.from_numpy(y).float())"),
            (STANDARDIZED, "return ((x - mean) / np.float64(sigma)).astype(np.float64)"),
        ),
    ),
    Mutant(
        "x and y swapped",
        {"data.load_dataset": "swapped"},
        (
            (
                TENSORS,
                "x, y = (torch.tensor(array, dtype=torch.float32) for array in (y, x))\n    return TensorDataset(x, y)",
            ),
        ),
    ),
    Mutant(
        "examples sorted by class",
        {"data.load_dataset": "order-lost"},
        ((TENSORS, 'order = np.argsort(y, kind="stable")\n    x, y = x[order], y[order]\n    ' + TENSORS),),
    ),
    Mutant(
        "examples shuffled",
        {"data.load_dataset": "order-lost"},
        (
            (
                TENSORS,
                "order = np.random.default_rng(0).permutation(len(y))\n    x, y = x[order], y[order]\n    " + TENSORS,
            ),
        ),
    ),
    Mutant(
        "spectrograms shuffled apart from their labels",
        {"data.load_dataset": "order-lost"},
        ((TENSORS, "x = x[np.random.default_rng(0).permutation(len(x))]\n    " + TENSORS),),
    ),
    Mutant(
        "files changed through a memory map",
        {"data.load_dataset": "files-modified"},
        ((LOAD_X, 'x = np.load(Path(folder) / "x.npy", mmap_mode="r+")\n    x -= x.mean()'),),
    ),
    Mutant(
        "integer labels",
        {"data.load_dataset": "labels-not-float"},
        ((TENSORS, "return TensorDataset(torch.tensor(x, dtype=torch.float32), torch.tensor(y).long())"),),
    ),
    Mutant(
        "standardized again",
        {"data.load_dataset": "values-changed"},
        ((TENSORS, "x = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-8)\n    " + TENSORS),),
    ),
    Mutant(
        "a list of pairs",
        {"data.load_dataset": "not-a-tensordataset"},
        (
            (
                TENSORS,
                "tensors = torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32)\n"
                "    return list(zip(*tensors, strict=True))",
            ),
        ),
    ),
    Mutant(
        "train in order",
        {"data.loaders": "train-not-shuffled"},
        ((TRAIN_LOADER, "train_loader = DataLoader(train_set, batch_size)"),),
    ),
    Mutant(
        "validation shuffled in place of train",
        {"data.loaders": "train-not-shuffled"},
        (
            (TRAIN_LOADER, "train_loader = DataLoader(train_set, batch_size)"),
            (VALID_LOADER, "valid_loader = DataLoader(valid_set, batch_size, shuffle=True)"),
        ),
    ),
    Mutant(
        "test loader on the validation set",
        {"data.loaders": "wrong-set"},
        ((TEST_LOADER, "test_loader = DataLoader(valid_set, batch_size)"),),
    ),
    Mutant(
        "validation loader on the training set",
        {"data.loaders": "wrong-set"},
        ((VALID_LOADER, "valid_loader = DataLoader(train_set, batch_size)"),),
    ),
    Mutant(
        "loaders returned in another order",
        {"data.loaders": "wrong-set"},
        (("return train_loader, valid_loader, test_loader", "return train_loader, test_loader, valid_loader"),),
    ),
    Mutant(
        "a batch size of its own",
        {"data.loaders": "batch-size-ignored"},
        (
            (TRAIN_LOADER, "train_loader = DataLoader(train_set, BATCH_SIZE, shuffle=True)"),
            (VALID_LOADER, "valid_loader = DataLoader(valid_set, BATCH_SIZE)"),
            (TEST_LOADER, "test_loader = DataLoader(test_set, BATCH_SIZE)"),
        ),
    ),
    Mutant(
        "validation and test one by one",
        {"data.loaders": "batch-size-ignored"},
        ((VALID_LOADER, "valid_loader = DataLoader(valid_set)"), (TEST_LOADER, "test_loader = DataLoader(test_set)")),
    ),
    Mutant(
        "a batch size of its own where it learns",
        {"data.loaders": "batch-size-ignored"},
        ((TRAIN_LOADER, "train_loader = DataLoader(train_set, 2 * batch_size, shuffle=True)"),),
    ),
    Mutant(
        "last validation batch dropped",
        {"data.loaders": "examples-lost"},
        ((VALID_LOADER, "valid_loader = DataLoader(valid_set, batch_size, drop_last=True)"),),
    ),
    Mutant(
        "last test batch dropped",
        {"data.loaders": "examples-lost"},
        ((TEST_LOADER, "test_loader = DataLoader(test_set, batch_size, drop_last=True)"),),
    ),
)

ZERO_GRAD = "        optimizer.zero_grad()\n"
LOSS = "        loss = criterion(model(x), y)\n"
BACKWARD = "        loss.backward()\n"
STEP = "        optimizer.step()\n"
ADVANCE = "        scheduler.step()\n"
CRITERION = "criterion = nn.BCEWithLogitsLoss()"
OPTIMIZER = "optimizer = torch.optim.AdamW(model.parameters(), lr=lr)"
SCHEDULER = "scheduler = OneCycleLR(optimizer, max_lr=lr, total_steps=epochs * len(train_loader))"
EPOCH = "        train_epoch(model, train_loader, criterion, optimizer, scheduler)\n"

BY_HAND = "        for p in model.parameters():\n            p.data -= 0.1 * p.grad\n"

LOOP = (
    Mutant(
        "steps by hand at one rate",
        {"train.scheduler": "no-scheduler"},
        ((STEP + ADVANCE, BY_HAND), (SCHEDULER, "scheduler = None")),
    ),
    Mutant(
        "steps by hand, gradients never cleared",
        {"train.loop": "zero-grad-missing", "train.scheduler": "no-scheduler"},
        ((ZERO_GRAD, ""), (STEP + ADVANCE, BY_HAND), (SCHEDULER, "scheduler = None")),
    ),
    Mutant("zero_grad forgotten", {"train.loop": "zero-grad-missing"}, ((ZERO_GRAD, ""),)),
    Mutant(
        "zero_grad once an epoch", {"train.loop": "zero-grad-missing"}, ((ZERO_GRAD, ""), (EPOCH, ZERO_GRAD + EPOCH))
    ),
    Mutant(
        "step before backward",
        {"train.loop": "step-before-backward"},
        ((BACKWARD, STEP), (STEP + ADVANCE, "        loss.backward()\n" + ADVANCE)),
    ),
    Mutant(
        "loss detached",
        {"train.loop": "loss-detached"},
        ((LOSS, "        loss = criterion(model(x).detach().requires_grad_(), y)\n"),),
    ),
    Mutant(
        "loss made into a new tensor",
        {"train.loop": "loss-detached"},
        ((LOSS, "        loss = torch.tensor(criterion(model(x), y).item(), requires_grad=True)\n"),),
    ),
    Mutant(
        "optimizer of another network",
        {"train.loop": "other-parameters"},
        (
            (
                OPTIMIZER,
                "first_x, _ = train_loader.dataset[0]\n"
                "    optimizer = torch.optim.AdamW(MyMLP(first_x.numel()).parameters(), lr=lr)",
            ),
        ),
    ),
    Mutant(
        "own loss broadcasts (n,) against (n, 1)",
        {"train.loop": "loss-broadcast"},
        (
            (
                LOSS,
                "        logits, target = model(x), y.reshape(-1, 1)\n"
                "        loss = (nn.functional.softplus(logits) - target * logits).mean()\n",
            ),
        ),
    ),
    Mutant(
        "mean squared error on logits",
        {"train.loop": "wrong-loss"},
        ((CRITERION, "criterion = nn.MSELoss()"),),
    ),
    Mutant(
        "sigmoid before BCEWithLogitsLoss",
        {"train.loop": "wrong-loss"},
        ((LOSS, "        loss = criterion(torch.sigmoid(model(x)), y)\n"),),
    ),
    Mutant("eval forgotten", {"train.modes": "eval-missing"}, (("    model.eval()\n", ""),)),
    Mutant(
        "train() once, before the first epoch",
        {"train.modes": "never-back-to-train"},
        (("    model.train()\n", ""), ("    history = []\n", "    history = []\n    model.train()\n")),
    ),
    Mutant(
        "eval() before training", {"train.modes": "train-missing"}, (("    model.train()\n", "    model.eval()\n"),)
    ),
    Mutant(
        "scheduler stepped once an epoch",
        {"train.scheduler": "stepped-once-an-epoch"},
        ((ADVANCE, ""), (EPOCH, EPOCH + ADVANCE)),
    ),
    Mutant(
        "scheduler before the optimizer",
        {"train.scheduler": "stepped-before-optimizer"},
        ((STEP + ADVANCE, ADVANCE + STEP),),
    ),
    Mutant("scheduler never stepped", {"train.scheduler": "never-stepped"}, ((ADVANCE, ""),)),
    Mutant("no scheduler", {"train.scheduler": "no-scheduler"}, ((ADVANCE, ""), (SCHEDULER, "scheduler = None"))),
    Mutant(
        "cosine over epochs, stepped at every batch",
        {"train.scheduler": "wrong-rate"},
        ((SCHEDULER, "scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=epochs)"),),
    ),
    Mutant(
        "cycle as long as all examples",
        {"train.scheduler": "wrong-rate"},
        (
            (
                SCHEDULER,
                "steps = epochs * len(train_loader.dataset)\n"
                "    scheduler = OneCycleLR(optimizer, max_lr=lr, total_steps=steps)",
            ),
        ),
    ),
    Mutant(
        "first layer frozen",
        {"train.learns": "frozen-layers"},
        ((OPTIMIZER, "next(model.parameters()).requires_grad_(False)\n    " + OPTIMIZER),),
    ),
    Mutant(
        "logarithm of the logits",
        {"train.loop": "wrong-loss"},
        ((LOSS, "        loss = criterion(torch.log(model(x)), y)\n"),),
    ),
    Mutant(
        "gradient ascent",
        {"train.loop": "gradient-ascent"},
        ((OPTIMIZER, "optimizer = torch.optim.AdamW(model.parameters(), lr=lr, maximize=True)"),),
    ),
)

ACCURACY = "return ratio(c.tp + c.tn, sum(c))"
PRECISION = "return ratio(c.tp, c.tp + c.fp)"
RECALL = "return ratio(c.tp, c.tp + c.fn)"
F1 = "return ratio(2 * c.tp, 2 * c.tp + c.fp + c.fn)"
FALSE_POSITIVES = "return ratio(c.fp, c.fp + c.tn)"
FALSE_NEGATIVES = "return ratio(c.fn, c.fn + c.tp)"

METRICS = (
    Mutant(
        "accuracy counts positives only",
        {"metrics.accuracy": "true-positives-over-all"},
        ((ACCURACY, "return ratio(c.tp, sum(c))"),),
    ),
    Mutant(
        "accuracy by integer division",
        {"metrics.accuracy": "integer-division"},
        ((ACCURACY, "return float((c.tp + c.tn) // sum(c))"),),
    ),
    Mutant(
        "accuracy over a fixed number of examples",
        {"metrics.accuracy": "fixed-length"},
        ((ACCURACY, "return (c.tp + c.tn) / 20"),),
    ),
    Mutant(
        "accuracy alone in percent",
        {"metrics.accuracy": "percent-alone"},
        ((ACCURACY, "return 100 * ratio(c.tp + c.tn, sum(c))"),),
    ),
    Mutant(
        "precision is recall",
        {"metrics.precision": "recall-instead"},
        ((PRECISION, "return ratio(c.tp, c.fn + c.tp)"),),
    ),
    Mutant(
        "recall is precision", {"metrics.recall": "precision-instead"}, ((RECALL, "return ratio(c.tp, c.fp + c.tp)"),)
    ),
    Mutant(
        "precision and recall swapped",
        {"metrics.precision": "recall-instead", "metrics.recall": "precision-instead"},
        ((PRECISION, "return ratio(c.tp, c.fn + c.tp)"), (RECALL, "return ratio(c.tp, c.fp + c.tp)")),
    ),
    Mutant(
        "precision raises on 0/0", {"metrics.precision": "zero-division"}, ((PRECISION, "return c.tp / (c.tp + c.fp)"),)
    ),
    Mutant(
        "precision by integer division",
        {"metrics.precision": "integer-division"},
        ((PRECISION, "return float(c.tp // max(c.tp + c.fp, 1))"),),
    ),
    Mutant(
        "precision alone in percent",
        {"metrics.precision": "percent-alone"},
        ((PRECISION, "return 100 * ratio(c.tp, c.tp + c.fp)"),),
    ),
    Mutant("recall raises on 0/0", {"metrics.recall": "zero-division"}, ((RECALL, "return c.tp / (c.tp + c.fn)"),)),
    Mutant(
        "recall by integer division",
        {"metrics.recall": "integer-division"},
        ((RECALL, "return float(c.tp // max(c.tp + c.fn, 1))"),),
    ),
    Mutant(
        "F1 as arithmetic mean",
        {"metrics.f1_score": "arithmetic-mean"},
        ((F1, "return (precision(y_true, y_pred) + recall(y_true, y_pred)) / 2"),),
    ),
    Mutant(
        "F1 without its factor 2",
        {"metrics.f1_score": "factor-2-missing"},
        ((F1, "return ratio(c.tp, 2 * c.tp + c.fp + c.fn)"),),
    ),
    Mutant(
        "F1 raises on 0/0",
        {"metrics.f1_score": "zero-division"},
        ((F1, "p, r = precision(y_true, y_pred), recall(y_true, y_pred)\n    return 2 * p * r / (p + r)"),),
    ),
    Mutant(
        "F1 by integer division",
        {"metrics.f1_score": "integer-division"},
        ((F1, "return float(2 * c.tp // max(2 * c.tp + c.fp + c.fn, 1))"),),
    ),
    Mutant(
        "false positives over predicted positives",
        {"metrics.false_positive_rate": "over-predicted-positives"},
        ((FALSE_POSITIVES, "return ratio(c.fp, c.fp + c.tp)"),),
    ),
    Mutant(
        "false positives over all",
        {"metrics.false_positive_rate": "over-all"},
        ((FALSE_POSITIVES, "return ratio(c.fp, sum(c))"),),
    ),
    Mutant(
        "false positive rate raises on 0/0",
        {"metrics.false_positive_rate": "zero-division"},
        ((FALSE_POSITIVES, "return c.fp / (c.fp + c.tn)"),),
    ),
    Mutant(
        "false positive rate by integer division",
        {"metrics.false_positive_rate": "integer-division"},
        ((FALSE_POSITIVES, "return float(c.fp // max(c.fp + c.tn, 1))"),),
    ),
    Mutant(
        "false positives over a fixed number of negatives",
        {"metrics.false_positive_rate": "fixed-length"},
        ((FALSE_POSITIVES, "return c.fp / 12"),),
    ),
    Mutant(
        "false negative rate not written",
        {"metrics.false_negative_rate": "not-written"},
        (("    c = counts(y_true, y_pred)\n    return ratio(c.fn, c.fn + c.tp)\n", "    pass\n"),),
    ),
    Mutant(
        "false negatives over predicted negatives",
        {"metrics.false_negative_rate": "over-predicted-negatives"},
        ((FALSE_NEGATIVES, "return ratio(c.fn, c.fn + c.tn)"),),
    ),
    Mutant(
        "false negatives over all",
        {"metrics.false_negative_rate": "over-all"},
        ((FALSE_NEGATIVES, "return ratio(c.fn, sum(c))"),),
    ),
    Mutant(
        "false negative rate raises on 0/0",
        {"metrics.false_negative_rate": "zero-division"},
        ((FALSE_NEGATIVES, "return c.fn / (c.fn + c.tp)"),),
    ),
    Mutant(
        "false negative rate by integer division",
        {"metrics.false_negative_rate": "integer-division"},
        ((FALSE_NEGATIVES, "return float(c.fn // max(c.fn + c.tp, 1))"),),
    ),
    Mutant(
        "false negative rate alone in percent",
        {"metrics.false_negative_rate": "percent-alone"},
        ((FALSE_NEGATIVES, "return 100 * ratio(c.fn, c.fn + c.tp)"),),
    ),
)

ROW = 'history.append(prefixed("train", train_scores) | prefixed("valid", valid_scores))'
EVALUATED = (
    "        train_scores = evaluate(model, train_loader)\n"
    "        valid_scores = evaluate(model, valid_loader)\n"
    '        history.append(prefixed("train", train_scores) | prefixed("valid", valid_scores))\n'
    '        show(f"époque {epoch + 1}", history[-1])\n'
)

HISTORY = (
    Mutant(
        "metrics after the last epoch only",
        {"metrics.per_epoch": "only-at-the-end"},
        ((EVALUATED, EVALUATED.replace("        ", "    ")),),
    ),
    Mutant(
        "train metrics computed on validation",
        {"metrics.per_epoch": "train-on-valid"},
        (("train_scores = evaluate(model, train_loader)", "train_scores = evaluate(model, valid_loader)"),),
    ),
    Mutant(
        "accuracy and F1 only",
        {"metrics.per_epoch": "metrics-missing"},
        (
            (
                "METRICS = (accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate)",
                "METRICS = (accuracy, f1_score)",
            ),
        ),
    ),
    Mutant(
        "rates of false answers forgotten",
        {"metrics.per_epoch": "metrics-missing"},
        (
            (
                "METRICS = (accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate)",
                "METRICS = (accuracy, precision, recall, f1_score)",
            ),
        ),
    ),
    Mutant(
        "validation metrics only",
        {"metrics.per_epoch": "metrics-missing"},
        ((ROW, 'history.append(prefixed("valid", valid_scores))'),),
    ),
)

RESULT = (
    Mutant(
        "labels inverted in the loss",
        {"accuracy.minimum": UNLEARNT},
        ((LOSS, "        loss = criterion(model(x), 1 - y)\n"),),
    ),
)

# Initial values that the program draws behind the class.
DRAWN = (
    Mutant(
        "limits in main without the root",
        {"mlp.xavier_weights": "other-law"},
        (("borne = (6 / (tailles[k] + tailles[k + 1])) ** 0.5", "borne = 6 / (tailles[k] + tailles[k + 1])"),),
        of="limits_in_main",
    ),
    Mutant(
        "limits of one fan, flat",
        # The biases are drawn by the same limit: that is paid once.
        {"mlp.xavier_weights": "one-fan-only|kaiming-uniform"},
        (("a = np.sqrt(6 / (n_in + n_out))", "a = np.sqrt(6 / n_in)"),),
        of="limits_flat",
    ),
)

# Sizes that the program gives where it makes the network.
GIVEN = (
    Mutant(
        "three layers by the command line",
        {"mlp.layers": "layer-count"},
        (('"--layers", type=int, default=3', '"--layers", type=int, default=2'),),
        of="command_line",
    ),
    Mutant(
        "three layers in the list of widths",
        {"mlp.layers": "layer-count"},
        (("256, 128, 64, 1])", "256, 128, 1])"),),
        of="widths_in_main",
    ),
)

MUTANTS = STANDARDIZE + SPLITS + NETWORK + DATA + LOOP + METRICS + HISTORY + RESULT + DRAWN + GIVEN
