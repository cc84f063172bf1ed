"""What was found while the files were read, as the page shows it; and the notebooks as they ran, written beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from graders import paths
from graders.assignment import Assignment
from graders.engine.record import READING
from graders.engine.stops import message
from graders.engine.whole import write
from graders.language import Translate
from graders.laws.failure import place
from graders.report.executed import executed
from graders.report.reading import Answer, FailedCell, Notebook, Reading
from graders.sandbox.session import Loaded
from graders.submissions.answers import answers, folded
from graders.submissions.binding import Binding
from graders.submissions.passages import Passage, passages
from graders.submissions.source import Source, sources
from graders.submissions.submission import Submission

MOST_TEXT = 2_000


def write_reading(
    assignment: Assignment,
    submission: Submission,
    binding: Binding,
    loaded: Loaded | None,
    out: Path,
    translate: Translate,
) -> None:
    """Write reading.json, and executed.ipynb for a notebook."""
    notebooks = [one for one in binding.sources if one.cells and one.file not in binding.only_defined]
    names = ["executed.ipynb", *(f"executed-{number}.ipynb" for number in range(2, len(notebooks) + 1))]
    shown = tuple(_notebook(source, name, loaded, out) for source, name in zip(notebooks, names, strict=False))
    written = list(passages(binding.sources, submission.files))
    given = _given(paths.TEMPLATES / assignment.id)
    found = {
        line.id: tuple(_answer(one, translate) for one in answers(line, written, given))
        for line in assignment.rubric
        if line.manual
    }
    reading = Reading(answers={id: told for id, told in found.items() if told}, notebooks=shown)
    write(out / READING, reading.model_dump_json())


def _notebook(source: Source, name: str, loaded: Loaded | None, out: Path) -> Notebook:
    ran = [one for one in loaded.ran if one.file == source.file] if loaded else []
    write(out / name, executed(source.cells, ran))
    failed = tuple(
        FailedCell(cell=one.cell, line=one.raised.line, said=f"{one.raised.type}: {message(one.raised)}"[:300])
        for one in ran
        if one.raised
    )
    return Notebook(file=source.file, executed=name, cells=len(source.chunks), failed=failed)


def _answer(one: Passage, translate: Translate) -> Answer:
    file = f"{one.file}[{one.cell}]" if one.cell else one.file
    return Answer(place=translate(place(file, one.line if not one.cell else None)), text=one.text[:MOST_TEXT])


@cache
def _given(folder: Path) -> frozenset[str]:
    """The passages that a student was given, in the folder of the template."""
    files: Mapping[str, bytes] = (
        {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} if folder.is_dir() else {}
    )
    return frozenset(folded(one.text) for one in passages(sources(files), files))
