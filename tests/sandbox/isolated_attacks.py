"""What a hostile submission tries, one function each. They return what they got; a test says what that should be."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import mmap
import os
import resource
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

RESULT = 3
LIBC = ctypes.CDLL(None, use_errno=True)


def outcome(action: Callable[[], object]) -> str:
    """ "done", or the name of the error."""
    try:
        result = action()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    except (ValueError, MemoryError, RuntimeError) as error:
        return type(error).__name__
    return "done" if result != -1 else errno.errorcode[ctypes.get_errno()]


def system_call(number: int, *arguments: int) -> str:
    """What a system call answers."""
    ctypes.set_errno(0)
    return outcome(lambda: LIBC.syscall(ctypes.c_long(number), *(ctypes.c_long(word) for word in arguments)))


def system_calls(numbers: dict[str, int]) -> dict[str, str]:
    """What each answers to arguments that make no sense."""
    return {name: system_call(number, -1, -1, -1, -1, -1, -1) for name, number in numbers.items()}


def read(paths: list[str]) -> dict[str, str]:
    """Read files and list folders."""
    return {path: outcome(lambda p=path: os.listdir(p) if os.path.isdir(p) else Path(p).read_bytes()) for path in paths}


def listing(path: str) -> list[str]:
    """The names in a folder."""
    return sorted(os.listdir(path))


def walk(path: str) -> list[str]:
    """Every folder and file below a path that can be seen."""
    return [os.path.join(folder, name) for folder, folders, files in os.walk(path) for name in (*folders, *files)]


def search_processes(token: str) -> list[str]:
    """Files of /proc that hold a word."""
    places = [f"/proc/{pid}/{name}" for pid in os.listdir("/proc") if pid.isdigit() for name in ("environ", "cmdline")]
    return [place for place in places if token in _text(place)]


def _text(path: str) -> str:
    with contextlib.suppress(OSError):
        return Path(path).read_bytes().decode(errors="replace")
    return ""


def touch_outside(path: str, folder: str) -> dict[str, str]:
    """Every way to change a file and a folder that are not ours."""
    inside = os.path.join(folder, "made")
    return {
        "write": outcome(lambda: Path(path).write_text("changed")),
        "append": outcome(lambda: os.close(os.open(path, os.O_WRONLY | os.O_APPEND))),
        "truncate": outcome(lambda: os.truncate(path, 0)),
        "remove": outcome(lambda: os.unlink(path)),
        "rename": outcome(lambda: os.rename(path, path + ".moved")),
        "make": outcome(lambda: Path(inside).write_text("made")),
        "make folder": outcome(lambda: os.mkdir(inside + ".d")),
        "make link": outcome(lambda: os.symlink("/", inside + ".l")),
        "hard link": outcome(lambda: os.link(path, "linked")),
        "unnamed": outcome(lambda: os.close(os.open(folder, os.O_TMPFILE | os.O_RDWR))),
        "mode": outcome(lambda: os.chmod(path, 0o600)),
        "owner": outcome(lambda: os.chown(path, os.getuid(), os.getgid())),
        "times": outcome(lambda: os.utime(path, (1, 1))),
        "attribute": outcome(lambda: os.setxattr(path, "user.made", b"1")),
    }


def reach_processes(pids: list[int]) -> dict[str, list[str]]:
    """Signal, look into and limit processes outside, the keeper among them where it has a number."""
    pids = [*pids, os.getppid() or pids[0]]
    return {
        "signal": [outcome(lambda p=p: os.kill(p, 0)) for p in pids],
        "handle": [outcome(lambda p=p: signal.pidfd_send_signal(os.pidfd_open(p), 0)) for p in pids],
        "trace": [outcome(lambda p=p: LIBC.ptrace(0x4206, p, 0, 0)) for p in pids],
        "memory": [outcome(lambda p=p: os.close(os.open(f"/proc/{p}/mem", os.O_RDONLY))) for p in pids],
        "limit": [outcome(lambda p=p: resource.prlimit(p, resource.RLIMIT_CORE)) for p in pids],
        "priority": [outcome(lambda p=p: os.setpriority(os.PRIO_PROCESS, p, 19)) for p in pids],
    }


def lock(path: str) -> dict[str, str]:
    """Lock a file that others share, so that they see it."""
    descriptor = os.open(path, os.O_RDONLY)
    return {
        "lock": outcome(lambda: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)),
        "lease": outcome(lambda: fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)),
        "notice": outcome(lambda: fcntl.fcntl(os.open(os.path.dirname(path), os.O_RDONLY), fcntl.F_NOTIFY, 2)),
    }


def signal_everybody() -> str:
    """kill(-1)."""
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    return outcome(lambda: os.kill(-1, signal.SIGUSR1))


def socket_families() -> list[int]:
    """Families of which any kind of socket can be made."""
    kinds = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET)
    return [family for family in range(48) if any(_made(family, kind) for kind in kinds)]


def _made(family: int, kind: int) -> bool:
    with contextlib.suppress(OSError):
        socket.socket(family, kind).close()
        return True
    return False


def connect(port: int, path: str, name: str) -> dict[str, str]:
    """Reach listeners outside: on a port, on a path, on an abstract name."""
    return {
        "port": outcome(lambda: socket.create_connection(("127.0.0.1", port), 2).close()),
        "path": outcome(lambda: socket.socket(socket.AF_UNIX).connect(path)),
        "name": outcome(lambda: socket.socket(socket.AF_UNIX).connect(f"\0{name}")),
        "datagram": outcome(lambda: socket.socketpair(type=socket.SOCK_DGRAM)[0].sendto(b"hello", path)),
    }


def run_program(arguments: list[str]) -> str:
    """Run another program."""
    return outcome(lambda: subprocess.run(arguments, check=True))


def load_library(source: str) -> str:
    """Bring machine code along: a copy of a library in the work folder."""
    Path("brought.so").write_bytes(Path(source).read_bytes())
    return outcome(lambda: ctypes.CDLL(os.path.abspath("brought.so")))


def become_root() -> dict[str, str]:
    """Gain rights."""
    return {
        "user": outcome(lambda: os.setuid(0)), "group": outcome(lambda: os.setgid(0)),
        "groups": outcome(lambda: os.setgroups([0])), "root": outcome(lambda: os.chroot("/")),
        "device": outcome(lambda: os.mknod("device", 0o20666, os.makedev(1, 1))),
        "limit": outcome(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (65_536, 65_536))),
    }  # fmt: skip


def mount(folder: str) -> dict[str, str]:
    """Change what is mounted, with and without new namespaces."""
    return {
        "memory": outcome(lambda: LIBC.mount(b"none", folder.encode(), b"tmpfs", 0, None)),
        "writable": outcome(lambda: LIBC.mount(b"none", b"/", None, 0x20 | 0x1000, None)),
        "detach": outcome(lambda: LIBC.umount2(b"/tmp", 2)),
        "namespaces": outcome(lambda: LIBC.unshare(0x10000000 | 0x20000)),
    }


def clone_into_namespaces(number: int) -> str:
    """A child in a user namespace of its own."""

    def made() -> int:
        child = int(LIBC.syscall(ctypes.c_long(number), ctypes.c_long(0x10000000 | 17), *[ctypes.c_long(0)] * 4))
        if child == 0:
            os._exit(0)
        return child

    return outcome(made)


def status() -> dict[str, str]:
    """What the kernel says about this process."""
    lines = (line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {name: value.strip() for name, value in lines}


def descriptors() -> list[int]:
    """Open descriptors, found without /proc."""
    return [number for number in range(256) if outcome(lambda n=number: fcntl.fcntl(n, fcntl.F_GETFD)) == "done"]


def look_for_layers() -> list[object]:
    """What isolation a grader would find in here, if it were started by a student."""
    from graders.sandbox.layers import probe  # the stage has it; a submission made of this file needs it not

    found = probe()
    return [found.level, found.namespaces, found.seccomp, list(found.reasons)]


def type_into_terminal() -> str:
    """Type into the terminal of whoever started us."""
    return outcome(lambda: fcntl.ioctl(0, 0x5412, b"x"))


def machine_code(code: str) -> int:
    """Run bytes as a function, as a submission without a compiler can."""
    memory = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(bytes.fromhex(code))
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return int(ctypes.CFUNCTYPE(ctypes.c_long)(address)())
