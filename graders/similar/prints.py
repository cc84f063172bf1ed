"""The fingerprints of a submission: hashes of runs of tokens, thinned by winnowing.

Winnowing (Schleimer, Wilkerson, Aiken 2003) keeps the smallest hash of each window: whatever two texts share that is at least
RUN + WINDOW - 1 tokens long leaves a print in both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from graders.similar.tokens import LEAST, Place, Token, code_tokens, word_tokens
from graders.submissions.written import Written

CODE_RUN, WORD_RUN, WINDOW = LEAST, 6, 6


def prints(files: Sequence[Written]) -> frozenset[int]:
    """Of code and of words."""
    return frozenset(one for runs in _sequences(files) for one in _winnowed([run for run, _ in runs]))


def runs(files: Sequence[Written]) -> frozenset[int]:
    """Every run, thinned by nothing: what is taken away must be taken away wherever it begins."""
    return frozenset(run for sequence in _sequences(files) for run, _ in sequence)


def everywhere(files: Sequence[Written]) -> Mapping[int, set[Place]]:
    """Every run, thinned by nothing, with the lines that it covers."""
    covered: dict[int, set[Place]] = {}
    for runs in _sequences(files):
        for run, places in runs:
            covered.setdefault(run, set()).update(places)
    return covered


def _sequences(files: Sequence[Written]) -> Iterator[list[tuple[int, Sequence[Place]]]]:
    yield from (list(_runs(tokens, CODE_RUN, "code")) for tokens in code_tokens(files))
    yield from (list(_runs(tokens, WORD_RUN, "words")) for tokens in word_tokens(files))


def _runs(tokens: Sequence[Token], length: int, kind: str) -> Iterator[tuple[int, Sequence[Place]]]:
    texts = [token.text for token in tokens]
    for start in range(len(tokens) - length + 1):
        run = "\0".join((kind, *texts[start : start + length]))
        yield _hash(run), [token.place for token in tokens[start : start + length]]


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest())


def _winnowed(hashes: Sequence[int]) -> Iterator[int]:
    """The smallest of each window."""
    if 0 < len(hashes) < WINDOW:
        yield min(hashes)
    for start in range(len(hashes) - WINDOW + 1):
        yield min(hashes[start : start + WINDOW])
