"""Who may come in: whoever has the token of this run, from this machine's own address, with forms that this page made.

The token is in the address that the command prints; it becomes a cookie that scripts cannot read. Every form carries a second
token. The Host header must be ours (another site's name could be pointed at this machine), and nothing is loaded from anywhere
else: a student's text that became HTML by a mistake of ours would still run nothing.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graders.language import Translate, say

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LOCAL = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Keys:
    """The secrets of one run: `token` opens the page, `csrf` is in its forms."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def opens(self, given: str | None) -> bool:
        """Whether this is the token."""
        return given is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def made(self, given: str | None) -> bool:
        """Whether a form is one of ours."""
        return given is not None and hmac.compare_digest(given.encode(), self.csrf.encode())


class Guard:
    """Lets in whoever may, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, keys: Keys, hosts: tuple[str, ...], translate: Translate) -> None:
        self.app, self.keys, self.hosts, self.translate = app, keys, hosts, translate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, open with the token, or hand on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self._answer(Request(scope))
        await (answer or self.app)(scope, receive, guarded)

    def _answer(self, request: Request) -> Response | None:
        """Ours, where it does not go on to the page."""
        if _host(request.headers) not in self.hosts:
            return self._refused(say("This address is not the one that was opened."), 421)
        cookie = f"review-{request.url.port or 80}"
        if request.method == "GET" and self.keys.opens(request.query_params.get("token")):
            opened = RedirectResponse(str(request.url.remove_query_params("token").replace(scheme="", netloc="")), 303)
            opened.set_cookie(cookie, self.keys.token, httponly=True, samesite="lax")
            return opened
        if not self.keys.opens(request.cookies.get(cookie)):
            return self._refused(say("Open the address that grade.py serve printed: it holds the token."), 403)
        if request.method == "POST" and request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return self._refused(say("This form comes from another page."), 403)
        return None

    def _refused(self, why: object, status: int) -> Response:
        return PlainTextResponse(self.translate(why) + "\n", status)  # type: ignore[arg-type]


def _host(headers: Headers) -> str:
    """Without the port."""
    host = headers.get("host", "")
    return host if host.endswith("]") else host.rpartition(":")[0] or host
