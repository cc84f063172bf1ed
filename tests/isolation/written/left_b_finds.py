"""3.6, 43 and 69: looks for what the one before it left."""
# expect: pass
import ctypes
import os
import socket
import sys
from pathlib import Path

import numpy
import torch
from attempts import got, names
from isolated_attacks import outcome

places = ("/tmp", "/dev/shm", "/var/tmp", ".", os.path.expanduser("~"), os.path.dirname(os.__file__), sys.prefix, "/run", "/usr/lib")
library = ctypes.CDLL(None)
got(
    files=[place for place in places if Path(place, "left-behind").exists()],
    folders=[name for place in ("/tmp", "/dev/shm") for name in names(place)
             if not sys.prefix.startswith(f"{place}/{name}") and not os.getcwd().startswith(f"{place}/{name}")],
    name=outcome(lambda: socket.socket(socket.AF_UNIX).connect("\0left-behind")) == "done",
    shared=[call for call in ("shmget", "semget", "msgget") if getattr(library, call)(0x1EF7, 0, 0) >= 0],
    environment="LEFT" in os.environ,
    module="left_behind" in sys.modules,
    kind=torch.get_default_dtype() is not torch.float32,
    errors=numpy.geterr()["divide"] == "raise",
    seed=numpy.random.get_state()[1][0] == 7,
)


def square(x):
    return x * x
