"""What students start from is the reference without its marked bodies."""

from __future__ import annotations

import pytest

from graders import assignment, paths
from graders.engine.release import MARKED, student_version
from graders.engine.validation import solutions
from graders.submissions.notebook import code


@pytest.mark.parametrize("id", assignment.ids())
def test_the_template_is_made_from_the_reference(id: str) -> None:
    for original in solutions(assignment.load(id)):
        handed_out = (paths.TEMPLATES / id / original.name).read_text(encoding="utf-8")
        assert handed_out == student_version(original.name, original.read_text(encoding="utf-8"))


@pytest.mark.parametrize("id", assignment.ids())
def test_nothing_of_the_solution_is_left_in_it(id: str) -> None:
    for original in solutions(assignment.load(id)):
        text = original.read_text(encoding="utf-8")
        handed_out = student_version(original.name, text)
        assert any(MARKED.search(part + "\n") for part in code(original.name, text))
        assert "<solution>" not in handed_out
        assert len(handed_out) < len(text)
