"""Numbers in printed text, with the metric and the set that words beside them, above them or over their column name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from graders.laws.naming import last_metric, metric_of, set_of

NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?!\w|\.\d)|(?<!\w)nan(?!\w)", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
# "accuracy: 0.91 (train)" names its set afterwards.
AFTER = re.compile(r"\s*%?\s*[(\[]\s*([^\W\d]+)")
SPLITTERS: Sequence[Callable[[str], list[str]]] = (
    lambda line: re.split("[|│║]", line.strip(" |│║")),
    lambda line: re.split(r"[\t;,]", line),
    lambda line: re.split(r"\s{2,}", line.strip()),
    str.split,
)
FEWEST_COLUMNS = 3


class Named(NamedTuple):
    """A number that is a metric of a set; None where no set is named for it."""

    kind: str | None
    metric: str
    value: float


def named_values(text: str) -> Iterator[Named]:
    """Every metric of a text, in order."""
    reader = _Reader()
    for line in text.splitlines():
        yield from reader.read(line)


class _Reader:
    """What the lines above say of a line: the set that they named, what was given of it, the names of columns."""

    def __init__(self) -> None:
        self.kind: str | None = None
        self.given: set[str] = set()
        self.header = ""

    def read(self, line: str) -> list[Named]:
        """The metrics of one line."""
        if _is_header(line):
            self.header = line
            return []
        named = _sets(line)
        found = _in_columns(line, self.header, named[0] if named else self.kind) or list(_spoken(line))
        if not named:
            found = [one._replace(kind=one.kind or self._inherited(found)) for one in found]
        self._remember(named, found)
        return found

    def _inherited(self, found: Sequence[Named]) -> str | None:
        """The set named above, unless its metrics were given already: then a line without a set begins something else."""
        return None if any(one.metric in self.given for one in found) else self.kind

    def _remember(self, named: Sequence[str], found: Sequence[Named]) -> None:
        if named:
            self.kind, self.given = named[-1], set()
        self.given |= {one.metric for one in found if one.kind == self.kind}


def _sets(text: str) -> list[str]:
    """The sets that a text names, in order."""
    return [kind for word in WORD.findall(text) if (kind := set_of(word))]


def _is_header(line: str) -> bool:
    """Whether a line names several metrics and gives no number."""
    return not NUMBER.search(line) and any(
        len(cells) >= FEWEST_COLUMNS and sum(metric_of(cell) is not None for cell in cells) > 1
        for cells in (split(line) for split in SPLITTERS)
    )


def _in_columns(line: str, header: str, kind: str | None) -> list[Named]:
    """The metrics of a row below a header with as many cells; `kind` is the set that the row or the lines above name."""
    for split in SPLITTERS if header and NUMBER.search(line) else ():
        names, cells = split(header), split(line)
        if len(names) != len(cells) or len(names) < FEWEST_COLUMNS:
            continue
        pairs = [(name, metric_of(name), NUMBER.search(cell)) for name, cell in zip(names, cells, strict=True)]
        return [
            Named(set_of(name) or kind, metric, float(value.group()))
            for name, metric, value in pairs
            if metric and value
        ]
    return []


def _spoken(line: str) -> Iterator[Named]:
    """Metrics with their names before them: "train acc=0.91, f1=0.8", "accuracy train/valid: 0.91/0.85"."""
    kind: str | None = None
    metric: str | None = None
    waiting: list[str] = []
    end = 0
    for number in NUMBER.finditer(line):
        words, end = line[end : number.start()], number.end()
        if named := list(dict.fromkeys(_sets(words))):
            kind, waiting = (named[0], named[1:]) if last_metric(words) else (named[-1], [])
        elif waiting and not WORD.search(words):
            kind, words = waiting.pop(0), metric or ""
        later = AFTER.match(line, end)
        after = set_of(later[1]) if later else None
        # In "accuracy: 0.91 (train), 0.85 (valid)" the second number has no other name than the first.
        metric = last_metric(words) or (metric if after else None)
        if metric:
            yield Named(after or kind, metric, float(number.group()))
