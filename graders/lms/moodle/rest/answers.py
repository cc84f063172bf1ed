"""The shapes of Moodle's answers, as far as we read them. Versions add fields, and what we do not know is not looked at."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from graders.language import say
from graders.lms.trouble import ExchangeError


class Answer(BaseModel):
    """What is read of an answer."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Function(Answer):
    """One that the token may call."""

    name: str


class SiteInfo(Answer):
    """Who we are there, and what we may do."""

    sitename: str = ""
    release: str = ""
    functions: Sequence[Function] = ()
    downloadfiles: bool = True
    uploadfiles: bool = True


class Config(Answer):
    """A setting of a plugin of an assignment."""

    plugin: str
    subtype: str
    name: str
    value: str | None = None


class RemoteAssignment(Answer):
    """`grade` is the maximum; a scale has a negative number."""

    id: int
    cmid: int
    name: str
    grade: Decimal
    teamsubmission: bool = False
    blindmarking: bool = False
    markingworkflow: bool = False
    configs: Sequence[Config] = ()

    def gives(self, plugin: str) -> bool:
        """Whether this kind of feedback is on."""
        wanted = (plugin, "assignfeedback", "enabled", "1")
        return any((one.plugin, one.subtype, one.name, one.value) == wanted for one in self.configs)


class RemoteCourse(Answer):
    """A course with its assignments."""

    assignments: Sequence[RemoteAssignment] = ()


class RemoteFile(Answer):
    """A file of a submission."""

    filename: str
    filepath: str = "/"
    filesize: int = 0
    fileurl: str


class FileArea(Answer):
    """Where a plugin keeps files."""

    area: str = ""
    files: Sequence[RemoteFile] = ()


class EditorField(Answer):
    """A text that was typed."""

    name: str = ""
    text: str = ""


class Plugin(Answer):
    """A way of handing in."""

    type: str
    fileareas: Sequence[FileArea] = ()
    editorfields: Sequence[EditorField] = ()


class RemoteSubmission(Answer):
    """An attempt; a team's has no user."""

    userid: int
    groupid: int = 0
    attemptnumber: int = 0
    timemodified: int = 0
    status: str = ""
    plugins: Sequence[Plugin] = ()


class Participant(Answer):
    """A student; `recordid` is the number in blind marking, -1 elsewhere."""

    id: int
    fullname: str = ""
    recordid: int = -1
    groupid: int = 0
    groupname: str | None = None


class Numbered(Answer):
    """The participant's number of a user in one assignment."""

    id: int
    userid: int


class RemoteGrade(Answer):
    """A grade; -1 is none."""

    userid: int
    attemptnumber: int = 0
    grade: Decimal | None = None


class Level(Answer):
    """A level of a rubric's criterion."""

    id: int
    score: Decimal


class RubricCriterion(Answer):
    """A line of a rubric."""

    id: int
    description: str = ""
    levels: Sequence[Level] = ()


class Rubric(Answer):
    """All of its lines."""

    rubric_criteria: Sequence[RubricCriterion] = ()


class GuideCriterion(Answer):
    """A line of a marking guide."""

    id: int
    shortname: str = ""
    maxscore: Decimal


class Guide(Answer):
    """All of its lines."""

    guide_criteria: Sequence[GuideCriterion] = ()


class Definition(Answer):
    """How an assignment is marked, where not by one number."""

    rubric: Rubric | None = None
    guide: Guide | None = None


class GradingArea(Answer):
    """What is marked, and the method that is on."""

    activemethod: str | None = None
    definitions: Sequence[Definition] = ()


def read(kind: Any, content: object, function: str) -> Any:
    """An answer in its shape; ExchangeError where it has another."""
    try:
        return TypeAdapter(kind).validate_python(content)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise ExchangeError(
            say(
                "Moodle answered {function} in a form that is not known here (at {place}).",
                function=function,
                place=where or "—",
            )
        ) from error
