"""What was read of a submission, and a bound name in it. Needs no torch, since the judge speaks of them too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict

from graders.probes.executing import Chunk


@dataclass(frozen=True)
class Work:
    """What was read of the submission: where its files lie, in which folder of theirs it runs, what each file defined, the
    chunks of each file, and what happened when they were run."""

    root: str
    folder: str
    namespaces: Mapping[str, Mapping[str, object]]
    chunks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    journal: Sequence[Chunk] = ()


Order = list[tuple[str, str]]


class Fed(TypedDict):
    """A method that an object must be given its values by, before it can be asked."""

    name: str
    order: Order


class Packed(TypedDict):
    """A class whose object holds several expected parameters: the settings that a function takes in one; without a name, what
    is read of the object, by names or as items, and the defaults of a command line; by `places` it is a tuple."""

    file: str
    name: str
    order: Order
    items: bool
    options: Mapping[str, object]
    places: NotRequired[bool]


class Said(TypedDict, total=False):
    """What a program says for a parameter of its own: what is written out, or a function of this name in a file."""

    value: object
    file: str
    name: str


class Made(TypedDict):
    """How a program makes a network: the call of `network_` in the file, where `input_size_` stands for our value of what means
    that, or for what is `usual` where there is none."""

    file: str
    code: str
    usual: dict[str, str]


class BuiltSubject(TypedDict):
    """A part of a program that leaves an object in a variable; `data` are the variables that want data of ours, as wide as the
    expected parameter `width` says; `known` are (name, file) of the student's own classes."""

    code: str
    variable: str
    data: list[str]
    width: str
    known: list[tuple[str, str]]


class Subject(TypedDict):
    """A bound name: its file, its path inside the module, the expected parameter that goes with each of its own.

    `maker`: the same for the constructor of a method's object; `fed`: the method that gives the object its values;
    `take`: the part of the result that is meant; `scope`: the name is no function but a part of a program, the body of
    this one, and `order` says what its variables mean ("" is the number of epochs that its loops hold); `once`: of several
    trainings that it holds the first is meant; `packs`: what stands in an order for an object that holds several;
    `beside`: methods of the same object whose results stand beside its own; `built`: no function, but the part of a program
    that makes the object; `lifted`: the code that defines it, which stands in the middle of something else; `own`, `makers_own`:
    what the program says for parameters, of the constructor too, that mean nothing expected; `made`: how the program makes it,
    where it gives more than is expected.
    """

    file: str
    name: str
    order: Order
    maker: NotRequired[Order | None]
    fed: NotRequired[Fed | None]
    take: NotRequired[str | int | None]
    scope: NotRequired[str | None]
    once: NotRequired[bool]
    beside: NotRequired[list[str]]
    built: NotRequired[BuiltSubject]
    lifted: NotRequired[str]
    own: NotRequired[Mapping[str, Said]]
    makers_own: NotRequired[Mapping[str, Said]]
    packs: NotRequired[Mapping[str, Packed]]
    made: NotRequired[Made]
