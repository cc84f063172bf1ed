"""Text as editors save it, and files under the names that mail and browsers give them."""

from __future__ import annotations

import pytest

from graders.submissions.encoding import text
from graders.submissions.naming import true_name

TEXT = "# début : « l’été », précision\nmoyenne_réelle = 'à côté'\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_french_is_read_in_every_encoding(encoding: str) -> None:
    assert text(TEXT.encode(encoding)) == TEXT


def test_a_declaration_wins() -> None:
    assert text("# coding: latin-1\nx = 'é'\n".encode("latin-1")) == "# coding: latin-1\nx = 'é'\n"


def test_bytes_that_are_no_text_are_read_all_the_same() -> None:
    for content in (b"\x81\x8d\x8f\x90\x9d", bytes(range(256)), b"\0", b"x\0", b"\xff\xfe\xfd"):
        assert isinstance(text(content), str)


@pytest.mark.parametrize(
    ("path", "content", "name"),
    [
        ("tp2.py.txt", b"x = 1", "tp2.py"),
        ("a/TP2.IPYNB.json", b"{}", "a/TP2.IPYNB"),
        ("tp2.py", b'\xef\xbb\xbf{\n "cells": []', "tp2.ipynb"),
        ("tp2.py", b"{1: 2}", "tp2.py"),
        ("readme.txt", b"x", "readme.txt"),
    ],
)
def test_a_file_has_the_name_of_what_it_is(path: str, content: bytes, name: str) -> None:
    assert true_name(path, content) == name
