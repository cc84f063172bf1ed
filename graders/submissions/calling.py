"""Which definition an expected name means, by what it calls: what trains calls backward, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graders.assignment import Name
from graders.submissions.called import does
from graders.submissions.inventory import Definition
from graders.submissions.matcher import Match, Matcher


def calling(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
    """The only definition that calls all that such a function must call."""
    able = [one for one in matcher.free(spec) if one.kind == "function" and spec.calls and does(spec.calls, one.calls)]
    # A closure that an optimizer's step is given takes nothing, and makes no step.
    able = [one for one in able if one.parameters or "step" in one.calls or "backward" not in one.calls]
    yield from _only(matcher, able, spec)


def does_it(matcher: Matcher, one: Definition, spec: Name) -> bool:
    """Whether a definition calls all that such a function must call, by itself or by others; a class may do anything."""
    called, seen = set(one.calls), set[str]()
    while spec.calls and (more := called - seen):
        seen |= more
        called |= {name for other in matcher.defined if other.last in more for name in other.calls}
    return one.kind not in ("function", "method") or not spec.calls or does(spec.calls, frozenset(called))


def method_calling(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
    """The only method that does so, by itself or by others of its class, none of which calls it: Trainer(model).run(loader). What
    is called so itself, step of step(), is a part of what is meant."""
    said = {name for call in spec.calls for name in call.split("|")}
    methods = [one for one in matcher.defined if one.kind == "method" and one.last not in said] if said else []
    doing = [one for one in methods if does(spec.calls, one.calls)]
    while more := [one for one in methods if one not in doing and any(_uses(one, other) for other in doing)]:
        doing += more
    outer = [one for one in doing if not any(_uses(other, one) for other in doing)]
    free = [one for one in matcher.free(spec) if one in outer and not one.last.startswith("_")]
    yield from _only(matcher, free, spec)


def _only(matcher: Matcher, able: Sequence[Definition], spec: Name) -> Iterator[Match]:
    """The one of these that is given what such a function is given, where no other is."""
    told = [one for one in able if matcher.can_be_called(one, spec) and matcher.is_told(one, spec)]
    if len({one.name for one in told}) == 1:
        yield Match(told[0], "by what it calls")


def _uses(one: Definition, other: Definition) -> bool:
    """Whether a method calls another one of its class."""
    return other.last in one.calls and _class_of(one) == _class_of(other)


def _class_of(method: Definition) -> tuple[str, str]:
    return method.file, method.name.removesuffix(method.last)
