"""IPython where it is not installed: nothing is displayed."""

from __future__ import annotations

from graders.sandbox.standins.inert import inert
from graders.sandbox.standins.made import module, package


def nothing(*_: object, **__: object) -> None:
    """Nobody looks."""


def shown(*things: object, **_: object) -> None:
    """A notebook would show them; here they are printed."""
    print(*things)


_MAGIC = inert("IPython", "get_ipython()")


def get_ipython() -> object:
    """What takes every magic command, and does nothing."""
    return _MAGIC


_KINDS = ("Image", "HTML", "Markdown", "Math", "Latex", "Audio", "Video", "SVG", "YouTubeVideo", "IFrame", "Code")
_DISPLAY = dict.fromkeys(("clear_output", "set_matplotlib_formats", "update_display"), nothing)

MODULES = package(
    "IPython",
    module("IPython.display", display=shown, **_DISPLAY, **{kind: inert("IPython", kind) for kind in _KINDS}),
    module("IPython.core"),
    module("IPython.core.display", display=shown, **{kind: inert("IPython", kind) for kind in _KINDS}),
    module("IPython.core.debugger", set_trace=nothing),
    module("IPython.core.interactiveshell", InteractiveShell=inert("IPython", "InteractiveShell")),
    get_ipython=get_ipython,
    embed=nothing,
    # Matplotlib asks for it at the first figure.
    version_info=(9, 0, 0),
)
