"""The long dates of a worksheet, as Moodle can read them again whatever language it writes them in."""

from __future__ import annotations

import re
import unicodedata

NEVER = "-"
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
ENGLISH = "january february march april may june july august september october november december".split()
MONTHS = {name: number % 12 + 1 for number, name in enumerate([*FRENCH, *ENGLISH])}
LONG = re.compile(
    r"(?:\w+,?\s+)?(?P<day>\d{1,2})(?:er)?\s+(?P<month>\w+)\s+(?P<year>\d{4}),?\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    r"(?:\s*(?P<half>AM|PM))?",
    re.IGNORECASE,
)
ISO = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?")


def iso(cell: str) -> str | None:
    """`jeudi 19 novembre 2026, 22:35` as `2026-11-19 22:35`; `-`, never graded, as it is; None where it is no such date."""
    said = " ".join(unicodedata.normalize("NFC", cell).replace("\u202f", " ").split())
    if said in ("", NEVER) or ISO.fullmatch(said):
        return said or NEVER
    match = LONG.fullmatch(said)
    month = MONTHS.get(match["month"].lower()) if match else None
    if match is None or month is None:
        return None
    hour = int(match["hour"]) % 12 + 12 * (match["half"].upper() == "PM") if match["half"] else int(match["hour"])
    return f"{match['year']}-{month:02}-{int(match['day']):02} {hour:02}:{match['minute']}"
