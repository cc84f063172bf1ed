"""A parameter that holds several: an object of settings, of a class of the student's own, train(config: Config), one that is
only read: args.lr, params["lr"]; or a tuple that is taken apart: X, y = data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graders.probes.wire import Value
from graders.probes.work import Packed
from graders.submissions.inventory import Definition, Parameter
from graders.submissions.likeness import folded, words
from graders.submissions.paired import Held, paired
from graders.submissions.signature import Order, arranged, meanings

LEAST_LETTERS = 3
# What an object of settings is called.
HOLDERS = frozenset(
    "config cfg conf configuration arg params param parameter parametre hparams hparam hp hyperparam hyperparameter "
    "hyperparametre opt option setting".split()
)


@dataclass(frozen=True)
class Pack:
    """The class, and the expected parameters that its constructor takes; without a class, what is read of the object, with ""
    for what means nothing expected, whether it is read as `items`, and the defaults of a command line; of a tuple, by its
    `places`."""

    parameter: str
    kind: Definition | None
    order: Order
    items: bool = False
    options: Mapping[str, Value] = field(default_factory=dict, hash=False)
    places: bool = False

    @property
    def meaning(self) -> str:
        """What stands for it among expected parameters."""
        return f"{self.kind.name if self.kind else self.parameter}()"

    @property
    def packed(self) -> Packed:
        """What a request says about it."""
        file, name = (self.kind.file, self.kind.name) if self.kind else ("", "")
        packed = Packed(file=file, name=name, order=list(self.order), items=self.items, options=dict(self.options))
        return Packed(**packed, places=True) if self.places else packed

    def has_default(self, expected: str) -> bool:
        """Whether the class has a default of its own for this."""
        if self.kind is None:
            return False
        optional = {one.name for one in self.kind.parameters if not one.required}
        return any(meaning == expected and name in optional for name, meaning in self.order)


def packs(
    made: Definition, defined: Sequence[Definition], expected: Sequence[str], aliases: Mapping[str, Sequence[str]]
) -> Iterator[Pack]:
    """The parameters that are of a class all of whose required parameters mean something expected, are settings that are only
    read, or hold examples and labels."""
    pairs = paired(made, expected, aliases)
    for one in (*made.parameters, *(made.maker or ())):
        ways = (_of_class(one, defined, expected, aliases), _read(one, made, meanings(expected, aliases)))
        found = next((each for way in ways for each in way), None)
        if found or one.name in pairs:
            yield found or _of_pair(one, pairs[one.name])


def _of_pair(one: Parameter, pair: Held) -> Pack:
    return Pack(one.name, None, pair.order, items=pair.by == "items", places=pair.by == "places")


def _of_class(
    one: Parameter, defined: Sequence[Definition], expected: Sequence[str], aliases: Mapping[str, Sequence[str]]
) -> Iterator[Pack]:
    """A parameter that means nothing expected, and is of a class of the student's own."""
    every = meanings(expected, aliases)

    def known(one: Parameter) -> str:
        meaning = every.get(folded(one.name), "")
        return meaning if meaning in expected else ""

    kind = next((other for other in defined if _is_of(one, other)), None) if not known(one) else None
    if kind is None or not kind.parameters:
        return
    own = {other.name for other in defined if other.kind == "class"}
    told = [each for each in kind.parameters if known(each) and each.of not in own]
    order = tuple((each.name, known(each)) for each in told)
    required = {each.name for each in kind.parameters if each.required}
    if (order or _is_told(one)) and required <= {name for name, _ in order}:
        yield Pack(one.name, kind, order)


def _read(one: Parameter, made: Definition, known: Mapping[str, str]) -> Iterator[Pack]:
    """A required parameter that is called what settings are called, and something is taken out of it."""
    mine = [read for read in made.reads if read.holder == one.name]
    order = tuple((read.key, known.get(folded(read.key), "")) for read in mine)
    if one.required and not words(one.name).isdisjoint(HOLDERS) and folded(one.name) not in known and order:
        yield Pack(one.name, None, order, items=all(read.item for read in mine))


def asked(one: Definition, held: Sequence[Pack]) -> list[Parameter]:
    """Every parameter, its own and those of its maker, that is given something by itself."""
    packed = {pack.parameter for pack in held}
    return [each for each in (*one.parameters, *(one.maker or ())) if each.name not in packed]


def ordered(
    taken: Sequence[Parameter], held: Sequence[Pack], expected: Sequence[str], aliases: Mapping[str, Sequence[str]]
) -> Order:
    """What each parameter means; what a pack holds is given by it alone."""
    inside = {meaning for one in held for _, meaning in one.order}
    packed = {one.parameter: one.meaning for one in held}
    apart = [one for one in taken if one.name not in packed]
    order = arranged(apart, [name for name in expected if name not in inside], aliases)
    return (*order, *((one.name, packed[one.name]) for one in taken if one.name in packed))


def _is_told(one: Parameter) -> bool:
    """Whether the source says that it is an object, even one of which nothing is known: MyMLP(cfg)."""
    return bool(one.of) or not words(one.name).isdisjoint(HOLDERS)


def _is_of(one: Parameter, kind: Definition) -> bool:
    """Whether the source says so; where it says nothing, whether the class has the parameter's name in its own."""
    if kind.kind != "class":
        return False
    like = len(one.name) >= LEAST_LETTERS and folded(one.name) in folded(kind.name)
    return kind.name == one.of if one.of else like
