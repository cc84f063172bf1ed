"""An assignment of Canvas by the address of its page. What goes wrong there is told in Canvas's own words, without the token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from graders.language import Message, say
from graders.lms.address import only_safely
from graders.lms.trouble import ExchangeError, unanswered
from graders.report.clean import visible

try:
    import requests
    from canvasapi.course import Course
    from canvasapi.exceptions import CanvasException
    from canvasapi.requester import Requester
except ImportError as error:
    raise ExchangeError(say('Canvas over the network needs one library more: pip install "graders[rest]"')) from error

PAGE = re.compile(r"/courses/(?P<course>\d+)/(?:assignments|gradebook/speed_grader)(?:/(?P<assignment>\d+))?")
SECONDS = 60
MOST_SAID = 500


class _Patient(requests.adapters.HTTPAdapter):
    """Waits for an answer, but not for ever, which the library would."""

    def send(self, request: Any, *arguments: Any, **options: Any) -> Any:
        return super().send(request, *arguments, **{**options, "timeout": SECONDS})


@contextmanager
def assignment(url: str, token: str) -> Iterator[Any]:
    """The assignment, for as long as it is used; every failure in it is an ExchangeError."""
    site, course, number = parsed(url)
    requester = Requester(site, token)
    for scheme in ("https://", "http://"):
        requester._session.mount(scheme, _Patient())
    try:
        yield Course(requester, {"id": course}).get_assignment(number)
    except (CanvasException, requests.RequestException, ValueError, KeyError, AttributeError, TypeError) as error:
        said = visible(f"{type(error).__name__}: {error}".replace(token, "…"))[:MOST_SAID]
        words = Message(text="{words}", values={"words": said})
        if isinstance(error, requests.ConnectionError | requests.Timeout):
            words = unanswered(words)
        raise ExchangeError(say("Canvas ({site}) failed: {problem}", site=site, problem=words)) from error
    finally:
        requester._session.close()


def parsed(url: str) -> tuple[str, int, int]:
    """The site, the number of the course, that of the assignment."""
    parts = urlsplit(url.strip())
    match = PAGE.match(parts.path)
    number = match and (match["assignment"] or (re.search(r"assignment_id=(\d+)", parts.query) or [None, None])[1])
    if match is None or not number or not parts.hostname:
        raise ExchangeError(
            say(
                "{url} is not the address of an assignment. Open the assignment in Canvas, and copy the address from the "
                "browser: https://…/courses/12/assignments/4821",
                url=url[:300],
            )
        )
    only_safely(parts)
    return f"{parts.scheme}://{parts.netloc}", int(match["course"]), int(number)


def fetched(file: Any, session: Any) -> bytes:
    """The content of a file that was handed in. Its address carries a key of its own: the token stays here."""
    with session.get(file.url, stream=True) as answer:
        answer.raise_for_status()
        content = b"".join(answer.iter_content(2**16))
    if len(content) != int(file.size):
        raise ExchangeError(say("a file has {count} bytes instead of {size}", count=len(content), size=file.size))
    return content
