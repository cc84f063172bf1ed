"""The catalogues of translations, kept in step with the sources: `python -m graders.messages`, which needs babel.

The engine has one catalogue, the published part of each assignment one, its secret part one. What was translated is
kept, what nobody says any more is dropped, and a run on the same sources writes the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from graders import paths
from graders.language import DOMAIN, LANGUAGES, OURS

WRITTEN_IN = "en"
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
ABOUT = "Sentences for people. Translate here, then run `python -m graders.messages`."


class Steady(Catalog):
    """A catalogue that says of itself nothing which changes from run to run, such as the date."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What gettext must know, and no more."""
        return [("Language", str(self.locale)), ("Content-Type", "text/plain; charset=utf-8\n")]


def places() -> Iterator[tuple[Path, Path]]:
    """Each folder whose sources speak, and the folder of its catalogues."""
    yield OURS.parent, OURS
    for declared in sorted(paths.PUBLISHED.glob("*/assignment.toml")):
        secret = paths.SECRET / declared.parent.name
        yield declared.parent, declared.parent / "locale"
        yield from [(secret / "hidden", secret / "locale")] if secret.is_dir() else ()


def sentences(sources: Path) -> list[str]:
    """Every `say("…")` below a folder."""
    found = extract_from_dir(sources, METHODS, {"**.j2": {"silent": "false"}}, keywords={"say": None})
    return sorted({str(text) for _, _, text, _, _ in found})


def catalogue(sources: Path, path: Path, language: str) -> Catalog:
    """The sentences of a folder with the translations that are at `path`."""
    known = read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(language)
    made = Steady(language, header_comment=f"# {ABOUT}", fuzzy=False)
    for text in sentences(sources):
        old = known.get(text)
        made.add(text, old.string if old else "").flags.clear()
    return made


def files() -> dict[Path, bytes]:
    """Every catalogue as it must be on disk, for people and compiled."""
    content: dict[Path, bytes] = {}
    for sources, folder in places():
        for language in sorted({*LANGUAGES} - {WRITTEN_IN}):
            path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"
            made, readable, compiled = catalogue(sources, path, language), BytesIO(), BytesIO()
            write_po(readable, made, width=0, sort_output=True)
            write_mo(compiled, made)
            content |= {path: readable.getvalue(), path.with_suffix(".mo"): compiled.getvalue()}
    return content


if __name__ == "__main__":
    for file, written in files().items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(written)
