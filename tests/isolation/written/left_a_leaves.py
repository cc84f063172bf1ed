"""3.6, 41 and 42: leaves something for whoever comes next, wherever something can be left."""
# expect: pass
import ctypes
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

import numpy
import torch

KEPT = []
for place in ("/tmp", "/dev/shm", "/var/tmp", ".", os.path.expanduser("~"), os.path.dirname(os.__file__), sys.prefix, "/run", "/usr/lib"):
    with suppress(OSError):
        Path(place, "left-behind").write_text("square = lambda x: 'LEFT'")
for family, name in ((socket.AF_UNIX, "\0left-behind"),):
    with suppress(OSError):
        KEPT.append(socket.socket(family))
        KEPT[-1].bind(name)
for call in ("shmget", "semget", "msgget"):
    with suppress(AttributeError):
        getattr(ctypes.CDLL(None), call)(0x1EF7, 4096, 0o1666)
os.environ["LEFT"] = "behind"
sys.modules["left_behind"] = sys
torch.set_default_dtype(torch.float64)
numpy.random.seed(7)
numpy.seterr(all="raise")


def square(x):
    return x * x
