"""One training of a program that may hold several, with as many epochs as we say where it gives their number in the loop itself.
Needs no torch."""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence

from graders.probes.guard import Function
from graders.probes.names import stored

# What is called where a network learns.
LEARNING = frozenset("backward grad".split())
RANGES = frozenset("range trange".split())


def teaching(functions: Sequence[Function]) -> frozenset[str]:
    """What is called where a network learns: autograd, and the functions that call it, also by one another."""
    found = LEARNING
    while more := {one.name for one in functions if one.name not in found and _called(one) & found}:
        found |= more
    return found


class Lesson(ast.NodeTransformer):
    """Changes loops: one that teaches goes on for `epochs`, and one in which a network is made goes round once."""

    def __init__(self, teaching: frozenset[str], networks: Collection[str], epochs: int | None) -> None:
        """`networks` are the variables of which ours is one and the same; None for `epochs` leaves them."""
        self.teaching, self.networks, self.epochs = teaching, {*networks}, epochs

    def first(self, statements: Sequence[ast.stmt]) -> Sequence[ast.stmt]:
        """The statements as far as the first training: before the next one, or the next network."""
        taught = False
        for place, one in enumerate(statements):
            if taught and self.networks and (self._teaches(one) or stored(one) & self.networks):
                return statements[:place]
            taught = taught or self._teaches(one)
        return statements

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """What is a function is told by its arguments."""
        return node

    def visit_For(self, node: ast.For) -> ast.For:
        """for couches in ([2], [64, 64]): model = MLP(couches); for epoch in range(200): …"""
        if self.networks & stored(node):
            self.generic_visit(node)
            node.body.append(ast.Break())
        elif self.epochs is not None and self._teaches(node) and (counted := _range(node.iter)):
            counted.args = [ast.Constant(self.epochs)]
        else:
            self.generic_visit(node)
        return node

    def visit_While(self, node: ast.While) -> ast.While | ast.For:
        """while epoch < 200: …; epoch += 1"""
        if self.epochs is None or not self._teaches(node) or not counting(node):
            self.generic_visit(node)
            return node
        times = ast.Call(ast.Name("range", ast.Load()), [ast.Constant(self.epochs)], [])
        return ast.copy_location(ast.For(ast.Name("_", ast.Store()), times, node.body, node.orelse), node)

    def _teaches(self, node: ast.AST) -> bool:
        return not isinstance(node, Function) and bool(_called(node) & self.teaching)


def counting(loop: ast.AST) -> bool:
    """Whether a loop goes on while what it counts up one by one is below a number, or breaks there: while epoch < 200."""
    if not isinstance(loop, ast.While):
        return False
    ends = [one.test for one in loop.body if isinstance(one, ast.If) and isinstance(one.body[-1], ast.Break)]
    for_ever = isinstance(loop.test, ast.Constant) and bool(loop.test.value)
    counted = _counted_up(loop)
    return any(_is_limit(one, counted) for one in (ends if for_ever else [loop.test]))


def _is_limit(test: ast.expr, counted: set[str]) -> bool:
    """epoch < 200, 200 > epoch"""
    sides = [test.left, *test.comparators] if isinstance(test, ast.Compare) else []
    names = {one.id for one in sides if isinstance(one, ast.Name)}
    return len(sides) == 2 and any(isinstance(one, ast.Constant) for one in sides) and bool(names & counted)


def _counted_up(loop: ast.While) -> set[str]:
    """epoch of epoch += 1 and of epoch = epoch + 1"""
    added = [one for one in ast.walk(loop) if isinstance(one, ast.AugAssign | ast.Assign)]
    values = [one.value if isinstance(one, ast.AugAssign) else getattr(one.value, "right", None) for one in added]
    up = [one for one, value in zip(added, values, strict=True) if isinstance(value, ast.Constant) and value.value == 1]
    return {name for one in up for name in stored(one)}


def _called(tree: ast.AST) -> set[str]:
    calls = (one.func for one in ast.walk(tree) if isinstance(one, ast.Call))
    return {getattr(one, "attr", getattr(one, "id", "")) for one in calls}


def _range(node: ast.expr) -> ast.Call | None:
    """range(200) of tqdm(range(200)); nothing of range(0, n, 32) and range(len(x)), which go through examples."""
    if not isinstance(node, ast.Call):
        return None
    if getattr(node.func, "id", "") in RANGES:
        counted = len(node.args) in (1, 2) and isinstance(node.args[-1], ast.Constant | ast.Name)
        return node if counted else None
    return next((found for one in node.args if (found := _range(one))), None)
