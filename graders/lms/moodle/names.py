"""What Moodle's names of files and folders say: whose they are, and which of a submission's plugins made them.

`Marie Dupont_7_assignsubmission_file/tp1.py`: 7 is the participant's number in this assignment, and the only thing to go by.
Names lose characters on their way (D'Alembert is DAlembert), and two people may share one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

PERSONAL = re.compile(
    r"(?P<name>[^_]*)_(?P<number>\d{1,18})_assign(?:submission|feedback)_(?P<plugin>[a-z]+)(?:_(?P<rest>.*))?",
    re.DOTALL,
)
# Students in no group share a folder without a number.
SHARED = re.compile(r"(?P<name>[^_]*)_assignsubmission_(?P<plugin>file|onlinetext)(?:_(?P<rest>.*))?", re.DOTALL)
SHORT = re.compile(r"(?P<name>[^_]*)_(?P<number>\d{1,18})", re.DOTALL)
# With its number and the longest of Moodle's endings a name must still fit a folder: 255 bytes.
MOST_BYTES = 150


@dataclass(frozen=True)
class Owner:
    """A participant, or a group, and its number; the shared folder has none."""

    name: str
    number: int | None

    @property
    def submission(self) -> str:
        """The name of their submission here."""
        name = self.name.encode()[:MOST_BYTES].decode(errors="ignore").strip(" .") or "-"
        return name if self.number is None else f"{name}_{self.number}"


@dataclass(frozen=True)
class Place:
    """Where a file of a download belongs."""

    owner: Owner
    plugin: str
    path: str


def place(parts: Sequence[str]) -> Place | None:
    """Read from the parts of a path, in a folder or flat, below other folders or not; None where it is no name of Moodle's."""
    for depth, part in enumerate(parts):
        if match := PERSONAL.fullmatch(part) or SHARED.fullmatch(part):
            found = match.groupdict()
            inside = [one for one in (found["rest"], *parts[depth + 1 :]) if one]
            number = int(found["number"]) if found.get("number") else None
            return Place(Owner(_spelled(found["name"]), number), found["plugin"], "/".join(inside))
    return None


def owner(submission: str) -> Owner | None:
    """Whose a submission is, by its name: as we name it, or as Moodle's folder is called."""
    match = PERSONAL.fullmatch(submission) or SHORT.fullmatch(submission)
    return Owner(_spelled(match["name"]), int(match["number"])) if match else None


def same_name(one: str, other: str) -> bool:
    """Whether two spellings may be one name: letters and digits count, and a long name may have been cut."""
    mine, theirs = sorted((_letters(one), _letters(other)), key=len)
    return mine == theirs or (len(mine.encode()) > MOST_BYTES // 2 and theirs.startswith(mine))


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _spelled(name: str) -> str:
    return unicodedata.normalize("NFC", name)
