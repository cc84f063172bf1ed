"""3.1, 06: a well-formed frame with a wrong value before the true one: a forged frame has to hold the right answer."""
# expect: fail wrong
# told: It is not the square.
import json
import os
import struct
from contextlib import suppress


def square(x):
    value = {"form": "numpy", "answers": [{"returned": 4.5}]}
    header = json.dumps({"value": {"value": value, "failure": None, "seconds": 0.1}, "arrays": []}).encode()
    for descriptor in range(3, 256):
        with suppress(OSError):
            os.write(descriptor, struct.pack("!IQ", len(header), 0) + header)
    return x * x
