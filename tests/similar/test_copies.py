"""A copy is found however it is dressed up; what everybody was given, and what many write, is no copy."""

from __future__ import annotations

import ast
import builtins
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders import assignment
from graders.similar import ALIKE
from graders.similar.finding import find_similar
from graders.similar.known import handed_out
from graders.similar.pairs import clusters, pairs
from graders.similar.prints import CODE_RUN, WINDOW, everywhere, prints, runs
from graders.submissions.collect import collect, find
from graders.submissions.written import Part, Written, written
from tests.conftest import CHECKOUT
from tests.review.conftest import made_class

SECRET, WRITTEN = CHECKOUT / "reference", CHECKOUT / "tests" / "ue73_tp2" / "written"
CLASS = CHECKOUT / "examples" / "submissions" / "ue73-tp2"
GIVEN = runs(handed_out("ue73-tp2"))


def code(text: str) -> list[Written]:
    """One script."""
    return [Written("tp2.py", [Part("code", text)])]


def the_class() -> dict[str, frozenset[int]]:
    """Seven who worked on their own."""
    return {name: prints(written(collect(name, path).files)) for name, path in find(CLASS)}


ALICE = "\n\n".join(
    part.text
    for one in written(collect("alice", CLASS / "alice-martin").files)
    for part in one.parts
    if part.kind == "code"
)


class Renamed(ast.NodeTransformer):
    """Every name that is the student's own is another."""

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(node.id if hasattr(builtins, node.id) or node.id == "self" else f"a_{node.id}", node.ctx)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.name = f"my_{node.name}"
        self.generic_visit(node)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.arg = node.arg if node.arg == "self" else f"a_{node.arg}"
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant(node.value + 1) if type(node.value) is int else node


def renamed(text: str) -> str:
    return ast.unparse(ast.fix_missing_locations(Renamed().visit(ast.parse(text))))


def shuffled(text: str) -> str:
    body = ast.parse(text).body
    random.Random(0).shuffle(body)
    return "\n".join(ast.unparse(one) for one in body)


def commented(text: str) -> str:
    return "\n".join(
        f"{line}  # {number} of my own remarks" for number, line in enumerate(ast.unparse(ast.parse(text)).split("\n"))
    )


def moved(text: str) -> str:
    """Functions and methods in another order; what is between them stays."""
    body = ast.parse(text).body
    for one in body:
        if isinstance(one, ast.ClassDef):
            one.body = _mixed(one.body)
    return "\n".join(ast.unparse(one) for one in _mixed(body))


def _mixed(body: list[ast.stmt]) -> list[ast.stmt]:
    places = [place for place, one in enumerate(body) if isinstance(one, ast.FunctionDef | ast.ClassDef)]
    drawn = dict(zip(places, random.Random(1).sample(places, len(places)), strict=True))
    return [body[drawn.get(place, place)] for place in range(len(body))]


def printed(text: str) -> str:
    """A line of one's own after every eighth statement at the top of functions."""
    lines = ast.unparse(ast.parse(text)).split("\n")
    return "\n".join(
        line if number % 12 or not line.startswith("    return") else f"    print('here')\n{line}"
        for number, line in enumerate(lines)
    )


@pytest.mark.parametrize(
    "dressed", [str, renamed, moved, shuffled, commented, printed, lambda text: shuffled(renamed(text))]
)
def test_a_copy_is_found_however_it_is_dressed_up(dressed: Callable[[str], str]) -> None:
    found = pairs({**the_class(), "zoe": prints(code(dressed(ALICE)))}, GIVEN)
    assert [(pair.one, pair.other) for pair in found] == [("alice-martin", "zoe")]


def test_a_notebook_that_copies_a_script(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "code", "metadata": {}, "source": ast.unparse(one), "outputs": []}
        for one in ast.parse(ALICE).body
    ]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()
    found = pairs({**the_class(), "zoe": prints(written({"tp.ipynb": notebook}))}, GIVEN)
    assert [(pair.one, pair.other) for pair in found] == [("alice-martin", "zoe")]


def test_where_functions_stand_counts_for_nothing() -> None:
    text = "\n\n".join(
        f"def f(a, b):\n    for i in range(a):\n        b = b {sign} a.t{sign}i\n    return b {sign} a"
        for sign in "+-*/%"
    )
    two = {"a": prints(code(text)), "b": prints(code(moved(text)))}
    assert two["a"] == two["b"]


@pytest.mark.parametrize("id", assignment.ids())
def test_a_copy_of_any_lab_is_found(id: str) -> None:
    handed = runs(handed_out(id))
    read = {path: written(collect(path.name, path).files) for path in sorted((SECRET / id / "right").iterdir())}
    alone = {path.name: prints(files) for path, files in read.items()}
    for path, files in list(read.items())[:3]:
        cells = [part.text for one in files for part in one.parts if part.kind == "code"]
        text = "\n\n".join(cell for cell in cells if not re.search(r"(?m)^[!%]", cell))
        copy = prints(code(commented(printed(moved(renamed(text))))))
        found = pairs({**alone, "copy": copy}, handed)
        assert {path.name, "copy"} in [{pair.one, pair.other} for pair in found]


def test_those_who_worked_on_their_own_are_not_alike() -> None:
    freely = {path.name: prints(written(collect(path.name, path).files)) for path in sorted(WRITTEN.iterdir())}
    assert pairs({**the_class(), **freely}, GIVEN, ALIKE / 2) == []


def test_what_was_handed_out_is_no_copy() -> None:
    template = "\n".join(part.text for one in handed_out("ue73-tp2") for part in one.parts if one.file.endswith(".py"))
    bare = {name: prints(code(template)) for name in ("alice", "bob")}
    assert pairs(bare, GIVEN) == []


def test_what_half_of_a_class_writes_is_no_copy() -> None:
    everybody = {f"s{number}": prints(code(ALICE)) for number in range(20)}
    assert pairs(everybody) == []


def test_the_same_words_are_a_copy_too() -> None:
    words = " ".join(
        f"because reason number{'abcdefghij'[n % 10]} matters{'klmnopqrst'[n // 10]} here" for n in range(60)
    )
    answer = [Written("why.md", [Part("text", words)])]
    one, other = [*code("x = 1"), *answer], [*code("y = 2\n" * 3), *answer]
    assert len(pairs({"a": prints(one), "b": prints(other), "c": prints(code(ALICE))})) == 1


def test_nothing_to_compare() -> None:
    assert pairs({}) == []
    assert pairs({"a": prints([]), "b": prints(code("x = 1"))}) == []
    assert clusters([]) == []


@given(
    st.lists(
        st.sampled_from(["x = f(1)", "for i in y:", "return x.sum()", "z[0] += 2", "if x:", "class A(B):"]), min_size=20
    )
)
def test_what_two_share_leaves_a_print_in_both(lines: list[str]) -> None:
    text = "\n".join(lines)
    longer = f"import q\nw = q.e()\n{text}\nend()"
    if len(everywhere(code(text))) >= WINDOW:
        assert prints(code(text)) & prints(code(longer)), f"{CODE_RUN + WINDOW - 1} tokens or more are shared"


@given(st.text(max_size=300))
def test_any_text_has_prints(text: str) -> None:
    assert prints(code(text)) is not None


def test_a_class_is_compared_and_its_rare_mistakes_are_told(tmp_path: Path) -> None:
    shelf = made_class(tmp_path, 12)
    for name in ("student-003", "student-005"):
        (tmp_path / "class" / name / "tp2.py").write_text(ALICE)
    found = find_similar(shelf.out, shelf.settings)
    shelf.book.engine.dispose()
    assert [group.names for group in found.groups] == [("student-003", "student-005")]
    assert found.compared == 12
    assert found.groups[0].pairs[0].mistakes == (), "half of the class make this one"
