"""Sentences with holes, in two languages."""

from graders.language import say, translator


def test_numbers_are_written_as_the_language_writes_them() -> None:
    sentence = say("{percent} %", percent=98.5)
    assert translator("fr")(sentence) == "98,5 %"
    assert translator("en")(sentence) == "98.5 %"
    assert translator("en")(say("{n}", n=98.0)) == "98"
    assert translator("fr")(say("{n}", n=float("nan"))) == "nan"


def test_a_sentence_may_stand_in_another() -> None:
    assert translator("en")(say("<{inner}>", inner=say("{x}!", x="a.b"))) == "<a.b!>"
