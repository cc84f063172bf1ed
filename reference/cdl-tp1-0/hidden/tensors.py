"""Part 4: PyTorch on the device there is, and how long a product of matrices takes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.outcome import Outcome
from graders.observe.probe import Optional
from graders.observe.source import Text
from graders.observe.steps import Heard, How, Talk, steps
from graders.observe.values import number
from graders.submissions.called import called_in
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import RAN, SOURCE, suite

SIZE, TURNS, FEW = 320, 40, 3
# The share of the whole call that its own clock must have seen; the rest is making the matrices.
LEAST, MOST = 0.25, 1.05
EMPTY = 0.2 / TURNS
MILLISECONDS = 1000
LONG = 2e-3
CARDS = ("cuda", "mps", "accelerator", "xpu")
CUDA = re.compile(r"cuda|nvidia|gpu", re.IGNORECASE)


@suite.criterion("torch.device", observe=(RAN, SOURCE))
def device(ran: Outcome, source: Text) -> Verdict:
    """A tensor on the graphics card where there is one, and no exception where there is none."""
    if not source.mentions("torch"):
        return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(NO_TORCH,))
    raised = [chunk.raised for chunk in ran.journal if chunk.raised]
    if any(CUDA.search(str(one["message"])) for one in raised):
        line = next(one["line"] for one in raised if CUDA.search(str(one["message"])))
        return failed(
            "hard-coded-cuda",
            say(
                "Line {line} asks for a graphics card although there is none: ask torch.cuda.is_available() first.",
                line=str(line),
            ),
        )
    if verdict := _in_torch(raised, ran, source):
        return verdict
    if not _asks_for_a_card(source):
        return failed("no-device", say("Nothing asks for a graphics card: the tensor stays where it was made."))
    return passed()


def _asks_for_a_card(source: Text) -> bool:
    return any(word.split(":")[0] in CARDS for word in source.words())


NO_TORCH = say("PyTorch is not used in the files that were read.")


def _in_torch(raised: Sequence[Mapping[str, object]], ran: Outcome, source: Text) -> Verdict | None:
    """An exception that escapes where torch is used."""
    for one in raised:
        file = str(one["file"] or "").split("[")[0]
        if source.mentions("torch", file) and (not file.endswith(".ipynb") or _in_a_cell_of_torch(one, source)):
            return failed(
                "raised",
                say("An exception escapes: {type} at line {line}.", type=str(one["type"]), line=str(one["line"])),
            )
    return None


def _in_a_cell_of_torch(raised: Mapping[str, object], source: Text) -> bool:
    file, _, cell = str(raised["file"]).partition("[")
    chunks = next(one.chunks for one in source.sources if one.file == file)
    number = cell.rstrip("]")
    return number.isdecimal() and int(number) <= len(chunks) and "torch" in chunks[int(number) - 1]


@steps(group="mesurer", seconds=40)
def measured(talk: Talk) -> Heard:
    """The function on this machine, and on a graphics card that is only pretended."""
    timed = How(observe=("seconds", "printed"))
    here = [
        talk.call("mesurer", device=device, taille=SIZE, iterations=TURNS, how=timed)
        for device in ("cpu", talk.given("device", name="cpu"))
    ]
    there = [
        talk.call("mesurer", device=device, taille=16, iterations=FEW, how=How(observe=("gpu",)))
        for device in ("cuda", talk.given("device", name="cuda"))
    ]
    return {
        "here": [{"value": one, "seconds": one.seconds} for one in here],
        "there": [{"value": one, "gpu": one.gpu} for one in there],
    }


@suite.criterion("torch.timing", observe=(Optional(measured), RAN, SOURCE))
def timing(heard: tuple[Heard | Failure], ran: Outcome, source: Text) -> Verdict:
    """The seconds that all products together take."""
    if isinstance(heard[0], Failure) and heard[0].kind == "missing":
        return _of_script(ran, source)
    best = verdict_of(heard[0]) if isinstance(heard[0], Failure) else _of_calls(heard[0])
    if best.diagnosis == "not-written":
        # What the template asks for may stand in the program, which is as good.
        found = _of_script(ran, source)
        return found if found.credit else best
    if (
        best.status is not Status.ERROR
        and not isinstance(heard[0], Failure)
        and 0 < (made := _products(heard[0])) < FEW
    ):
        return failed(
            "products-missing",
            say("Asked for {asked} products of matrices, it makes {made}: `iterations`?", asked=FEW, made=made),
        )
    if best.status is Status.PASS and not isinstance(heard[0], Failure) and not _waits(heard[0]):
        if not _asks_for_a_card(source):
            return passed(say("Nothing waits for a graphics card, as nothing asks for one: that is paid already."))
        return partial(0.5, "not-synchronised", NOT_SYNCHRONISED)
    return best


def _of_calls(heard: Heard) -> Verdict:
    """The best of what the calls on this processor gave."""
    return max(map(_of_call, cast("list[Mapping[str, object]]", heard["here"])), key=lambda one: one.credit)


NOT_SYNCHRONISED = say(
    "A graphics card works while the program goes on: call torch.cuda.synchronize() before the clock is read, "
    "or only the sending of the work is timed."
)


def _products(heard: Heard) -> int:
    """How many products of matrices were seen in the call that made the most."""
    seen = [one["gpu"] for one in cast("list[Mapping[str, object]]", heard["there"])]
    return max(one.count("work") if isinstance(one, list) else 0 for one in seen)


def _waits(heard: Heard) -> bool:
    """Whether the work on a card is waited for after the last product, in one of the two calls that did any."""
    seen = [
        one["gpu"]
        for one in cast("list[Mapping[str, object]]", heard["there"])
        if not isinstance(one["value"], Failure)
    ]
    events = [cast("list[str]", one) for one in seen if isinstance(one, list) and one]
    return not events or any("work" in one and one[-1] == "synchronize" for one in events)


def _of_call(told: Mapping[str, object]) -> Verdict:
    """The verdict on one call, whose time we know."""
    value, whole = told["value"], cast("float", told["seconds"])
    if isinstance(value, Failure):
        return verdict_of(value)
    if value is None:
        return failed("returns-nothing", say("It returns nothing: `return` is missing."))
    found = number(value)
    if isinstance(found, Failure):
        return failed("no-number", say("It returns something that is no number of seconds."))
    return _of_ratio(found / whole, TURNS)


def _of_ratio(ratio: float, turns: float) -> Verdict:
    """The verdict on a time as a share of the one that was measured."""
    if LEAST <= ratio <= MOST:
        return passed()
    if LEAST <= ratio * turns <= 1.5 * MOST:
        return partial(
            0.5, "mean-instead", say("It returns the time of one product; that of all of them is asked for.")
        )
    if LEAST <= ratio / MILLISECONDS <= MOST:
        return partial(0.5, "milliseconds", say("It is in milliseconds; seconds are asked for."))
    if ratio <= 0:
        return failed("not-positive", say("The time is not positive: is the start subtracted from the end?"))
    if ratio < EMPTY:
        return failed(
            "empty-region", say("Nothing is between the two readings of the clock: the products are outside.")
        )
    return failed("wrong-time", say("The time is not that of the products."))


def _of_script(ran: Outcome, source: Text) -> Verdict:
    """A program that times at top level: its numbers against the time that its own statements took."""
    statements = [seconds for chunk in ran.journal for _, _, seconds in chunk.statements]
    long = [one for one in (*statements, *(seconds for _, seconds in ran.durations)) if one > LONG]
    file = next((one.file for one in source.sources if one.file.endswith(".py") and "torch" in one.chunks[0]), None)
    if not source.called() & CLOCKS:
        return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(NO_CLOCK,))
    held = number(ran.named("temps_cpu")) if ran.named("temps_cpu") is not None else None
    times = [held] if isinstance(held, float) else list(_times(ran))
    verdicts = [_of_ratio(time / seconds, 1) for time in times for seconds in long]
    if any(one.status is Status.PASS for one in verdicts):
        return _of_waiting(source, file)
    return _of_other_times(ran, times, long)


NO_CLOCK = say("Nothing reads a clock: `mesurer` was looked for, or a program that times a product of matrices.")


CLOCKS = {"time", "perf_counter", "monotonic", "process_time", "timeit", "time_ns", "perf_counter_ns"}


def _timed(source: Text) -> Iterator[str]:
    """The statements of the chunks that read a clock, and of all that gives something to their variables."""
    chunks = [chunk for one in source.sources for chunk in one.trees]
    timed = [node for chunk in chunks if called_in(chunk) & CLOCKS for node in chunk]
    others = [node for chunk in chunks for node in chunk if node not in timed]
    while more := [one for one in others if _names(one, ast.Store) & {name for at in timed for name in _names(at)}]:
        timed, others = [*timed, *more], [one for one in others if one not in more]
    return map(ast.unparse, timed)


def _names(node: ast.AST, kind: type[ast.expr_context] = ast.expr_context) -> set[str]:
    """The variables in a statement, or those that it gives something."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, kind)}


def _of_waiting(source: Text, file: str | None) -> Verdict:
    timed = "\n".join(_timed(source))
    on_card = any(word in timed for word in ('"cuda"', "'cuda'", "cuda:0", ".cuda("))
    if on_card and not source.mentions("synchronize") and not source.mentions("timeit"):
        return partial(0.5, "not-synchronised", NOT_SYNCHRONISED)
    return passed(say("The time is measured at top level."))


def _of_other_times(ran: Outcome, times: Sequence[float], long: Sequence[float]) -> Verdict:
    """No time is that of a statement which took long."""
    turns = {float(one) for one in ran.values().values() if type(one) is int and 2 <= one <= 10_000}
    if any(
        _of_ratio(time / seconds, n).diagnosis == "mean-instead"
        for time in times
        for seconds in sorted(long)[-2:]  # the products; an instant is a share of any short statement
        for n in turns
    ):
        return partial(0.5, "mean-instead", say("It is the time of one product; that of all of them is asked for."))
    if any(_of_ratio(time / seconds, 1).diagnosis == "milliseconds" for time in times for seconds in long):
        return partial(0.5, "milliseconds", say("It is in milliseconds; seconds are asked for."))
    if times and max(times) <= 0:
        return failed("not-positive", say("The time is not positive: is the start subtracted from the end?"))
    if times and long:
        return failed(
            "empty-region", say("Nothing is between the two readings of the clock: the products are outside.")
        )
    return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(NO_TIME,))


NO_TIME = say("No time of a computation was found: `mesurer` was looked for, or a variable such as `temps_cpu`.")


def _times(ran: Outcome) -> Iterator[float]:
    """Numbers that may be times: variables, what dicts and lists hold, what is printed with a decimal point."""
    for value in ran.values().values():
        if isinstance(value, float):
            yield value
        elif isinstance(value, Mapping) and "opaque" not in value:
            yield from (one for one in value.values() if isinstance(one, float))
        elif isinstance(value, list) and len(value) <= 20:
            yield from (one for one in value if isinstance(one, float))
    yield from (float(one) for one in re.findall(r"\d+\.\d+(?:e-?\d+)?", ran.printed))
