"""One line of a rubric: what a criterion is called and what it is worth."""

from __future__ import annotations

from pydantic import FiniteFloat

from graders.frozen import Frozen


class RubricLine(Frozen):
    """A criterion's place in the assignment; its title is given in every language of the course.

    `manual`: a person reads it, and is shown the passages that name the question or hold some of these `words`.
    """

    id: str
    question: str
    points: FiniteFloat
    title: dict[str, str]
    manual: bool = False
    words: tuple[str, ...] = ()
