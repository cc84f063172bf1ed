"""The published check."""

from graders.observe.call import Call, call
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("tiny")


@suite.criterion("square.value", observe=call("square", on=lambda _: [{"x": 3}], returns=float))
def value(calls: list[Call[float]]) -> Verdict:
    """3² is 9."""
    return passed() if calls[0].result == 9 else failed("wrong")
