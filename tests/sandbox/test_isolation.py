"""Files and sockets: what a hostile function reaches from inside, and that it reaches more with the layer off.

Every test runs as whoever runs the tests; root also runs them as an ordinary user. Level "none" has no layer at all.
"""

from __future__ import annotations

import fcntl
import os
import socket
import sys
from pathlib import Path

import pytest
from isolated_side import CHECKOUT, MIB, ORDINARY, SLOT, Outside, Stage

from graders.sandbox import identity
from graders.sandbox.isolation import Isolation


def parts_of_the_interpreter(folder: str) -> set[str]:
    """Names in a folder that lead to the interpreter, which is shown where it is."""
    prefixes = [Path(prefix) for prefix in (sys.prefix, sys.base_prefix)]
    return {prefix.relative_to(folder).parts[0] for prefix in prefixes if prefix.is_relative_to(folder)}


def test_nothing_outside_can_be_read(stage: Stage, level: str, outside: Outside) -> None:
    paths = [str(outside.secret), str(outside.folder), str(CHECKOUT / "pyproject.toml"), str(CHECKOUT / "graders"),
             "/etc/shadow", "/etc/passwd-", "/home", "/root/.bashrc", "/var", "/sys", "/run", "/proc/1/root/etc/shadow",
             f"/proc/{outside.judge}/environ", f"/proc/{outside.judge}/root"]  # fmt: skip
    seen = stage.value("attacks.read", paths, level=level)
    assert {path for path, what in seen.items() if what == "done"} == set()
    without = stage.value("attacks.read", paths, level="none")
    assert without[str(outside.secret)] == without[str(CHECKOUT / "pyproject.toml")] == "done"


def test_landlock_alone_hides_files_where_there_are_no_namespaces(stage: Stage, outside: Outside) -> None:
    path = str(outside.secret)
    assert stage.value("attacks.read", [path], level="partial") == {path: "EACCES"}
    assert stage.value("attacks.read", [path], level="partial", off=("landlock",)) == {path: "done"}


def test_the_root_holds_nothing_but_trees(stage: Stage) -> None:
    known = {"bin", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "sbin", "tmp", "usr", "work"}
    assert set(stage.value("attacks.listing", "/")) <= known | parts_of_the_interpreter("/")
    assert set(stage.value("attacks.listing", "/dev")) == {
        "fd", "full", "null", "random", "shm", "stderr", "stdin", "stdout", "urandom", "zero"}  # fmt: skip
    made = {"alternatives", "fonts", "group", "hosts", "ld.so.cache", "passwd"}
    assert set(stage.value("attacks.listing", "/etc")) <= made
    assert set(stage.value("attacks.listing", "/tmp")) == parts_of_the_interpreter("/tmp")


def test_the_checkout_is_not_shown_although_the_interpreter_lies_in_it(stage: Stage) -> None:
    below = Path(sys.prefix).relative_to(CHECKOUT).parts[:1] if Path(sys.prefix).is_relative_to(CHECKOUT) else ()
    seen = stage.value("attacks.read", [str(CHECKOUT)])
    assert seen == {str(CHECKOUT): "done" if below else "ENOENT"}
    if below:
        assert stage.value("attacks.listing", str(CHECKOUT)) == list(below)
    with pytest.raises(ValueError, match="would show"):
        Isolation(level="full", trees=(str(CHECKOUT),), secrets=(str(CHECKOUT / "reference"),))


def test_nothing_outside_can_be_changed(stage: Stage, level: str, outside: Outside) -> None:
    before = outside.secret.stat()
    tried = stage.value("attacks.touch_outside", str(outside.secret), str(outside.folder), level=level)
    # Without namespaces, setting mode and times is pretended.
    pretended = {"mode", "times"} if level == "partial" else set()
    assert {way for way, what in tried.items() if what == "done"} == pretended
    assert outside.secret.stat() == before
    assert sorted(os.listdir(outside.folder)) == ["secret", "socket"]


@pytest.mark.parametrize(("path", "folder"), [("/etc/passwd", "/etc"), ("/dev/null", "/dev"), ("/usr", "/")])
def test_the_root_itself_cannot_be_changed(stage: Stage, path: str, folder: str) -> None:
    tried = stage.value("attacks.touch_outside", path, folder)
    written = {"write", "append"} if path == "/dev/null" else set()
    assert {way for way, what in tried.items() if what == "done"} == written


@pytest.mark.parametrize("way", ["write", "make", "make folder", "make link"])
def test_without_layers_it_can_be_changed(stage: Stage, outside: Outside, way: str) -> None:
    tried = stage.value("attacks.touch_outside", str(outside.secret), str(outside.folder), level="none")
    assert tried[way] == "done"


def test_mode_times_and_attributes_outside_are_kept_by_the_filter(stage: Stage, outside: Outside) -> None:
    owner = ORDINARY if stage.user else identity.FIRST_USER + SLOT
    if os.geteuid() == 0:
        os.chown(outside.secret, owner, owner)
    before = outside.secret.stat()
    stage.value("attacks.touch_outside", str(outside.secret), str(outside.folder), level="partial")
    assert outside.secret.stat() == before
    stage.value("attacks.touch_outside", str(outside.secret), str(outside.folder), level="partial", off=("seccomp",))
    assert outside.secret.stat().st_mtime == 1


def test_the_trees_cannot_be_changed(stage: Stage, level: str) -> None:
    code = os.__file__
    tried = stage.value("attacks.touch_outside", code, os.path.dirname(code), level=level)
    pretended = {"mode", "times"} if level == "partial" else set()
    assert {way for way, what in tried.items() if what == "done"} <= pretended
    assert "changed" not in Path(code).read_text()[:100]


def test_sockets_are_local_only(stage: Stage) -> None:
    assert stage.value("attacks.socket_families") == [socket.AF_UNIX]
    assert stage.value("attacks.socket_families", level="partial") == []
    assert {socket.AF_INET, socket.AF_NETLINK} <= set(stage.value("attacks.socket_families", off=("seccomp",)))


def test_nobody_outside_can_be_called(stage: Stage, level: str, outside: Outside) -> None:
    where = (outside.port, outside.path, outside.name)
    assert "done" not in stage.value("attacks.connect", *where, level=level).values()
    without = stage.value("attacks.connect", *where, level="none")
    assert without["port"] == without["path"] == without["name"] == "done"


def test_the_filter_keeps_sockets_with_a_path_from_being_called(stage: Stage, outside: Outside) -> None:
    where = (outside.port, outside.path, outside.name)
    without = stage.value("attacks.connect", *where, level="partial", off=("seccomp",))
    assert without["path"] == "done"
    assert without["port"] == "EACCES"
    assert without["name"] == "EPERM"


def test_the_network_namespace_leads_nowhere_without_the_filter(stage: Stage, outside: Outside) -> None:
    without = stage.value("attacks.connect", outside.port, outside.path, outside.name, off=("seccomp", "landlock"))
    assert without["port"] == "ENETUNREACH"
    assert "done" not in without.values()


def test_a_lock_on_what_is_shared_is_not_seen(stage: Stage, level: str) -> None:
    with open(os.__file__, encoding="utf-8") as shared:
        fcntl.flock(shared, fcntl.LOCK_EX)
        assert stage.value("attacks.lock", os.__file__, level=level) == {
            "lock": "done",
            "lease": "EPERM",
            "notice": "EPERM",
        }
        without = stage.value("attacks.lock", os.__file__, level=level, off=("seccomp",))
        assert (without["lock"], without["notice"]) == ("EAGAIN", "done")


def test_submissions_start_from_the_same_state(stage: Stage) -> None:
    assert stage.value("floods.fill", "/tmp", MIB)[1] == stage.value("floods.fill", "/dev/shm", MIB)[1] == "done"
    assert set(stage.value("attacks.listing", "/tmp")) == parts_of_the_interpreter("/tmp")
    assert stage.value("attacks.listing", "/dev/shm") == []
    assert stage.value("attacks.listing", "/work")[:1] == ["given.txt"]


def test_a_tree_may_lie_below_what_can_be_written(stage: Stage, outside: Outside) -> None:
    # /var/tmp is where the test's own files are; the work folder is put around the tree.
    trees = ["/usr/lib", "/lib", "/lib64", "/etc/ld.so.cache", str(outside.folder)]
    seen = stage.value("attacks.read", [str(outside.secret)], trees=trees, work="/var/tmp")
    assert seen == {str(outside.secret): "done"}
    tried = stage.value("attacks.touch_outside", str(outside.secret), str(outside.folder), trees=trees, work="/var/tmp")
    assert "done" not in tried.values()


def test_a_sandbox_that_cannot_be_built_is_refused_with_the_path(stage: Stage, level: str) -> None:
    refused = stage.run("honest.given", level=level, trees=["/usr/lib", "/nowhere"]).refused
    assert "/nowhere" in refused
