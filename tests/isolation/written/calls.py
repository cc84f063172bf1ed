"""3.3, 45: every system call that is refused, and the numbers that no kernel has yet."""
# expect: pass
from attempts import WHERE, got
from isolated_attacks import system_calls


def attack():
    got(answered=[name for name, what in system_calls(WHERE["calls"]).items() if what not in ("EPERM", "ENOSYS")])


attack()


def square(x):
    attack()
    return x * x
