"""`grade.py serve DIR`: the review page of a graded class, on this machine alone."""

from __future__ import annotations

import getpass
import socket
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from graders.commands.keeping import Named
from graders.commands.usage import Language, UsageError
from graders.engine.classroom import settings_of
from graders.language import say

if TYPE_CHECKING:
    from graders.review.desk import Desk

LOOPBACK = "127.0.0.1"


def serve(
    folder: Annotated[Path, typer.Argument(help=say("A folder of reports that grade.py wrote.").text)],
    port: Annotated[int, typer.Option(min=0, max=65535, help=say("A free one where left out.").text)] = 0,
    host: Annotated[
        str, typer.Option(help=say("The address to listen on; this machine alone where left out.").text)
    ] = LOOPBACK,
    who: Annotated[str | None, typer.Option("--as", help=say("The name that marks are given under.").text)] = None,
    lang: Annotated[
        Language | None, typer.Option(help=say("The language of the page; that of the reports.").text)
    ] = None,
    gradebook: Named = None,
    browser: Annotated[bool, typer.Option(help=say("Open it in the browser.").text)] = True,
) -> int:
    """Read a class: award what is pending, overrule a verdict, comment. Ends with Ctrl-C."""
    desk = _desk(folder, gradebook, who or _me(), lang)
    listening = _listening(host, port)
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{listening.getsockname()[1]}/?token={desk.keys.token}"
    Console().print(desk.translate(say("Open {url}\nCtrl-C ends it.", url=url)), soft_wrap=True, highlight=False)
    if browser:
        webbrowser.open(url)
    from graders.review.serving import run

    run(desk, listening, host)
    return 0


def _desk(folder: Path, gradebook: str | None, who: str, lang: Language | None) -> Desk:
    """The class and its gradebook, opened; UsageError where that cannot be."""
    settings = settings_of(folder)
    try:
        from graders.gradebook.opening import GradebookError
        from graders.review.serving import desk_of
    except ImportError as error:
        raise UsageError(
            say('The review page needs more libraries ({problem}): pip install "graders[review]"', problem=str(error))
        ) from error
    try:
        return desk_of(folder, settings, gradebook, who, lang.value if lang else settings.language)
    except GradebookError as error:
        raise UsageError(error.message) from error


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        # Whoever is quicker than we are waits, and is not refused.
        listening.listen()
    except OSError as error:
        raise UsageError(
            say(
                "{host}, port {port}: {problem}. Give another --port, or none.",
                host=host,
                port=port,
                problem=str(error.strerror),
            )
        ) from error
    return listening


def _me() -> str:
    """Who is logged in, where the system tells."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
