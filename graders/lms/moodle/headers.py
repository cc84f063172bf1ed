"""The columns of the offline grading worksheet, by their headings in each language of Moodle that is known here.

Moodle finds columns by the exact heading in the language of the teacher's page, so none is ever made up.
"""

from __future__ import annotations

from collections.abc import Mapping

IDENTIFIER, NAME, STATUS, GROUP, GRADE, MOST, SCALE, LOCK, MODIFIED, COMMENT = (
    "identifier", "name", "status", "group", "grade", "most", "scale", "lock", "modified", "comment",
)  # fmt: skip
NEEDED = (IDENTIFIER, GRADE, MODIFIED)

HEADINGS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "Identifier": IDENTIFIER,
        "Full name": NAME,
        "Status": STATUS,
        "Group": GROUP,
        "Grade": GRADE,
        "Maximum grade": MOST,
        "Scale": SCALE,
        "Grade can be changed": LOCK,
        "Last modified (grade)": MODIFIED,
        "Feedback comments": COMMENT,
    },
    "fr": {
        "Identifiant": IDENTIFIER,
        "Nom complet": NAME,
        "Statut": STATUS,
        "Groupe": GROUP,
        "Note": GRADE,
        "Note maximale": MOST,
        "Barème": SCALE,
        "La note peut être modifiée": LOCK,
        "Dernière modification (note)": MODIFIED,
        "Feedback par commentaires": COMMENT,
    },
}
LOCKED = frozenset({"No", "Non"})


def places(header: list[str], language: str) -> dict[str, int]:
    """Where each known column stands. What a site adds before the status, such as a group of its own, is not ours."""
    found: dict[str, int] = {}
    for place, heading in enumerate(header):
        column = HEADINGS[language].get(heading)
        if column and (column != GROUP or STATUS in found):
            found.setdefault(column, place)
    return found
