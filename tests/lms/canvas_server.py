"""A stand-in for a Canvas site on 127.0.0.1: one assignment, pages of two submissions each, uploads in three steps, faults included."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

TOKEN = "7~abcdefghijklmnop"
PAGE = "/api/v1/courses/12/assignments/4821"


@dataclass
class Canvas:
    """The state of the site, and what was sent to it."""

    url: str = ""
    assignment: dict[str, Any] = field(
        default_factory=lambda: {
            "id": 4821,
            "course_id": 12,
            "name": "TP1",
            "points_possible": 20.0,
            "grading_type": "points",
        }
    )
    submissions: dict[int, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    uploads: dict[int, bytes] = field(default_factory=dict)
    edits: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    tokens_on_files: list[str | None] = field(default_factory=list)
    deaf: bool = False
    fault: int = 0

    def hand_in(self, user: int, name: str, files: dict[str, bytes] | None = None, **more: Any) -> None:
        """A submission; its files have addresses with keys of their own."""
        attached = []
        for place, (file, content) in enumerate((files or {}).items()):
            path = f"/files/{user}{place}/download"
            self.files[path] = content
            attached.append(
                {
                    "id": place,
                    "display_name": file,
                    "filename": file,
                    "size": len(content),
                    "url": f"{self.url}{path}?verifier=x",
                }
            )
        known = {
            "id": user, "user_id": user, "assignment_id": 4821, "score": None, "grade": None, "excused": False, "late": False,
            "workflow_state": "submitted", "submission_type": "online_upload", "submitted_at": "2026-11-19T21:35:00Z", "body": None,
            "url": None, "attempt": 1, "user": {"id": user, "sortable_name": name}, "group": {"id": None, "name": None},
        }  # fmt: skip
        self.submissions[user] = {**known, **({"attachments": attached} if attached else {}), **more}

    def edited(self, user: int, given: dict[str, str]) -> dict[str, Any]:
        """A grade and a comment; above the maximum is allowed."""
        self.edits.append((user, given))
        if (grade := given.get("submission[posted_grade]")) is not None and not self.deaf:
            self.submissions[user]["score"] = float(grade)
        return self.submissions[user]


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    canvas: Canvas

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path.startswith("/files/"):
            self.canvas.tokens_on_files.append(self.headers["Authorization"])
            self._send(200, self.canvas.files.get(parts.path, b"gone"))
        elif self._allowed() and parts.path == PAGE:
            self._say(self.canvas.assignment)
        elif self._allowed() and parts.path == f"{PAGE}/submissions":
            page = int(parse_qs(parts.query).get("page", ["1"])[0])
            known = [self.canvas.submissions[user] for user in sorted(self.canvas.submissions)]
            more = (
                {"Link": f'<{self.canvas.url}{PAGE}/submissions?page={page + 1}>; rel="next"'}
                if known[2 * page :]
                else {}
            )
            self._say(known[2 * page - 2 : 2 * page], more)
        elif self._allowed():
            self._say({"errors": [{"message": "The specified resource does not exist."}]}, status=404)

    def do_PUT(self) -> None:
        if self._allowed():
            self._say(self.canvas.edited(int(urlsplit(self.path).path.rsplit("/", 1)[1]), self._given()))

    def do_POST(self) -> None:
        if self.path == "/upload":
            body = self.rfile.read(int(self.headers["Content-Length"]))
            head = b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n"
            parts = {
                part.get_param("name", header="content-disposition"): part
                for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts()
            }
            number = 900 + len(self.canvas.uploads)
            self.canvas.uploads[number] = parts["file"].get_payload(decode=True)
            self._say({"id": number, "url": "x"}, status=201)
        elif self._allowed():
            assert self._given()["name"] == "report.html"
            self._say({"upload_url": f"{self.canvas.url}/upload", "upload_params": {"key": "k"}})

    def _given(self) -> dict[str, str]:
        return dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True))

    def _allowed(self) -> bool:
        if self.canvas.fault:
            self._send(self.canvas.fault, b"<html>sorry</html>")
        elif self.headers["Authorization"] != f"Bearer {TOKEN}":
            self._say({"errors": [{"message": "Invalid access token."}]}, {"WWW-Authenticate": "Bearer"}, 401)
        else:
            return True
        return False

    def _say(self, content: Any, more: dict[str, str] | None = None, status: int = 200) -> None:
        self._send(status, json.dumps(content).encode(), more)

    def _send(self, status: int, content: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Length": str(len(content)),
            "Content-Type": "application/json",
            **(more or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def served() -> Iterator[Canvas]:
    """A site that answers until the end."""
    canvas = Canvas()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"canvas": canvas}))
    canvas.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield canvas
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
