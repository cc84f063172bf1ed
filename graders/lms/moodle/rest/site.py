"""A Moodle site that is spoken to with a token.

Whatever goes wrong there, the HTTP status is 200: an answer is looked at before it is believed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

from graders.language import Message, say
from graders.lms.moodle.rest.arguments import Argument, flat
from graders.lms.trouble import ExchangeError, unanswered
from graders.report.clean import visible

try:
    import httpx
except ImportError as error:
    raise ExchangeError(say('Moodle over the network needs one library more: pip install "graders[rest]"')) from error

SECONDS = 60
MOST_BYTES = 64 * 2**20
MOST_SAID = 500


class Site:
    """Its web services. The token goes to this site and nowhere else; redirections are not followed."""

    def __init__(self, address: str, token: str) -> None:
        """Nothing is asked yet."""
        self.address, self._token = address, token
        self._client = httpx.Client(timeout=SECONDS, follow_redirects=False)

    def __enter__(self) -> Site:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def call(self, function: str, **arguments: Argument) -> Any:
        """What a function answers. ExchangeError with Moodle's own words where it says that it failed."""
        known = {"wstoken": self._token, "wsfunction": function, "moodlewsrestformat": "json"}
        content = self._sent("POST", "/webservice/rest/server.php", function, data={**known, **flat(arguments)})
        return self._believed(content, function)

    def file(self, url: str, size: int) -> bytes:
        """The content of a file of this site. What has another size is what Moodle says instead of it."""
        if not url.startswith(f"{self.address}/"):
            raise self._failed(say("a file lies elsewhere ({url})", url=visible(url)[:200]))
        content = self._sent("GET", url.removeprefix(self.address), "pluginfile.php", params={"token": self._token})
        if len(content) != size:
            self._believed(content, "pluginfile.php")
            raise self._failed(say("a file has {count} bytes instead of {size}", count=len(content), size=size))
        return content

    def draft(self, name: str, content: bytes) -> int:
        """Put a file into a new draft area; the number of the area."""
        data = {"token": self._token, "filearea": "draft", "itemid": "0"}
        said = self._sent("POST", "/webservice/upload.php", "upload.php", data=data, files={"file_1": (name, content)})
        found = self._believed(said, "upload.php")
        try:
            return int(found[0]["itemid"])
        except (LookupError, TypeError, ValueError) as error:
            raise self._failed(say("upload.php answered something else than it should")) from error

    def _sent(self, method: str, path: str, what: str, **content: Any) -> bytes:
        """The body of an answer, read up to a limit. The token is in no message."""
        try:
            with self._client.stream(method, self.address + path, **content) as answer:
                body = bytearray()
                for chunk in answer.iter_bytes():
                    body += chunk
                    if len(body) > MOST_BYTES:
                        raise self._failed(say("the answer of {what} is too long", what=what))
        except httpx.TransportError as error:
            raise self._failed(unanswered(self._hidden(str(error)))) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._failed(self._hidden(f"{what}: {type(error).__name__} {error}")) from error
        if answer.status_code != httpx.codes.OK:
            raise self._failed(say("{what} answered with status {status}", what=what, status=answer.status_code))
        return bytes(body)

    def _believed(self, content: bytes, what: str) -> Any:
        try:
            found = json.loads(content)
        except ValueError as error:
            raise self._failed(say("{what} answered something that is no JSON", what=what)) from error
        if isinstance(found, Mapping) and ("exception" in found or "error" in found):
            said = found.get("message") or found.get("error") or ""
            raise self._failed(self._hidden(f"{what}: {said} ({found.get('errorcode', '')})"))
        return found

    def _hidden(self, text: str) -> Message:
        """Words from elsewhere, as they are, but without the token."""
        return Message(text="{words}", values={"words": visible(text.replace(self._token, "…"))[:MOST_SAID]})

    def _failed(self, problem: Message) -> ExchangeError:
        return ExchangeError(say("Moodle ({site}) failed: {problem}", site=self.address, problem=problem))


def warnings(answer: Mapping[str, Any]) -> Sequence[str]:
    """What Moodle says beside an answer that it gives all the same."""
    return [visible(str(one.get("message", one)))[:MOST_SAID] for one in answer.get("warnings") or []]
