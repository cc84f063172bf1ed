"""3.3, 35 and 36: every family of sockets, names, ports and paths that somebody listens on."""
# expect at none: error raised
# expect: pass
import socket

from attempts import WHERE, done, got
from isolated_attacks import connect, outcome, socket_families


def attack():
    families = set(socket_families()) - {socket.AF_UNIX}
    tried = connect(*WHERE["listeners"])
    tried["name"] = outcome(lambda: socket.getaddrinfo("pypi.org", 443)) if "name" not in tried else tried["name"]
    tried["lookup"] = outcome(lambda: socket.getaddrinfo("pypi.org", 443))
    got(families=sorted(families), reached=done(tried))


attack()


def square(x):
    attack()
    return x * x
