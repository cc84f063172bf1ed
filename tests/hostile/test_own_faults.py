"""Faults of our own code inside the sandbox: never a zero, whenever they come; and nobody gets a point by claiming one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest

from graders.sandbox.layers import probe
from tests.conftest import CHECKOUT, TINY

pytestmark = pytest.mark.skipif(probe().level == "none", reason="this machine cannot isolate submissions")

RIGHT = "def square(x):\n    return x * x  # {}\n"
# In code of ours, a fault that a word in the submission brings out: where, before which line, what it looks at.
FAULTS = {
    "before": ("sandbox/loading.py", '    sys.path[:] = [*dict.fromkeys([str(home)', "job['sources'][0]['chunks'][0]"),
    "reading": ("sandbox/loading.py", "        told.absent = [described(one", "chunk"),
    "probe": ("sandbox/worker.py", '    arguments = cast("dict[str, Value]", request["arg', "str(work.chunks)"),
}  # fmt: skip
# A submission that says of itself what only our own code should.
CLAIMED = """
import os
os.write(3, b'{"ours": "loading.py, 1", "type": "KeyError"}')
def square(x):
    return 0
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What became of each in a class that a grader with faults has graded."""
    folder = tmp_path_factory.mktemp("faults")
    shutil.copytree(CHECKOUT / "graders", folder / "graders", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "grade.py", folder)
    for word, (name, line, looked_at) in FAULTS.items():
        file = folder / "graders" / name
        text = file.read_text()
        assert text.count(line) == 1, line
        indent = line[: len(line) - len(line.lstrip())]
        file.write_text(
            text.replace(line, f"{indent}if 'fault {word}' in {looked_at}:\n{indent}    surely_unknown\n{line}")
        )
    handed_in = {word: RIGHT.format(f"fault {word}") for word in FAULTS}
    for name, content in {**handed_in, "claimed": CLAIMED, "right": RIGHT}.items():
        (folder / "class" / name).mkdir(parents=True)
        (folder / "class" / name / "tiny.py").write_text(content)
    command = [sys.executable, str(folder / "grade.py"), str(folder / "class"), "--assignment", "tiny", "--lang", "en"]
    environment = {**os.environ, "GRADERS_ROOT": str(TINY), "COLUMNS": "160"}
    done = subprocess.run(
        [*command, "--jobs", "1", "--out", str(folder / "out")], env=environment, capture_output=True, text=True
    )
    assert (done.returncode, "Traceback" in done.stdout) == (1, False), done.stdout + done.stderr
    return {path.parent.name: json.loads(path.read_bytes()) for path in (folder / "out").glob("*/report.json")}


def test_before_any_student_code_a_fault_of_ours_is_an_exception(reports: dict[str, Any]) -> None:
    assert reports["before"]["status"] == "ungradable"
    assert "NameError, loading.py" in reports["before"]["reason"]
    assert reports["right"]["score"] == 15


@pytest.mark.parametrize("word", ["reading", "probe"])
def test_beside_student_code_it_asks_a_person(reports: dict[str, Any], word: str) -> None:
    line = reports[word]["criteria"][0]
    assert (line["verdict"], line["diagnosis"]) == ("pending", "grader"), reports[word]
    assert "The grader's own code failed (NameError, " in line["feedback"]


def test_who_claims_one_gets_no_point_and_a_person_is_told(reports: dict[str, Any]) -> None:
    line = reports["claimed"]["criteria"][0]
    assert line["earned"] == 0
    assert any("own code failed (KeyError, loading.py, 1)" in flag for flag in reports["claimed"]["flags"])
