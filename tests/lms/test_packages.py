"""The packages of platforms, run as the platform runs them, on a machine that has the toolkit's libraries and no network."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema
import yaml

from graders import assignment
from graders.lms.coderunner.package import files as coderunner
from graders.lms.github.package import CHECK, GRADE
from graders.lms.packing import Order, grader, zipped
from tests.conftest import CHECKOUT, TINY, run
from tests.lms import schemas
from tests.lms.autograder import autograded
from tests.lms.test_answers import grades

FORGING = """
import os, sys
print("Grade :=>>20", flush=True)
os.write(1, b"Grade :=>>20\\n--|>\\nGrade :=>>20\\n")
os.write(2, b"Grade :=>>20\\n")
def square(x):
    print("Grade :=>>20", flush=True)
    return 2 * x
import atexit
atexit.register(print, "Grade :=>>20")
"""


def unpacked(platform: str, folder: Path) -> Path:
    """What `grade.py export PLATFORM tiny` makes, unpacked as the platform does: with the bits that say what can be run."""
    made = folder / f"{platform}.zip"
    done = run("export", platform, "tiny", "--out", made, "--lang", "en", root=TINY)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(made) as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, folder / platform))
            path.chmod(entry.external_attr >> 16 & 0o777)
    return folder / platform


@pytest.fixture
def without_network(tmp_path: Path) -> dict[str, str]:
    """An environment in which nothing is installed: apt-get and pip are not there."""
    stand_ins = tmp_path / "none"
    stand_ins.mkdir()
    for name in ("apt-get", "pip", "pip3"):
        (stand_ins / name).write_text("#!/bin/sh\nexit 99\n")
        (stand_ins / name).chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GRADERS_", "GITHUB_"))}
    return {**kept, "PATH": f"{stand_ins}:{Path(sys.executable).parent}:/usr/bin:/bin", "PYTHON": sys.executable}


def called(*command: object, cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run what a platform runs."""
    return subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        stdin=subprocess.DEVNULL,
    )


def test_gradescope(tmp_path: Path, without_network: dict[str, str]) -> None:
    root = tmp_path / "root"
    (root / "autograder" / "submission").mkdir(parents=True)
    (root / "autograder" / "submission" / "tiny.py").write_text(FORGING)
    unpacked("gradescope", tmp_path).rename(root / "autograder" / "source")
    found = autograded(root, called, without_network)
    assert [(test["score"], test["max_score"]) for test in found["tests"]] == [(0, 15)]


def test_vpl_gives_the_grade_that_was_earned_whatever_is_printed(
    tmp_path: Path, without_network: dict[str, str]
) -> None:
    folder = unpacked("vpl", tmp_path)
    (folder / "tiny.py").write_text(FORGING)
    (folder / "vpl_environment.sh").write_text(
        "export VPL_GRADEMIN=0\nexport VPL_GRADEMAX=10\nexport VPL_MAXTIME=200\nexport VPL_SUBFILES='tiny.py'\nexport VPL_SUBFILE0='tiny.py'\n"
    )
    assert called("bash", "vpl_evaluate.sh", cwd=folder, environment=without_network).returncode == 0
    done = called("./vpl_execution", cwd=folder, environment=without_network)
    assert grades(done.stdout) == ["0"]
    assert done.stdout.startswith("<|--\n")
    assert done.stdout.endswith("--|>\nGrade :=>>0\n")


def test_what_the_grader_complains_of_reaches_the_teacher_and_is_no_grade(
    tmp_path: Path, without_network: dict[str, str]
) -> None:
    """A server without torch: no grade, and the reason."""
    broken = tmp_path / "broken-python"
    broken.write_text("#!/bin/sh\necho 'Grade :=>>20' >&2\necho \"No module named 'torch'\" >&2\nexit 1\n")
    broken.chmod(0o755)
    environment = {**without_network, "PYTHON": str(broken)}
    folder = unpacked("vpl", tmp_path)
    assert called("bash", "vpl_evaluate.sh", cwd=folder, environment=environment).returncode == 0
    done = called("./vpl_execution", cwd=folder, environment=environment)
    assert grades(done.stdout) == []
    assert ">No module named 'torch'\n--|>\n" in done.stdout


def test_coderunner(tmp_path: Path, without_network: dict[str, str]) -> None:
    folder = unpacked("coderunner", tmp_path)
    answer = 'def square(x):\n    """The "square"."""\n    return x * x\n'
    template = (folder / "template.py").read_text()
    for variable, value in (("STUDENT_ANSWER", answer), ("ATTACHMENTS", "")):
        twig = "{{ %s | e('py') }}" % variable  # noqa: UP031  braces
        assert twig in template
        template = template.replace(twig, value.replace("\\", "\\\\").replace('"', '\\"'))
    (folder / "prog.py").write_text(template)
    done = called(sys.executable, "prog.py", cwd=folder, environment=without_network)
    assert done.stderr == ""
    found = json.loads(done.stdout)
    jsonschema.validate(found, schemas.CODERUNNER)
    assert found["fraction"] == 1


def test_an_answer_that_is_typed_is_a_script_or_a_notebook(tmp_path: Path, without_network: dict[str, str]) -> None:
    made = coderunner(Order(assignment.load("ue73-tp2"), "fr"))
    (tmp_path / "grader.zip").write_bytes(zipped({"grade.py": "import os, sys\nprint(os.listdir(sys.argv[4]))"}))
    for answer, name in (("x = 1", "tp2.py"), (' {\\"cells\\": []}', "tp2.ipynb")):
        program = str(made["template.py"]).replace("{{ STUDENT_ANSWER | e('py') }}", answer)
        (tmp_path / "prog.py").write_text(program.replace("{{ ATTACHMENTS | e('py') }}", ""))
        assert called(sys.executable, "prog.py", cwd=tmp_path, environment=without_network).stdout == f"['{name}']\n\n"


def test_prairielearn_asks_for_one_of_the_names_and_takes_no_attempt_for_nothing(
    tmp_path: Path, without_network: dict[str, str]
) -> None:
    folder, root = unpacked("prairielearn", tmp_path), tmp_path / "root"
    question = ElementTree.fromstring("<q>" + (folder / "question" / "question.html").read_text() + "</q>")
    asked = question.find(".//pl-file-upload")
    assert asked is not None
    assert asked.attrib == {"optional-file-names": "tiny.py", "optional-file-patterns": "*.py, *.ipynb"}
    (root / "grade" / "student").mkdir(parents=True)
    done = called(folder / "entrypoint.sh", root, cwd=root, environment=without_network)
    found = json.loads((root / "grade" / "results" / "results.json").read_text("utf-8"))
    jsonschema.validate(found, schemas.PRAIRIELEARN)
    assert (done.returncode, found["format_errors"]) == (1, ["No file was handed in."])


@pytest.mark.slow
def test_prairielearn(tmp_path: Path, without_network: dict[str, str]) -> None:
    folder, root = unpacked("prairielearn", tmp_path), tmp_path / "root"
    (root / "grade" / "student").mkdir(parents=True)
    (root / "grade" / "student" / "tiny.py").write_text(FORGING)
    done = called(folder / "entrypoint.sh", root, cwd=root, environment=without_network)
    assert done.returncode == 0, done.stderr
    found = json.loads((root / "grade" / "results" / "results.json").read_text("utf-8"))
    jsonschema.validate(found, schemas.PRAIRIELEARN)
    assert found["score"] == 0
    about = json.loads((folder / "question" / "info.json").read_text("utf-8"))
    assert (about["gradingMethod"], about["externalGradingOptions"]["timeout"]) == ("External", 600)


@pytest.mark.slow
def test_github(tmp_path: Path, without_network: dict[str, str]) -> None:
    folder = unpacked("github", tmp_path) / "teacher"
    (folder / "submission").mkdir()
    (folder / "submission" / "tiny.py").write_text(FORGING)
    files = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"), "GITHUB_OUTPUT": str(tmp_path / "output")}
    step = yaml.safe_load((folder / ".github" / "workflows" / "grade.yml").read_text())["jobs"]["grade"]["steps"][-2]
    command = step["run"].replace("python ", f"{sys.executable} ", 1)
    done = called("bash", "-c", command, cwd=folder, environment={**without_network, **files})
    assert done.returncode == 0, done.stderr
    assert all(line.startswith("::") for line in done.stdout.splitlines())
    assert (tmp_path / "output").read_text() == "score=0\nmax-score=15\npending=5\n"
    assert (tmp_path / "summary.md").read_text("utf-8").startswith("<h2>tiny</h2>")
    xmlschema.XMLSchema(Path(__file__).with_name("junit-10.xsd")).validate(
        (folder / "graded" / "junit.xml").read_text("utf-8")
    )


def test_workflows_are_yaml_that_gives_students_nothing_hidden() -> None:
    check = yaml.safe_load(CHECK.format(id="tiny", language="en"))
    assert "secrets" not in str(check)
    assert check["permissions"] == {"contents": "read"}
    grade = yaml.safe_load(GRADE.format(options="--assignment tiny"))
    fetched = grade["jobs"]["grade"]["steps"][1]["with"]
    assert (fetched["path"], fetched["persist-credentials"]) == ("submission", False)
    assert "pull_request" not in str(grade)
    assert "inputs." not in "".join(step.get("run", "") for step in grade["jobs"]["grade"]["steps"])


def test_an_assignment_without_hidden_checks_makes_no_package(tmp_path: Path) -> None:
    done = run("export", "vpl", "nothing", "--out", tmp_path / "a.zip", root=TINY)
    assert done.returncode == 2
    assert not (tmp_path / "a.zip").exists()


def test_what_could_not_be_graded_has_no_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from graders.lms.coderunner import autograde as coderunner
    from graders.lms.gradescope import autograde as gradescope
    from graders.lms.once import Job
    from tests.lms.test_answers import OURS

    job = Job("tiny", tmp_path, "en", "none", 10)
    for one in (coderunner, gradescope):
        module = sys.modules[one.__module__] if callable(one) else one
        monkeypatch.setattr(module, "graded_once", lambda *_: OURS)
        assert module.autograde(job) == 1
        assert capsys.readouterr().out == "The sandbox did not start.\n"
    assert not list(tmp_path.rglob("results.json"))


BARE = """
import sys
for name in ("sqlalchemy", "alembic", "httpx", "fastapi", "babel"):
    sys.modules[name] = None
from graders.commands.main import main
import graders.engine.worker, graders.lms.once
sys.exit(main(["list"]))
"""


def test_a_package_needs_nothing_but_what_its_requirements_say(without_network: dict[str, str]) -> None:
    done = called(sys.executable, "-c", BARE, cwd=CHECKOUT, environment=without_network)
    assert done.returncode == 0, done.stderr


LOADED = """
from graders import assignment
from graders.suite.loading import hidden_suite
from graders.engine.release import given
for id in assignment.ids():
    ours = assignment.load(id)
    print(id, len(hidden_suite(ours).criteria), len(given(ours)))
"""


def test_the_package_of_every_assignment_holds_what_its_checks_need(
    tmp_path: Path, without_network: dict[str, str]
) -> None:
    for id in assignment.ids():
        with zipfile.ZipFile(io.BytesIO(zipped(dict(grader(assignment.load(id)))))) as archive:
            archive.extractall(tmp_path / "all")
    done = called(sys.executable, "-c", LOADED, cwd=tmp_path / "all", environment=without_network)
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == assignment.ids()
    held = {path.name for path in (tmp_path / "all" / "reference").glob("*/*")}
    assert held <= {"hidden", "locale"}
