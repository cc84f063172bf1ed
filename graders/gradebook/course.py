"""`course.toml` beside the submissions: what a teacher says of one class. See `late` and `graders.similar.known`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from pydantic import Field, FiniteFloat, ValidationError

from graders.frozen import Frozen
from graders.gradebook.trouble import TeachersFileError
from graders.language import say

MOST_BYTES = 2**22


class Policy(Frozen):
    """What lateness costs."""

    deadline: datetime | date
    grace_minutes: FiniteFloat = Field(default=0, ge=0)
    per_day: FiniteFloat = Field(ge=0)
    floor: FiniteFloat = Field(default=0, ge=0)
    deadlines: Mapping[str, datetime | date] = {}


class Comparison(Frozen):
    """What makes nobody a copy: files, folders and zips of well-known code, from the folder of the submissions."""

    known: tuple[str, ...] = ()


class Course(Frozen):
    """All of it."""

    late: Policy | None = None
    handed_in: Mapping[str, datetime | date] = {}
    similar: Comparison = Comparison()


def read_course(path: Path) -> Course:
    """What the file says; nothing where there is none. TeachersFileError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return Course.model_validate(tomllib.loads(file.read(MOST_BYTES).decode()))
    except FileNotFoundError:
        return Course()
    except (OSError, ValueError, ValidationError) as error:
        raise TeachersFileError(
            say("{path} cannot be read: {problem}", path=str(path), problem=_problem(error))
        ) from error


def _problem(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
    return str(error)
