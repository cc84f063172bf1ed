"""google.colab: the drive is there already, what would be uploaded lies in the working directory."""

from __future__ import annotations

from pathlib import Path

from graders.sandbox.standins.made import module, package


def mount(mountpoint: str = "/content/drive", force_remount: bool = False, **_: object) -> None:
    """Nothing has to be mounted."""
    print("Mounted at", mountpoint)


def upload(*_: object, **__: object) -> dict[str, bytes]:
    """The small files of the working directory by name, as if somebody had chosen all of them."""
    files = [path for path in Path().iterdir() if path.is_file() and path.stat().st_size < 2**24]
    return {path.name: path.read_bytes() for path in sorted(files)}


def nothing(*_: object, **__: object) -> None:
    """There is nothing to do."""


def empty(*_: object, **__: object) -> str:
    """There is no secret."""
    return ""


MODULES = package(
    "google",
    module("google.colab"),
    module("google.colab.drive", mount=mount, flush_and_unmount=nothing),
    module("google.colab.files", upload=upload, download=nothing, view=nothing),
    module("google.colab.patches", cv2_imshow=nothing),
    module("google.colab.output", clear=nothing, eval_js=nothing, enable_custom_widget_manager=nothing),
    module("google.colab.userdata", get=empty),
    module("google.colab.auth", authenticate_user=nothing),
    module("google.colab.data_table", enable_dataframe_formatter=nothing, disable_dataframe_formatter=nothing),
)
