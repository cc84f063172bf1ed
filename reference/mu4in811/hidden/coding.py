"""How an autoencoder of a student's own is made, completed where it is empty at first, asked and taught."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from graders.observe.speech import copy, repeat, thing
from graders.observe.steps import Ref, Talk

from . import protocol
from .declared import ask
from .numbers import Array
from .protocol import ADD, BOTH, FORWARD, QUIET
from .sequential import as_it_is, listed, made_loss, made_optimiser, stepped

CODE = 2
WIDTHS = (4 * CODE, 2 * CODE)
RATE = 0.01
FIT = ("fit", "train", "entrainer", "learn", "apprendre")
ENCODE = ("encode", "encoder", "coder", "encodage", "compression", "compress", "compresser")
DECODE = ("decode", "decoder", "decodage", "decompression", "decompress", "decompresser")
TO_ENCODER = (
    "add_encoder",
    "add_encoder_module",
    "addEncodeurModule",
    "add_encodeur",
    "addEncoderModule",
    "add_encoder_layer",
)
TO_DECODER = (
    "add_decoder",
    "add_decoder_module",
    "addDecodeurModule",
    "add_decodeur",
    "addDecoderModule",
    "add_decoder_layer",
)


def is_defined(talk: Talk) -> bool:
    """Whether a class or a function makes one; a variable of a program is made anew by the statements that it rests on."""
    bound = talk.context.bound("AutoEncoder")
    return bound is not None and not (bound.definition.kind == "global" and talk.knows("AutoEncoderNetwork"))


def width_of(talk: Talk, width: int) -> int:
    """As many pixels as an autoencoder that stands in a program takes, where it says so; else as many as we like."""
    bound = None if is_defined(talk) else talk.context.bound("AutoEncoderNetwork")
    return (bound.built.part.width if bound and bound.built else None) or width


def autoencoder(
    talk: Talk, width: int, seed: int | None = None, *, mirrored: bool = False, form: Form = as_it_is
) -> Ref:
    """An autoencoder for images of so many pixels: a class or a function makes it, or the program holds one; a class may want
    its layers, or its two halves, or the first of them alone, or be told more before it answers."""
    x, how = np.zeros((2, width)), protocol.seeded(seed)
    network = [_answering(lambda one: one.call("AutoEncoderNetwork", n_in=width, how=how), x)]
    if not is_defined(talk):
        return talk.first(*network) if talk.knows("AutoEncoderNetwork") else talk.call("AutoEncoder")
    kind, tanh = thing(talk, "AutoEncoder"), protocol.activation(talk, "TanH", CODE)
    said = {"n_in": width, "d": CODE, "depth": 2, "activation": tanh, "loss": made_loss(talk)}
    said |= {"eps": RATE, "gradient_step": RATE}
    encoder, decoder = halves(talk, width, seed)
    net = [protocol.sequential(talk, half, given) for half, given in ((encoder, x), (decoder, np.zeros((2, CODE))))]
    whole = (net, [*encoder, *decoder], [[*encoder, *decoder]], [encoder, decoder])
    forms = (encoder, [encoder]) if mirrored else whole
    if form is listed:
        # One that takes a list of batches answers with nothing in it, too.
        return talk.first(_answering(_filled(lambda one: ask(one, kind, "", how=how, **said), (encoder, decoder)), [x]))
    return talk.first(
        _answering(lambda one: one.call("AutoEncoder", how=how, **said), x),
        _answering(lambda one: ask(one, kind, "", how=how, **said), x),
        # AutoEncoder(d, k): d may well be the number of pixels.
        _answering(lambda one: one.call("AutoEncoder", how=how, **said | {"n_in": CODE, "d": width}), x),
        *(_answering(lambda one, given=given: one.method(kind, "", *given, how=QUIET), x) for given in forms),  # type: ignore[misc]
        *(_answering(way, x, asked=answered) for way in _completed(said, (encoder, decoder), x, seed)),
        *(network if talk.knows("AutoEncoderNetwork") else ()),
    )


def _completed(
    said: dict[str, object], parts: tuple[list[Ref], list[Ref]], x: Array, seed: int | None
) -> Sequence[Callable[[Talk], Ref]]:
    """Ways to tell an object that was made what it still wants: its layers, one by one, or data to learn from."""

    def made(one: Talk) -> Ref:
        return one.call("AutoEncoder", how=protocol.seeded(seed), **said)

    def fitted(one: Talk) -> Ref:
        net = made(one)
        fit(one, net, x, {"epochs": 1, "eps": RATE, "batch_size": len(x)})
        return net

    return _filled(made, parts), fitted, made


def _filled(make: Callable[[Talk], Ref], parts: tuple[list[Ref], list[Ref]]) -> Callable[[Talk], Ref]:
    """An object that was made, and then told its layers one by one."""

    def way(one: Talk) -> Ref:
        net = make(one)
        for names, modules in zip((TO_ENCODER, TO_DECODER), parts, strict=True):
            for module in modules:
                ask(one, net, (*names, *ADD), module=module, how=QUIET)
        return net

    return way


def fit(talk: Talk, net: Ref, x: object, course: dict[str, object]) -> Ref:
    """Its own method that learns, to give back what it is given."""
    return ask(talk, net, FIT, x=x, y=x, widths=[*WIDTHS], d=CODE, how=QUIET, **course)


def halves(talk: Talk, width: int, seed: int | None) -> tuple[list[Ref], list[Ref]]:
    """The layers that the statement asks for, made of the student's own."""
    widths = [width, *WIDTHS, CODE, *reversed(WIDTHS), width]
    made = [
        one
        for place, (before, after) in enumerate(pairwise(widths))
        for one in (
            protocol.linear(talk, before, after, seed),
            protocol.activation(talk, "Sigmoid" if place == len(widths) - 2 else "TanH", after),
        )
    ]
    return made[:6], made[6:]


Form = Callable[[object], object]
Answer = Callable[[Talk, Ref, object], Ref]


def _answering(make: Callable[[Talk], Ref], x: object, asked: Answer = protocol.forward) -> Callable[[Talk], Ref]:
    """A way: an object made so, where it answers."""

    def way(talk: Talk) -> Ref:
        net = make(talk)
        asked(talk, net, x)
        return talk.method([net], "__getitem__", 0, how=QUIET)

    return way


def answered(talk: Talk, net: Ref, x: object) -> Ref:
    """What it makes of images: by itself, or by its two halves one after the other."""
    return talk.first(
        lambda one: ask(one, net, FORWARD, input=x),
        lambda one: ask(one, net, DECODE, input=ask(one, net, ENCODE, input=x, how=QUIET)),
    )


def taught(talk: Talk, net: Ref, batches: Sequence[object], loss: str, course: tuple[float, int]) -> tuple[Ref, Ref]:
    """Some epochs by Optim, or by its own way back where that takes more than Optim gives; and the optimiser, if there is one."""
    rate, times = course
    made = list[Ref]()

    def by_optim(one: Talk) -> None:
        made.append(optimiser := made_optimiser(one, net, loss, rate, (batches[0], batches[0])))
        repeat(one, times, lambda each: [stepped(each, optimiser, (batch, batch), [net]) for batch in batches])

    def by_itself(one: Talk) -> None:
        cost = made_loss(one, loss)
        _step(one, copy(one, net), cost, batches[0], rate)
        repeat(one, times, lambda each: [_step(each, net, cost, batch, rate) for batch in batches])

    return talk.first(by_optim, by_itself), made[0]


def _step(talk: Talk, net: Ref, loss: Ref, x: object, rate: float) -> None:
    """Forward, back and an update, through its own methods: its way back is given the loss, or what that gives."""
    protocol.cleared(talk, net)
    found = protocol.forward(talk, net, x, how=QUIET)
    delta = protocol.loss_back(talk, loss, x, found, how=QUIET)
    ask(talk, net, BOTH, x=x, yhat=found, loss=loss, delta=delta, eps=rate, how=QUIET)
    protocol.moved(talk, net, rate)
