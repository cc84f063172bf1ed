"""Send marks, comments and pages, and read them back: that Moodle answers without an error does not mean that it kept anything.

The first mark goes alone. Where it is not kept, nothing more is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from graders.language import Message, Translate, say
from graders.lms.comments import html
from graders.lms.marks import written
from graders.lms.moodle.feedback import NAME
from graders.lms.moodle.rest.advanced import filled
from graders.lms.moodle.rest.answers import Definition
from graders.lms.moodle.rest.planning import Saving
from graders.lms.moodle.rest.remote import Remote
from graders.lms.trouble import ExchangeError

TOGETHER = 20
LAST_ATTEMPT = -1
HTML = 1
CLOSE = Decimal("0.005")
RELEASED, HIDDEN = "released", "readyforrelease"


@dataclass(frozen=True)
class Sender:
    """How marks are sent to one assignment."""

    remote: Remote
    form: Definition | None
    translate: Translate
    release: bool = False

    def send(self, savings: Sequence[Saving]) -> list[Message]:
        """Send all of them; what Moodle has now, where it is not what was sent."""
        notes: list[Message] = []
        for some in _parts(savings):
            function = "mod_assign_save_grades"
            grades = [self._grade(one) for one in some]
            self.remote.site.call(
                function, assignmentid=self.remote.about.id, applytoall=self.remote.about.teamsubmission, grades=grades
            )
            notes += self._otherwise(some, first=some[0] is savings[0])
        return notes

    def advanced(self, one: Saving) -> dict[str, Any]:
        """The rubric or guide, filled; ExchangeError where it does not fit."""
        return {"advancedgradingdata": filled(self.form, one.graded.report)} if self.form else {}

    def _grade(self, one: Saving) -> dict[str, Any]:
        about = self.remote.about
        state = (RELEASED if self.release else HIDDEN) if about.markingworkflow else ""
        plugins: dict[str, Any] = {}
        if about.gives("comments"):
            text = html(one.graded.report, self.translate)
            plugins["assignfeedbackcomments_editor"] = {"text": text, "format": HTML}
        if about.gives("file") and one.graded.page.is_file():
            plugins["files_filemanager"] = self.remote.site.draft(NAME, one.graded.page.read_bytes())
        return {
            "userid": one.person.id,
            "grade": one.mark,
            "attemptnumber": LAST_ATTEMPT,
            "addattempt": False,
            "workflowstate": state,
            **({"plugindata": plugins} if plugins else {}),
            **self.advanced(one),
        }

    def _otherwise(self, some: Sequence[Saving], *, first: bool) -> Iterator[Message]:
        """Read back: what of these marks is otherwise in Moodle now. With a form, its levels decide the mark."""
        now = self.remote.grades()
        for one in some:
            grade = now[one.person.id].grade if one.person.id in now else None
            if grade is None and first:
                raise _nothing_kept(one)
            if grade is None:
                yield say("Moodle kept no mark for {name}.", name=one.graded.name)
            elif abs(grade - one.mark) > CLOSE:
                known = {"name": one.graded.name, "mark": written(one.mark), "other": written(grade)}
                yield say("{name}: the mark is {mark}, and Moodle has {other} now.", **known)


def _nothing_kept(one: Saving) -> ExchangeError:
    return ExchangeError(
        say(
            "Moodle answered that all is well, and kept no mark for {name}. Nothing more was sent. Is the assignment "
            "marked with a rubric or a guide? Then the token needs core_grading_get_definitions.",
            name=one.graded.name,
        )
    )


def _parts(savings: Sequence[Saving]) -> Iterator[Sequence[Saving]]:
    """The first alone, then some at a time."""
    yield from ([savings[:1]] if savings else [])
    for start in range(1, len(savings), TOGETHER):
        yield savings[start : start + TOGETHER]
