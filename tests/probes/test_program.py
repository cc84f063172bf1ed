"""Parts of programs carried out again, with values of ours in place of their own."""

from __future__ import annotations

from typing import cast

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from graders.probes.program import reached, replayed
from graders.probes.subject import called
from graders.probes.work import Subject, Work


def work(source: str) -> Work:
    namespace: dict[str, object] = {"__name__": "tp"}
    exec(source.split("# here", maxsplit=1)[0], namespace)  # noqa: S102  # our own source
    return Work("/", "", {"tp.py": namespace}, {"tp.py": [source]})


TOP = """
def learn(model, n):
    return [model] * n
# here
model = "theirs"
epochs = 50
history = []
for epoch in range(epochs):
    history.append(learn(model, 1))
"""


def test_what_the_program_gives_itself_is_replaced() -> None:
    told = replayed(work(TOP), "tp.py", "", {"model": "ours", "epochs": 2})
    assert told == {"history": [["ours"], ["ours"]]}


MAIN = """
import sys
# here
def main(epochs=30):
    data = open("/nowhere/at/all").read()
    train_loader, valid_loader = data.split()
    kept = {"seen": []}
    with open("/dev/null") as f:
        model = 3
        for _ in range(epochs):
            kept["seen"].append((model, train_loader))
    return kept
if __name__ == "__main__":
    main()
"""


def test_data_that_is_not_there_is_passed_over() -> None:
    told = replayed(work(MAIN), "tp.py", "main", {"epochs": 2, "model": "m", "train_loader": "t", "valid_loader": "v"})
    assert told == {"seen": [("m", "t"), ("m", "t")]}


def test_what_is_behind_the_guard_is_part_of_the_top() -> None:
    source = "# here\nif __name__ == '__main__':\n    epochs = 9\n    kept = [0] * epochs\n"
    assert replayed(work(source), "tp.py", "", {"epochs": 2}) == {"kept": [0, 0]}


def test_a_program_that_keeps_nothing_tells_why() -> None:
    with pytest.raises(ZeroDivisionError):
        replayed(work("# here\nx = 1 / 0\n"), "tp.py", "", {})


def test_a_program_is_carried_out_as_far_as_what_is_asked() -> None:
    source = "# here\na = [1]\nb = a + [2]\nraise SystemExit\n"
    assert reached(work(source), "tp.py", "", ["a", "b"]) == {"a": [1], "b": [1, 2]}


def test_data_that_is_too_much_is_no_history() -> None:
    told = replayed(work("# here\nxs = [0.0] * 10**6\nkept = [1]\n"), "tp.py", "", {})
    assert list(cast("dict[str, object]", told)) == ["kept"]


RAW = """
import torch
# here
X, y = torch.zeros(4, 1), [0]
seen = []
for i in range(0, len(X), 2):
    seen.append(X[i : i + 2].sum().item())
"""


def test_a_program_may_be_given_the_examples_of_a_loader() -> None:
    loader = DataLoader(TensorDataset(torch.ones(6, 1), torch.zeros(6)), batch_size=2)
    subject = Subject(file="tp.py", name="", order=[("X", "loader.0"), ("y", "loader.1")], scope="")
    assert called(subject, work(RAW), {"loader": loader}) == {"seen": [2.0, 2.0, 2.0]}


def test_examples_are_arrays_where_theirs_are() -> None:
    source = "import numpy as np\nX = np.zeros(3)\n# here\nX = X\nkinds = [type(X).__name__]\n"
    assert replayed(work(source), "tp.py", "", {"X": torch.ones(2)}) == {"kinds": ["ndarray"]}


TAKING = """
import torch
def train(X, y):
    return torch.from_numpy(X).sum().item() + len(y)
# here
"""


def test_a_function_may_want_arrays() -> None:
    loader = DataLoader(TensorDataset(torch.ones(6, 1), torch.zeros(6)), batch_size=2)
    subject = Subject(file="tp.py", name="train", order=[("X", "loader.0"), ("y", "loader.1")])
    assert called(subject, work(TAKING), {"loader": loader}) == 12.0


class Net(nn.Linear):
    """Counts how often it is asked."""

    def __init__(self) -> None:
        super().__init__(1, 1)
        self.asked = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """What a layer does."""
        self.asked += 1
        return super().forward(x)


STEPS = """
    kept = []
    for _ in tqdm(range(1, 201)):
        loss = {model}(torch.ones(1, 1)).sum()
        loss.backward()
        kept.append(loss.item())
"""
HEAD = "import torch\nfrom torch import nn\ndef tqdm(x):\n    return x\n# here\n"
LOOP = HEAD + "for width in (2, 64, 128):\n    net = nn.Linear(1, width)" + STEPS.format(model="net")
OVER = HEAD + "for net in [nn.Linear(1, 2), nn.Linear(1, 64)]:" + STEPS.format(model="net")
COPIES = HEAD + "".join(f"if True:\n    net{i} = nn.Linear(1, 1)" + STEPS.format(model=f"net{i}") for i in "12")


@pytest.mark.parametrize(("source", "names"), [(LOOP, ["net"]), (OVER, ["net"]), (COPIES, ["net1", "net2"])])
def test_of_several_trainings_the_first_is_carried_out(source: str, names: list[str]) -> None:
    ours = Net()
    told = replayed(work(source), "tp.py", "", dict.fromkeys(names, ours), once=True, epochs=4)
    assert len(cast("dict[str, list[float]]", told)["kept"]) == ours.asked == 4


def test_a_number_in_a_loop_stays_where_nothing_is_said_of_it() -> None:
    told = replayed(work(LOOP), "tp.py", "", {"net": Net()}, once=True)
    assert len(cast("dict[str, list[float]]", told)["kept"]) == 200


def test_what_fails_beside_a_training_costs_it_nothing() -> None:
    source = HEAD + "net = None\nnet(torch.ones(1, 1)).sum().backward()\nopen('/nowhere')\n"
    assert replayed(work(source), "tp.py", "", {"net": Net()}) == {}


COUNTED = """
def backward(seen):
    seen.append(1)
# here
seen, epoch = [], 0
while epoch < 300:
    part = 0
    while part < 3:
        backward(seen)
        part += 1
    epoch += 1
"""


def test_a_loop_that_counts_goes_on_for_our_epochs_and_those_in_it_as_they_do() -> None:
    assert replayed(work(COUNTED), "tp.py", "", {}, epochs=2) == {"seen": [1] * 6}


def test_a_loop_for_ever_that_breaks_at_a_number_does_too() -> None:
    source = COUNTED.replace("while epoch < 300:", "while True:") + "    if epoch >= 300:\n        break\n"
    assert replayed(work(source), "tp.py", "", {}, epochs=2) == {"seen": [1] * 6}
