"""The Linux system calls that Python lacks, through ctypes. What fails is an `OSError` that names the call.

Nothing here decides anything, and nothing is looked up at import, so that other systems can import it too.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from functools import cache

from graders.sandbox import syscalls

CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET, CLONE_PARENT = 0x10000000, 0x20000000, 0x40000000, 0x00008000

MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 0x2, 0x4, 0x8, 0x4000, 0x40000
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV, MOUNT_ATTR_NOEXEC = 0x1, 0x2, 0x4, 0x8

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_READ, PR_CAPBSET_DROP = 1, 4, 23, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 36, 38, 47, 4

_AT_FDCWD, _AT_EMPTY_PATH, _AT_RECURSIVE, _AT_SYMLINK_NOFOLLOW = -100, 0x1000, 0x8000, 0x100
_OPEN_TREE_CLONE, _MOVE_MOUNT_F_EMPTY_PATH, _MNT_DETACH = 0x1, 0x4, 0x2
_CAPABILITY_VERSION_3, _SECCOMP_SET_MODE_FILTER = 0x20080522, 1
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_LANDLOCK_CREATE_RULESET_VERSION, _LANDLOCK_RULE_PATH_BENEATH = 1, 1


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    return library


def call(name: str, *arguments: int | bytes, on: str | None = None) -> int:
    """One system call; `on` is the path that an error message should name."""
    number = syscalls.number(name)
    if number is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), name)
    words = [ctypes.c_char_p(word) if isinstance(word, bytes) else ctypes.c_long(word) for word in arguments]
    result = int(_library().syscall(ctypes.c_long(number), *words))
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), name, None, on)
    return result


def prctl(option: int, value: int = 0, detail: int = 0) -> int:
    """A property of this process; the last two words must be zero for the options used here."""
    return call("prctl", option, value, detail, 0, 0)


def unshare(flags: int) -> None:
    """New namespaces for this process, and for its children where the kernel says so."""
    call("unshare", flags)


def sethostname(name: str) -> None:
    """The name of the machine in this UTS namespace."""
    call("sethostname", name.encode(), len(name.encode()))


def make_mounts_private() -> None:
    """What is mounted here from now on is not seen outside, and the other way round."""
    call("mount", b"none", b"/", 0, MS_REC | MS_PRIVATE, 0, on="/")


def mount(kind: str, target: str, flags: int, options: str) -> None:
    """A new file system of `kind` on `target`."""
    call("mount", kind.encode(), os.fsencode(target), kind.encode(), flags, options.encode(), on=target)


def clone_tree(path: str, attributes: int) -> int:
    """A descriptor of a detached copy of what is mounted at and below `path`, with more restrictions."""
    flags = _OPEN_TREE_CLONE | os.O_CLOEXEC | _AT_RECURSIVE | _AT_SYMLINK_NOFOLLOW
    tree = call("open_tree", _AT_FDCWD, os.fsencode(path), flags, on=path)
    pair = struct.pack("QQQQ", attributes, 0, 0, 0)
    call("mount_setattr", tree, b"", _AT_EMPTY_PATH | _AT_RECURSIVE, pair, len(pair), on=path)
    return tree


def attach_tree(tree: int, target: str) -> None:
    """Mounts a detached copy, and closes its descriptor."""
    call("move_mount", tree, b"", _AT_FDCWD, os.fsencode(target), _MOVE_MOUNT_F_EMPTY_PATH, on=target)
    os.close(tree)


def restrict_mount(path: str, attributes: int) -> None:
    """More restrictions on the one mount at `path`."""
    pair = struct.pack("QQQQ", attributes, 0, 0, 0)
    call("mount_setattr", _AT_FDCWD, os.fsencode(path), 0, pair, len(pair), on=path)


def pivot_root(new: str, old: str) -> None:
    """Makes `new` the root of this mount namespace, and puts the old one on `old`."""
    call("pivot_root", os.fsencode(new), os.fsencode(old), on=new)


def detach(path: str) -> None:
    """Takes a mount, and what is mounted below it, out of sight at once."""
    call("umount2", os.fsencode(path), _MNT_DETACH, on=path)


def capget() -> tuple[int, int, int]:
    """Effective, permitted and inheritable capabilities of this process."""
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION_3, 0))
    data = ctypes.create_string_buffer(24)
    call("capget", ctypes.addressof(header), ctypes.addressof(data))
    low_and_high = struct.unpack("=6I", data.raw[:24])
    effective, permitted, inheritable = (low_and_high[i] | low_and_high[i + 3] << 32 for i in range(3))
    return effective, permitted, inheritable


def capset_none() -> None:
    """Gives up every capability, for ever once no_new_privs is set."""
    call("capset", struct.pack("=Ii", _CAPABILITY_VERSION_3, 0), bytes(24))


def landlock_version() -> int:
    """The Landlock ABI of this kernel."""
    return call("landlock_create_ruleset", 0, 0, _LANDLOCK_CREATE_RULESET_VERSION)


def landlock_ruleset(handled: bytes) -> int:
    """A descriptor of an empty set of rules for the rights that `handled` names."""
    return call("landlock_create_ruleset", handled, len(handled), 0)


def landlock_allow(ruleset: int, rights: int, folder: int) -> None:
    """Allows `rights` beneath an opened folder."""
    call("landlock_add_rule", ruleset, _LANDLOCK_RULE_PATH_BENEATH, struct.pack("=Qi", rights, folder), 0)


def landlock_restrict(ruleset: int) -> None:
    """From here on this process may do only what the rules allow."""
    call("landlock_restrict_self", ruleset, 0)


def seccomp(program: bytes) -> None:
    """Installs a filter of system calls, eight bytes an instruction."""
    instructions = ctypes.create_string_buffer(program, len(program))
    call("seccomp", _SECCOMP_SET_MODE_FILTER, 0, _filter(instructions))


def seccomp_again(program: bytes) -> None:
    """Installs one more, where the first refuses the call above."""
    instructions = ctypes.create_string_buffer(program, len(program))
    call("prctl", _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, _filter(instructions), 0, 0)


def _filter(instructions: ctypes.Array[ctypes.c_char]) -> bytes:
    return struct.pack("HxxxxxxQ", len(instructions) // 8, ctypes.addressof(instructions))
