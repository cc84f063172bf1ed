"""`grade.py serve DIR`: the review page of a graded class, on this machine alone."""

from __future__ import annotations

import getpass
import socket
import webbrowser
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graders.commands.keeping import Named
from graders.commands.usage import Language, UsageError
from graders.engine.classroom import settings_of
from graders.language import say, translator

LOOPBACK = "127.0.0.1"


def serve(
    folder: Annotated[Path, typer.Argument(help="A folder of reports that grade.py wrote.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="A free one where left out.")] = 0,
    host: Annotated[str, typer.Option(help="The address to listen on; this machine alone where left out.")] = LOOPBACK,
    who: Annotated[str | None, typer.Option("--as", help="The name that marks are given under.")] = None,
    lang: Annotated[Language | None, typer.Option(help="The language of the page; that of the reports.")] = None,
    gradebook: Named = None,
    browser: Annotated[bool, typer.Option(help="Open it in the browser.")] = True,
) -> int:
    """Read a class: award what is pending, overrule a verdict, comment. Ends with Ctrl-C."""
    settings = settings_of(folder)
    language = lang.value if lang else settings.language
    try:
        from graders.gradebook.opening import GradebookError
        from graders.review.serving import serve_class
    except ImportError as error:
        raise UsageError(
            say('The review page needs more libraries ({problem}): pip install "graders[review]"', problem=str(error))
        ) from error
    listening = _listening(host, port)
    console, translate = Console(), translator(language)

    def opened(token: str) -> None:
        shown = f"[{host}]" if ":" in host else host
        url = f"http://{shown}:{listening.getsockname()[1]}/?token={token}"
        console.print(translate(say("Open {url}\nCtrl-C ends it.", url=url)), soft_wrap=True, highlight=False)
        if browser:
            webbrowser.open(url)

    try:
        serve_class(folder, settings, gradebook, listening, host, who or _me(), language, opened)
    except GradebookError as error:
        raise UsageError(error.message) from error
    return 0


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
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
