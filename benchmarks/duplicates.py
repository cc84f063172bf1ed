"""How long, and how much memory, it takes to find what two sets of 20 000 spectrograms of 64 × 64 share.

Run as `python benchmarks/duplicates.py [examples]`; prints seconds, peak memory of the process, and pairs found.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from graders.laws.splits import duplicates
from graders.laws.standardization import Floats

SHARED = 0.05


def spectrograms(rng: np.random.Generator, n: int) -> Floats:
    """x (n, 64, 64) float32: noise on a spectrum common to all."""
    x = rng.standard_normal((n, 64, 64), dtype=np.float32)
    x += 10 * rng.standard_normal((64, 1), dtype=np.float32)
    return x


def main(n: int = 20_000) -> None:
    """Prints one line."""
    rng, shared = np.random.default_rng(0), int(n * SHARED)
    a, b = spectrograms(rng, n), spectrograms(rng, n)
    b[rng.permutation(n)[:shared]] = 3 * a[:shared] - 1
    b -= b.mean(axis=(0, 2), keepdims=True)
    start = time.perf_counter()
    pairs = duplicates(a, b)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{n} x {n}: {seconds:.1f} s, peak {peak:.2f} GiB, {len(pairs)} pairs found of {shared}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
