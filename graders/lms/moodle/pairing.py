"""Which rows of a worksheet are a submission's: by the participant's number, in teams by the name of the group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from graders.language import say
from graders.lms.graded import Graded
from graders.lms.left_out import LeftOut
from graders.lms.marks import scaled
from graders.lms.moodle.names import Owner, owner, same_name
from graders.lms.moodle.worksheet import GROUP, NAME, Row, Worksheet
from graders.lms.trouble import ExchangeError

# A few people may have been renamed since the download; more, and the numbers are those of another assignment.
MOST_RENAMED = 0.25


@dataclass(frozen=True)
class Pair:
    """A row and the report that fills it."""

    row: Row
    graded: Graded

    @property
    def mark(self) -> Decimal | None:
        """On the scale of the assignment; None where Moodle would refuse it without a word."""
        most = self.row.most
        mark = scaled(self.graded.report, most) if most and most > 0 else None
        return mark if mark is not None and most is not None and 0 <= mark <= most else None


def pairs(worksheet: Worksheet, reports: Iterable[Graded], left: LeftOut) -> list[Pair]:
    """Every row that a report fills. ExchangeError where the worksheet is that of another assignment."""
    owned = list(_owned(reports, left))
    if worksheet.is_of_teams:
        return list(_of_teams(worksheet, owned, left))
    return _of_people(worksheet, owned, left)


def _owned(reports: Iterable[Graded], left: LeftOut) -> Iterator[tuple[Owner, Graded]]:
    for one in reports:
        whose = owner(one.name)
        if whose:
            yield whose, one
        else:
            left.add(say("its name holds no participant's number of Moodle"), one.name)


def _of_people(worksheet: Worksheet, owned: Iterable[tuple[Owner, Graded]], left: LeftOut) -> list[Pair]:
    # Of two rows of one participant Moodle takes the first, and so do we: the last to be put here is the first.
    rows = {row.number: row for row in reversed(worksheet.rows) if row.number is not None}
    found: list[Pair] = []
    renamed = []
    for whose, one in owned:
        row = rows.get(whose.number or -1)
        if row is None:
            left.add(say("not in the worksheet"), one.name)
        elif not worksheet.is_blind and not same_name(row.cells[NAME], whose.name):
            renamed.append(f"{one.name} ≠ {row.cells[NAME]}")
            left.add(say("the worksheet has another name under this number"), renamed[-1])
        else:
            found.append(Pair(row, one))
    if len(renamed) > MOST_RENAMED * (len(renamed) + len(found)):
        raise ExchangeError(
            say(
                "{path} is the worksheet of another assignment: participants have other numbers there ({example}). "
                "Download the one of the assignment that the submissions come from.",
                path=str(worksheet.path),
                example=", ".join(renamed[:3]),
            )
        )
    return found


def _of_teams(worksheet: Worksheet, owned: Iterable[tuple[Owner, Graded]], left: LeftOut) -> Iterator[Pair]:
    owned = list(owned)
    for whose, one in owned:
        members = [row for row in worksheet.rows if row.cells[GROUP] and same_name(row.cells[GROUP], whose.name)]
        namesakes = [other for other, _ in owned if same_name(other.name, whose.name)]
        names = {row.cells[GROUP] for row in members}
        if len(namesakes) > 1 or len(names) > 1:
            left.add(say("two groups have the same name once Moodle has written it on a folder"), one.name)
        elif not members:
            left.add(say("not in the worksheet"), one.name)
        yield from (Pair(row, one) for row in members if len(namesakes) == len(names) == 1)
