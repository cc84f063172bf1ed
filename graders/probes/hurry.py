"""Fewer epochs for a program that does not come to its end while it is read: numbers of epochs are made small where they are
given, and what was defined with them is put back afterwards. Needs no torch."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator

FEW = 2
# Numbers of epochs by name: EPOCHS, n_epochs, nb_epoques, nombre_d_epoques, max_iter; not epoch_size, epoch_losses.
COUNT = re.compile(
    r"(n|nb|num|nombre|number|max|total|of|d|de)*(epochs?|epoques?|iters?|iterations?)(max|totales|total|nb)?"
)


def hurried(tree: ast.Module) -> ast.Module:
    """The same tree with fewer epochs."""
    for _, number in numbers(tree):
        number.value = FEW
    return tree


def hurried_text(text: str) -> str:
    """The same text with fewer epochs; what is no Python stays as it is."""
    try:
        found = [number for _, number in numbers(ast.parse(text))]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text
    lines = [line.encode() for line in text.split("\n")]
    for one in sorted(found, key=lambda one: (one.lineno, one.col_offset), reverse=True):
        line = lines[one.lineno - 1]
        lines[one.lineno - 1] = line[: one.col_offset] + str(FEW).encode() + line[one.end_col_offset :]
    return b"\n".join(lines).decode()


def numbers(tree: ast.AST) -> Iterator[tuple[str, ast.Constant]]:
    """(name, constant) where it is said how many epochs there are."""
    for name, value in _given(tree):
        one = value.args[0] if isinstance(value, ast.Call) and len(value.args) == 1 else value
        if isinstance(one, ast.Constant) and _are_many(one.value) and counts_epochs(name):
            yield name, one


def _are_many(value: object) -> bool:
    return isinstance(value, int | float) and value > FEW


def counts_epochs(name: str) -> bool:
    """Whether a name is that of a number of epochs."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return bool(COUNT.fullmatch(re.sub(r"[^a-z]", "", plain)))


def _given(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """(name, what it is given): variables, defaults, keywords, keys, options of the command line, ranges of loops."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=targets, value=value):
                yield from (pair for target in targets for pair in _assigned(target, value))
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from _assigned(target, value)
            case ast.arguments():
                yield from _defaults(node)
            case ast.Call():
                yield from ((one.arg, one.value) for one in node.keywords if one.arg)
                yield from _option(node)
            case ast.Dict(keys=keys, values=values):
                named = zip(keys, values, strict=True)
                yield from ((str(key.value), value) for key, value in named if isinstance(key, ast.Constant))
            case ast.For(target=ast.Name(id=name), iter=ast.Call() as called):
                yield from _range(name, called)


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name | ast.Attribute):
        yield target.attr if isinstance(target, ast.Attribute) else target.id, value
    elif isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        for one, other in zip(target.elts, value.elts, strict=False):
            yield from _assigned(one, other)


def _defaults(taken: ast.arguments) -> Iterator[tuple[str, ast.expr]]:
    names = [*taken.posonlyargs, *taken.args]
    pairs = [*zip(names[len(names) - len(taken.defaults) :], taken.defaults, strict=True)]
    yield from ((one.arg, value) for one, value in pairs)
    yield from ((one.arg, value) for one, value in zip(taken.kwonlyargs, taken.kw_defaults, strict=True) if value)


def _option(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """parser.add_argument("--epochs", default=100)"""
    named = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    values = [one.value for one in call.keywords if one.arg == "default"]
    yield from ((name, value) for name in named for value in values)


def _range(name: str, called: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """for epoch in range(100), in tqdm(range(100))"""
    inside = next((one for one in called.args if isinstance(one, ast.Call)), called)
    is_range = isinstance(inside.func, ast.Name) and inside.func.id in ("range", "trange")
    if is_range and inside.args and re.match(r"e$|ep$|epoc|epoq", name.lower()):
        yield "epochs", inside.args[-1 if len(inside.args) == 1 else 1]
