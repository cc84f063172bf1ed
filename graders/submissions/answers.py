"""Where a question that a person reads is answered: the passages that name it, or speak of it. A hint, and no judgement."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from graders.rubric import RubricLine
from graders.submissions.passages import Passage

# A text of fewer words answers nothing.
FEWEST, MOST_SHOWN, ENOUGH = 6, 3, 2
NUMBER = re.compile(r"(?<![\w.])(\d{1,2}(?:[.\-]\d{1,2})*)(?![\w.]*\d)")
HEADING = re.compile(
    r"(?im)^\W*(?:question|exercice|exercise|partie|part|ex|q)?\s*\.?\s*n?°?\s*(\d{1,2}(?:[.\-]\d{1,2})*)\b"
)


def answers(line: RubricLine, written: Sequence[Passage], given: Collection[str] = ()) -> list[Passage]:
    """The passages that most likely answer; nothing of what was `given` with the question. In the order of the files."""
    rated = [(_rate(line, one, under), one) for one, under in _headed(written) if folded(one.text) not in given]
    best = sorted((each for each in rated if each[0] >= ENOUGH), key=lambda each: -each[0])[:MOST_SHOWN]
    chosen = {id(one) for _, one in best}
    return [one for one in written if id(one) in chosen]


def _headed(written: Sequence[Passage]) -> Iterator[tuple[Passage, str]]:
    """Each passage with the number of the question under which it stands."""
    file, under = "", ""
    for one in written:
        under = under if one.file == file else ""
        file = one.file
        if found := HEADING.search(one.text):
            under = found[1].replace("-", ".")
        yield one, under


def _rate(line: RubricLine, one: Passage, under: str) -> int:
    """How well a passage fits: by the question's number in it or above it, and by its words."""
    plain = folded(one.text)
    if len(plain.split()) < FEWEST:
        return 0
    named = line.question and line.question in {found.replace("-", ".") for found in NUMBER.findall(one.text)}
    words = sum(folded(word) in plain for word in line.words)
    if line.words and not words:
        return 0
    return 2 * bool(named) + (under == line.question) + words


def folded(text: str) -> str:
    """Words without accents, capitals, signs and ends of lines."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9.]+", plain))
