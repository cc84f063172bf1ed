"""Every sentence for people exists in French and English, and the catalogues are in step with the sources."""

from __future__ import annotations

import ast
import io
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jinja2
import pytest
from babel.messages.pofile import read_po
from jinja2 import nodes
from rich.console import Console

from graders import assignment
from graders.commands.main import main
from graders.language import Message, say, translator
from graders.messages import files, places, sentences
from graders.report.html import render_index, render_report
from graders.report.model import Header, Report
from graders.report.score import score
from graders.report.terminal import ClassTable, show_report
from graders.verdict import failed

PLACES = list(places())
SENTENCES = {sources: frozenset(sentences(sources)) for sources, _ in PLACES}
SAME_IN_BOTH = {
    "Question {name}",
    "Questions",
    "Figure {number}",
    "accuracy",
    "train",
    "validation",
    "Points",
    "Verdict",
}
BADLY_SPACED = re.compile(r" [;:!?%»]|« |'")
HERE = [pytest.param(sources, folder, id=folder.parent.name) for sources, folder in PLACES]


def said(source: Path) -> Iterator[str | None]:
    """The first argument of each `say(…)` of a file; None where it is no literal."""
    return in_template(source.read_text()) if source.suffix == ".j2" else in_python(source.read_text())


def in_python(text: str) -> Iterator[str | None]:
    for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
        if ast.unparse(call.func).split(".")[-1] == "say":
            first = call.args[0] if call.args else None
            yield first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def in_template(text: str) -> Iterator[str | None]:
    for call in jinja2.Environment(autoescape=True).parse(text).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say":
            yield call.args[0].value if isinstance(call.args[0], nodes.Const) else None


@cache
def french(folder: Path) -> dict[str, str]:
    """The translations of a catalogue."""
    content = (folder / "fr" / "LC_MESSAGES" / "messages.po").read_bytes()
    return {str(one.id): str(one.string) for one in read_po(io.BytesIO(content), locale="fr") if one.id}


def holes(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def every_sentence(name: str) -> list[str]:
    """All that a report of this assignment may say, each once."""
    ours = (SENTENCES[sources] for sources, folder in PLACES if folder.parent.name in (name, "graders"))
    return sorted(frozenset().union(*ours))


def fragments(sentence: str) -> list[str]:
    """The pieces of a sentence between its holes that are long enough to belong to no other language."""
    pieces = (text.strip(" .:;,\n") for text, _, _, _ in string.Formatter().parse(sentence))
    return [piece for piece in pieces if len(re.findall(r"[a-z]+", piece)) >= 3 and sentence not in SAME_IN_BOTH]


def test_a_sentence_that_is_no_literal_is_seen() -> None:
    assert list(in_python('say(name); language.say("a " "b"); say("a" if x else "b"); say(f"{x}"); unsaid("a")')) == [
        None, "a b", None, None,
    ]  # fmt: skip
    assert list(in_template('{{ say(name) }}{{ say("a", b=1) }}')) == [None, "a"]


@pytest.mark.parametrize(("sources", "folder"), HERE)
def test_every_sentence_is_a_literal_that_is_found(sources: Path, folder: Path) -> None:
    spoken = {file: list(said(file)) for suffix in ("*.py", "*.j2") for file in sources.rglob(suffix)}
    assert not [str(file) for file, found in spoken.items() if None in found], "say() wants a literal"
    assert {text for found in spoken.values() for text in found} == SENTENCES[sources]


@pytest.mark.parametrize(("sources", "folder"), HERE)
def test_every_sentence_is_translated(sources: Path, folder: Path) -> None:
    known = french(folder)
    assert not [text for text in SENTENCES[sources] if not known.get(text)]
    assert not [text for text, other in known.items() if holes(text) != holes(other)]
    assert not [text for text, other in known.items() if text == other and text not in SAME_IN_BOTH]


@pytest.mark.parametrize(("sources", "folder"), HERE)
def test_french_has_its_own_typography(sources: Path, folder: Path) -> None:
    assert not [other for other in french(folder).values() if BADLY_SPACED.search(other)]


def test_the_catalogues_are_in_step_with_the_sources() -> None:
    behind = [str(path) for path, content in files().items() if not path.exists() or path.read_bytes() != content]
    assert not behind, "run `python -m graders.messages`"


@pytest.mark.parametrize("name", assignment.ids())
def test_titles_are_in_both_languages(name: str) -> None:
    ours = assignment.load(name)
    assert all(title.keys() >= {"fr", "en"} and all(title.values()) for title in [line.title for line in ours.rubric])
    assert ours.title.keys() >= {"fr", "en"}


def everything(name: str, language: str) -> Report:
    """A report in which every sentence is said, criterion after criterion."""
    ours = assignment.load(name)
    messages = [
        Message(text=text, values={hole: hole.upper() for hole in holes(text)}) for text in every_sentence(name)
    ]
    judged = [line for line in ours.rubric if not line.manual]
    verdicts = {line.id: failed("wrong", *messages[place :: len(judged)]) for place, line in enumerate(judged)}
    header = Header(assignment=name, submission="alice", digest="sha256:00", flags=tuple(messages[:5]))
    translate = translator(language, ours.catalogues)
    return score(ours.rubric, verdicts, header=header, translate=translate, language=language)


def shown(report: Report, language: str) -> str:
    """A report on its page, in the page of its class, and in the terminal."""
    screen = Console(file=io.StringIO(), width=10_000, _environ={})
    show_report(report, translator(language), screen)
    with ClassTable(screen, translator(language)) as table:
        table.start(1)
        table.add(report, 1)
    assert isinstance(screen.file, io.StringIO)
    pages = render_report(report, {}, language) + render_index([report], language)
    return pages.replace("&#39;", "'") + re.sub(r"\s+", " ", screen.file.getvalue())


@pytest.mark.parametrize("name", assignment.ids())
def test_a_french_report_says_nothing_in_english(name: str) -> None:
    text = shown(everything(name, "fr"), "fr")
    assert not [piece for sentence in every_sentence(name) for piece in fragments(sentence) if piece in text]


@pytest.mark.parametrize("name", assignment.ids())
def test_an_english_report_says_nothing_in_french(name: str) -> None:
    text = shown(everything(name, "en"), "en")
    known = {other for _, folder in PLACES for other in french(folder).values()}
    assert not [piece for sentence in known for piece in fragments(sentence) if piece in text]


def test_a_value_may_be_a_sentence() -> None:
    assert translator("fr")(say("level: {level}. {meaning}", level="full", meaning=say("unchanged"))).endswith(
        "inchangé"
    )


@pytest.mark.parametrize(
    ("arguments", "variable", "expected"),
    [
        ((), None, "n’est ni un dossier"),
        (("--lang", "en"), None, "is neither a folder"),
        (("--lang=en",), None, "is neither a folder"),
        ((), "en", "is neither a folder"),
        (("--lang", "fr"), "en", "n’est ni un dossier"),
    ],
)
def test_errors_are_in_the_language_that_is_asked_for(
    arguments: tuple[str, ...],
    variable: str | None,
    expected: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("GRADERS_LANG", raising=False)
    if variable:
        monkeypatch.setenv("GRADERS_LANG", variable)
    assert main(["grade", "nowhere", *arguments]) == 2
    assert expected in capsys.readouterr().err


VERBS = ["grade", "check", "rescore", "rejudge", "validate", "release", "list", "show", "serve", "similar", "doctor"]
EXCHANGES = [
    "import moodle",
    "import canvas",
    "export moodle",
    "export canvas",
    "export gradescope",
    "export prairielearn",
]
PACKAGES = ["export vpl", "export coderunner", "export github"]


@pytest.mark.parametrize("verb", ["", "import", "export", *VERBS, *EXCHANGES, *PACKAGES])
def test_help_is_in_both_languages(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = {}
    for language in ("en", "fr"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GRADERS_LANG", language)
            assert main([*verb.split(), "--help"]) == 0
        told[language] = capsys.readouterr().out
    assert told["en"].startswith("Usage: grade.py")
    words = r"\b(Usage:|Arguments:|Options:|Commands:|Show|default:|required|env var|where left out|the|of)\b"
    assert not re.findall(words, told["fr"])


@pytest.mark.parametrize(
    ("arguments", "french", "english"),
    [
        ("show", "Il manque path.", "path is missing."),
        ("show x --foo", "Il n’y a pas d’option --foo.", "There is no option --foo."),
        ("export foo", "Il n’y a pas de commande foo.", "There is no command foo."),
        ("serve x --port", "Il manque une valeur après --port.", "A value is missing after --port."),
        ("serve x --port abc", "--port attend un nombre entier.", "--port wants a whole number."),
        ("similar x --at-least q", "--at-least attend un nombre.", "--at-least wants a number."),
        ("serve x --port=-1", "--port vaut 0 au moins.", "--port is 0 or more."),
        ("serve x --port=70000", "--port vaut 65535 au plus.", "--port is 65535 or less."),
        ("serve x --browser=3", "--browser ne prend pas de valeur.", "--browser takes no value."),
        ("show a b", "En trop : b.", "Too much: b."),
        ("doctor --lang de", "--lang prend une de ces valeurs : 'fr', 'en'.", "--lang is one of 'fr', 'en'."),
    ],
)
def test_a_command_that_is_not_understood(
    arguments: str, french: str, english: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, expected in (("fr", french), ("en", english)):
        monkeypatch.setenv("GRADERS_LANG", language)
        assert main(arguments.split()) == 2
        assert expected in capsys.readouterr().err.replace("\xa0", " ")
