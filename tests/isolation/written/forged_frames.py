"""3.1, 06: writes well-formed frames, control messages and garbage to every descriptor, and hands over its own."""
# expect: error unreadable
import json
import os
import socket
import struct
from contextlib import suppress


def square(x):
    value = {"form": "numpy", "answers": [{"returned": 2.0}]}
    header = json.dumps({"value": {"value": value, "failure": None, "seconds": 0.1}, "arrays": []}).encode()
    for descriptor in range(3, 256):
        for content in (b"\xff" * 10_000, struct.pack("!IQ", len(header), 0) + header, b'{"status": 0}', b"[" * 50_000):
            with suppress(OSError):
                os.write(descriptor, content)
        with suppress(OSError):
            socket.send_fds(socket.socket(fileno=os.dup(descriptor)), [b"stands"], [descriptor] * 8)
    return x * x
