"""Opens a class for reading, and serves it on a socket until it is interrupted."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import uvicorn

from graders.engine.record import Class
from graders.gradebook.book import gradebook
from graders.gradebook.projecting import readable_marks
from graders.review.app import application
from graders.review.desk import Desk
from graders.review.guard import LOCAL, Keys
from graders.review.shelf import Shelf


def desk_of(out: Path, settings: Class, named: str | None, who: str, language: str) -> Desk:
    """The class in a folder of reports, read once. GradebookError, TeachersFileError where something cannot be read."""
    readable_marks(out, [path.name for path in out.iterdir() if path.is_dir()])
    desk = Desk(Shelf(out, settings, gradebook(out, settings.assignment, named)), Keys(), who, language)
    desk.shelf.entries()
    return desk


def run(desk: Desk, listening: socket.socket, host: str) -> None:
    """Answer requests until Ctrl-C; what was decided is in the tables of the class then."""
    app = application(desk, (*LOCAL, host))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    with suppress(KeyboardInterrupt):
        server.run([listening])
