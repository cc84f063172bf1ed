"""What the teacher says of names: `bindings.toml` beside the submissions.

precision = "metrics.py:calc_p"              # for every submission
["student-017"]                              # for this one
entry = "tp2_final.py"                       # the file that is run as the whole
recall = "tp2.py:scores['rappel']"           # a part of what a function returns, by key or by place
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import RootModel, ValidationError

from graders.submissions.inventory import Definition
from graders.submissions.matcher import Match

NAME = "bindings.toml"
# No expected name: the file that is run as the whole.
ENTRY = "entry"
MOST_BYTES = 2**20
PLACE = re.compile(r"(?:(?P<file>.+):)?(?P<name>[^:\[\]]+?)(?:\[(?P<take>'[^']*'|\"[^\"]*\"|\d+)\])?")


class OverrideError(Exception):
    """The file cannot be read; the message says why."""


class _Said(RootModel[dict[str, str | dict[str, str]]]):
    """Names for all, and tables for some."""


def overrides(folder: Path, submission: str) -> Mapping[str, str]:
    """Expected name → place, for one submission; what is said of it alone wins. OverrideError if the file is no such file."""
    path = folder / NAME
    try:
        with path.open("rb") as file:
            said = _Said.model_validate(tomllib.loads(file.read(MOST_BYTES).decode())).root
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, ValidationError) as error:
        raise OverrideError(f"{path}: {error}") from error
    mine = said.get(submission, {})
    general = {name: place for name, place in said.items() if isinstance(place, str)}
    return general | (mine if isinstance(mine, dict) else {})


def placed(place: str, defined: Sequence[Definition]) -> Match | None:
    """The definition that stands at a place, as the report writes it: "file.py:name", "name", "name[2]"."""
    parts = PLACE.fullmatch(place.strip())
    if parts is None:
        return None
    named = (one for one in defined if one.name == parts["name"] and parts["file"] in (None, one.file))
    found, take = next(named, None), parts["take"]
    key = None if take is None else int(take) if take.isdigit() else take[1:-1]
    return Match(found, "override", key) if found else None
