"""Characters that act on a reader instead of being read are shown by their code.

A student's text reaches pages, terminals and spreadsheets. An escape sequence, a reversed line or a name with an
invisible letter in it must be seen there for what it is.
"""

from __future__ import annotations

import re

HIDDEN = re.compile(
    "["
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # C0 but for the newline, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\xad\u034f\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"  # no width
    "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters that look like a space
    "\u2028\u2029"  # ends of lines
    "\ud800-\udfff\ufffe\uffff"  # no characters at all
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # no width
    "]"
)


def visible(text: str) -> str:
    """The same text, with `\\x1b` or `\\u202e` where such a character was; only ends of lines stay."""
    if text.isascii() and text.isprintable():
        return text
    return HIDDEN.sub(_code, text.replace("\r\n", "\n"))


def _code(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
