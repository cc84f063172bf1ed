"""The application: what is read, what is decided, who may come in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from graders.gradebook.opening import GradebookError
from graders.gradebook.trouble import TeachersFileError
from graders.language import Message, say
from graders.report.html import TEMPLATES as REPORTS
from graders.review import comparing, reading, writing
from graders.review.desk import Desk, Refused
from graders.review.guard import LOCAL, Guard

STATIC = Path(__file__).parent / "static"


def application(desk: Desk, hosts: tuple[str, ...] = LOCAL) -> FastAPI:
    """The review page of one class, for requests to these names of this machine."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.classwork.write()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=life)
    app.state.desk = desk
    app.include_router(reading.routes)
    app.include_router(writing.routes)
    app.include_router(comparing.routes)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.mount("/report", StaticFiles(directory=REPORTS))
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(GradebookError, _refused)
    app.add_exception_handler(TeachersFileError, _refused)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_middleware(Guard, keys=desk.keys, hosts=hosts, translate=desk.translate)
    return app


def _refused(request: Request, error: Exception) -> HTMLResponse:
    assert isinstance(error, Refused | GradebookError | TeachersFileError)
    status = error.status if isinstance(error, Refused) else 503
    return _told(request, error.message, status)


def _misunderstood(request: Request, error: Exception) -> HTMLResponse:
    return _told(request, say("This address or form was not understood."), 400)


def _told(request: Request, message: Message, status: int) -> HTMLResponse:
    desk: Desk = request.app.state.desk
    return desk.page("refused.html.j2", {"message": message}, status)
