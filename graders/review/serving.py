"""Runs the application on a socket until it is interrupted."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from graders.engine.record import Class
from graders.gradebook.book import gradebook
from graders.gradebook.projecting import readable_marks
from graders.review.app import application
from graders.review.desk import Desk
from graders.review.guard import LOCAL, Keys
from graders.review.shelf import Shelf


def serve_class(
    out: Path,
    settings: Class,
    named: str | None,
    listening: socket.socket,
    host: str,
    who: str,
    language: str,
    opened: Callable[[str], None],
) -> None:
    """Serve a folder of reports; `opened` is told the token when requests are about to be answered."""
    readable_marks(out, [path.name for path in out.iterdir() if path.is_dir()])
    shelf = Shelf(out, settings, gradebook(out, settings.assignment, named))
    desk = Desk(shelf, Keys(), who, language)
    shelf.entries()
    app = application(desk, (*LOCAL, host))
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    opened(desk.keys.token)
    uvicorn.Server(config).run(sockets=[listening])
