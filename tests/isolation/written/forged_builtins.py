"""3.1, 13: replaces what writes the answer: isinstance, float, json, struct, os.write, the encoder itself."""
# expect at none: error crashed
# expect: error crashed
import builtins
import json
import os
import struct


def square(x):
    builtins.isinstance = lambda *_: True
    builtins.float = lambda *_: 1.0
    json.dumps = lambda *_, **__: '{"value": {"value": null}}'
    json.JSONEncoder.encode = lambda *_: "{}"
    struct.pack = lambda *_: b""
    os.write = lambda *_: 99
    return 2 * x
