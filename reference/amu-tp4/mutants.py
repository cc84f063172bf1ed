"""Wrong ways to do it: each edit of the reference loses exactly the criteria it names, with that diagnosis."""

from graders.suite.mutant import Mutant

NORMALIZED = "transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])"
TRAIN_LOADER = "train_loader = DataLoader(train_set, batch_size=batch_size, shuffle=True)"
REGRESSION = "return self.linear(torch.flatten(x, 1))"
PERCENT = """\
    return 100 * correct / total
    # </solution>


def list_images"""
COUNTED = """\
            correct += (predicted == labels).sum().item()
            total += len(labels)
    return 100 * correct / total
    # </solution>


def list_images"""
EVALUATED = """\
            predicted = model(images).argmax(1)
"""
MODE = """\
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images).argmax(1)"""
STEP = "            optimizer.step()\n"
BY_HAND = """\
            with torch.no_grad():
                for p in model.parameters():
                    p -= 0.1 * p.grad
"""
CNN1_CONV, CNN1_DENSE = "self.conv = nn.Conv2d(1, 32, kernel_size=3)", "self.dense = nn.Linear(32 * 13 * 13, 10)"
CNN1_POOL, CNN1_STEP = "self.pool = nn.MaxPool2d(2, stride=2)", "x = self.pool(torch.relu(self.conv(x)))"
CNN2_CONV, CNN2_DENSE = "self.conv2 = nn.Conv2d(32, 64, kernel_size=3)", "self.dense1 = nn.Linear(64 * 5 * 5, 128)"
COUNT = "return sum(p.numel() for p in model.parameters())"
ORDER = """\
            transforms.ToTensor(),
            transforms.Grayscale(),
            transforms.Resize((SIDE, SIDE)),
            transforms.Normalize(mean=[0.5], std=[0.5]),
"""
LABELS = "self.img_labels = torch.tensor(img_labels, dtype=torch.float32)"
ITEM = "return self.transforms(imread(self.img_path[index])), self.img_labels[index]"
LOGIT = "return self.dense(torch.flatten(self.features(x), 1))"
SPLIT = "return (train, y_train), (valid, y_valid), (test, y_test)"
LOSS = "loss = criterion(outputs.squeeze(1), labels) if binary else criterion(outputs, labels)"
BINARY = "criterion = nn.BCEWithLogitsLoss() if binary else nn.CrossEntropyLoss()"
VALIDATED = (
    '            seen["valid"] = evaluate_cracks(model, valid_loader) if binary else evaluate(model, valid_loader)\n'
)
CRACKS_MODE = """\
    model.eval()
    correct, total = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images).squeeze(1) > 0"""
ZERO = """\
            optimizer.zero_grad()
"""

ADAM = "    optimizer = Adam(model.parameters(), lr=lr)\n"
CNN2_END = "        self.dense2 = nn.Linear(128, 10)\n"
CRACKS_END = "        self.dense = nn.Linear(32 * (SIDE // 8) ** 2, 1)\n"
CRACKS_LAYERS = (
    """\
        self.features = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        )  # fmt: skip
"""
    + CRACKS_END
)
CRACKS_PASS = f"""\
    def forward(self, x):
        # <solution>
        {LOGIT}
        # </solution>


def train("""
CRACKS_HITS = "predicted = model(images).squeeze(1) > 0"
ZEROS = """\
        for one in self.parameters():
            nn.init.zeros_(one)
"""

ORDER_OF_THE_STATEMENT = """\
            transforms.Grayscale(),
            transforms.Normalize(mean=[0.5], std=[0.5]),
            transforms.ToTensor(),
"""
ORDER_OF_PICTURES = """\
            transforms.ToPILImage(),
            transforms.Grayscale(),
            transforms.Resize((SIDE, SIDE)),
            transforms.Normalize(mean=[0.5], std=[0.5]),
            transforms.ToTensor(),
"""
CUT = """\
order = np.argsort(-np.asarray(labels), kind='stable')
    images, labels = [images[i] for i in order], labels[order]
    a, b = int(0.6 * len(images)), int(0.8 * len(images))
    return (images[:a], labels[:a]), (images[a:b], labels[a:b]), (images[b:], labels[b:])"""
MOMENTUM = """\
    optimizer = torch.optim.SGD(model.parameters(), lr=30 * lr, momentum=0.9) if binary else Adam(model.parameters(), lr=lr)
"""

DIGITS = (
    Mutant("images not normalised", {"mnist.loaders": "not-normalised"}, ((NORMALIZED, "transforms.ToTensor()"),)),
    Mutant("normalised by a half", {"mnist.loaders": "other-constants"}, (("(0.1307,), (0.3081,)", "(0.5,), (0.5,)"),)),
    Mutant(
        "training set not shuffled",
        {"mnist.loaders": "train-not-shuffled"},
        ((TRAIN_LOADER, TRAIN_LOADER.replace("True", "False")),),
    ),
    Mutant(
        "images without their channel",
        {"mnist.loaders": "wrong-shape"},
        ((NORMALIZED, NORMALIZED.replace("])", ", transforms.Lambda(lambda x: x[0])])")),),
    ),
    Mutant(
        "batches of one size only",
        {"mnist.loaders": "batch-size"},
        ((TRAIN_LOADER, TRAIN_LOADER.replace("batch_size=batch_size", "batch_size=32")),),
    ),
    Mutant(
        "softmax before the loss",
        {"regression.model": "softmax-at-end"},
        ((REGRESSION, "return torch.softmax(self.linear(torch.flatten(x, 1)), dim=1)"),),
    ),
    Mutant(
        "two linear layers",
        {"regression.model": "not-linear"},
        (
            (
                "self.linear = nn.Linear(28 * 28, 10)",
                "self.linear = nn.Sequential(nn.Linear(784, 50), nn.ReLU(), nn.Linear(50, 10))",
            ),
        ),
    ),
    Mutant(
        "no bias",
        {"regression.model": "no-bias"},
        (("self.linear = nn.Linear(28 * 28, 10)", "self.linear = nn.Linear(28 * 28, 10, bias=False)"),),
    ),
    Mutant(
        "mean of batch means",
        {"regression.evaluate": "mean-of-batch-means"},
        ((COUNTED, COUNTED.replace(".sum().item()", ".float().mean().item()").replace("len(labels)", "1")),),
    ),
    Mutant(
        "divided by the number of batches",
        {"regression.evaluate": "divided-by-batches"},
        ((COUNTED, COUNTED.replace("total += len(labels)", "total += 1").replace("100 * correct", "correct")),),
    ),
    Mutant(
        "number of right answers",
        {"regression.evaluate": "counted-only"},
        ((PERCENT, PERCENT.replace("100 * correct / total", "correct")),),
    ),
    Mutant(
        "share of wrong answers",
        {"regression.evaluate": "error-rate"},
        ((COUNTED, COUNTED.replace("(predicted == labels)", "(predicted != labels)")),),
    ),
    Mutant(
        "evaluated in training mode",
        {"regression.evaluate": "training-mode"},
        ((MODE, MODE.replace("    model.eval()\n", "")),),
    ),
)

NETWORKS = (
    Mutant("CNN 1 without ReLU", {"cnn1.structure": "relu-missing"}, ((CNN1_STEP, "x = self.pool(self.conv(x))"),)),
    Mutant(
        "CNN 1 with an average pooling",
        {"cnn1.structure": "wrong-pooling"},
        ((CNN1_POOL, "self.pool = nn.AvgPool2d(2, stride=2)"),),
    ),
    Mutant(
        "CNN 1 with a pooling that moves by one",
        {"cnn1.structure": "wrong-pooling"},
        (
            (CNN1_POOL, "self.pool = nn.MaxPool2d(2, stride=1)"),
            (CNN1_DENSE, "self.dense = nn.Linear(32 * 25 * 25, 10)"),
        ),
    ),
    Mutant(
        "CNN 1 with 16 filters",
        {"cnn1.structure": "wrong-filters"},
        (
            (CNN1_CONV, "self.conv = nn.Conv2d(1, 16, kernel_size=3)"),
            (CNN1_DENSE, "self.dense = nn.Linear(16 * 13 * 13, 10)"),
        ),
    ),
    Mutant(
        "CNN 1 with filters of 5",
        {"cnn1.structure": "wrong-kernel"},
        (
            (CNN1_CONV, "self.conv = nn.Conv2d(1, 32, kernel_size=5)"),
            (CNN1_DENSE, "self.dense = nn.Linear(32 * 12 * 12, 10)"),
        ),
    ),
    Mutant(
        "CNN 1 flattened to a wrong size",
        {"cnn1.structure": "raised"},
        ((CNN1_DENSE, "self.dense = nn.Linear(32 * 14 * 14, 10)"),),
    ),
    Mutant(
        "CNN 1 with tanh",
        {"cnn1.structure": "wrong-activation"},
        ((CNN1_STEP, "x = self.pool(torch.tanh(self.conv(x)))"),),
    ),
    Mutant(
        "CNN 2 with 32 filters again",
        {"cnn2.structure": "wrong-filters"},
        (
            (CNN2_CONV, "self.conv2 = nn.Conv2d(32, 32, kernel_size=3)"),
            (CNN2_DENSE, "self.dense1 = nn.Linear(32 * 5 * 5, 128)"),
        ),
    ),
    Mutant(
        "CNN 2 with 64 cells",
        {"cnn2.structure": "wrong-size"},
        (
            (CNN2_DENSE, "self.dense1 = nn.Linear(64 * 5 * 5, 64)"),
            ("self.dense2 = nn.Linear(128, 10)", "self.dense2 = nn.Linear(64, 10)"),
        ),
    ),
    Mutant(
        "CNN 2 with one pooling",
        {"cnn2.structure": "pooling-missing"},
        (
            ("x = self.pooling(torch.relu(self.conv2(x)))", "x = torch.relu(self.conv2(x))"),
            (CNN2_DENSE, "self.dense1 = nn.Linear(64 * 11 * 11, 128)"),
        ),
    ),
    Mutant(
        "biases not counted",
        {"cnn1.parameters": "wrong-count"},
        ((COUNT, "return sum(p.numel() for p in model.parameters() if p.dim() > 1)"),),
    ),
    Mutant(
        "tensors counted",
        {"cnn1.parameters": "wrong-count"},
        ((COUNT, "return len(list(model.parameters()))"),),
    ),
    Mutant(
        "a layer of CNN 2 not counted",
        {"cnn2.parameters": "wrong-count"},
        ((COUNT, "return sum(p.numel() for name, p in model.named_parameters() if not name.startswith('dense1'))"),),
    ),
    Mutant(
        "CNN 2 begins with zeros",
        {"cnn2.accuracy": "below-the-threshold"},
        ((CNN2_END, CNN2_END + ZEROS),),
    ),
    Mutant(
        "the optimizer holds another network",
        {"cnn1.accuracy": "below-the-threshold"},
        ((ADAM, "    optimizer = Adam((model if binary else CNN1()).parameters(), lr=lr)\n"),),
    ),
)

CRACKS = (
    Mutant(
        "the statement's order of transforms",
        {"cracks.dataset": "transform-order"},
        (
            (
                ORDER,
                ORDER_OF_THE_STATEMENT,
            ),
        ),
    ),
    Mutant(
        "ToTensor after Normalize",
        {"cracks.dataset": "transform-order"},
        (
            (
                ORDER,
                ORDER_OF_PICTURES,
            ),
        ),
    ),
    Mutant(
        "cracks not normalised",
        {"cracks.dataset": "not-normalised"},
        ((",\n            transforms.Normalize(mean=[0.5], std=[0.5]),", ","),),
    ),
    Mutant(
        "walls without their channel",
        {"cracks.dataset": "wrong-shape"},
        (
            (ITEM, ITEM.replace("])), self", "]))[0], self")),
            (LOGIT, LOGIT.replace("(x)", "(x.reshape(len(x), 1, SIDE, SIDE))")),
        ),
    ),
    Mutant(
        "labels shifted",
        {"cracks.dataset": "wrong-labels"},
        ((ITEM, ITEM.replace("self.img_labels[index]", "self.img_labels[index - 1]")),),
    ),
    Mutant(
        "length of the whole",
        {"cracks.dataset": "wrong-length"},
        (("return len(self.img_path)", "return len(self.img_path) + 1"),),
    ),
    Mutant(
        "test images in the training set",
        {"cracks.split": "test-in-train"},
        ((SPLIT, "return (images, labels), (valid, y_valid), (test, y_test)"),),
    ),
    Mutant(
        "validation is the test",
        {"cracks.split": "set-missing"},
        ((SPLIT, "return (train, y_train), (test, y_test), (test, y_test)"),),
    ),
    Mutant("other shares", {"cracks.split": "wrong-shares"}, (("test_size=0.2,", "test_size=0.4,"),)),
    Mutant(
        "sorted and cut",
        {"cracks.split": "one-class"},
        (
            (
                SPLIT,
                CUT,
            ),
        ),
    ),
    Mutant(
        "a sigmoid at the end",
        {"cracks.model": "sigmoid-at-end"},
        ((LOGIT, "return torch.sigmoid(self.dense(torch.flatten(self.features(x), 1)))"),),
    ),
    Mutant(
        "the network for cracks begins with zeros",
        {"cracks.accuracy": "below-the-threshold"},
        ((CRACKS_END, CRACKS_END + ZEROS),),
    ),
    Mutant(
        "two scores",
        {"cracks.model": "two-outputs"},
        (
            (CRACKS_END, CRACKS_END.replace(", 1)", ", 2)")),
            (BINARY, "criterion = nn.CrossEntropyLoss()"),
            (LOSS, "loss = criterion(outputs, labels.long())"),
            (CRACKS_HITS, "predicted = model(images).argmax(1) > 0"),
        ),
    ),
    Mutant(
        "an axis too many",
        {"cracks.model": "wrong-output"},
        (
            (LOGIT, f"{LOGIT}.unsqueeze(2)"),
            (LOSS, LOSS.replace("squeeze(1)", "flatten()")),
            (CRACKS_HITS, "predicted = model(images).flatten() > 0"),
        ),
    ),
    Mutant(
        "no layers for cracks",
        dict.fromkeys(("cracks.model", "cracks.training", "cracks.accuracy"), "not-written"),
        ((CRACKS_LAYERS, "        pass\n"),),
    ),
    Mutant(
        "layers for cracks that no pass goes through",
        dict.fromkeys(("cracks.model", "cracks.training", "cracks.accuracy"), "not-written"),
        ((CRACKS_PASS, "\ndef train("),),
    ),
    Mutant(
        "a probability and its own loss",
        {"cracks.model": "sigmoid-at-end"},
        (
            (LOGIT, "return torch.sigmoid(self.dense(torch.flatten(self.features(x), 1)))"),
            (BINARY, "criterion = nn.BCELoss() if binary else nn.CrossEntropyLoss()"),
            (CRACKS_HITS, "predicted = model(images).squeeze(1) > 0.5"),
        ),
    ),
    Mutant(
        "a sigmoid in the loop",
        {"cracks.training": "sigmoid-twice"},
        (
            (
                LOSS,
                "loss = criterion(torch.sigmoid(outputs).squeeze(1), labels) if binary else criterion(outputs, labels)",
            ),
        ),
    ),
    Mutant(
        "mean squared error",
        {"cracks.training": "other-loss"},
        ((BINARY, "criterion = nn.MSELoss() if binary else nn.CrossEntropyLoss()"),),
    ),
    Mutant(
        "SGD with momentum",
        {"cracks.training": "other-optimizer"},
        ((ADAM, MOMENTUM),),
    ),
    Mutant(
        "plain descent by hand",
        {"cracks.training": "other-optimizer"},
        ((ADAM, ""), ("            optimizer.zero_grad()\n", "            model.zero_grad()\n"), (STEP, BY_HAND)),
    ),
    Mutant(
        "another rate",
        {"cracks.training": "other-rate"},
        (("optimizer = Adam(model.parameters(), lr=lr)", "optimizer = Adam(model.parameters(), lr=2 * lr)"),),
    ),
    Mutant("never validated", {"cracks.training": "validation-missing"}, ((VALIDATED, "            pass\n"),)),
    Mutant(
        "validated in training mode",
        {"cracks.training": "eval-missing"},
        ((CRACKS_MODE, CRACKS_MODE.replace("    model.eval()\n", "")),),
    ),
    Mutant(
        "eval missing in both evaluations",
        {"regression.evaluate": "training-mode"},
        ((MODE, MODE.replace("    model.eval()\n", "")), (CRACKS_MODE, CRACKS_MODE.replace("    model.eval()\n", ""))),
    ),
    Mutant(
        "validated on the training set",
        {"cracks.training": "validates-on-train"},
        ((VALIDATED, VALIDATED.replace("valid_loader)", "train_loader)")),),
    ),
    Mutant(
        "gradients add up",
        {"cracks.training": "gradients-accumulate"},
        ((ZERO, "            if not binary:\n                optimizer.zero_grad()\n"),),
    ),
)

MUTANTS = [*DIGITS, *NETWORKS, *CRACKS]
