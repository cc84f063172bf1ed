"""The student's network, of a width and a depth, however it is told them."""

from __future__ import annotations

from graders.observe.steps import How, Ref, Talk


def fcn(talk: Talk, hidden: int, depth: int, *, seed: int | None = None) -> Ref:
    """Told its width and its depth; where it takes a list, the widths of its hidden layers, or of all that it has."""
    bound, how = talk.context.bound("FCN"), How(quiet=True, seed=seed)
    taken = bound.taken if bound else frozenset[str]()
    sizes: dict[str, object] = {"input_dim": 1, "hidden_dim": hidden, "depth": depth, "output_dim": 1}
    inside = [hidden] * depth
    widths = inside if {"input_dim", "output_dim"} <= taken else [1, *inside, 1]
    listed = {**sizes, "depth" if "depth" in taken else "hidden_dim": widths}
    return talk.first(lambda one: one.call("FCN", how=how, **sizes), lambda one: one.call("FCN", how=how, **listed))
