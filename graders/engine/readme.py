"""The page that a student reads first: what to do, what to hand in, and the one command that tries their work."""

from __future__ import annotations

from collections.abc import Iterable

from graders.assignment import Assignment
from graders.language import LANGUAGES, say, translator


def readme(assignment: Assignment, names: Iterable[str]) -> str:
    """In every language, the course's first; `names` are the files to write in."""
    files = ", ".join(f"`{name}`" for name in names)
    return "\n".join(_readme(assignment, files, language) for language in LANGUAGES)


def _readme(assignment: Assignment, files: str, language: str) -> str:
    said = say(
        "# {title}\n\n"
        "What to do stands in `{statement}`. What to write in and to hand in: {files}.\n\n"
        "In this folder, with Python 3.11 or newer, two commands try your work:\n\n"
        "    pip install -r requirements.txt\n"
        "    python grade.py check{option}\n\n"
        "The second, as often as you like. It tells what is missing and what goes wrong on examples that everybody may see; "
        "the grading asks more. `grade.py`, `graders/` and `assignments/` are the tool: nothing to change, nothing to hand in.\n",
        title=assignment.title[language],
        statement=f"statement.{language}.md",
        files=files,
        option="" if language == LANGUAGES[0] else f" --lang {language}",
    )
    return translator(language)(said)
