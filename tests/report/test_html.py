"""The pages: nothing in them runs, nothing is fetched, and a student's text is only ever text."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from graders import language
from graders.language import say, translator
from graders.report import html
from graders.report.html import render_index, render_report
from graders.report.model import Report
from graders.report.pictures import Histogram
from graders.report.reading import Notebook, Reading
from graders.report.svg import draw
from graders.verdict import passed
from tests.report.pages import Page, assert_inert

from .made import OURS, RAW, VERDICTS, hostile, report

ALIKE = Histogram(say("Weights"), np.zeros(3), -1, 1)


NOTEBOOK = '{"cells": ["é </a><script>"]}'


def test_a_page_that_travels_alone_holds_its_notebook() -> None:
    ran = Notebook(file="tp.ipynb", executed="executed.ipynb", cells=1, failed=())
    reading = Reading(notebooks=(ran,))
    page = Page(render_report(report(), {}, "en", reading, {"executed.ipynb": NOTEBOOK}))
    links = [found for element, found in page.elements if element == "a" and "download" in found]
    kind, _, content = str(links[0]["href"]).partition(";base64,")
    assert (kind, links[0]["download"]) == ("data:application/x-ipynb+json", "executed.ipynb")
    assert b64decode(content).decode() == NOTEBOOK
    alone = Page(render_report(report(), {}, "en", reading))
    assert not [1 for element, found in alone.elements if element == "a" and "executed" in str(found)]
    assert "executed.ipynb" in alone.said


def pages(language: str = "en") -> list[str]:
    picture = draw(ALIKE, translator(language))
    reports = [report(language=language), hostile(), report(about=OURS, language=language)]
    each = [render_report(one, {"metrics.f1": [picture]}, language) for one in reports]
    return [*each, render_index(reports, language), render_index([], language)]


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue that knows a few labels."""
    catalogue = Catalog(locale="fr")
    for english, french in {
        "passed": "réussi",
        "The class": "La classe",
        ".": ",",
        "{percent}%": "{percent} %",
    }.items():
        catalogue.add(english, french)
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(language, "OURS", tmp_path)
    forget()
    yield
    forget()


def forget() -> None:
    """What was read from catalogues."""
    html.pages.cache_clear()
    language.translator.cache_clear()


@pytest.mark.parametrize("page", pages(), ids=["graded", "hostile", "ungradable", "class", "nobody"])
def test_a_page_runs_nothing_and_fetches_nothing(page: str) -> None:
    assert not any(raw in page for raw in RAW)
    assert_inert(page)


def test_what_a_student_wrote_is_there_to_read() -> None:
    said = Page(render_report(hostile(), {}, "en")).said
    assert "<script>alert(1)</script>\\x1b]52;c;x\\x07\\u202egnp\\u200b" in said
    assert "{{ 7*7 }}" in said


def test_a_page_says_the_score_and_every_criterion() -> None:
    found = Page(render_report(report(), {}, "en"))
    assert "1.25/ 4" in found.said
    assert all(text in found.said for text in ("Four maps", "Zero is simpler.", "arithmetic-mean", "sha256:00", "3.11"))
    assert "up to 0.5" in found.said


def test_a_verdict_is_a_word_and_a_sign_too() -> None:
    said = Page(render_report(report(), {}, "en")).said
    assert all(text in said for text in ("✓ passed", "◐ partial", "✗ failed", "… to be read"))


def test_a_page_that_was_not_graded_says_why_and_no_score() -> None:
    said = Page(render_report(report(about=OURS), {}, "en")).said
    assert "The sandbox did not start." in said
    assert "this is not a zero" in said
    assert "Four maps" not in said
    assert " / 4" not in said


def test_pictures_stand_under_their_criterion_and_open_where_points_were_lost() -> None:
    picture = draw(ALIKE, translator("en"))
    page = render_report(report(), {"metrics.f1": [picture], "mlp.layers": [picture, picture]}, "en")
    parts = {part.partition('"')[0]: part for part in page.split('<article class="criterion ')[1:]}
    assert parts["pass"].count("<svg") == 2
    assert '<details class="pictures">' in parts["pass"]
    assert '<details class="pictures" open>' in parts["fail"]
    assert "<svg" not in parts["partial"]


def test_the_language_is_that_of_the_reader(french: None) -> None:
    page = render_report(report(language="fr"), {}, "fr")
    assert '<html lang="fr">' in page
    assert all(text in page for text in ("réussi", "Quatre couches", "1,25"))
    assert "passed" not in Page(page).said
    assert "La classe" in render_index([report(language="fr")], "fr")
    assert '<html lang="en">' in render_report(report(), {}, "en")


def test_the_class_links_each_submission_whatever_its_name() -> None:
    reports = [report("a b"), report("é?#"), report("javascript:alert(1)"), report("\udc80")]
    found = Page(render_index(reports, "en"))
    links = [attributes["href"] for tag, attributes in found.elements if tag == "a"]
    assert links == [
        "a%20b/report.html",
        "%C3%A9%3F%23/report.html",
        "javascript%3Aalert%281%29/report.html",
        "%80/report.html",
    ]


def test_the_class_says_what_it_got_wrong_most() -> None:
    better = report(verdicts=VERDICTS | {"mlp.biases": passed()})
    said = Page(render_index([report(), report("bob"), better], "en")).said
    hard = said.partition("What cost the class most")[2].partition("Most frequent mistakes")[0]
    assert hard.index("F1") < hard.index("Biases")
    assert "0%" in hard
    assert "67%" in hard
    assert "Four maps" not in hard
    often = said.partition("Most frequent mistakes")[2].partition("Submissions")[0]
    assert often.index("3 ×") < often.index("arithmetic-mean") < often.index("2 ×") < often.index("pytorch-default")


def test_the_class_shows_who_was_not_graded_and_who_should_be_looked_at() -> None:
    reports: list[Report] = [report(), report(about=OURS), hostile()]
    said = Page(render_index(reports, "en")).said
    assert "not graded The sandbox did not start." in said
    assert "A person should look at these" in said
