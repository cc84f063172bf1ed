"""The address of an assignment's page, as a teacher copies it: which site, and which activity."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from graders.language import say
from graders.lms.address import only_safely
from graders.lms.trouble import ExchangeError

PAGE = "/mod/assign/"


class Address(NamedTuple):
    """The site without a slash at its end; the number of the assignment's page (`cmid`)."""

    site: str
    page: int


def parsed(url: str) -> Address:
    """Taken apart; ExchangeError where it is no such page, or where a token would travel for all to read."""
    parts = urlsplit(url.strip())
    numbers = parse_qs(parts.query).get("id", [])
    if PAGE not in parts.path or not parts.hostname or len(numbers) != 1 or not numbers[0].isdigit():
        raise ExchangeError(
            say(
                "{url} is not the address of an assignment. Open the assignment in Moodle, and copy the address from the "
                "browser: https://…/mod/assign/view.php?id=4821",
                url=url[:300],
            )
        )
    only_safely(parts)
    folder = parts.path[: parts.path.index(PAGE)]
    return Address(f"{parts.scheme}://{parts.netloc}{folder}", int(numbers[0]))
