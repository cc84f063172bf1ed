"""What differential equations of one variable are asked by: a function whose derivatives are known, and the operator itself."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from itertools import pairwise
from typing import Any  # student code hands over anything

import numpy as np
import torch
from torch import Tensor, nn

from graders.probes.work import Order


class Wave(nn.Module):
    """A function of time whose derivatives are known: a sum of a·sin(ωt + φ), of b·exp(rt) and of c·tⁱ, learned in a, b and c."""

    def __init__(
        self, sines: Sequence[Sequence[float]], growths: Sequence[Sequence[float]], powers: Sequence[float]
    ) -> None:
        """`sines` are (a, ω, φ), `growths` (b, r), `powers` the coefficients c."""
        super().__init__()
        self.a = nn.Parameter(torch.tensor([one[0] for one in sines]))
        self.b = nn.Parameter(torch.tensor([one[0] for one in growths]))
        self.c = nn.Parameter(torch.tensor(list(powers)))
        self.waves, self.rates = [tuple(one[1:]) for one in sines], [one[1] for one in growths]

    def forward(self, t: Tensor) -> Tensor:
        """Its values, in the shape of t."""
        found = [a * torch.sin(omega * t + phi) for a, (omega, phi) in zip(self.a, self.waves, strict=True)]
        found += [b * torch.exp(rate * t) for b, rate in zip(self.b, self.rates, strict=True)]
        found += [c * t**power for power, c in enumerate(self.c)]
        return torch.stack(found).sum(dim=0)


def network(old: Callable[..., object], order: Order, usual: Mapping[str, float]) -> Callable[..., nn.Module]:
    """A network with tanh after each of `depth` layers of `hidden_dim` units, made as a student's is."""
    given = _given(old, order)

    @wraps(old, updated=())
    def ours(*args: object, **kwargs: object) -> nn.Module:
        # A list of widths says no depth.
        said = {name: value for name, value in given(*args, **kwargs).items() if isinstance(value, int | float)}
        sizes = {name: int(value) for name, value in {**usual, **said}.items() if name in usual}
        widths = [sizes["input_dim"], *([sizes["hidden_dim"]] * sizes["depth"])]
        hidden = [part for one in pairwise(widths) for part in (nn.Linear(*one), nn.Tanh())]
        return nn.Sequential(*hidden, nn.Linear(widths[-1], sizes["output_dim"]))

    return ours


class Nudged(nn.Module):
    """A network in which two numbers of its own stand for u and for u′ at t = 0 alone, and change neither.

    Nothing but their derivatives is there: a step moves `value` where u(0) is in the loss, and `speed` where u′(0) is. Both
    leave m u″ + mu u′ + k u as it is, even at t = 0.
    """

    # As near to t = 0 as no other instant; NEAR: where a difference is made in the place of a derivative.
    WIDTH, NEAR = 1e-5, 0.05

    def __init__(self, inner: nn.Module, mu: float, k: float) -> None:
        """Coefficients over m. Nothing was learned yet, and nothing asked beside t = 0."""
        super().__init__()
        self.inner, self.mu, self.k, self.near = inner, mu, k, False
        self.value, self.speed = nn.Parameter(torch.zeros(())), nn.Parameter(torch.zeros(()))

    def forward(self, t: Tensor) -> Tensor:
        """u(t)."""
        self.near = self.near or 0 < float(t.detach().abs().max()) <= self.NEAR
        value, speed = (one - one.detach() for one in (self.value, self.speed))
        bump = value * (1 - self.k / 2 * t**2) + speed * (t - self.mu / 2 * t**2)
        u: Tensor = self.inner(t) + bump * torch.exp(-((t / self.WIDTH) ** 4))
        return u

    def learned(self) -> list[float]:
        """(value, speed, whether an instant beside t = 0 was asked alone)."""
        return [self.value.item(), self.speed.item(), float(self.near)]


def nudged(old: Callable[..., object], order: Order, usual: Mapping[str, float]) -> Callable[..., nn.Module]:
    """Such a network, made as a student's is."""
    made = network(old, order, usual)

    @wraps(old, updated=())
    def ours(*args: object, **kwargs: object) -> nn.Module:
        return Nudged(made(*args, **kwargs), usual["mu"] / usual["m"], usual["k"] / usual["m"])

    return ours


def operator(old: Callable[..., object], order: Order, usual: Mapping[str, float]) -> Callable[..., Tensor]:
    """m u″ + mu u′ + k u, called as a student's function is: what it does not take has the `usual` value.

    `order` says what the student's parameters mean: "model" or "u", "t", and the coefficients.
    """
    given = _given(old, order)

    @wraps(old)
    def ours(*args: object, **kwargs: object) -> Tensor:
        # A method is asked of the network that it belongs to.
        known = {"model": args[0] if args else None, **given(*args, **kwargs)}
        return _applied(known, {name: known.get(name, value) for name, value in usual.items()})

    return ours


def _given(old: Callable[..., object], order: Order) -> Callable[..., Mapping[str, Any]]:
    """What the arguments of a call are, by what the student's parameters mean."""
    signature = inspect.signature(old)
    names = [name for name in signature.parameters if name != "self"]
    meaning = {name or names[place]: meaning for place, (name, meaning) in enumerate(order)}

    def given(*args: object, **kwargs: object) -> Mapping[str, Any]:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return {meaning[name]: value for name, value in bound.arguments.items() if name in meaning}

    return given


def _applied(given: Mapping[str, Any], by: Mapping[str, Any]) -> Tensor:
    t, u = given["t"], given.get("u")
    if u is None:
        t = torch.as_tensor(np.asarray(t) if not isinstance(t, Tensor) else t).float().reshape(-1, 1)
        t = t if t.requires_grad else t.detach().requires_grad_()
        u = given["model"](t)
    first = _derivative(u, t)
    result: Tensor = by["m"] * _derivative(first, t) + by["mu"] * first + by["k"] * u
    return result


def _derivative(of: Tensor, by: Tensor) -> Tensor:
    return torch.autograd.grad(of, by, torch.ones_like(of), create_graph=True)[0]
