"""Where a written question is answered: by its number, by its words, and never by what was given."""

from __future__ import annotations

import json

from graders.rubric import RubricLine
from graders.submissions.answers import answers, folded
from graders.submissions.passages import passages
from graders.submissions.source import sources

LINE = RubricLine(id="a.b", question="1.1", points=1, title={"en": "x"}, manual=True, words=("standardis", "moyenne"))
SAID = "J'ai choisi une standardisation par bande, car la moyenne change beaucoup d'une bande à l'autre."


def found(files: dict[str, str]) -> list[str]:
    """The texts of what may answer."""
    content = {name: text.encode() for name, text in files.items()}
    return [one.text for one in answers(LINE, list(passages(sources(content), content)))]


def notebook(*cells: tuple[str, str]) -> str:
    """A notebook of these cells."""
    return json.dumps({"cells": [{"cell_type": kind, "source": text} for kind, text in cells]})


def test_a_text_cell_with_the_words_answers() -> None:
    assert found(
        {"a.ipynb": notebook(("markdown", SAID), ("code", "x = 1"), ("markdown", "Merci beaucoup pour ce TP."))}
    ) == [SAID]


def test_the_number_of_a_heading_goes_on_below_it() -> None:
    text = "La moyenne est calculée sur le train seulement, bien sûr."
    cells = [("markdown", "## Question 1.1"), ("code", "f()"), ("markdown", text), ("markdown", "## Question 2")]
    assert found({"a.ipynb": notebook(*cells)}) == [text]


def test_comments_and_docstrings_answer() -> None:
    comment = "# 1.1 : la moyenne et l'écart-type sont ceux\n# du train, pour ne rien apprendre du test\n"
    code = f'{comment}def f():\n    """{SAID}"""\n\n\n# une moyenne\nx = 1  # ####\n'
    assert len(found({"a.py": code})) == 2


def test_a_text_file_answers() -> None:
    assert found(
        {"a.py": "x = 1", "rapport.md": f"# 1.1\n{SAID}\n# 1.2\nAutre chose, sans rapport avec la question.\n"}
    ) == [f"# 1.1\n{SAID}"]


def test_what_was_given_answers_nothing() -> None:
    content = {"a.py": f'"""{SAID}"""'.encode()}
    written = list(passages(sources(content), content))
    assert not answers(LINE, written, {folded(SAID)})


def test_short_texts_and_other_questions_answer_nothing() -> None:
    assert not found({"a.py": "# moyenne\nx = 1\n\n# la boucle d'apprentissage avec son optimiseur et ses époques\n"})
