"""Where a machine gives less: the grader refuses and says what is missing, or goes on and says what is weaker."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.commands import autograde, validate
from graders.commands.isolation import WEAKER, level
from graders.commands.usage import Language, UsageError
from graders.sandbox.layers import probe
from graders.sandbox.trees import interpreter_trees
from tests.conftest import TINY
from tests.isolation.stage import NEIGHBOURS, NONE, WHERE, WRITTEN, Graded, Where, graded, header, names_for

pytestmark = pytest.mark.skipif(probe().level != "full", reason="this machine has nothing to refuse")
USERS = sorted({where.user for where in WHERE})
# What shows that the attacks are ones: without isolation they get what they look for.
REACHING = ("files", "environment", "network")


@pytest.mark.parametrize("user", [pytest.param(one, marks=pytest.mark.slow if one else ()) for one in USERS])
@pytest.mark.parametrize(
    ("without", "told"),
    [
        ("namespaces,landlock", ("namespaces: [Errno 1] Operation not permitted: 'unshare'", "landlock: [Errno 38]")),
        ("namespaces,filter", ("namespaces: [Errno 1]", "seccomp: [Errno 22]")),
        ("filter", ("seccomp: [Errno 22]",)),
    ],
)
def test_less_than_partial_is_refused_and_named(tmp_path: Path, user: int, without: str, told: tuple[str, ...]) -> None:
    (tmp_path / "class" / "one").mkdir(parents=True)
    (tmp_path / "class" / "one" / "tiny.py").write_text("raise SystemExit('it ran')\n")
    command = [*Where("none", user, without).command, str(tmp_path / "class"), "--assignment", "tiny", "--lang", "en"]
    environment = {
        "GRADERS_ROOT": str(TINY),
        "COLUMNS": "400",
        "XDG_CACHE_HOME": str(tmp_path / "home"),
        "HOME": "/tmp",
    }
    ours = Path(tempfile.gettempdir())
    for path in (tmp_path, *(one for one in tmp_path.parents if ours in one.parents)):
        path.chmod(0o755)
    done = subprocess.run(
        [*command, "--out", str(tmp_path / "out")], env=environment, capture_output=True, text=True, cwd="/"
    )
    assert done.returncode == 2, done.stdout + done.stderr
    said = done.stdout + done.stderr
    assert "This machine cannot isolate submissions, so untrusted work is not run on it" in said
    assert all(reason in said for reason in told)
    assert "--no-isolation" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("given", WEAKER)
def test_every_command_that_runs_submissions_says_what_is_weaker(
    given: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (autograde, validate):
        monkeypatch.setattr(command, "level", lambda **_: given)
    monkeypatch.setattr(validate, "_validated", lambda *_: 0)
    monkeypatch.setattr(autograde, "AUTOGRADE", {one: lambda job: 0 for one in autograde.Platform})
    validate.validate("ue73-tp2", out=Path("unused"), jobs=1)
    told = [capsys.readouterr()]
    for platform in autograde.Platform:
        autograde.autograde(platform, "ue73-tp2", lang=Language.EN)
        told.append(capsys.readouterr())
    assert not any(one.out for one in told)
    said = [" ".join(one.err.split()).startswith(WEAKER[given].text[:60]) for one in told]
    # CodeRunner takes what is said there for an error of the student's.
    assert said == [True, *(platform is not autograde.Platform.CODERUNNER for platform in autograde.Platform)]


def test_what_is_hidden_may_not_lie_among_what_is_shown() -> None:
    shown = Path(interpreter_trees()[0], "course")
    with pytest.raises(UsageError, match="which every submission can read"):
        level(no_isolation=False, hidden=[shown])
    assert level(no_isolation=False, hidden=[Path.home()]) == "full"


@pytest.fixture(scope="module")
def trusted() -> Iterator[Graded]:
    """A class without isolation."""
    with graded(NONE, "--no-isolation") as made:
        yield made


@pytest.mark.slow
def test_without_isolation_it_says_so(trusted: Graded) -> None:
    assert trusted.status == 0, trusted.said[-2000:]
    assert "No isolation: a submission can read, change and reach whatever you can." in trusted.said
    assert trusted.report("crash")["environment"]["isolation"] == "none"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({*names_for(NONE)} - {*REACHING}))
def test_without_isolation_mistakes_cost_themselves_and_nothing_is_forged(trusted: Graded, name: str) -> None:
    expected = header(name)["expect at none"]
    assert trusted.verdict(name) in [one.strip() for one in expected.split("|")], trusted.report(name)["criteria"]
    assert json.loads((trusted.out / name / "timing.json").read_text())["seconds"] < 30


@pytest.mark.slow
@pytest.mark.parametrize("name", REACHING)
def test_without_isolation_the_attacks_get_what_they_look_for(trusted: Graded, name: str) -> None:
    assert any("GOT" in flag for flag in trusted.report(name)["flags"])


@pytest.mark.slow
@pytest.mark.parametrize("name", NEIGHBOURS)
def test_without_isolation_a_neighbour_loses_nothing(trusted: Graded, name: str) -> None:
    assert trusted.report(name)["score"] == 15


def test_the_search_of_memory_finds_what_is_there(tmp_path: Path) -> None:
    for path in (WRITTEN / "memory.py", WRITTEN / "attempts.py"):
        shutil.copy(path, tmp_path)
    told = {"canaries": ["canary-of-the-search"[::-1]]}
    (tmp_path / "where.json").write_text(json.dumps(told))
    (tmp_path / "planted.py").write_text("kept = ['canary-' + 'of-the-search']\nimport memory\n")
    found = subprocess.run([sys.executable, "planted.py"], cwd=tmp_path, capture_output=True, text=True)
    assert "GOT {'memory'" in found.stderr
    (tmp_path / "planted.py").write_text("import memory\n")
    assert subprocess.run([sys.executable, "planted.py"], cwd=tmp_path, capture_output=True, text=True).returncode == 0
