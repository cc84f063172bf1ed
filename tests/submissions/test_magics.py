"""What Jupyter adds to Python, as Python; and cells of notebooks that editors and downloads have damaged."""

from __future__ import annotations

import ast
import json

import pytest

from graders.language import translator
from graders.submissions.cells import NotANotebookError, cells
from graders.submissions.magics import plain


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%cd data", "get_ipython().run_line_magic('cd', 'data')"),
        ("files = !ls data", "files = get_ipython().getoutput('ls data')"),
        ("    %time x = f(3)\ny = ?", "    x = f(3)\ny = ?"),
        ("%timeit -n 10 f(3)", "f(3)"),
        ("%time", "pass"),
        ("?print\nnp.sum??", "pass\npass"),
        ("!pip install a \\\n  b\nx = 1", "get_ipython().system('pip install a b')\n\nx = 1"),
        ("if True:\n    !ls", "if True:\n    get_ipython().system('ls')"),
        ("%%time\nx = 1", "pass\nx = 1"),
        ("%%capture out\n!ls\nx = 1", "pass\nget_ipython().system('ls')\nx = 1"),
        ("%%writefile a.py\nx = 1", "get_ipython().run_cell_magic('writefile', 'a.py', 'x = 1')"),
        ("pip install numpy\nx = 1", "get_ipython().system('pip install numpy')\nx = 1"),
        ("here = %pwd", "here = get_ipython().run_line_magic('pwd', '')"),
        ("a %= 3\nb = a % 2", "a %= 3\nb = a % 2"),
        ('s = """\n%d\n!x\n"""', 's = """\n%d\n!x\n"""'),
    ],
)
def test_magics_are_calls_on_the_lines_where_they_stood(cell: str, python: str) -> None:
    assert plain(cell)[0] == python


@pytest.mark.parametrize(
    ("cell", "skipped"),
    [
        ("%matplotlib inline\n!pip install x\n!ls", ["!pip install x"]),
        ("%%bash\nrm -rf /", ["%%bash"]),
        ("%%time\n!wget http://x", ["!wget http://x"]),
        ("%pip install x", ["%pip install x"]),
        ("%load_ext autoreload\n%autoreload 2\n%cd ..\n%%time", []),
    ],
)
def test_what_is_not_carried_out_is_known(cell: str, skipped: list[str]) -> None:
    assert list(plain(cell)[1]) == skipped


def test_a_cell_with_a_magic_of_any_name_is_python_afterwards() -> None:
    for name in ("bash", "html", "javascript", "latex", "script", "sql", "prun", "timeit"):
        ast.parse(plain(f"%%{name} -x 'a' \"b\"\nx = 1")[0])


WHOLE = {"cells": [{"cell_type": "code", "source": ["x = 1\n", "y = 2"]}, {"cell_type": "markdown", "source": "text"}]}


def told(content: bytes) -> tuple[list[str], str]:
    """The texts of the cells, and what had to be mended."""
    found, note = cells(content)
    return [cell.text for cell in found], translator("en")(note) if note else ""


def test_cells_of_every_kind_are_kept_as_they_were_written() -> None:
    assert told(json.dumps(WHOLE).encode()) == (["x = 1\ny = 2", "text"], "")
    assert told(b"\xef\xbb\xbf" + json.dumps(WHOLE).encode()) == (["x = 1\ny = 2", "text"], "")


def test_damaged_json_is_mended_where_that_is_safe() -> None:
    text = json.dumps({**WHOLE, "metadata": {"comma": ",]", "nan": float("nan")}})
    assert told(text.replace('"text"}', '"text",},').encode()) == (
        ["x = 1\ny = 2", "text"],
        "its JSON was damaged, and could be mended",
    )
    assert told(text[: text.index('"text"')].encode()) == (
        ["x = 1\ny = 2"],
        "its JSON is damaged: 1 cells before the damage were read",
    )


def test_the_marks_of_a_merge_are_told() -> None:
    with pytest.raises(NotANotebookError) as error:
        cells(b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n]}')
    assert "merge conflict" in translator("en")(error.value.reason)


def test_a_module_of_python_itself_is_a_command_that_is_not_carried_out() -> None:
    """!python3 -m pip is no program of the student's, and costs nothing."""
    assert plain("!python3 -m pip install numpy")[1] == ["!python3 -m pip install numpy"]
    assert not plain("!python3 tp2.py")[1]
