"""What is told of an exception: where it was raised, and why, as far as that says nothing of hidden inputs."""

import pytest

from graders.language import translator
from graders.laws.failure import told
from graders.observe.observation import Failure
from graders.verdict import failed, together

SAFE = {
    "AutoEncoder.backward() missing 1 required positional argument: 'delta'": "missing 1 required positional argument",
    "f() missing 3 required positional arguments: 'x', 'y', and 'z'": "missing 3 required positional arguments",
    "Linear.__init__() takes from 2 to 3 positional arguments but 4 were given": "takes from 2 to 3 positional arguments but 4 were given",
    "step() got an unexpected keyword argument 'lr'": "got an unexpected keyword argument",
    "unsupported operand type(s) for *: 'float' and 'dict'": "unsupported operand type(s) for *: 'float' and 'dict'",
    "'NoneType' object has no attribute 'modules'": "'NoneType' object has no attribute",
    "'NoneType' object is not subscriptable": "'NoneType' object is not subscriptable",
}
TOLD_TO_NOBODY = (
    "0.123 is not right",
    "name 'zero_point_123' is not defined",
    "x = [0.1 0.2]",
    "'v_0_123' object has no attribute 'v_3_5'",
)


@pytest.mark.parametrize("message", SAFE)
def test_what_python_says_of_a_call_is_told_without_the_names_in_it(message: str) -> None:
    said = translator("en")(told(Failure("raised", type="TypeError", message=message, file="a.py", line=7)))
    assert said == f"It raised TypeError at a.py, line 7: `{SAFE[message]}`."


@pytest.mark.parametrize("message", TOLD_TO_NOBODY)
def test_what_may_hold_an_input_is_not(message: str) -> None:
    said = translator("en")(told(Failure("raised", type="ValueError", message=message, file="a.py", line=7)))
    assert said == "It raised ValueError at a.py, line 7."


def test_an_exception_may_not_be_called_after_an_input() -> None:
    said = translator("en")(told(Failure("raised", type="V0_123", message="", file="a.py", line=7)))
    assert said == "It raised Exception at a.py, line 7."


def test_mistakes_that_were_made_independently_are_told_together() -> None:
    first, second = failed("a", told(Failure("raised", type="A"))), failed("b", told(Failure("raised", type="B")))
    assert together(None, second) == second
    both = together(first, None, second)
    assert both
    assert (both.diagnosis, len(both.feedback)) == ("a", 2)
    assert together(None) is None
