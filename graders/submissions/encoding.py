"""Source text in the encoding that it declares, else the one that it is most likely written in."""

from __future__ import annotations

import codecs
import re
import tokenize
from io import BytesIO

# What editors save in. Python knows codecs that are none of it, and punycode takes minutes for a file.
ENCODINGS = re.compile(r"utf-?8(-sig)?|(ascii|us-ascii|latin|iso|cp|windows|mac|gb|big5|shift|euc|koi)[-_\w]*")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What is neither declared nor UTF-8 was saved on Windows or on an old Mac: French letters and signs tell which.
OLD = ("cp1252", "mac_roman", "latin-1")
LETTERS = frozenset("éèêëàâçùûôîïœÉÈÊÀÇÔÎ’‘“”«»–—…°µσ²€×")
SAMPLE = 2_000


def text(content: bytes) -> str:
    """The text, with line ends as Python has them."""
    try:
        decoded = content.decode(_marked(content) or _declared(content))
    except (SyntaxError, ValueError, LookupError):
        decoded = content.decode(_likely(content))
    return decoded.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _marked(content: bytes) -> str | None:
    """UTF-16, by its mark or by the zeros between the letters of its first lines."""
    if content.startswith(UTF_16):
        return "utf-16"
    start = content[:SAMPLE]
    zeros = start[1::2].count(0), start[::2].count(0)
    if len(start) > 3 and max(zeros) > 0.4 * len(start) > 10 * min(zeros):
        return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
    return None


def _declared(content: bytes) -> str:
    encoding, _ = tokenize.detect_encoding(BytesIO(content).readline)
    return encoding if ENCODINGS.fullmatch(encoding.lower()) else "utf-8"


def _likely(content: bytes) -> str:
    return max(OLD, key=lambda encoding: _french(content, encoding))


def _french(content: bytes, encoding: str) -> float:
    """The share of French letters and signs among those that are not ASCII; none where it cannot be this encoding."""
    try:
        odd = [letter for letter in content.decode(encoding) if ord(letter) > 127]
    except UnicodeDecodeError:
        return -1.0
    return sum(letter in LETTERS for letter in odd) / max(len(odd), 1)
