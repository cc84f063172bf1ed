"""What a program says to a function of its own, for what means nothing expected."""

from __future__ import annotations

from graders.submissions.chosen import agreed, choices
from graders.submissions.inventory import Parameter
from graders.submissions.source import Source

TRAINER = (Parameter("modele", required=True), Parameter("binaire", required=False), Parameter("n", required=False))
DIGITS = "a = Net()\nt = Entraineur(a)\n"


def said(*chunks: str, maker: str = "") -> dict[str, object]:
    found = choices([Source("tp.py", chunks)], "Entraineur", TRAINER, {"modele"})
    return dict(agreed(found, maker))


def test_what_the_only_call_writes_out_is_said() -> None:
    assert said("Entraineur(Net(), True)") == {"binaire": {"value": True}}
    assert said("Entraineur(Net(), binaire='oui')") == {"binaire": {"value": "oui"}}


def test_a_number_may_be_the_size_of_something_and_is_not_said() -> None:
    assert said("Entraineur(Net(), n=300)") == {}


def test_a_device_that_is_not_there_is_not_said() -> None:
    assert said("Entraineur(Net(), 'cuda:0')") == {}


def test_calls_that_differ_say_nothing_by_themselves() -> None:
    assert said(DIGITS, "m = Mur()\nt = Entraineur(m, True)") == {}


def test_of_calls_that_differ_the_one_about_what_is_meant_counts() -> None:
    assert said(DIGITS, "m = Mur()\nt = Entraineur(m, True)", maker="Mur") == {"binaire": {"value": True}}
    assert said(DIGITS, "m = Mur()\nt = Entraineur(m, True)", maker="Net") == {}


def test_a_variable_is_what_it_was_given_last() -> None:
    again = "m = Net()\nt = Entraineur(m)\nm = Mur()\nt = Entraineur(m, True)"
    assert said(again, maker="Net") == {}
    assert said(again, maker="Mur") == {"binaire": {"value": True}}


def test_what_a_loop_goes_through_was_made_by_all_of_it() -> None:
    assert said("for m in (Net(), Other()):\n    Entraineur(m, True)\nEntraineur(Mur())", maker="Other")


def test_a_function_of_the_file_is_said_by_its_name() -> None:
    found = said("f = lambda s: s > 0\nEntraineur(Net(), f)")
    assert found == {"binaire": {"file": "tp.py", "name": "f"}}
    assert said("f = 3\nEntraineur(Net(), f)") == {}
