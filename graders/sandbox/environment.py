"""The environment that a submission sees: made up, nothing of the user's."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# Without this one Windows starts no Python.
NEEDED = ("SYSTEMROOT",) if sys.platform == "win32" else ()


def environment() -> dict[str, str]:
    """All that a submission sees of the environment."""
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": "/tmp",
        "USER": "student",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(_cache()),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TORCHDYNAMO_DISABLE": "1",
        "JOBLIB_MULTIPROCESSING": "0",
        **one_thread,
        **{name: os.environ[name] for name in NEEDED if name in os.environ},
    }


def _cache() -> Path:
    """Where matplotlib keeps its list of fonts from one run to the next."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base, "graders", "matplotlib")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
