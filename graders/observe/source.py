"""What stands in the source of a submission, for judges that must know how a value came to be. Nothing is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graders.observe.context import Context
from graders.observe.observation import Observation
from graders.observe.request import Request
from graders.submissions.called import last_name
from graders.submissions.source import Source, walked


@dataclass(frozen=True, eq=False)
class Text:
    """The files that were read: their syntax trees, chunk by chunk."""

    sources: tuple[Source, ...]

    def nodes(self, file: str | None = None) -> Iterator[ast.AST]:
        """Every node of every file, or of one."""
        for source in self.sources:
            if file in (None, source.file):
                yield from source.nodes

    def called(self, file: str | None = None) -> set[str]:
        """The last names of everything that is called."""
        return {last_name(node.func) for node in self.nodes(file) if isinstance(node, ast.Call)}

    def mentions(self, word: str, file: str | None = None) -> bool:
        """Whether a file holds a word, in code or in text."""
        return any(word in chunk for one in self.sources if file in (None, one.file) for chunk in one.chunks)

    def words(self) -> set[str]:
        """Names, attributes and short texts that the code uses; comments are none."""
        named = {last_name(node) for node in self.nodes() if isinstance(node, ast.Name | ast.Attribute)}
        texts = {
            str(node.value) for node in self.nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        return named | {one for one in texts if len(one) < 40}

    def literals(self) -> list[list[float]]:
        """Every list of numbers that is written down."""
        found = (node for node in self.nodes() if isinstance(node, ast.List) and node.elts)
        return [[float(n) for n in numbers] for node in found if (numbers := _numbers(node.elts)) is not None]

    def matrices(self) -> list[list[list[float]]]:
        """Every list of lists of numbers that is written down, all of one length."""
        found = (node.elts for node in self.nodes() if isinstance(node, ast.List | ast.Tuple))
        rows = ([_numbers(one.elts) for one in elements if isinstance(one, ast.List | ast.Tuple)] for elements in found)
        return [
            [one for one in some if one]
            for some in rows
            if some and len({len(one or ()) for one in some}) == 1 and some[0]
        ]

    def operators(self, name: str) -> set[str]:
        """What a variable's values are made with: names of operators and of functions, "MatMult", "dot"."""
        given = [
            node.value for node in self.nodes() if isinstance(node, ast.Assign | ast.AnnAssign) and _gives(node, name)
        ]
        inside = [one for value in given if value is not None for one in walked(value)]
        called = {last_name(one.func) for one in inside if isinstance(one, ast.Call)}
        return called | {type(one.op).__name__ for one in inside if isinstance(one, ast.BinOp)}

    def only_written_down(self, name: str) -> bool:
        """Whether a variable is given a list of numbers that stands in the source, and nothing else is done to it."""
        given = [node for node in self.nodes() if _gives(node, name)]
        changed = [node for node in self.nodes() if isinstance(node, ast.Attribute) and _is(node.value, name)]
        lists = [
            one.value for one in given if isinstance(one, ast.Assign) and isinstance(one.value, ast.List | ast.Tuple)
        ]
        return bool(given) and len(lists) == len(given) and not changed and all(_numbers(one.elts) for one in lists)


def _numbers(nodes: Sequence[ast.expr]) -> list[float] | None:
    values = [node.value if isinstance(node, ast.Constant) else None for node in nodes]
    return [float(one) for one in values if isinstance(one, int | float)] if all(
        isinstance(one, int | float) for one in values
    ) else None  # fmt: skip


def _gives(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Assign):
        return any(_is(target, name) or _is(getattr(target, "value", None), name) for target in node.targets)
    return isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr) and _is(node.target, name)


def _is(node: ast.AST | None, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


@dataclass(frozen=True, eq=False)
class SourceText:
    """A probe that asks nothing."""

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """No request."""
        return ()

    def read(self, context: Context, seen: Sequence[Observation]) -> Text:
        """The files that were read."""
        return Text(context.binding.sources)
