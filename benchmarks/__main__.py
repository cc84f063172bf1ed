"""`python -m benchmarks [SIZE …]`: grading at each class size, then the search for duplicates."""

from __future__ import annotations

import sys

from benchmarks import duplicates, grading

if __name__ == "__main__":
    for size in [int(argument) for argument in sys.argv[1:]] or [100]:
        grading.report(size)
    duplicates.main()
