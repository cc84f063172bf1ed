"""The same submissions in other clothes: encodings, ends of lines, archives, names, and what editors and downloads do."""

from __future__ import annotations

import codecs
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from graders.paths import TEMPLATES

Files = Mapping[str, bytes]
Dress = Callable[[Files], Files]


def files_of(folder: Path) -> Files:
    """What lies in a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def each(change: Callable[[str], bytes]) -> Dress:
    """A change of the text of every script."""
    return lambda files: {name: change(one.decode()) if name.endswith(".py") else one for name, one in files.items()}


def zipped(files: Files, prefix: str = "") -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(prefix + name, content)
    return buffer.getvalue()


def in_zips(files: Files) -> Files:
    """A zip in a zip, with what a Mac and Jupyter leave behind."""
    left = {"__MACOSX/._tp2.py": b"\0\5\x16\7", ".DS_Store": b"\0", ".ipynb_checkpoints/tp2-checkpoint.ipynb": b"{}"}
    inner = zipped({**files, **left}, "TP2 Dupont/")
    return {"rendu.zip": zipped({"TP2_Dupont.zip": inner, "__MACOSX/._TP2_Dupont.zip": b"x"})}


def notebooks(change: Callable[[str], bytes]) -> Dress:
    """A change of the JSON of every notebook."""
    return lambda files: {name: change(one.decode()) if name.endswith(".ipynb") else one for name, one in files.items()}


def renamed(old: str, new: str) -> Dress:
    """Files of one ending under another."""
    return lambda files: {re.sub(old, new, name): one for name, one in files.items()}


def cut(text: str) -> bytes:
    """A download that ended too early: the last cell is lost, which defines nothing."""
    return text[: text.rindex('"cell_type"')].encode()


def export(text: str) -> str:
    """A notebook as `nbconvert --to script` writes it."""
    parts = ["#!/usr/bin/env python", "# coding: utf-8"]
    for number, cell in enumerate(json.loads(text)["cells"], start=1):
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            magic = re.sub(r"(?m)^%(\w+) ?(.*)$", r"get_ipython().run_line_magic('\1', '\2')", source)
            magic = re.sub(r"(?m)^!(.*)$", r"get_ipython().system('\1')", magic)
            parts.append(f"# In[{number}]:\n\n\n{magic}\n")
        else:
            parts.append("\n".join(f"# {line}" for line in source.split("\n")))
    return "\n\n".join(parts)


def as_script(files: Files) -> Files:
    """Exported, and the notebook not handed in."""
    return {
        re.sub("ipynb$", "py", name): export(one.decode()).encode() if name.endswith("ipynb") else one
        for name, one in files.items()
    }


QUOTES = str.maketrans({'"': "\u201d", "'": "\u2019"})

# (name, the submission, how it is dressed)
DRESSED: tuple[tuple[str, str, Dress], ...] = (
    ("utf-16", "matrice_confusion", each(lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"))),
    ("utf-16 without a mark", "matrice_confusion", each(lambda text: text.encode("utf-16-be"))),
    (
        "mac roman, ends of lines of a Mac",
        "usine_a_reseaux",
        each(lambda text: text.replace("\n", "\r").encode("mac_roman")),
    ),
    (
        "latin-1, declared",
        "script_plat_francais",
        each(lambda text: text.replace("utf-8", "latin-1", 1).encode("latin-1", "replace")),
    ),
    ("a mark before UTF-8", "comptes_et_arguments", each(lambda text: codecs.BOM_UTF8 + text.encode())),
    (
        "typographic quotes",
        "classes_partout",
        each(lambda text: text.translate(QUOTES).encode()),
    ),
    ("no-break spaces", "modele_qui_apprend", each(lambda text: text.replace("return ", "return\u00a0").encode())),
    (
        "tabs among spaces",
        "meilleurs_poids",
        each(lambda text: text.replace("    model.eval()", "\tmodel.eval()", 1).encode()),
    ),
    ("zip in zip", "colab", in_zips),
    (
        "accents as a Mac writes them",
        "carnet_ancien",
        lambda files: {unicodedata.normalize("NFD", name): one for name, one in files.items()},
    ),
    ("py.txt", "compact_anglais", renamed(r"\.py$", ".py.txt")),
    ("ipynb.json", "carnet_magies", renamed(r"\.ipynb$", ".ipynb.json")),
    ("a notebook named .py", "trous", renamed(r"\.ipynb$", ".py")),
    ("commas too many", "colab", notebooks(lambda text: text.replace("  }\n ],", "  },\n ],").encode())),
    ("a mark before JSON", "trous", notebooks(lambda text: codecs.BOM_UTF8 + text.encode())),
    ("a download cut short", "carnet_magies", notebooks(cut)),
    ("an export alone", "colab", as_script),
    (
        "an unfinished end",
        "matrice_confusion",
        each(lambda text: (text + "\n\ndef roc(y, p):\n    seuils = \n    return tpr, fpr\n").encode()),
    ),
    (
        "a card for granted",
        "meilleurs_poids",
        each(lambda text: text.replace('"cuda" if torch.cuda.is_available() else "cpu"', '"cuda"').encode()),
    ),
    (
        "the template beside it",
        "classes_partout",
        lambda files: {"tp2.py": (TEMPLATES / "ue73-tp2" / "tp2.py").read_bytes(), "travail.py": files["tp2.py"]},
    ),
)
