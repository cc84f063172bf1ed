"""The hidden suite."""

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.call import Call, call
from graders.observe.observation import Failure
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("tiny")


@suite.criterion(
    "square.value", observe=call("square", on=lambda rng: [{"x": int(rng.integers(3, 99))}], returns=float)
)
def value(calls: list[Call[float]]) -> Verdict:
    """x² is x times x."""
    x, found = calls[0].inputs["x"], calls[0].result
    if isinstance(found, Failure):
        return verdict_of(found)
    if found == 2 * x:
        return failed("doubled", say("It doubles."))
    return passed() if found == x * x else failed("wrong", say("It is not the square."))
