"""After a change of one check, that check judges again, and nothing else does."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from graders import assignment, paths
from graders.engine.lineage import LAWS, decided_by, reached
from graders.suite.loading import hidden_suite
from tests.conftest import TINY, run

COUNTED = """
from pathlib import Path

from graders.observe.call import Call, call
from graders.verdict import Verdict, passed

from . import suite


@suite.criterion("square.sign", observe=call("square", on=lambda rng: [{"x": -3}], returns=float))
def sign(calls: list[Call[float]]) -> Verdict:
    with Path(__file__).parents[3].joinpath("times").open("a") as times:
        times.write("once ")
    return passed()
"""
LINE = '\n[[rubric]]\nid = "square.sign"\nquestion = "1"\npoints = 0\ntitle.en = "No sign"\ntitle.fr = "Pas de signe"\n'


def reaching(id: str, file: Path) -> set[str]:
    """The criteria of a suite that a file decides."""
    suite = hidden_suite(assignment.load(id))
    return {id for id, one in suite.criteria.items() if file in reached(frozenset(one.declared_in))}


def test_a_file_decides_the_criteria_of_those_who_import_it() -> None:
    hidden = paths.SECRET / "ue73-tp2" / "hidden"
    everything = {*hidden_suite(assignment.load("ue73-tp2")).criteria}
    assert reaching("ue73-tp2", LAWS / "splits.py") >= {"splits.disjoint"}
    assert reaching("ue73-tp2", hidden / "metric_cases.py") == {
        id for id in everything if id.startswith("metrics.")
    } - {"metrics.per_epoch"}
    assert reaching("ue73-tp2", hidden / "declared.py") == everything


def test_what_all_criteria_stand_on_changes_them_all() -> None:
    suite = hidden_suite(assignment.load("ue73-tp2"))
    one, other = decided_by(suite, "one"), decided_by(suite, "other")
    assert not {*one.values()} & {*other.values()}


def test_suites_and_laws_import_in_the_one_form_that_is_followed() -> None:
    files = [*LAWS.glob("*.py"), *paths.SECRET.glob("*/hidden/*.py")]
    followed = re.compile(r"^\s*import (graders|hidden)|import_module|__import__", re.MULTILINE)
    assert len(files) > 100
    assert not [str(file) for file in files if followed.search(file.read_text())]


def counted(root: Path, submission: str, text: str) -> Path:
    """A class of one, whose assignment has a check that writes down each time it judges; the folder of that check."""
    shutil.copytree(TINY, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "class" / submission).mkdir(parents=True)
    (root / "class" / submission / "tiny.py").write_text(text)
    hidden = root / "reference/tiny/hidden"
    (hidden / "sign.py").write_text(COUNTED)
    first = hidden / "__init__.py"
    first.write_text(first.read_text() + "\n\nfrom . import sign  # noqa: E402, F401\n")
    with (root / "assignments/tiny/assignment.toml").open("a") as rubric:
        rubric.write(LINE)
    return hidden


def replaced(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text().replace(old, new))


def test_a_changed_check_judges_alone(tmp_path: Path) -> None:
    hidden = counted(tmp_path, "wrong", "def square(x):\n    return 2 * x\n")
    out, times = tmp_path / "out", tmp_path / "times"
    assert run(tmp_path / "class", "--out", out, "--jobs", 1, root=tmp_path).returncode == 0
    assert times.read_text() == "once "
    replaced(hidden / "__init__.py", 'failed("doubled"', 'failed("twice"')
    assert run("rejudge", out, "--jobs", 1, root=tmp_path).returncode == 0
    assert times.read_text() == "once "
    replaced(hidden / "sign.py", '"once "', '"again "')
    assert run("rejudge", out, "--jobs", 1, root=tmp_path).returncode == 0
    assert times.read_text() == "once again "
    report = json.loads((out / "wrong" / "report.json").read_text())
    verdicts = {one["id"]: (one["verdict"], one["diagnosis"]) for one in report["criteria"]}
    assert verdicts["square.value"] == ("fail", "twice")
    assert verdicts["square.sign"] == ("pass", None)


def test_what_was_said_of_definitions_of_other_names_is_kept_too(tmp_path: Path) -> None:
    """Three definitions are tried for the name, and judged again by a changed check alone."""
    strange = "def f(a):\n    return a * a\n\n\ndef g(a):\n    return a + 1\n\n\ndef h(a):\n    return 2 * a\n"
    hidden = counted(tmp_path, "strange", strange)
    out, times = tmp_path / "out", tmp_path / "times"
    assert run(tmp_path / "class", "--out", out, "--jobs", 1, root=tmp_path).returncode == 0
    once = times.read_text()
    assert once.count("once ") > 3
    replaced(hidden / "__init__.py", 'failed("doubled"', 'failed("twice"')
    assert run("rejudge", out, "--jobs", 1, root=tmp_path).returncode == 0
    assert times.read_text() == once
    replaced(hidden / "sign.py", '"once "', '"again "')
    assert run("rejudge", out, "--jobs", 1, root=tmp_path).returncode == 0
    assert times.read_text().count("again ") == once.count("once ")
