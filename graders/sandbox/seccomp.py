"""Which system calls a submission may make: all but those below. Installed last, and for ever.

What is refused lets a process look into others, change what is mounted or the machine itself, reach the network, run
another program, or hold memory that no limit counts; or it is a large, seldom used part of the kernel. Refusals are
ordinary errors, so that a library which only tries finds another way; "not implemented" where that is what it expects.
"""

from __future__ import annotations

import errno

from graders.sandbox import bpf, kernel, syscalls

LOOK_INTO_OTHERS = """ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_getfd
    perf_event_open lookup_dcookie"""
CHANGE_WHAT_IS_MOUNTED = """mount umount2 pivot_root chroot fsopen fsconfig fsmount fspick open_tree move_mount
    mount_setattr statmount listmount unshare setns name_to_handle_at open_by_handle_at fanotify_init fanotify_mark
    quotactl quotactl_fd"""
CHANGE_THE_MACHINE = """kexec_load kexec_file_load init_module finit_module delete_module swapon swapoff reboot acct
    settimeofday clock_settime adjtimex clock_adjtime syslog iopl ioperm modify_ldt personality sethostname
    setdomainname vhangup lsm_set_self_attr"""
LARGE_AND_UNUSED = """bpf userfaultfd keyctl add_key request_key seccomp vmsplice move_pages migrate_pages mbind
    set_mempolicy get_mempolicy set_mempolicy_home_node"""
# Memory that stays when nobody maps it, and queues that all users of the machine share.
MEMORY_NOBODY_COUNTS = """memfd_create memfd_secret shmget shmat shmctl shmdt semget semop semctl semtimedop
    msgget msgsnd msgrcv msgctl io_setup io_destroy io_submit io_cancel io_getevents io_pgetevents
    io_uring_setup io_uring_enter io_uring_register"""
PROGRAMS = "execve execveat"

# Without namespaces: what Landlock does not mediate, and what reaches other processes of the same user.
SHARED_MACHINE = """chown lchown fchown fchownat setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
    mq_open mq_unlink inotify_init inotify_init1 inotify_add_watch socket connect bind
    sched_setscheduler sched_setparam sched_setattr sched_setaffinity setpriority ioprio_set"""
# Mode and times of a file are pretended to change, because copying a file with shutil sets them.
SHARED_MACHINE_PRETENDED = "chmod fchmod fchmodat fchmodat2 utime utimes futimesat utimensat"

# A lock on a library that all sandboxes share would be seen in all of them.
SHARED_FILES_PRETENDED = "flock"
F_SETLEASE, F_NOTIFY = 1024, 1026

NAMESPACES = (kernel.CLONE_NEWNS | kernel.CLONE_NEWCGROUP | kernel.CLONE_NEWUTS | kernel.CLONE_NEWIPC
              | kernel.CLONE_NEWUSER | kernel.CLONE_NEWPID | kernel.CLONE_NEWNET)  # fmt: skip
TIOCSTI, TIOCLINUX, TIOCSETD = 0x5412, 0x541C, 0x5423
NEGATIVE, SIGKILL = 1 << 31, 9
# Other ways to send a signal, and which argument is its number.
SENDS = {"tkill": 1, "tgkill": 2, "rt_sigqueueinfo": 1, "rt_tgsigqueueinfo": 2, "pidfd_send_signal": 1}
AF_UNIX, SOCK_STREAM, SOCKET_KIND = 1, 1, 0xF
S_IFCHR = 0o020000  # a bit that block devices have too, and fifos and files lack


def install(*, allow_exec: bool, shared: bool) -> None:
    """Filter the system calls of this process and its children; `shared` is the stricter filter without namespaces."""
    kernel.seccomp(program(syscalls.machine(), allow_exec=allow_exec, shared=shared))


def program(machine: str, *, allow_exec: bool, shared: bool) -> bytes:
    """The filter for a machine, eight bytes an instruction."""
    always = (LOOK_INTO_OTHERS, CHANGE_WHAT_IS_MOUNTED, CHANGE_THE_MACHINE, LARGE_AND_UNUSED)
    refused = dict.fromkeys(_names(*always), errno.EPERM)
    refused |= dict.fromkeys(_names(MEMORY_NOBODY_COUNTS), errno.ENOSYS)
    refused |= {} if allow_exec else dict.fromkeys(_names(PROGRAMS), errno.EPERM)
    refused |= dict.fromkeys(_names(SHARED_FILES_PRETENDED), 0)
    if shared:
        refused |= dict.fromkeys(_names(SHARED_MACHINE), errno.EPERM)
        refused |= dict.fromkeys(_names(SHARED_MACHINE_PRETENDED), 0)
    numbers = {name: pair[syscalls.MACHINES.index(machine)] for name, pair in syscalls.NUMBERS.items()}
    blocks = [bpf.refuse(number, error) for name, error in refused.items() if (number := numbers[name]) is not None]
    blocks += [bpf.only_if(number, *conditions) for name, conditions in _conditions(shared).items()
               if (number := numbers[name]) is not None and name not in refused]  # fmt: skip
    return b"".join((bpf.head(machine), bpf.above(syscalls.NEWEST), *blocks, bpf.ALLOW))


def outlive_own_code(pid: int) -> None:
    """From now on neither this process nor what it forks can kill it: if it is killed, it was by somebody else."""
    kernel.seccomp_again(survival(syscalls.machine(), pid))


def survival(machine: str, pid: int) -> bytes:
    """The filter for that. A process may kill what it has forked, but not whole groups of processes."""
    place = syscalls.MACHINES.index(machine)
    itself = (bpf.must_not_be(0, (pid, 0)), bpf.must_lack(0, NEGATIVE))
    conditions = {name: bpf.must_not_be(argument, (SIGKILL,)) for name, argument in SENDS.items()}
    conditions["kill"] = bpf.where(1, SIGKILL, *itself)
    numbers = {name: syscalls.NUMBERS[name][place] for name in conditions}
    blocks = [bpf.only_if(numbers[name] or 0, condition) for name, condition in conditions.items()]
    return b"".join((bpf.head(machine), *blocks, bpf.ALLOW))


def _names(*groups: str) -> list[str]:
    return " ".join(groups).split()


def _conditions(shared: bool) -> dict[str, tuple[bytes, ...]]:
    """Calls that depend on their arguments."""
    stream = (bpf.must_be(1, SOCK_STREAM, SOCKET_KIND),) if shared else ()
    return {
        # Its flags lie in memory that may change after the test; the C library then uses clone.
        "clone3": (bpf.answer(errno.ENOSYS),),
        # A child of the parent's would not be in the group that is swept.
        "clone": (bpf.must_lack(0, NAMESPACES | kernel.CLONE_PARENT),),
        "socket": (bpf.must_be(0, AF_UNIX),),
        # A datagram socket sends to any path, whatever it was connected to.
        "socketpair": (bpf.must_be(0, AF_UNIX), *stream),
        "ioctl": (bpf.must_not_be(1, (TIOCSTI, TIOCLINUX, TIOCSETD)),),
        # A lease on a library of the same user's would hold up whoever writes it.
        "fcntl": (bpf.must_not_be(1, (F_SETLEASE, F_NOTIFY)),),
        # Whoever could undo it would outlive us. Pretended, because torch sets it for its own workers.
        "prctl": (bpf.must_not_be(0, (kernel.PR_SET_PDEATHSIG,), 0),),
        # Another process of the same user could be limited to nothing.
        "prlimit64": (bpf.must_be(0, 0),),
        "mknod": (bpf.must_lack(1, S_IFCHR),),
        "mknodat": (bpf.must_lack(2, S_IFCHR),),
    }
