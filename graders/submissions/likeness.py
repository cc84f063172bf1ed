"""Whether two names mean the same: in other spelling, as the same words in another order, or shortened."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

# A letter and its number are one word: F1.
WORD = re.compile(r"[A-Z]\d|(?<![A-Za-z])[a-z]\d|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# Words that say nothing of what a function computes.
EMPTY = frozenset(
    "compute computed computing calc calculate calculer calcul calcule get eval evaluate my mon ma mes le la les l du de des d "
    "the of a an un une fn func function fonction metric metrique metrics metriques score scores class classe student exo "
    "question q tp ex val value valeur manual hand custom own "
    "mesure mesurer measure indice index coefficient formule formula np numpy torch pytorch torchversion binary binaire v".split()
)
# What is evaluated: without that word, `evaluate_model` would be any model.
EVALUATING, THINGS = frozenset(("eval", "evaluate")), frozenset("model modele network net reseau".split())
SHORTEST = 3


@cache
def folded(name: str) -> str:
    """A name without case, accents and underscores: F1Score, f1_score and f1score are the same words."""
    return re.sub(r"[_\W]", "", _plain(name)).lower()


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


@cache
def words(name: str) -> frozenset[str]:
    """The words that carry the meaning of a name, without plural: {"false", "positive", "rate"}."""
    found = [word.lower() for word in WORD.findall(_plain(name))]
    kept = [word for word in found if word not in EMPTY and not word.isdigit()] or found
    kept = found if THINGS.issuperset(kept) and not EVALUATING.isdisjoint(found) else kept
    return frozenset(word[:-1] if len(word) > SHORTEST and word.endswith("s") else word for word in kept)


@cache
def numbers(name: str) -> frozenset[str]:
    """The numbers in a name that are no part of a word: {"1"} of ReseauCNN1, and nothing of F1."""
    return frozenset(word for word in WORD.findall(_plain(name)) if word.isdigit())


def numbered_alike(name: str, alias: str) -> bool:
    """Whether no number says that these are two: CNN1 is none of CNN2, but may be CNN or CNN1_v2."""
    mine, theirs = numbers(name), numbers(alias)
    return not mine or theirs <= mine


def same_words(name: str, aliases: Iterable[str]) -> bool:
    """Whether a name is made of the words of one of these, in any order."""
    return any(words(name) == words(alias) and numbered_alike(name, alias) for alias in aliases)


def saying(method: str, aliases: Iterable[str]) -> int:
    """How many words of one of these a class and its method say together, the method nothing else: PINN.train."""
    last, mine = words(method.rsplit(".", 1)[-1]), words(method)
    return max((len(words(alias)) for alias in aliases if last <= words(alias) <= mine), default=0)


def shortened(name: str, aliases: Iterable[str]) -> bool:
    """Whether each word of a name begins the word of one of these, which it abbreviates: prec, acc, calcul_prec."""
    mine = words(name)
    like = (alias for alias in aliases if len(mine) == len(words(alias)) and numbered_alike(name, alias))
    return any(_begins(mine, words(alias)) for alias in like)


def hinted(name: str, aliases: Iterable[str]) -> bool:
    """Whether each word of a name but for what every network is called begins a word of one of these: model_reg."""
    mine = words(name) - THINGS
    return bool(mine) and any(_begins(mine, words(alias)) and numbered_alike(name, alias) for alias in aliases)


def begins_one(name: str, aliases: Iterable[str]) -> bool:
    """Whether a name, without a number behind it, is one of these or the beginning of one: ite, net2."""
    mine = folded(name).rstrip("0123456789")
    return any(folded(alias) == mine or (len(mine) >= SHORTEST and folded(alias).startswith(mine)) for alias in aliases)


def holds_one(name: str, aliases: Iterable[str]) -> bool:
    """Whether a name has all words of one of these, that is no single letter, and perhaps others: loss_class."""
    return any(len(alias) >= SHORTEST and words(alias) <= words(name) for alias in aliases)


def _begins(short: frozenset[str], long: frozenset[str]) -> bool:
    return all(len(one) >= SHORTEST and any(other.startswith(one) for other in long) for one in short)
