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


def test_a_changed_check_judges_alone(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "class" / "wrong").mkdir(parents=True)
    (tmp_path / "class" / "wrong" / "tiny.py").write_text("def square(x):\n    return 2 * x\n")
    hidden, out, times = tmp_path / "reference/tiny/hidden", tmp_path / "out", tmp_path / "times"
    (hidden / "sign.py").write_text(COUNTED)
    first = hidden / "__init__.py"
    first.write_text(first.read_text() + "\n\nfrom . import sign  # noqa: E402, F401\n")
    with (tmp_path / "assignments/tiny/assignment.toml").open("a") as rubric:
        rubric.write(LINE)
    assert run(tmp_path / "class", "--out", out, "--jobs", 1, root=tmp_path).returncode == 0
    assert times.read_text() == "once "
    first.write_text(first.read_text().replace('failed("doubled"', 'failed("twice"'))
    assert run("rejudge", out, "--jobs", 1, root=tmp_path).returncode == 0
    assert times.read_text() == "once "
    (hidden / "sign.py").write_text(COUNTED.replace('"once "', '"again "'))
    assert run("rejudge", out, "--jobs", 1, root=tmp_path).returncode == 0
    assert times.read_text() == "once again "
    report = json.loads((out / "wrong" / "report.json").read_text())
    verdicts = {one["id"]: (one["verdict"], one["diagnosis"]) for one in report["criteria"]}
    assert verdicts["square.value"] == ("fail", "twice")
    assert verdicts["square.sign"] == ("pass", None)
