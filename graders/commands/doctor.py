"""`grade.py doctor`: what isolation this machine gives."""

from __future__ import annotations

from dataclasses import asdict

from rich.console import Console

from graders.sandbox.layers import probe

MEANING = {
    "full": "Untrusted submissions can be graded here.",
    "partial": "Untrusted submissions can be graded here, if no answers lie in this container.",
    "none": "Untrusted submissions are refused here; --no-isolation runs code that you trust.",
}


def doctor() -> int:
    """Say which layers of isolation work here, found by trying them, and what is missing."""
    layers = probe()
    console = Console(highlight=False)
    for name, value in asdict(layers).items():
        if name != "reasons":
            console.print(f"{'✔' if value else '✘'} {name}{f' (ABI {value})' if name == 'landlock' and value else ''}")
    for reason in layers.reasons:
        console.print(f"  {reason}", markup=False)
    console.print(f"level: {layers.level}. {MEANING[layers.level]}")
    return 0 if layers.level != "none" else 1
