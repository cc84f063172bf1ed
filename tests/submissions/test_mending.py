"""Source that Python refuses as a whole, and the choice among files."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders import assignment
from graders.submissions.binding import bind
from graders.submissions.mending import mended, parses, readable_parts
from graders.submissions.submission import Submission

OURS = assignment.load("ue73-tp2")
NAMES = "def precision(y_true, y_pred): ...\ndef recall(y_true, y_pred): ...\nclass MyMLP(nn.Module): ...\n"


@pytest.mark.parametrize(
    "text",
    ["if x:\n\ty = 1\n        z = 2\n", "print(“bonjour”)\n", "x\u00a0= 1\n", "s = ‘a’\n"],
    ids=["tabs", "quotes", "space", "single"],
)
def test_spelling_is_mended_and_told(text: str) -> None:
    assert not parses(text)
    better, told = mended(text)
    assert parses(better)
    assert told is not None


def test_what_is_not_spelling_stays_as_it_is() -> None:
    assert mended("def f(:\n") == ("def f(:\n", None)


def test_statements_are_read_one_by_one_at_their_own_lines() -> None:
    text = 'a = """\nmargin\n"""\ndef f(:\n    pass\n@deco\ndef g():\n    return (\n1)\ntry:\n    pass\nfinally:\n    pass\n'
    parts = [part for part in readable_parts(text) if parses(part)]
    nodes = [node for part in parts for node in ast.parse(part).body]
    assert [(type(node).__name__, node.lineno) for node in nodes] == [("Assign", 1), ("FunctionDef", 7), ("Try", 10)]


@given(st.text(max_size=300))
def test_nothing_is_lost_and_nothing_raises(text: str) -> None:
    text = text.replace("\r", "\n")
    assert "".join("".join(readable_parts(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        (["tp2_old.py", "tp2_final.py", "tp2.bak.py"], "tp2_final.py"),
        (["Copie de rendu.py", "rendu.py"], "rendu.py"),
        (["rendu (1).py", "rendu.py"], "rendu.py"),
        (["rendu_v1.py", "rendu_v2.py", "rendu_v10.py"], "rendu_v10.py"),
        (["projet.py", "tp2.py"], "tp2.py"),
        (["code/rendu.py", "rendu.py"], "rendu.py"),
    ],
)
def test_the_last_version_counts_and_the_others_are_told(files: list[str], chosen: str) -> None:
    found = bind(Submission("x", {file: NAMES.encode() for file in files}), OURS)
    assert found.entry == chosen
    assert {*found.rivals} == {*files} - {chosen}
    assert {bound.definition.file for bound in found.names.values() if bound} == {chosen}


def test_a_module_that_is_imported_is_no_rival() -> None:
    files = {"tp2.py": ("from outils import *\n" + NAMES).encode(), "outils.py": NAMES.encode()}
    assert not bind(Submission("x", files), OURS).rivals


def test_an_abstract_module_that_others_import_is_no_template() -> None:
    base = b"class Module:\n    def forward(self, x):\n        pass\n\n    def backward(self, x):\n        pass\n"
    work = b"from layers import *\n\ndef precision(y_true, y_pred):\n    return 1.0\n"
    files = {"tp2.py": work, "layers.py": b"from base import Module\n", "base.py": base}
    assert not bind(Submission("x", files), OURS).rivals


def test_experiments_that_share_one_name_are_no_versions_of_each_other() -> None:
    files = {f"{name}.py": f"model = {number}\nprint(model)\n".encode() for number, name in enumerate(("a", "b", "c"))}
    assert not bind(Submission("x", files), OURS).rivals


def test_methods_that_are_left_empty_beside_written_ones_make_no_template() -> None:
    layer = "class Precision:\n    def __call__(self, y_true, y_pred):\n        return 1.0\n\n"
    layer += "".join(f"    def {name}(self):\n        pass\n\n" for name in ("zero_grad", "backward", "step"))
    files = {"tp2.py": b"def recall(y_true, y_pred):\n    return 1.0\n", "other.py": layer.encode()}
    assert not bind(Submission("x", files), OURS).rivals
