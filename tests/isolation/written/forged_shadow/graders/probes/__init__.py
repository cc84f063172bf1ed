"""Runs where nobody expects it: it tells by writing a file where a sandbox cannot."""
import os, sys, json as _
from pathlib import Path
for folder in Path(__file__).resolve().parents:
    told = folder / "where.json"
    if told.exists():
        evidence = _.loads(told.read_text())["evidence"]
        try:
            open(evidence, "a").write(f"{__file__} ran in {os.getpid()}\n")
        except OSError:
            pass
