"""A class with hostile submissions among honest ones, for the tiny assignment with short limits."""

from __future__ import annotations

import shutil
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
SHARE = 0.05
HONEST = "import time\ntime.sleep(0.05)\n\ndef square(n):\n    return n * n  # {}\n"
LIMITS = "[limits]\nimport_seconds = 2\nmemory_mb = 512\ndisk_mb = 32\ncpu_seconds = 20\nprocesses = 32\n"
HOSTILE = {
    "fork bomb": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
    "quiet fork bomb": "import os\nwhile True: os.fork()",
    "memory": "kept = []\nwhile True: kept.append(bytearray(os.urandom(2 ** 20)) * 8)",
    "memory of many": "import os, time\nfor _ in range(30):\n    if not os.fork():\n"
    "        x = bytearray(os.urandom(2 ** 20)) * 90\n        time.sleep(9)",
    "output": "for _ in range(2000): print('x' * 2 ** 20)",
    "hang": "while True:\n    try: time.sleep(9)\n    except BaseException: pass",
    "segfault": "import ctypes\nctypes.string_at(0)",
    "deleted folder": "import os, shutil\nshutil.rmtree(os.getcwd(), ignore_errors=True)",
    "exit": "import os\nos._exit(0)",
    "kill": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(os.getpid(), signal.SIGKILL)",
    "stop": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "disk": "with open('big', 'wb') as file:\n    while True: file.write(bytes(2 ** 20))",
    "files": "for number in range(10 ** 6): open(f'f{number}', 'w').close()",
    "daemon": "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
    "        while True: time.sleep(1)\n    os._exit(0)",
    "threads": "import threading\nfor _ in range(1000): threading.Thread(target=time.sleep, args=(10 ** 6,)).start()",
    "descriptors": "import os\nos.closerange(0, 4096)",
    "message": "raise ValueError('x' * 10 ** 8)",
    "recursion": "def down(n): return down(n + 1)\nimport sys\nsys.setrecursionlimit(10 ** 9)\ndown(0)",
}
CALLED = {"hang when called": "    while True: pass\n", "crash when called": "    import os\n    os.abort()\n"}


def course(folder: Path) -> Path:
    """The tiny assignment with short limits."""
    root = folder / "course"
    shutil.copytree(CHECKOUT / "tests" / "tiny", root, ignore=shutil.ignore_patterns("__pycache__"))
    declared = root / "assignments" / "tiny" / "assignment.toml"
    declared.write_text(declared.read_text() + "\n" + LIMITS)
    return root


def make(into: Path, size: int, share: float) -> Path:
    """A class in which every so manieth submission is hostile, each in its own way; all are different."""
    kinds, every = [*HOSTILE, *CALLED], round(1 / share) if share else size + 1
    for number in range(size):
        hostile = number % every == every - 1
        kind = kinds[number // every % len(kinds)] if hostile else "honest"
        write(into / f"s{number:04d} {kind}", kind, number)
    return into


def write(folder: Path, kind: str, number: int) -> Path:
    """One submission of a kind; no other has its number."""
    folder.mkdir(parents=True)
    (folder / "tiny.py").write_text(_source(kind, number))
    return folder


def _source(kind: str, number: int) -> str:
    if kind in CALLED:
        return f"def square(n):\n{CALLED[kind]}# {number}\n"
    attack = f"import os, time\n{HOSTILE[kind]}\n" if kind in HOSTILE else ""
    return attack + HONEST.format(number)
