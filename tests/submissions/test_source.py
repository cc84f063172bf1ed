"""Source text in every encoding, notebooks with magics, and what they define."""

from __future__ import annotations

import codecs
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.language import translator
from graders.submissions.encoding import text
from graders.submissions.inventory import definitions
from graders.submissions.magics import without_magics
from graders.submissions.source import MOST_SOURCES, sources

TEXT = "# début\nx = 'é'\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("latin-1"),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "latin-1", "byte order mark", "CRLF", "CR", "utf-16-le", "utf-16-be"],
)
def test_text_is_the_same_in_every_encoding(content: bytes) -> None:
    assert text(content) == TEXT


def test_a_declared_encoding_is_used() -> None:
    assert text("# coding: cp1252\nx = '€'\n".encode("cp1252")) == "# coding: cp1252\nx = '€'\n"
    assert text("# -*- coding: gbk -*-\nx = '中'\n".encode("gbk")).endswith("x = '中'\n")


@pytest.mark.parametrize(
    "coding", ["punycode", "idna", "rot13", "hex", "undefined", "unicode_escape", "utf-16", "nothing"]
)
def test_what_no_editor_saves_in_is_not_decoded_so(coding: str) -> None:
    content = f"# coding: {coding}\nx = '\\u0041'\n" + "y" * 10**6
    started = time.perf_counter()
    assert text(content.encode()) == content
    assert time.perf_counter() - started < 1


def notebook(*cells: object) -> bytes:
    """A notebook of these code cells."""
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]}).encode()


def test_cells_are_chunks_and_magics_do_nothing() -> None:
    cells = ["%matplotlib inline\nx = 1", ["import os\n", "!ls\n", "y = 2"], "%%bash\nls", "np.sum?\nz = 3"]
    source = sources({"a.ipynb": notebook(*cells)})[0]
    assert source.chunks == (
        "get_ipython().run_line_magic('matplotlib', 'inline')\nx = 1",
        "import os\nget_ipython().system('ls')\ny = 2",
        "get_ipython().run_cell_magic('bash', '', 'ls')",
        "pass\nz = 3",
    )
    assert source.skipped == ((3, "%%bash"),)


def test_a_cell_that_is_python_stays_as_it_is() -> None:
    for cell in ("x = (7\n% 3)\n", 'print("""\n%d\n!x\n""")', "x = 1"):
        assert without_magics(cell) == cell


def test_other_cells_and_old_notebooks_are_read() -> None:
    old = {
        "worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1"]}, {"cell_type": "markdown", "source": "x"}]}]
    }
    assert sources({"a.ipynb": json.dumps(old).encode()})[0].chunks == ("x = 1",)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"not JSON", "JSON is damaged"),
        (b"[" * 10**5, "JSON is damaged"),
        (b"\xe9", "UTF-8"),
        (b"[]", "no cells"),
        (b"3", "no cells"),
        (b'{"cells": [1]}', "no cells"),
        (b'{"cells": {"a": 1}}', "no cells"),
        (b"", "JSON is damaged"),
        (notebook({"a": 1}, 3), "no cells"),
    ],
)
def test_a_notebook_that_is_none_says_so(content: bytes, told: str) -> None:
    problem = sources({"a.ipynb": content})[0].problem
    assert problem is not None
    assert told in translator("en")(problem)


@given(st.binary(max_size=200))
def test_no_bytes_are_an_error_of_ours(content: bytes) -> None:
    for source in sources({"a.py": content, "b.ipynb": content, "c.PY": content}):
        list(definitions(source))


@pytest.mark.parametrize(
    "code",
    [
        "x = " + "+".join("1" * 60_000),
        "x = " + "-" * 50_000 + "1",
        "(" * 1000,
        "x = " + "[" * 150 + "]" * 150,
        "\0",
        "\ud800",
        "class A(a" + ".a" * 2_000 + "): pass",
        "if x:\n  pass\n" + "elif x:\n  pass\n" * 3_000,
        "lambda: " * 2_000 + "1",
        "def f(" + ",".join(f"a{i}" for i in range(5_000)) + "): pass",
        "f'" + "{" * 100,
    ],
    ids=range(11),
)
def test_no_source_is_an_error_of_ours(code: str) -> None:
    for source in sources({"a.py": code.encode("utf-8", "surrogatepass"), "b.ipynb": notebook(code)}):
        list(definitions(source))
        assert len(source.trees) == len(source.chunks)


def test_more_code_than_anybody_writes_is_told() -> None:
    read = sources(
        {f"{letter}.py": b"x = 1\n" * 60_000 for letter in "abcdef"} | {"long.py": b"#" * 600_000, "tp2.py": b"y = 1"}
    )
    assert sum(len(chunk) for source in read for chunk in source.chunks) <= MOST_SOURCES
    told = [source.file for source in read if source.problem]
    assert "long.py" in told
    assert len(told) > 1


def test_definitions_tell_their_parameters_and_bases() -> None:
    code = (
        "if True:\n  def f(a, b=1, *, c, d=2): pass\nclass N(torch.nn.Module, Generic[T]):\n"
        "  def __init__(self, n, m=3): pass\n"
    )
    function, made = definitions(sources({"a.py": code.encode()})[0])
    assert [(one.name, one.required, one.keyword_only) for one in function.parameters] == [
        ("a", True, False),
        ("b", False, False),
        ("c", True, True),
        ("d", False, True),
    ]
    assert (made.kind, made.bases) == ("class", ("Module", ""))
    assert [one.name for one in made.parameters] == ["n", "m"]
