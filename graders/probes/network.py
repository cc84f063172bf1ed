"""Look at a network: what a forward pass does, what it answers, how its weights start."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from graders.probes.model import Recipe, built, drawn, shaped, tensors
from graders.probes.plain import plain
from graders.probes.seeds import draw
from graders.probes.trace import Tracer
from graders.probes.unrolled import unrolled
from graders.probes.wire import Array, Value
from graders.probes.work import Work

MOST_VALUES = 2_048
PREFIX = 512


def forward(work: Work, *, recipe: Recipe, x: Array) -> Value:
    """A pass in training mode and one in evaluation mode, traced; x is (n, freq, time)."""
    model = built(work, recipe)
    inputs = shaped(model, torch.from_numpy(np.array(x)))
    return {
        "parameters": [
            {"name": name, "shape": list(value.shape)} for name, value in tensors(model) if value.requires_grad
        ],
        "training": traced(model.train(), inputs),
        "evaluating": traced(model.eval(), inputs),
    }


def traced(model: nn.Module, x: Tensor) -> Value:
    tracer = Tracer({id(value): name for name, value in tensors(model)})
    x = x.clone()
    start = tracer.number(x)
    with torch.no_grad(), unrolled(), tracer:
        output = model(x)
    end = tracer.known(output) if isinstance(output, Tensor) else None
    return {
        "input": plain(x),
        "start": start,
        "steps": list(tracer.steps),
        "leaves": tracer.leaves,
        "output": plain(output),
        "end": end,
    }


def answers(work: Work, *, recipes: Sequence[Recipe], inputs: Sequence[Sequence[Array]]) -> Value:
    """In evaluation mode, what each network answers to each of its inputs (n, freq, time)."""
    return [_answers(built(work, recipe), batches) for recipe, batches in zip(recipes, inputs, strict=True)]


def _answers(model: nn.Module, batches: Sequence[Array]) -> Value:
    model.eval()
    with torch.no_grad():
        return [plain(model(shaped(model, torch.from_numpy(np.array(x))))) for x in batches]


def initial_weights(work: Work, *, recipe: Recipe, seeds: Sequence[int], x: Array) -> Value:
    """For each parameter its shape and its values at each seed, (seeds, values): at most MOST_VALUES of them, in
    row-major order: the first PREFIX, then evenly spread ones. x (n, freq, time) brings lazy layers to life."""
    draws: list[dict[str, Tensor]] = []
    made = drawn(work, recipe)
    for seed in seeds:
        with draw(seed):
            model = made()
            shaped(model, torch.from_numpy(np.array(x)))
        draws.append({name: value.detach() for name, value in tensors(model)})
    return {name: _sampled(name, draws) for name in draws[0]}


def _sampled(name: str, draws: Sequence[dict[str, Tensor]]) -> Value:
    values = np.stack([_some(one[name].flatten().cpu().numpy()) for one in draws])
    extremes = [(float(one[name].min()), float(one[name].max())) for one in draws if one[name].numel()]
    return {
        "shape": list(draws[0][name].shape),
        "values": plain(values),
        "low": min((low for low, _ in extremes), default=0.0),
        "high": max((high for _, high in extremes), default=0.0),
    }


def _some(values: np.ndarray) -> np.ndarray:
    if values.size <= MOST_VALUES:
        return values
    spread = np.linspace(PREFIX, values.size - 1, MOST_VALUES - PREFIX).astype(int)
    return np.concatenate([values[:PREFIX], values[spread]])
