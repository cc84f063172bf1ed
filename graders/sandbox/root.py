"""The file system of a sandbox: a small root of its own, the trees read-only, a little memory to write to.

Copies of the trees are taken first, detached from any path, because what is mounted next may cover them. Nothing may
run from what can be written (noexec): that stops programs and extension modules that a student brings along, and no
honest code was found that minds; libffi's closures and jit compilers use anonymous memory.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass

from graders.sandbox import kernel
from graders.sandbox.trees import layout

STAGE = "/tmp"
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
DESCRIPTORS = {"fd": "fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2"}
SHARED, TEMPORARY = "/dev/shm", "/tmp"
FILES = 20_000
HOST = "lab"

INERT = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
TREE = kernel.MOUNT_ATTR_RDONLY | kernel.MOUNT_ATTR_NOSUID | kernel.MOUNT_ATTR_NODEV
DEVICE = kernel.MOUNT_ATTR_RDONLY | kernel.MOUNT_ATTR_NOSUID | kernel.MOUNT_ATTR_NOEXEC


@dataclass(frozen=True, slots=True)
class Root:
    """What to show, where the student may write and how much, and who that is."""

    trees: tuple[str, ...]
    work: str
    disk_bytes: int
    user: int


def build(root: Root) -> None:
    """Replace the root of this mount namespace; to be called by the first process of a new pid namespace."""
    kernel.make_mounts_private()
    real, links = layout(root.trees)
    copies = {path: kernel.clone_tree(path, TREE) for path in real}
    devices = {path: kernel.clone_tree(path, DEVICE) for path in DEVICES}
    kernel.mount("tmpfs", STAGE, kernel.MS_NOSUID | kernel.MS_NODEV, "size=1m,nr_inodes=2000,mode=755")
    os.chdir(STAGE)
    _make_writable_folders(root)
    _show(copies, links)
    _make_devices(devices)
    _make_files(root.user)
    _mount_proc()
    kernel.sethostname(HOST)
    _enter()
    os.chdir(root.work)


def _here(path: str) -> str:
    return "." + path


def _make_writable_folders(root: Root) -> None:
    """One file system for all of them, so that one size limits their sum; shown in three places, a folder in each."""
    os.mkdir("disk")
    kernel.mount("tmpfs", "disk", INERT, f"size={root.disk_bytes},nr_inodes={FILES},mode=755")
    modes = {TEMPORARY: 0o1777, SHARED: 0o1777, root.work: 0o700}
    # Sorted, so that a work folder below /tmp is mounted on top of it.
    for number, (path, mode) in enumerate(sorted(modes.items())):
        os.mkdir(f"disk/{number}")
        os.chown(f"disk/{number}", root.user, root.user)
        os.chmod(f"disk/{number}", mode)
        os.makedirs(_here(path), exist_ok=True)
        kernel.attach_tree(kernel.clone_tree(f"disk/{number}", 0), _here(path))
    kernel.detach("disk")
    os.rmdir("disk")


def _show(copies: dict[str, int], links: dict[str, str]) -> None:
    for path, copy in copies.items():
        _make_place(_here(path), folder=stat.S_ISDIR(os.fstat(copy).st_mode))
        kernel.attach_tree(copy, _here(path))
    for link, target in links.items():
        os.makedirs(os.path.dirname(_here(link)), exist_ok=True)
        os.symlink(target, _here(link))


def _make_place(path: str, folder: bool) -> None:
    """Something to mount on."""
    os.makedirs(path if folder else os.path.dirname(path), exist_ok=True)
    if not folder:
        os.close(os.open(path, os.O_CREAT | os.O_CLOEXEC, 0o644))


def _make_devices(devices: dict[str, int]) -> None:
    for path, copy in devices.items():
        _make_place(_here(path), folder=False)
        kernel.attach_tree(copy, _here(path))
    for name, target in DESCRIPTORS.items():
        os.symlink(f"/proc/self/{target}", f"dev/{name}")


def _make_files(user: int) -> None:
    os.makedirs("etc", exist_ok=True)
    for name, content in {
        "passwd": f"root:x:0:0:root:/:/bin/false\nstudent:x:{user}:{user}:student:/work:/bin/false\n",
        "group": f"root:x:0:\nstudent:x:{user}:\n",
        "hosts": f"127.0.0.1 localhost {HOST}\n",
    }.items():
        with open(f"etc/{name}", "w", encoding="ascii") as file:
            file.write(content)


def _mount_proc() -> None:
    """Only what concerns processes. Refused where parts of the outer /proc are covered; honest code works without."""
    os.mkdir("proc", 0o555)
    try:
        kernel.mount("proc", "proc", INERT, "subset=pid")
    except PermissionError:
        return


def _enter() -> None:
    kernel.pivot_root(".", ".")
    kernel.detach(".")
    os.chdir("/")
    kernel.restrict_mount("/", kernel.MOUNT_ATTR_RDONLY)
