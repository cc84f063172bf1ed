"""What acts on a reader is shown, what is only text stays."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from graders.report.clean import visible

DRAWN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"


def test_every_control_and_format_character_is_shown() -> None:
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    every = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in hidden]
    left = [character for character in every if visible(character) == character]
    assert set(left) == {"\n", *DRAWN}  # signs that enclose Arabic and Kaithi numbers are drawn


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "\\x1b[31m"),
        ("a\rb\r\nc", "a\\rb\nc"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("\udc80", "\\udc80"),
        ("\U000e0041", "\\U000e0041"),
        ("l'été\n12\u202f%, 日本 ∅", "l'été\n12\u202f%, 日本 ∅"),
    ],
)
def test_a_character_that_acts_is_shown_by_its_code(text: str, shown: str) -> None:
    assert visible(text) == shown
