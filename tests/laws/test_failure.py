"""What is told of an exception: where it was raised, and why, as far as that says nothing of hidden inputs."""

import pytest

from graders.language import translator
from graders.laws.failure import told
from graders.observe.observation import Failure

SAFE = (
    "AutoEncoder.backward() missing 1 required positional argument: 'delta'",
    "f() missing 3 required positional arguments: 'x', 'y', and 'z'",
    "Linear.__init__() takes from 2 to 3 positional arguments but 4 were given",
    "step() got an unexpected keyword argument 'lr'",
    "unsupported operand type(s) for *: 'float' and 'dict'",
    "'Sequential' object has no attribute 'modules'",
    "'NoneType' object is not subscriptable",
    "name 'np' is not defined",
)
TOLD_TO_NOBODY = (
    "0.123 is not right",
    "name '0.25' is not defined",
    "x = [0.1 0.2]",
    "'a' object has no attribute '3.5'",
)


@pytest.mark.parametrize("message", SAFE)
def test_what_python_says_of_names_is_told(message: str) -> None:
    said = translator("en")(told(Failure("raised", type="TypeError", message=message, file="a.py", line=7)))
    assert said == f"It raised TypeError at a.py, line 7: `{message}`."


@pytest.mark.parametrize("message", TOLD_TO_NOBODY)
def test_what_may_hold_an_input_is_not(message: str) -> None:
    said = translator("en")(told(Failure("raised", type="ValueError", message=message, file="a.py", line=7)))
    assert said == "It raised ValueError at a.py, line 7."
