"""What a student is told of a name that nobody defined."""

from graders.language import translator
from graders.laws.failure import told
from graders.observe.context import usual
from graders.observe.observation import Failure


def test_two_other_names_are_told_that_are_no_spellings_of_one() -> None:
    assert usual(["CNN1", "CNN_1", "Cnn1", "ConvNet1", "Net1", "Reseau1"]) == ["ConvNet1", "Net1"]
    assert usual(["Sequential", "Sequentiel", "Séquentiel", "Reseau"]) == ["Sequentiel", "Reseau"]


def test_a_name_that_goes_by_no_other_is_told_alone() -> None:
    assert usual(["MLP"]) == []
    assert translator("en")(told(Failure("missing", type="MLP"))) == "MLP was not found."
