"""3.4, 09 and 24: processes in sessions of their own, deaf to signals, that hold every pipe open."""
# expect: pass
from isolated_floods import leave_daemon

leave_daemon()


def square(x):
    leave_daemon()
    return x * x
