"""Questions 1.3 and 1.4: the number of parameters that the student counts, or prints, is the network's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graders.language import say
from graders.observe.made_loaders import Made, MadeLoaders
from graders.observe.observation import Failure
from graders.observe.probe import Optional
from graders.observe.steps import Heard
from graders.verdict import Verdict, failed, passed

from .declared import first_failure, suite
from .digits import numbers
from .networks import NETWORKS

PROGRAM = MadeLoaders(seconds=150)
# Groups of three digits, or four digits and more; no decimals.
NUMBER = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:[ \u00a0\u202f',._]\d{3})+|\d{4,})(?!\d|[.,]\d)")
SAYS = re.compile(r"param", re.IGNORECASE)


@suite.criterion("cnn1.parameters", observe=(NETWORKS["CNN1"], Optional(PROGRAM)))
def cnn1_parameters(heard: Heard, program: tuple[Made | Failure]) -> Verdict:
    """The count of CNN 1."""
    return of_network("CNN1", heard, program[0])


@suite.criterion("cnn2.parameters", observe=(NETWORKS["CNN2"], Optional(PROGRAM), Optional(NETWORKS["CNN1"])))
def cnn2_parameters(heard: Heard, program: tuple[Made | Failure], first: tuple[Heard | Failure]) -> Verdict:
    """The count of CNN 2; what the same function counts wrong in CNN 1 is paid there."""
    verdict = of_network("CNN2", heard, program[0])
    if verdict.diagnosis != "wrong-count" or isinstance(first[0], Failure):
        return verdict
    if of_network("CNN1", first[0], program[0]).diagnosis == "wrong-count":
        return passed(say("The same function counts wrong in CNN 1, where it is paid."))
    return verdict


def of_network(name: str, heard: Heard, made: Made | Failure) -> Verdict:
    """The verdict on the count of one network."""
    if lost := first_failure(heard, "own"):
        return lost
    own = int(numbers(heard["own"])[0])
    if not own:
        return failed("no-parameters", say("The network has nothing to learn: it is not written yet."))
    said = "" if isinstance(made, Failure) else made.printed
    return counted(own, numbers(heard["counted"]), stated(said, name, str(heard["called"])))


def stated(printed: str, name: str, called: str) -> Sequence[tuple[bool, int]]:
    """(whether the line names this network, the number), for each number in a line on parameters."""
    this = re.compile(rf"{name[:-1]}\W?_?{name[-1]}|\b{re.escape(called)}\b", re.IGNORECASE)
    return [
        (bool(this.search(line)), number)
        for line in printed.splitlines()
        if SAYS.search(line)
        for text in NUMBER.findall(line)
        for number in _readings(text)
    ]


def _readings(text: str) -> Sequence[int]:
    """In "CNN 1 225 034" the first group belongs to the name: the whole, and what is left without its beginning."""
    groups = re.split(r"\D", text)
    wholes = ["".join(groups[start:]) for start in range(len(groups))]
    return [int(one) for one in wholes if len(one) > 3]


def counted(own: int, returned: Sequence[float], said: Sequence[tuple[bool, int]]) -> Verdict:
    """The verdict on what a function counts, and on what a program prints."""
    if own in returned or any(number == own for _, number in said):
        return passed(say("The network has {n} parameters.", n=own))
    if returned:
        return failed(
            "wrong-count",
            say("The function counts {n} parameters; the network has another number.", n=int(returned[-1])),
        )
    named = [number for mine, number in said if mine]
    if named:
        return failed(
            "stated-count", say("The program states {n} parameters; the network has another number.", n=named[-1])
        )
    flag = say("No number of parameters was seen in what the program prints: it may stand in the text.")
    return passed(say("The network has {n} parameters.", n=own)).model_copy(update={"flags": (flag,)})
