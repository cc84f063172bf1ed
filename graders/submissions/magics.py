"""A cell as plain Python: what Jupyter adds to the language becomes calls of `get_ipython()`, line by line.

The shell of the sandbox (`graders.probes.shell`) does what is harmless and skips the rest; what it skips is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graders.submissions.mending import parses

# Cell magics that only say how to run what follows.
TRANSPARENT = frozenset("time timeit capture prun memit".split())
# The shell does these, or they change nothing that is looked at.
HARMLESS = TRANSPARENT | frozenset(
    "matplotlib pylab load_ext reload_ext unload_ext autoreload config cd pwd run writefile file env set_env precision "
    "who whos who_ls history hist pdb xmode automagic page load lsmagic magic quickref doctest_mode colors pprint "
    "tensorboard alias bookmark dirs pushd popd ls mkdir".split()
)
SHELL = re.compile(r"(mkdir|ls|cd|pwd|echo|(python3?|ipython)(?!\s+-m\b))\b")
CELL_MAGIC = re.compile(r"\s*%%(?P<name>\w+)(?P<line>[^\n]*)(?:\n(?P<body>.*))?", re.DOTALL)
LINE_MAGIC = re.compile(r"^(?P<indent>\s*)(?P<target>[\w\s,.\[\]'\"]+=\s*)?(?P<sign>%|!!?)(?P<rest>[^%\s!].*)$")
HELP = re.compile(r"^(\s*)(\?{1,2}\s*[\w.*]+|[\w.\[\]\"'()]+\?{1,2})\s*(#.*)?$")
BARE = re.compile(r"^\s*(pip3?|conda|apt(-get)?|cd|ls|mkdir|rm|cp|mv|cat|wget|git|unzip)(\s+[^=(\s].*)?$")
OPTIONS = re.compile(r"^(\s*-[a-z]+(\s*\d+)?)+\s")


def without_magics(cell: str) -> str:
    """The cell as Python, each line where it was. A cell that is Python stays as it is."""
    return plain(cell)[0]


def plain(cell: str) -> tuple[str, Sequence[str]]:
    """The cell as Python, and the lines of it that are not carried out."""
    if whole := CELL_MAGIC.fullmatch(cell):
        return _of_cell(whole["name"], whole["line"].strip(), whole["body"] or "")
    if parses(cell):
        return cell, ()
    lines, skipped = _translated(cell.split("\n"))
    return "\n".join(lines), skipped


def _of_cell(name: str, line: str, body: str) -> tuple[str, Sequence[str]]:
    if name in TRANSPARENT:
        inside, skipped = plain(body)
        return f"pass\n{inside}", skipped
    call = f"get_ipython().run_cell_magic({name!r}, {line!r}, {body!r})"
    return call, () if name in HARMLESS else (f"%%{name}",)


def _translated(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    told, skipped = list[str](), list[str]()
    rest = iter(lines)
    for line in rest:
        if HELP.match(line):
            told.append(HELP.sub(r"\1pass", line))
        elif found := LINE_MAGIC.match(line):
            whole = [found["rest"], *_continued(line, rest)]
            command = " ".join(part.rstrip("\\").strip() for part in whole)
            told.append(_called(found["indent"], found["target"] or "", found["sign"], command))
            told += [""] * (len(whole) - 1)
            if not _is_harmless(found["sign"], command):
                skipped.append(f"{found['sign']}{command}")
        elif BARE.match(line) and not parses(line.strip()):
            told.append(_called(line[: len(line) - len(line.lstrip())], "", "!", line.strip()))
            if not SHELL.match(line.strip()):
                skipped.append(line.strip())
        else:
            told.append(line)
    return told, skipped


def _continued(line: str, rest: Iterator[str]) -> Iterator[str]:
    """The lines that go on with a command, each of which ends with a backslash but for the last."""
    while line.rstrip().endswith("\\"):
        line = next(rest, "")
        yield line


def _called(indent: str, target: str, sign: str, command: str) -> str:
    if sign != "%":
        how = "getoutput" if target or sign == "!!" else "system"
        return f"{indent}{target}get_ipython().{how}({command!r})"
    name, _, line = command.partition(" ")
    if name in TRANSPARENT and parses(inside := OPTIONS.sub("", f"{line} ").strip()):
        return f"{indent}{target}{inside}" if inside else f"{indent}pass"
    return f"{indent}{target}get_ipython().run_line_magic({name!r}, {line.strip()!r})"


def _is_harmless(sign: str, command: str) -> bool:
    return command.split(" ", 1)[0] in HARMLESS if sign == "%" else bool(SHELL.match(command))
