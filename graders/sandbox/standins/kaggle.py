"""kaggle, kagglehub, opendatasets, gdown, wget: what they would download is here already."""

from __future__ import annotations

from graders.sandbox.standins.elsewhere import downloaded
from graders.sandbox.standins.made import module, package


def dataset_download(handle: str = "", *_: object, path: str | None = None, **__: object) -> str:
    """Where the data lies."""
    return downloaded(path or handle)


def download(url: str = "", *args: object, **kwargs: object) -> str:
    """Where the file would be."""
    return downloaded(str(kwargs.get("output") or kwargs.get("out") or (args[0] if args else "") or url))


def nothing(*_: object, **__: object) -> None:
    """It is there already."""


class Api:
    """kaggle.api, and KaggleApi()."""

    def __getattr__(self, name: str) -> object:
        """Every method has been done."""
        if name.startswith("_"):
            raise AttributeError(name)
        return nothing


class UserSecretsClient:
    """kaggle_secrets: there is no secret."""

    def get_secret(self, *_: object) -> str:
        """Nothing."""
        return ""


DONE = ("authenticate", "dataset_download_files", "dataset_download_file", "competition_download_files")
MODULES = {
    **package(
        "kaggle",
        module("kaggle.api"),
        module("kaggle.api.kaggle_api_extended", KaggleApi=Api),
    ),
    **package("kagglehub", dataset_download=dataset_download, login=nothing),
    **package("kaggle_secrets", UserSecretsClient=UserSecretsClient),
    **package("opendatasets", download=nothing),
    **package("gdown", download=download, cached_download=download, download_folder=nothing),
    **package("wget", download=download),
}
vars(MODULES["kaggle.api"]).update(dict.fromkeys(DONE, nothing))
