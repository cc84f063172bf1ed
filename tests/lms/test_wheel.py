"""The toolkit's wheel: what is in it, and the packages of platforms on a machine that has it and no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT, TINY
from tests.lms.autograder import autograded
from tests.lms.test_answers import grades

FOLDERS = ("graders", "assignments", "reference", "student_template")
BESIDE = "graders-{version}.data/data/etc/graders/"
CONNECTING = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=5)"
SHOWN = """
from graders import paths
from graders.sandbox.trees import interpreter_trees, shows
print((paths.SECRET / "ue73-tp2" / "hidden").is_dir())
print([tree for tree in interpreter_trees() if shows(tree, str(paths.SECRET))])
"""
RIGHT = "def square(x):\n    return x * x\n"


def belonging() -> list[str]:
    """The paths of what the toolkit is made of."""
    found = [path for name in FOLDERS for path in (CHECKOUT / name).rglob("*") if path.is_file()]
    ours = [path.relative_to(CHECKOUT).as_posix() for path in found if "__pycache__" not in path.parts]
    return [*ours, "grade.py"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, for building leaves traces; nothing is fetched."""
    pytest.importorskip("setuptools", "77")
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheels")
    for name in [*belonging(), "pyproject.toml", "setup.py"]:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(CHECKOUT / name, source / name)
    built = "pip wheel . --quiet --no-deps --no-build-isolation --no-index --wheel-dir".split()
    done = subprocess.run([sys.executable, "-m", *built, made], cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return next(made.glob("*.whl"))


def test_it_holds_the_engine_and_beside_it_every_assignment(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    beside = BESIDE.format(version=wheel.name.split("-")[1])
    wanted = {name if name.startswith("graders/") else beside + name for name in belonging()}
    assert {name for name in wanted - held if not name.endswith(".po")} == set()
    # Each submission is shown the folder of Python's packages.
    assert not any("hidden" in name for name in held if not name.startswith(beside))


@pytest.fixture
def machine(wheel: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a machine with the libraries that are here, and the wheel."""
    place = tmp_path / "machine"
    venv.create(place, with_pip=False)
    here = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    there = next(place.glob("lib/python*/site-packages"))
    shutil.rmtree(there)
    shutil.copytree(here, there, copy_function=_linked, ignore=shutil.ignore_patterns("graders*", "__editable__*"))
    python = place / "bin" / "python"
    installed = "pip install --quiet --no-deps --no-index".split()
    subprocess.run([python, "-m", *installed, wheel], check=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GRADERS_", "PYTHON"))}
    return {**kept, "PATH": f"{place / 'bin'}:/usr/bin:/bin"}


def _linked(source: str, target: str) -> None:
    """The same file where the disk is the same, else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def alone(*command: object, cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run without a network; skipped where this machine cannot take it away."""
    cut = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]
    if not shutil.which("unshare") or subprocess.run([*cut, "true"], capture_output=True).returncode:
        pytest.skip("no network namespace here")
    return subprocess.run(
        [*cut, *map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, timeout=500
    )


def exported(platform: str, id: str, folder: Path, environment: dict[str, str], **more: str) -> Path:
    """What the installed command makes for a platform, unpacked."""
    made = ["grade.py", "export", platform, id, "--lang", "en", "--out", str(folder / f"{platform}.zip")]
    subprocess.run(made, cwd=folder, env={**environment, **more}, check=True, capture_output=True)
    subprocess.run(["unzip", "-q", f"{platform}.zip", "-d", platform], cwd=folder, check=True)
    return folder / platform


@pytest.mark.slow
def test_packages_grade_on_a_machine_that_has_the_wheel_and_no_network(machine: dict[str, str], tmp_path: Path) -> None:
    cut_off = alone(sys.executable, "-c", CONNECTING, cwd=tmp_path, environment=machine)
    assert "Network is unreachable" in cut_off.stderr

    root = tmp_path / "root"
    (root / "autograder" / "submission").mkdir(parents=True)
    (root / "autograder" / "submission" / "tiny.py").write_text(RIGHT)
    exported("gradescope", "tiny", tmp_path, machine, GRADERS_ROOT=str(TINY)).rename(root / "autograder" / "source")
    found = autograded(root, alone, machine)
    assert [(test["score"], test["max_score"]) for test in found["tests"]] == [(15, 15)]

    folder = exported("vpl", "tiny", tmp_path, machine, GRADERS_ROOT=str(TINY))
    (folder / "tiny.py").write_text(RIGHT)
    (folder / "vpl_environment.sh").write_text("export VPL_GRADEMAX=20 VPL_MAXTIME=300 VPL_SUBFILE0=tiny.py\n")
    assert alone("bash", "vpl_evaluate.sh", cwd=folder, environment=machine).returncode == 0
    assert grades(alone("./vpl_execution", cwd=folder, environment=machine).stdout) == ["20"]


@pytest.mark.slow
def test_the_installed_command_knows_every_assignment_and_no_submission_is_shown_one(
    machine: dict[str, str], tmp_path: Path
) -> None:
    listed = subprocess.run(["grade.py", "list"], cwd=tmp_path, env=machine, capture_output=True, text=True)
    known = sorted(path.parent.name for path in CHECKOUT.glob("assignments/*/assignment.toml"))
    assert [line.split()[0] for line in listed.stdout.splitlines()] == known
    looked = subprocess.run(["python", "-c", SHOWN], cwd=tmp_path, env=machine, capture_output=True, text=True)
    assert looked.stdout.splitlines() == ["True", "[]"]
