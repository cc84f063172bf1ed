"""Which definition stands for which expected name, and how it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders import assignment
from graders.submissions.binding import Binding, bind
from graders.submissions.bound import Bound
from graders.submissions.likeness import folded, same_words, shortened
from graders.submissions.override import OverrideError, overrides
from graders.submissions.submission import Submission

OURS = assignment.load("ue73-tp2")


def binding(source: str, said: dict[str, str] | None = None, **others: str) -> Binding:
    files = {"tp2.py": source.encode(), **{f"{name}.py": text.encode() for name, text in others.items()}}
    return bind(Submission("someone", files, said=said or {}), OURS)


def bound(source: str, name: str, **others: str) -> Bound:
    found = binding(source, None, **others).names[name]
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["F1Score", "f1score", "F1_SCORE", "f1_Score"])
def test_spelling_does_not_matter(name: str) -> None:
    assert folded(name) == folded("f1_score")


@pytest.mark.parametrize(
    "name", ["calculer_f1", "compute_F1", "my_f1_score", "score_f1", "calculF1", "f1_metric", "f1_binaire"]
)
def test_words_that_say_nothing_are_passed_over(name: str) -> None:
    assert same_words(name, ["f1"])


@pytest.mark.parametrize("name", ["taux_de_faux_positifs", "FauxPositifTaux", "faux_positifs_taux"])
def test_the_order_of_words_does_not_matter(name: str) -> None:
    assert same_words(name, ["taux_faux_positifs"])


@pytest.mark.parametrize(("name", "whole"), [("prec", "precision"), ("calc_rec", "recall"), ("acc", "accuracy")])
def test_a_name_may_be_shortened(name: str, whole: str) -> None:
    assert shortened(name, [whole])
    assert not shortened("pr", [whole])


def test_the_last_definition_counts() -> None:
    found = bound("def recall(a, b):\n    return 0\n\ndef recall(y_true, y_pred):\n    return 1\n", "recall")
    assert found.definition.line == 4


def test_parameters_are_known_by_their_names_in_any_order() -> None:
    found = bound("def recall(predictions, cibles): ...", "recall")
    assert found.order == (("predictions", "y_pred"), ("cibles", "y_true"))


def test_a_parameter_that_is_not_known_is_the_one_that_is_left() -> None:
    assert bound("def recall(y_pred, gold): ...", "recall").order == (("y_pred", "y_pred"), ("gold", "y_true"))


def test_places_tell_what_names_do_not() -> None:
    assert bound("def recall(a, b): ...", "recall").order == (("", "y_true"), ("", "y_pred"))


def test_counts_are_known() -> None:
    assert dict(bound("def recall(vp, fn): ...", "recall").order) == {"vp": "tp", "fn": "fn"}


def test_keys_of_a_dict_stand_for_names() -> None:
    source = "def tout(y, p):\n    r = {}\n    r['rappel'] = 1\n    r['prec'] = 2\n    return r\n"
    assert bound(source, "recall").take == "rappel"
    assert bound(source, "precision").take == "prec"
    assert bound("def tout(y, p):\n    return dict(rappel=1)", "recall").take == "rappel"


def test_variables_of_a_tuple_stand_for_names() -> None:
    source = "def tout(y, p):\n    acc, prec, rappel = 1, 2, 3\n    return acc, prec, rappel\n"
    assert [bound(source, name).take for name in ("accuracy", "precision", "recall")] == [0, 1, 2]


METRICS = """
class Metriques:
    def __init__(self, y_vrai, y_predit): ...
    def rappel(self): ...
    @staticmethod
    def precision(y_vrai, y_predit): ...
class Compteur:
    def update(self, preds, targets): ...
    def accuracy(self): ...
class F1:
    def __call__(self, y_true, y_pred): ...
"""


def test_a_method_is_called_on_an_object_that_is_made_for_it() -> None:
    recall, precision = bound(METRICS, "recall"), bound(METRICS, "precision")
    assert recall.maker == (("y_vrai", "y_true"), ("y_predit", "y_pred"))
    assert (precision.maker, precision.order) == (None, (("y_vrai", "y_true"), ("y_predit", "y_pred")))


def test_an_object_may_have_to_be_fed_first() -> None:
    feeder = bound(METRICS, "accuracy").feeder
    assert feeder is not None
    assert (feeder.name, dict(feeder.order)) == ("update", {"preds": "y_pred", "targets": "y_true"})


def test_what_feeds_an_object_is_no_helper_of_two_numbers() -> None:
    helpers = "    def _ratio(self, a, b): ...\n    def over(self, a, b): ...\n"
    held = f"class Metrics:\n{helpers}    def add(self, y_true, y_pred): ...\n    def recall(self): ...\n"
    feeder = bound(held, "recall").feeder
    assert feeder is not None
    assert feeder.name == "add"


def test_an_object_that_is_called_goes_by_its_class() -> None:
    assert bound(METRICS, "f1_score").definition.name == "F1.__call__"


def test_what_a_method_gave_back_is_no_function_whatever_its_name() -> None:
    fitted = "class Trainer:\n    def fit(self, x): ...\n\nrecall = Trainer(3).fit(x)\n"
    made = "class Box:\n    pass\n\nrecall = Box()\n"
    called = "class Box:\n    def __call__(self, y_true, y_pred): ...\n\nrecall = Box()\n"
    assert [binding(one).names["recall"] is None for one in (fitted, made, called)] == [True, True, False]


CONFIG = "class Config:\n    y_true: object\n    y_pred: object = None\n\n"


@pytest.mark.parametrize("taken", ["c: Config", "c: 'Config | None' = None", "c=Config()", "config"])
def test_settings_that_a_function_takes_in_one_are_made_for_it(taken: str) -> None:
    found = bound("@dataclass\n" + CONFIG + f"def recall({taken}): ...", "recall")
    assert dict(found.order) == {taken[:1] if ":" in taken or "=" in taken else taken: "Config()"}
    assert found.taken >= {"y_true", "y_pred"}
    assert [one.order for one in found.packs] == [(("y_true", "y_true"), ("y_pred", "y_pred"))]


def test_what_means_something_is_no_settings() -> None:
    assert not bound("@dataclass\n" + CONFIG + "def recall(y_true: Config, y_pred): ...", "recall").packs


def test_a_parameter_with_a_default_alone_in_its_place_is_what_is_left() -> None:
    assert dict(bound("def recall(y_true, zz=None): ...", "recall").order) == {"y_true": "y_true", "zz": "y_pred"}
    assert dict(bound("def recall(y_true, y_pred, zz=None): ...", "recall").order) == {
        "y_true": "y_true",
        "y_pred": "y_pred",
    }


def test_a_class_and_its_method_say_a_name_together() -> None:
    source = (
        "class F1:\n    def score_macro(self, y_true, y_pred): ...\n\nclass Positive:\n    def rate(self, y): ...\n"
    )
    assert binding(source + "class TruePositive:\n    def rate(self, y_true, y_pred): ...\n").names["recall"] is None
    false = binding(source + "class FalsePositive:\n    def rate(self, y_true, y_pred): ...\n").names
    assert [one.place for one in false.values() if one] == ["tp2.py:FalsePositive.rate"]


def test_the_network_is_the_module_that_no_other_uses() -> None:
    source = "class Bloc(nn.Module): ...\nclass Tout(nn.Module):\n    def __init__(self, n):\n        self.b = Bloc()\n"
    assert bound(source, "MyMLP").definition.name == "Tout"


def test_a_dataset_class_stands_for_a_function_that_makes_one() -> None:
    assert bound("class Pulses(TensorDataset):\n    def __init__(self, dossier): ...", "load_dataset").how == (
        "the only one of its kind"
    )


EPOCHS = """
def une_epoque(model, loader, optimizer, criterion):
    for x, y in loader:
        criterion(model(x), y).backward()
        optimizer.step()

def principal(epoques=3):
    train_dl, val_dl, test_dl = make_loaders("out", 8)
    reseau = Net(12)
    for e in range(epoques):
        une_epoque(reseau, train_dl, Adam(reseau.parameters()), nn.BCEWithLogitsLoss())

principal()
"""


def test_a_training_may_be_a_part_of_a_program() -> None:
    found = bound(EPOCHS, "train")
    assert (found.scope, found.how) == ("principal", "program")
    assert dict(found.order) == {
        "epoques": "epochs", "train_dl": "train_loader", "val_dl": "valid_loader", "reseau": "model"
    }  # fmt: skip


def test_a_training_may_stand_at_the_top() -> None:
    source = "train_loader, valid_loader = f(), f()\nmodel = g()\nfor x, y in train_loader:\n    loss(x).backward()\n"
    assert bound(source, "train").scope == ""


def test_a_function_that_needs_nothing_strange_is_called_itself() -> None:
    source = "def entrainer(modele, train_dl, val_dl, epoques, lr):\n    loss.backward()\n"
    assert bound(source, "train").scope is None


def test_what_no_name_tells_may_be_anything_that_takes_as_much() -> None:
    found = binding("def mystere(a, b): ...\ndef autre(): ...\ndef trop(a, b, c, d): ...")
    assert {one.definition.name for one in found.candidates["recall"]} == {"mystere"}
    assert [one.order for one in found.candidates["recall"]] == [
        (("", "y_true"), ("", "y_pred")), (("", "y_pred"), ("", "y_true"))
    ]  # fmt: skip


def test_what_is_surely_one_name_is_no_candidate_for_another() -> None:
    assert not binding("def recall(y_true, y_pred): ...").candidates.get("precision")


def test_what_shows_a_metric_is_no_metric() -> None:
    found = binding("def plot_accuracy(history): ...")
    assert found.names["accuracy"] is None


def test_what_is_told_to_an_object_for_later_is_not_the_thing() -> None:
    found = binding("class Data:\n    def set_recall_function(self, y_true, y_pred): ...")
    assert found.names["recall"] is None


def test_the_teacher_has_the_last_word() -> None:
    found = binding("def recall(y, p): ...\ndef tout(y, p): ...", {"recall": "tp2.py:tout[1]", "precision": "nowhere"})
    recall = found.names["recall"]
    assert recall is not None
    assert (recall.how, recall.take, recall.definition.name) == ("override", 1, "tout")
    assert found.names["precision"] is None


def test_what_the_teacher_says_of_one_wins(tmp_path: Path) -> None:
    (tmp_path / "bindings.toml").write_text('recall = "a"\nprecision = "b"\n["lea"]\nrecall = "c[\'x\']"\n')
    assert overrides(tmp_path, "lea") == {"recall": "c['x']", "precision": "b"}
    assert overrides(tmp_path, "max") == {"recall": "a", "precision": "b"}


def test_a_file_of_names_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "bindings.toml").write_text("recall = 3")
    with pytest.raises(OverrideError, match=r"bindings\.toml"):
        overrides(tmp_path, "lea")


def test_the_teacher_says_which_file_is_run_as_the_whole() -> None:
    ours = assignment.load("ue73-tp2")
    files = {"tp2.py": b"def accuracy(y_true, y_pred): pass\n", "other.py": b"def accuracy(y_true, y_pred): pass\n"}
    assert bind(Submission("a", files), ours).entry == "tp2.py"
    assert bind(Submission("a", files, said={"entry": "other.py"}), ours).entry == "other.py"
    assert bind(Submission("a", files, said={"entry": "gone.py"}), ours).entry == "tp2.py"


def test_the_template_beside_the_work_is_not_the_work() -> None:
    ours = assignment.load("ue73-tp2")
    template = 'def accuracy(y_true, y_pred):\n    """x"""\n    raise NotImplementedError\n'
    work = "def exactitude(y, p):\n    return sum(a == b for a, b in zip(y, p)) / len(y)\n"
    found = bind(Submission("a", {"tp2.py": template.encode(), "Untitled.py": work.encode()}), ours)
    assert (found.entry, found.rivals) == ("Untitled.py", ("tp2.py",))
    assert bind(Submission("a", {"tp2.py": template.encode()}), ours).entry == "tp2.py"


def test_of_two_versions_the_one_that_is_filled_in_counts() -> None:
    """The notebook as it was given out, beside the script in which the work was done."""
    ours = assignment.load("ue73-tp2")
    begun = "def accuracy(y, p):\n    return sum(a == b for a, b in zip(y, p)) / len(y)\n"
    left = begun + "def recall(y, p):\n    value = NotImplemented\n    return value\n"
    done = begun + "def recall(y, p):\n    return sum(a and b for a, b in zip(y, p)) / sum(y)\n"
    assert bind(Submission("a", {"a_tp.py": left.encode(), "rapport.py": done.encode()}), ours).entry == "rapport.py"
    assert bind(Submission("a", {"a_tp.py": done.encode(), "rapport.py": left.encode()}), ours).entry == "a_tp.py"


def test_what_is_given_with_the_statement_is_not_the_work() -> None:
    ours = assignment.load("ue73-tp2")
    given = (ours.folder / "pulses.py").read_bytes()
    template = b"def accuracy(y_true, y_pred):\n    raise NotImplementedError\n"
    assert bind(Submission("a", {"tp2.py": template, "pulses.py": given}), ours).entry == "tp2.py"
    assert bind(Submission("a", {"work.py": b"x = 1\n", "pulses.py": given}), ours).entry == "work.py"


CONFIGURED = """
from dataclasses import dataclass
import torch
from torch import nn
@dataclass
class NetConfig:
    input_size: int = 768
    hidden: int = 8
class Net(nn.Module):
    def __init__(self, config: NetConfig):
        super().__init__()
        self.layer = nn.Linear(config.input_size, config.hidden)
class Trainer:
    def __init__(self, model, cfg):
        self.model, self.cfg = model, cfg
    def fit(self, train_loader, valid_loader):
        for epoch in range(self.cfg["epochs"]):
            torch.optim.SGD(self.model.parameters(), lr=self.cfg["lr"])
class Module:
    def __init__(self, root, batch_size=8): ...
    def train_dataloader(self): ...
    def val_dataloader(self): ...
    def test_dataloader(self): ...
def evaluate(y_true, y_pred):
    return acc.item(), float(prec), round(rec, 3)
"""


def test_an_object_of_a_class_holds_what_a_constructor_is_told() -> None:
    network = bound(CONFIGURED, "MyMLP")
    assert network.order == (("config", "NetConfig()"),)
    assert network.packs[0].order == (("input_size", "input_size"),)


def test_an_object_that_is_only_read_holds_what_a_trainer_is_told() -> None:
    pack = bound(CONFIGURED, "train").packs[0]
    assert (pack.order, pack.items) == ((("epochs", "epochs"), ("lr", "lr")), True)


OWN_WORDS = """
from dataclasses import dataclass
from torch import nn
@dataclass
class Reglages:
    grandeur: int = 120
    cach: int = 32
REGLAGES = {"grandeur": 120, "cach": 32}
class Par_objet(nn.Module):
    def __init__(self, reglages: Reglages):
        self.layer = nn.Linear(reglages.grandeur, reglages.cach)
class Par_table(nn.Module):
    def __init__(self, params):
        self.layer = nn.Linear(params["grandeur"], params["cach"])
"""


@pytest.mark.parametrize(("left_out", "given"), [("Par_table", "Reglages()"), ("Par_objet", "params()")])
def test_settings_in_words_of_their_own_are_given_as_they_are(left_out: str, given: str) -> None:
    network = bound(OWN_WORDS.replace(f"class {left_out}(nn.Module)", "class Other"), "MyMLP")
    assert [meaning for _, meaning in network.order] == [given]
    assert not any(expected for _, expected in network.packs[0].order)


def test_three_methods_make_three_loaders() -> None:
    found = bound(CONFIGURED, "make_loaders")
    assert (found.definition.name, found.beside) == ("Module.train_dataloader", ("val_dataloader", "test_dataloader"))


def test_a_part_is_called_what_it_was_before_it_was_converted() -> None:
    assert [bound(CONFIGURED, name).take for name in ("accuracy", "precision", "recall")] == [0, 1, 2]


def test_the_defaults_of_a_command_line_are_read() -> None:
    source = """
import argparse
from torch import nn
class MyMLP(nn.Module):
    def __init__(self, args):
        self.layer = nn.Linear(args.n_freq * args.n_time, args.hidden_size)
def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-s", "--hidden-size", type=int, default=100)
    parser.add_argument("--rate", dest="lr", default=1e-3)
    parser.add_argument("--fast", action="store_true")
    MyMLP(parser.parse_args())
"""
    assert bound(source, "MyMLP").packs[0].options == {"hidden_size": 100, "lr": 1e-3, "fast": False}


def test_two_words_mean_the_same_the_other_way_round() -> None:
    found = bound("def train(net, dataloader_train, dataloader_valid, epochs): ...", "train")
    assert found.order[1:3] == (("dataloader_train", "train_loader"), ("dataloader_valid", "valid_loader"))


LIBRARY = assignment.load("mu4in811")


def of_library(name: str, **files: str) -> Bound | None:
    handed = {f"{file.replace('__', '/')}.py": text.encode() for file, text in files.items()}
    return bind(Submission("someone", handed), LIBRARY).names.get(name)


def order_in(source: str, name: str) -> dict[str, str]:
    found = of_library(name, lib=source)
    assert found is not None
    return dict(found.order)


def test_of_two_parameters_that_mean_the_same_one_is_what_is_left() -> None:
    assert order_in("class Linear:\n    def __init__(self, n, d): ...\n", "Linear") == {"n": "n_in", "d": "n_out"}


def test_a_parameter_may_only_begin_or_hold_a_word_that_is_known() -> None:
    source = "def SGD(X_train, y_train, net2, loss_class, batch_size, ite): ...\n"
    known = {"X_train": "x", "y_train": "y", "net2": "net", "loss_class": "loss", "ite": "epochs"}
    assert known.items() <= order_in(source, "SGD").items()


def test_what_is_imported_from_the_students_own_file_is_found_there() -> None:
    library = "class SGD:\n    def __init__(self, net, loss): ...\n    def fit(self, x, y): ...\n"
    used = "from lib import SGD\nSGD(1, 2)\n"
    assert of_library("SGD", lib=library, essai=used) is None
    assert of_library("StochasticDescent", lib=library, essai=used) is not None


def test_a_class_of_a_library_is_not_what_need_not_be_there() -> None:
    assert of_library("linear_regression", lib="from sklearn.linear_model import LinearRegression\n") is None


def test_a_function_that_computes_makes_no_module() -> None:
    assert of_library("Softmax", lib="def softmax(z):\n    return z\n") is None


def test_a_variable_says_what_its_class_is() -> None:
    source = "class Brique:\n    def __init__(self, entree, sortie): ...\nmodule_lineaire = Brique(2, 3)\n"
    found = of_library("Linear", lib=source)
    assert found is not None
    assert found.definition.name == "Brique"


def test_an_object_of_a_class_of_their_own_is_no_class() -> None:
    source = "class Sequential:\n    def __init__(self, *modules): ...\nae = Sequential(1, 2)\n"
    assert of_library("AutoEncoder", lib=source) is None


def test_a_class_on_object_is_as_silent_as_any() -> None:
    library = "class SGD(object):\n    def __init__(self, net, loss): ...\n    def fit(self, x, y): ...\n"
    assert of_library("SGD", lib=library, essai="from lib import SGD\nsgd = SGD(1, 2)\n") is None


def test_a_letter_in_capitals_is_not_the_small_one() -> None:
    found = of_library("AutoEncoder", lib="class AutoEncodeur:\n    def __init__(self, D, latente=2): ...\n")
    assert found is not None
    assert found.order == (("D", "n_in"), ("latente", "d"))


LIGHTNING = """
class Data:
    def __init__(self, batch_size=64): ...
    def train_dataloader(self): ...
    def val_dataloader(self): ...
class MNISTData(Data):
    def __init__(self, batch_size=64): ...
    def train_dataloader(self):
        return DataLoader(self.app, self.batch_size, shuffle=True)
    def val_dataloader(self):
        return DataLoader(self.essai, self.batch_size)
class CrackData(Data):
    def __init__(self, batch_size=64): ...
    def train_dataloader(self):
        return DataLoader(self.app, self.batch_size, shuffle=True)
    def val_dataloader(self):
        return DataLoader(self.essai, self.batch_size)
"""


def test_a_class_may_make_each_loader_by_a_method() -> None:
    names = bind(Submission("someone", {"tp4.py": LIGHTNING.encode()}), assignment.load("amu-tp4")).names
    found = names["load_mnist"]
    assert found is not None
    assert (found.definition.name, found.beside) == ("MNISTData.train_dataloader", ("val_dataloader",))
    assert "train_cracks" not in names, "what makes a loader trains nothing, whatever its name holds"


def test_a_more_usual_name_comes_first() -> None:
    found = of_library("Softmax", lib="class SoftMax: ...\nclass LogSoftMax: ...\n")
    assert found is not None
    assert found.definition.name == "SoftMax"


def test_another_library_in_a_folder_of_tests_is_not_mixed_with_the_work() -> None:
    work = "class Lineaire:\n    def __init__(self, entree, sortie): ...\nclass Sequentiel: ...\n"
    other = "class Linear:\n    def __init__(self, entree, sortie): ...\nclass Sequential: ...\nclass MSELoss: ...\n"
    found = of_library("Sequential", autres_tests__module=other, src__module=work)
    assert found is not None
    assert found.definition.file == "src/module.py"


def test_a_loss_beside_the_others_says_by_its_name_what_it_is() -> None:
    losses = "class Loss: ...\nclass MSELoss(Loss): ...\nclass CELoss(Loss): ...\nclass CElogSMLoss(Loss): ...\n"
    found = of_library("LogSoftmaxCrossEntropy", lib=losses + "class CElogSMModule: ...\n")
    assert found is not None
    assert found.definition.name == "CElogSMLoss"


def test_what_is_given_beside_what_is_expected_keeps_its_meaning() -> None:
    found = bound("def normaliser(X, mu, sigma): ...", "standardize")
    assert found.order == (("X", "x"), ("mu", "mean"), ("sigma", "deviation"))


def test_a_value_that_a_loop_computes_is_no_function() -> None:
    ours = assignment.load("cdl-tp1-4")
    work = b"for i in range(3):\n    a, v, u = 1.0, 2.0, 3.0\n    residual = a + 2 * v + 100 * u\n"
    assert bind(Submission("a", {"inverse.py": work}), ours).names.get("residual") is None


def test_a_network_is_no_evaluation_of_one() -> None:
    ours = assignment.load("amu-tp4")
    work = b"import torch\nclass MyModel(torch.nn.Module):\n    def forward(self, x):\n        return x\n"
    assert bind(Submission("a", {"tp4.py": work}), ours).names.get("evaluate") is None


DATACLASS = """
from dataclasses import dataclass, field
from typing import ClassVar
@dataclass
class Metrics:
    threshold: float = 0.5
    seen: list = field(default_factory=list, init=False)
    known: ClassVar[int] = 3
    def recall(self, y_true, y_pred): ...
"""


def test_a_dataclass_is_made_of_what_its_constructor_takes() -> None:
    maker = bound(DATACLASS, "recall").definition.maker
    assert maker is not None
    assert [(one.name, one.required) for one in maker] == [("threshold", False)]


NUMBERED = """
from torch import nn
class ReseauCNN1(nn.Module): ...
class ReseauCNN2(nn.Module): ...
"""


def test_a_number_tells_two_names_apart() -> None:
    found = bind(Submission("a", {"tp4.py": NUMBERED.encode()}), assignment.load("amu-tp4")).names
    for name, own in (("CNN1", "ReseauCNN1"), ("CNN2", "ReseauCNN2")):
        assert (one := found[name]) is not None
        assert one.definition.name == own


OTHER_VERB = """
class Trainer:
    def __init__(self, model, criterion): ...
    def _batch(self, x, y):
        self.criterion(self.model(x), y).backward()
    def launch(self, train_loader, valid_loader, epochs=3, lr=0.1):
        for x, y in train_loader: self._batch(x, y)
"""


def test_a_method_is_known_by_what_it_calls_through_others() -> None:
    assert bound(OTHER_VERB, "train").definition.name == "Trainer.launch"


SCALER = """
class Scaler:
    def fit(self, x): self.mean, self.std = x.mean(), x.std()
"""


@pytest.mark.parametrize("verb", ["fit", "launch"])
def test_what_fits_a_scaler_is_no_training(verb: str) -> None:
    trainer = OTHER_VERB.replace("launch", verb)
    assert bound(SCALER + trainer, "train").definition.name == f"Trainer.{verb}"
    assert bound(trainer + SCALER, "train").definition.name == f"Trainer.{verb}"


def test_a_training_that_forgets_the_way_back_is_one_all_the_same() -> None:
    trainer = OTHER_VERB.replace("launch", "fit").replace(".backward()", "")
    assert bound(SCALER + trainer, "train").definition.name == "Trainer.fit"


FOREIGN_VERBS = """
def ajustar(t, u, pasos=9): p.backward()
def entrenar(m, mu, k, pasos=9): p.backward()
def buscar(t, u, m, k, pasos=9): p.backward()
"""


def test_of_two_that_might_be_meant_one_is_left() -> None:
    found = bind(Submission("a", {"tp.py": FOREIGN_VERBS.encode()}), assignment.load("cdl-tp1-4")).names
    names = {name: one.definition.name for name, one in found.items() if one}
    assert names == {"train_regression_pure": "ajustar", "train_pinn": "entrenar", "identify": "buscar"}


def test_a_word_of_another_function_means_what_it_means_here() -> None:
    source = "class Trainer:\n    def fit(self, module, train_dataloader): loss.backward()\n"
    found = bind(Submission("a", {"tp2.py": source.encode()}), assignment.load("enm-tp2")).names["train"]
    assert found is not None
    assert dict(found.order) == {"module": "model", "train_dataloader": "loader"}


def test_settings_are_read_where_they_are_defined() -> None:
    config = "from dataclasses import dataclass\n@dataclass\nclass TrainConfig:\n    epochs: int = 3\n"
    trainer = "class Trainer:\n    def __init__(self, model, config: TrainConfig): ...\n    def fit(self, train_loader): ...\n"
    found = binding("from trainer import Trainer\ndef recall(y_true, y_pred): ...\n", trainer=trainer, config=config)
    assert {"config.py", "trainer.py"} <= {one.file for one in found.sources}


RAW = """
model = Net(3)
X_app, classes = f()
for epoch in range(20):
    order = torch.randperm(len(X_app))
    for i in range(0, len(X_app), 50):
        part = order[i : i + 50]
        xb, yb = X_app[part].float(), classes[part]
        out = model(xb)
        loss = F.binary_cross_entropy_with_logits(out, yb)
        loss.backward()
"""


def test_batches_may_be_cut_out_of_examples() -> None:
    assert dict(bound(RAW, "train").order) == {
        "model": "model", "X_app": "train_loader.0", "classes": "train_loader.1", "": "epochs"
    }  # fmt: skip


def test_batches_may_come_from_two_sides_at_once() -> None:
    source = (
        "model = g()\nX, y = f()\nfor e in range(9):\n    for xb, yb in zip(X.split(50), y.split(50)):\n"
        "        loss(model(xb), yb).backward()\n"
    )
    assert {("X", "train_loader.0"), ("y", "train_loader.1")} <= {*bound(source, "train").order}


def test_a_function_may_take_examples_instead_of_a_loader() -> None:
    source = (
        "def train(model, data, answers, epochs, lr):\n    for e in range(epochs):\n"
        "        loss_fn(model(data), answers).backward()\n"
    )
    found = bound(source, "train")
    assert found.scope is None
    assert {("data", "train_loader.0"), ("answers", "train_loader.1")} <= {*found.order}


def test_a_function_may_take_examples_of_validation_too() -> None:
    source = "def train(model, Xa, ya, Xv, yv, epochs=3):\n    for e in range(epochs):\n        loss(model(Xa), ya).backward()\n"
    found = bound(source, "train")
    assert found.scope is None
    assert {("Xv", "valid_loader.0"), ("yv", "valid_loader.1"), ("epochs", "epochs")} <= {*found.order}


def test_the_loader_is_what_the_loop_goes_through() -> None:
    source = (
        "train_data, valid_loader = f(), f()\nbatches = DataLoader(train_data)\nmodel = g()\n"
        "for i, batch in enumerate(tqdm(batches)):\n    x, y = batch\n    loss(model(x), y).backward()\n"
    )
    assert {("batches", "train_loader"), ("train_data", "train_loader")} & {*bound(source, "train").order} == {
        ("batches", "train_loader")
    }


def test_a_variable_that_is_spelt_so_comes_before_one_in_capitals() -> None:
    source = "biais = 0.0\nA, B = np.meshgrid(a, a)\n"
    found = bind(Submission("a", {"tp.py": source.encode()}), assignment.load("cdl-tp1-1")).names["b"]
    assert found is not None
    assert found.definition.name == "biais"


def test_what_no_file_imports_is_run_as_the_whole() -> None:
    others = {"aide.py": b"def aide(): ...\n", "modele.py": b"x = 1\n"}
    files = {**others, "principal.py": b"from aide import aide\nimport modele\n"}
    assert bind(Submission("a", files), OURS).entry == "principal.py"


def test_a_copy_is_looked_at_last() -> None:
    optim = "class Optim:\n    def __init__(self, net, loss, eps):\n        self.net = net\n"
    work = "class Linear: ...\nclass MSELoss: ...\n"
    handed = {"lib/Optim copy.py": optim.encode(), "lib/Optim.py": optim.encode(), "lib/layers.py": work.encode()}
    found = bind(Submission("someone", handed), LIBRARY).names["Optim"]
    assert found is not None
    assert found.definition.file == "lib/Optim.py"


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("def recall(y_true, L): ...", {"y_true": "y_true", "L": "y_pred"}),
        ("def recall(y_true, q=None): ...", {"y_true": "y_true", "q": "y_pred"}),
    ],
)
def test_what_stands_behind_what_is_known_is_known_by_its_place(written: str, order: dict[str, str]) -> None:
    assert dict(bound(written, "recall").order) == order


def test_a_default_that_stands_at_a_place_is_a_default() -> None:
    found = bound("def recall(a=None, b=3): ...", "recall")
    assert found.order == (("", "y_true"), ("", "y_pred"))
    assert found.has_default("y_true")
    assert found.has_default("y_pred")


@pytest.mark.parametrize("decorated", ["@metric", "@scaled(percent=True)"])
def test_a_decorator_says_what_its_function_takes(decorated: str) -> None:
    metric = "def metric(f):\n    def g(y_true, y_pred): return f(*counts(y_true, y_pred))\n    return g\n"
    inner = "".join(f"    {line}\n" for line in metric.splitlines())
    scaled = f"def scaled(percent):\n{inner}    return metric\n"
    found = bound(f"{metric}{scaled}{decorated}\ndef recall(tn, fp, fn, tp): ...\n", "recall")
    assert dict(found.order) == {"y_true": "y_true", "y_pred": "y_pred"}


def test_a_decorator_may_come_from_another_file() -> None:
    outer = "def metrique(f):\n    def dedans(y_pred, y_true):\n        return f(y_true, y_pred)\n    return dedans\n"
    found = bound("from outils import metrique\n@metrique\ndef recall(a, b):\n    return a\n", "recall", outils=outer)
    assert found.order == (("y_pred", "y_pred"), ("y_true", "y_true"))


def test_a_method_may_be_decorated() -> None:
    outer = "def metrique(f):\n    def dedans(self, y_pred, y_true): ...\n    return dedans\n"
    found = bound(outer + "class M:\n    @metrique\n    def recall(self, a, b): ...\n", "recall")
    assert found.order == (("y_pred", "y_pred"), ("y_true", "y_true"))


def test_a_metric_is_called_as_the_class_says_that_it_is_made_from() -> None:
    source = """
class Metric:
    def __call__(self, y_true, y_pred):
        self.tp = 1
        return self.compute()

class Ratio(Metric):
    pass

class Recall(Ratio):
    def compute(self):
        return self.tp
"""
    found = bound(source, "recall")
    assert "__call__" in (found.definition.last, found.feeder.name if found.feeder else "")


def test_what_is_known_may_stand_in_its_place_among_what_is_not() -> None:
    source = "def boucle_principale(machin, paquets, valid_loader, n_epochs):\n    machin(paquets).backward()\n"
    assert {"model", "train_loader", "valid_loader", "epochs"} <= bound(source, "train").taken
