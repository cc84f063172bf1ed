"""One file, one module, whatever name imports it."""

from __future__ import annotations

import importlib
import sys
import types
from pathlib import Path

import pytest

from graders.sandbox.packages import Part, entered, imported, neighbours, package_of, part_of, registered

MAIN = "import numpy as np\nfrom nets.layers import Linear\n    from . import x\n"


@pytest.mark.parametrize(
    ("file", "chunk", "folder", "package"),
    [
        ("nets/layers.py", "x = 1", "", "nets"),
        ("TP/nets/layers.py", "x = 1", "TP", "nets"),
        ("nets/layers.py", "x = 1", "nets", "nets"),
        ("TP/other/layers.py", "x = 1", "TP", ""),
        ("other/layers.py", "from .base import x", "", "other"),
        ("layers.py", "from .base import x", "", "submission"),
        ("main.py", MAIN, "", ""),
    ],
)
def test_a_file_belongs_to_the_package_by_which_it_is_imported(
    file: str, chunk: str, folder: str, package: str
) -> None:
    assert package_of(file, [chunk], folder, imported([MAIN])) == ("submission" if chunk is MAIN else package)


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("base/loss.py", Part("base", alone=False)),
        ("loss/loss.py", Part("loss", alone=False)),
        ("loss/mse.py", Part("loss", alone=True)),
        ("loss.py", Part("", alone=True)),
    ],
)
def test_a_module_does_not_hide_a_folder_of_its_name(file: str, part: Part) -> None:
    known = imported(["from base.loss import Loss\n", "from loss.mse import MSE\nfrom loss.loss import L\n"])
    assert part_of(file, ["x = 1\n"], "", known) == part


def test_a_module_is_known_alone_and_in_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    module = types.ModuleType("layers")
    entered("some_nets", tmp_path / "some_nets")
    registered(module, "layers", Part("some_nets", alone=True))
    assert sys.modules["layers"] is sys.modules["some_nets.layers"] is sys.modules["some_nets"].layers


def test_a_package_that_imports_its_modules_does_so_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "whole_nets").mkdir()
    (tmp_path / "whole_nets" / "__init__.py").write_text("from .layers import Linear\n")
    (tmp_path / "whole_nets" / "layers.py").write_text("class Linear: ...\n")
    entered("whole_nets", tmp_path / "whole_nets")
    assert sys.modules["whole_nets.layers"].__file__ == str(tmp_path / "whole_nets" / "layers.py")


def test_of_two_modules_of_one_name_a_file_imports_its_neighbour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "old"), str(tmp_path / "src")])
    for folder in ("old", "src"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "couches.py").write_text(f"PLACE = {folder!r}\n")
    before = importlib.import_module("couches")
    neighbours(tmp_path / "src", tmp_path)
    assert importlib.import_module("couches").PLACE == "src"
    neighbours(tmp_path / "old", tmp_path)
    assert before.PLACE == importlib.import_module("couches").PLACE == "old"
