"""Well-known public code that a teacher names makes nobody a copy; a copy of a classmate is found all the same."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from graders import paths
from graders.engine.record import Class
from graders.gradebook.trouble import TeachersFileError
from graders.similar.finding import find_similar, read_similar
from graders.similar.known import listed
from tests.conftest import run
from tests.similar.test_copies import ALICE, renamed

PUBLIC = """
class ConvolutionalNetwork(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        self.first = nn.Conv2d(1, width, kernel_size=3, stride=1, padding=1)
        self.second = nn.Conv2d(width, 2 * width, kernel_size=3, padding=1)
        self.pool = nn.MaxPool2d(2, 2)
        self.out = nn.Linear(2 * width * 7 * 7, classes)

    def forward(self, images):
        hidden = self.pool(F.relu(self.first(images)))
        hidden = self.pool(F.relu(self.second(hidden)))
        return self.out(torch.flatten(hidden, start_dim=1))


def evaluate(model, loader, device):
    model.eval()
    right, total = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            guessed = model(images).argmax(dim=1, keepdim=True)
            right += guessed.eq(labels.view_as(guessed)).sum().item()
            total += labels.size(0)
    return 100.0 * right / total
"""
OWN = {
    "ada": "def one(x):\n    return [x[i] ** 2 for i in range(len(x)) if x[i] > 0]\nprint(one([1, 2, 3]))\n",
    "bob": "import math\ntable = {}\nwhile len(table) < 9:\n    table[len(table)] = math.sqrt(len(table)) - 1\n",
    "carl": "lines = open('a.csv').read().split()\nfor line in lines[1:]:\n    print(line.strip().upper() + '!')\n",
}


@pytest.fixture
def settings(tmp_path: Path) -> Class:
    """Two who took the same tutorial and changed its names, and one who did not."""
    for name, own in OWN.items():
        (tmp_path / "class" / name).mkdir(parents=True)
        taken = renamed(PUBLIC) if name == "bob" else PUBLIC
        (tmp_path / "class" / name / "tp2.py").write_text(own + (taken if name != "carl" else "x = 1\n"))
    (tmp_path / "out").mkdir()
    (tmp_path / "public.py").write_text("import torch\n" + PUBLIC)
    return Class(submissions=str(tmp_path / "class"), assignment="ue73-tp2", seed=0, language="en")


def found(settings: Class, folder: Path, *known: Path) -> list[tuple[str, ...]]:
    return [group.names for group in find_similar(folder / "out", settings, known=known).groups]


def as_notebook(folder: Path) -> Path:
    cells = [{"cell_type": "code", "metadata": {}, "source": PUBLIC, "outputs": [], "execution_count": None}]
    path = folder / "public.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))
    return path


def as_zip(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "public.zip", "w") as archive:
        archive.writestr("examples/mnist/main.py", PUBLIC)
    return folder / "public.zip"


def test_a_tutorial_that_two_took_is_a_copy_only_where_nobody_named_it(settings: Class, tmp_path: Path) -> None:
    assert found(settings, tmp_path) == [("ada", "bob")]
    for known in (tmp_path / "public.py", as_notebook(tmp_path), as_zip(tmp_path)):
        assert found(settings, tmp_path, known) == []
    kept = read_similar(tmp_path / "out")
    assert kept
    assert kept.known == (str(tmp_path / "public.zip"),)


def test_it_may_stand_beside_the_submissions(settings: Class, tmp_path: Path) -> None:
    (tmp_path / "class" / "course.toml").write_text('[similar]\nknown = ["../public.py"]\n')
    assert found(settings, tmp_path) == []


def test_it_may_stand_beside_the_assignment(settings: Class, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret" / "ue73-tp2" / "known").mkdir(parents=True)
    (tmp_path / "public.py").rename(tmp_path / "secret" / "ue73-tp2" / "known" / "public.py")
    monkeypatch.setattr(paths, "SECRET", tmp_path / "secret")
    assert [path.name for path in listed(settings)] == ["known"]
    assert found(settings, tmp_path) == []


def test_who_copied_more_than_that_is_found(settings: Class, tmp_path: Path) -> None:
    for name in ("ada", "carl"):
        (tmp_path / "class" / name / "tp2.py").write_text(f"{PUBLIC}\n{ALICE}")
    assert found(settings, tmp_path, tmp_path / "public.py") == [("ada", "carl")]


def test_what_is_not_there_is_told(settings: Class, tmp_path: Path) -> None:
    with pytest.raises(TeachersFileError) as caught:
        find_similar(tmp_path / "out", settings, known=[tmp_path / "gone.py"])
    assert caught.value.message.values == {"path": str(tmp_path / "gone.py")}


def test_the_command_says_what_counts_for_nothing(settings: Class, tmp_path: Path) -> None:
    (tmp_path / "out" / "class.json").write_text(settings.model_dump_json())
    said = run("similar", tmp_path / "out", "--known", tmp_path / "public.py", "--lang", "en")
    assert f"Counts for nothing, as what was handed out: {tmp_path / 'public.py'}" in said.stdout
    assert "Compared: 3. Groups: 0." in said.stdout
    gone = run("similar", tmp_path / "out", "--known", tmp_path / "gone", "--lang", "en")
    assert gone.returncode == 2
    assert "is not there" in gone.stderr
