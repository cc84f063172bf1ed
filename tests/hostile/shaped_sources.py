"""Scripts, notebooks and archives that any reader takes for such, with odd constructs, odd cells and odd entries inside."""

from __future__ import annotations

import ast
import copy
import io
import json
import math
import stat
import warnings
import zipfile
from random import Random
from typing import Any, cast

from tests.hostile.shaped import spoiled

EXPRESSIONS = (
    "lambda *a, b=1, **c: (a, b, c)", "(n := 3)", "f'{x!r:>{w}} {1+1=}'", "[*a, *b]", "{**a, 'b': 1}", "a if b else c", "...", "b'x'",
    "1_000_000_000_000_000_000_000", "1e999", "0x7f", "not a", "a < b < c is not d", "a[1:2, ..., ::3]", "a @ b", "-~+a", "print(x, end='')",
    "[i for i in range(9) if i if i > 2 for j in i]", "{i async for i in x}", "(yield)", "await x", "a.b.c.d().e[0](*f)(**g)", "'\\ud800\\x00'",
    "__import__('os')", "torch.nn.Sequential(*[torch.nn.Linear(1, 1)])", "super().__init__()", "self", "None", "(((((a)))))", "eval('1')",
)  # fmt: skip
STATEMENTS = (
    "global x", "nonlocal y", "del a, b[0]", "assert a, b", "raise E from None", "return", "break", "pass", "import a.b.c as d, e",
    "from . import x", "from .. import *", "from __future__ import annotations", "x: int", "x: 'List[int]' = 1", "a, (b, *c) = d = e", "a += 1",
    "a.b[c] = d", "type = type", "with a as b, c as (d, e): pass", "async def f(): return [x async for x in y]", "for x.y in z: pass\nelse: pass",
    "while True: break", "try: pass\nexcept* ValueError: pass", "try: a\nexcept (A, B) as e: pass\nelse: b\nfinally: c",
    "match a:\n    case {'x': [1, *_], **r} if r: pass\n    case P(x=1) | None: pass\n    case _: pass",
    "class A(B, metaclass=C, **d):\n    __slots__ = ()\n    x: int = 1\n    def __init__(self, /, a, *, b): pass", "if __name__ == '__main__': main()",
    "@a.b(c)\n@d\ndef accuracy(a, /, b: int = 1, *c, d=2, **e) -> 'f':\n    '''doc'''\n    yield", "lambda: 0", "'''text'''", "def f(): f()",
    "class MLP(nn.Module): pass", "class MyMLP(*x): forward = lambda self, x: x", "precision = recall = f1 = staticmethod(len)", "f1_score = 3",
    "from tp2 import *", "import tp2", "def train(*args): ...", "globals()['accuracy'] = 1", "exec('accuracy = 2')", "0 if 1 else 2",
)  # fmt: skip
WRAPPERS = (
    "if a:\n    pass", "try:\n    pass\nexcept E:\n    pass", "with a:\n    pass", "for a in b:\n    pass", "class C(D):\n    pass", "def f(self, *a):\n    pass",
    "async def g():\n    pass", "while a:\n    pass", "match a:\n    case 1:\n        pass", "if __name__ == '__main__':\n    pass",
)  # fmt: skip
NAMES = (
    "é",
    "ﬁ",
    "_",
    "__init__",
    "self",
    "print",
    "match",
    "x" * 300,
    "l1I",
    "名",
    "__debug_",
    "forward",
    "accuracy",
    "MyMLP",
    "ª",
)
MAGICS = ("%matplotlib inline", "%%time", "!pip install torch", "%%writefile ../../x.py", "?print", "print?", "%run tp2.py", "%%bash\nrm -rf /",
          "# In[1]:", "<<<<<<< HEAD", "from tp2 import (", "    indented = 1", "\tx = 1", "print 'x'", "x = 1;;", "“quoted”", "def f(:\n  pass", "\x0c")  # fmt: skip
ENDS = ("\n", "\r\n", "\r", "\n\n\n", "\n\x0c\n", " \\\n")


def script(whole: str, rng: Random) -> str:
    """The same program with other statements and expressions in a few places: still Python, mostly."""
    tree = ast.parse(whole)
    for _ in range(rng.randint(1, 6)):
        rng.choice((_other_expression, _other_statements, _wrapped, _renamed, _nested))(tree, rng)
    try:
        return ast.unparse(ast.fix_missing_locations(tree))
    except (ValueError, RecursionError, AttributeError):
        return whole


def _holders(tree: ast.AST) -> list[tuple[ast.AST, str]]:
    return [(node, name) for node in ast.walk(tree) for name, value in ast.iter_fields(node)
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt)]  # fmt: skip


def _other_expression(tree: ast.AST, rng: Random) -> None:
    found = [(node, name) for node in ast.walk(tree) for name, value in ast.iter_fields(node)
             if isinstance(value, ast.expr) and isinstance(getattr(value, "ctx", ast.Load()), ast.Load)]  # fmt: skip
    if not found:
        return
    node, name = rng.choice(found)
    other = getattr(*rng.choice(found)) if rng.random() < 0.4 else ast.parse(rng.choice(EXPRESSIONS), mode="eval").body
    setattr(node, name, copy.deepcopy(other))


def _other_statements(tree: ast.AST, rng: Random) -> None:
    node, name = rng.choice(_holders(tree))
    body = getattr(node, name)
    at, way = rng.randrange(len(body)), rng.randrange(4)
    if way == 0 and len(body) > 1:
        del body[at]
    elif way == 1:
        body.insert(at, copy.deepcopy(rng.choice(body)))
    elif way == 2:
        rng.shuffle(body)
    else:
        body[at:at] = ast.parse(rng.choice(STATEMENTS)).body


def _wrapped(tree: ast.AST, rng: Random) -> None:
    node, name = rng.choice(_holders(tree))
    body = getattr(node, name)
    at, wrapper = rng.randrange(len(body)), cast("Any", ast.parse(rng.choice(WRAPPERS)).body[0])
    (wrapper.cases[0] if isinstance(wrapper, ast.Match) else wrapper).body = [body[at]]
    body[at] = wrapper


def _renamed(tree: ast.AST, rng: Random) -> None:
    found: list[Any] = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.arg | ast.FunctionDef | ast.ClassDef | ast.alias)
    ]
    one, name = rng.choice(found), rng.choice(NAMES)
    field = "id" if isinstance(one, ast.Name) else "arg" if isinstance(one, ast.arg) else "name"
    old = getattr(one, field)
    for node in found if rng.random() < 0.7 else [one]:
        for each in ("id", "arg", "name"):
            if getattr(node, each, None) == old:
                setattr(node, each, name)


def _nested(tree: ast.AST, rng: Random) -> None:
    depth = rng.choice((3, 30, 90))
    deep = rng.choice(
        (
            "-" * depth + "1",
            "[" * depth + "]" * depth,
            "a" + ".b" * depth,
            "f(" * depth + ")" * depth,
            "+".join("1" * depth),
        )
    )
    node, name = rng.choice(_holders(tree))
    getattr(node, name).append(ast.parse(f"x = {deep}").body[0])


def written(whole: str, rng: Random) -> bytes:
    """A program as somebody's editor writes it down, at times with what only a notebook understands."""
    text = script(whole, rng)
    if rng.random() < 0.3:
        lines = text.split("\n")
        lines.insert(rng.randrange(len(lines)), rng.choice(MAGICS))
        text = "\n".join(lines)
    if rng.random() < 0.2:
        text = text.replace("\n", rng.choice(ENDS))
    if rng.random() < 0.2:
        text = (
            rng.choice(
                (
                    "# -*- coding: latin-1 -*-\n",
                    "# coding: utf-7\n",
                    "#!/usr/bin/python\n# vim: set fileencoding=nobody :\n",
                )
            )
            + text
        )
    return text.encode(rng.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "latin-1", "utf-16", "cp1252")), "replace")


def notebook(whole: str, rng: Random) -> bytes:
    """A notebook that is JSON, with wrong things in its cells."""
    lines = script(whole, rng).splitlines(keepends=True)
    cuts = sorted(rng.randrange(len(lines) + 1) for _ in range(rng.randint(0, 5)))
    parts = [lines[start:end] for start, end in zip([0, *cuts], [*cuts, len(lines)], strict=True)]
    cells = [_cell(part, rng) for part in parts]
    tree = {
        "cells": cells,
        "metadata": {"kernelspec": {"name": "python3"}, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    if rng.random() < 0.1:
        tree = {
            "worksheets": [{"cells": [{**cell, "input": cell["source"], "language": "python"} for cell in cells]}],
            "nbformat": 3,
            "nbformat_minor": 0,
            "metadata": {},
        }
    return json.dumps(spoiled(tree, rng) if rng.random() < 0.7 else tree, default=str).encode()


def _cell(source: list[str], rng: Random) -> dict[str, Any]:
    outputs = [{"output_type": rng.choice(("stream", "display_data", "error", "execute_result")), "name": "stdout", "text": ["x\n"], "metadata": {},
                "data": {"image/png": rng.choice(("", "!", "iVBORw0KGgo=")), "text/html": "<script>"}, "ename": "E", "evalue": "", "traceback": ["\x1b[31m"]}]  # fmt: skip
    kind = rng.choice(("code", "code", "code", "markdown", "raw", "heading", "?"))
    if rng.random() < 0.2:
        source = [rng.choice(MAGICS) + "\n", *source]
    joined: Any = source if rng.random() < 0.5 else "".join(source)
    return {
        "cell_type": kind,
        "id": "a",
        "metadata": {},
        "source": joined,
        "outputs": outputs,
        "execution_count": rng.choice((None, 1, -1)),
        "attachments": {},
    }


def archive(whole: str, rng: Random) -> bytes:
    """A zip that opens, with odd entries inside, some of them not what they say."""
    content = io.BytesIO()
    names = ("tp2.py", "TP/tp2.py", "TP/TP/tp2.ipynb", "a/../tp2.py", "/tp2.py", "C:tp2.py", "tp2.py ", "TP\\tp2.py", "é.py", "e\u0301.py", "con.py", ".tp2.py",
             "__MACOSX/._tp2.py", "TP/", "x" * 250 + ".py", "old.zip", "data.npy", "tp2.PY", "a\nb.py", "tp2.py/x", "", ".", "..", "__pycache__/tp2.pyc")  # fmt: skip
    kinds = (stat.S_IFREG, stat.S_IFREG, stat.S_IFREG, stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR, 0)
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w") as made:
        warnings.simplefilter("ignore")
        for place in range(rng.randint(1, 6)):
            entry = zipfile.ZipInfo(
                names[place % 3] if rng.random() < 0.4 else rng.choice(names),
                rng.choice(((1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58))),
            )
            entry.compress_type = rng.choice((0, 8, 8, 12, 14))
            entry.external_attr, entry.create_system = (
                (rng.choice((*kinds, *[stat.S_IFREG] * 8)) | 0o644) << 16,
                rng.choice((0, 3, 19)),
            )
            made.writestr(entry, _inside(entry.filename, whole, rng))
    return _lied(bytearray(content.getvalue()), rng)


def _inside(name: str, whole: str, rng: Random) -> bytes:
    if name.endswith("zip"):
        return archive(whole, rng) if rng.random() < 0.7 else b"PK"
    if name.endswith("npy"):
        return b"\x93NUMPY\x01\x00" + bytes(rng.randrange(200))
    return notebook(whole, rng) if name.endswith("ipynb") else written(whole, rng)


def _lied(data: bytearray, rng: Random) -> bytes:
    """What the headers say of an entry is changed: sizes, check sums, flags, methods, offsets."""
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        mark = rng.choice((b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"))
        starts = [at for at in range(len(data) - 4) if data[at : at + 4] == mark]
        if starts:
            at = rng.choice(starts) + rng.randrange(4, 40)
            data[at : at + 2] = rng.choice((b"\xff\xff", b"\x00\x00", b"\x01\x00", b"\x08\x00", rng.randbytes(2)))
    return bytes(data)


def toml(tree: Any) -> str:
    """A document with these values; what TOML has no word for is an empty text."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{json.dumps(str(name))} = {toml(one)}" for name, one in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(toml, tree)) + "]"
    if isinstance(tree, float):
        return repr(tree) if math.isfinite(tree) else str(tree)
    return json.dumps(tree) if isinstance(tree, bool | int | str) else '""'


def document(tree: Any, rng: Random) -> bytes:
    """A TOML file with wrong values in it."""
    spoilt = cast("dict[str, Any]", spoiled(tree, rng, root=False))
    return "\n".join(f"{json.dumps(str(name))} = {toml(one)}" for name, one in spoilt.items()).encode(
        "utf-8", "replace"
    )
