"""The notebook as it ran here: what was written, what it printed, how it failed. Plain text, and nothing a browser obeys."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from graders.report.clean import visible
from graders.sandbox.session import Ran
from graders.submissions.cells import Cell

MOST_CELLS, MOST_TEXT = 2_000, 100_000


def executed(cells: Sequence[Cell], ran: Sequence[Ran]) -> str:
    """A notebook of format 4. Text cells are shown as they were written: they could hold pages and scripts."""
    results = {one.cell: one for one in ran}
    made, number = list[Mapping[str, object]](), 0
    for cell in cells[:MOST_CELLS]:
        number += cell.kind == "code"
        made.append(_code(cell, number, results.get(number)) if cell.kind == "code" else _text(cell))
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _text(cell: Cell) -> Mapping[str, object]:
    return {"cell_type": "raw", "metadata": {}, "source": _lines(cell.text)}


def _code(cell: Cell, number: int, ran: Ran | None) -> Mapping[str, object]:
    return {
        "cell_type": "code",
        "execution_count": number if ran else None,
        "metadata": {},
        "outputs": _outputs(cell, number, ran) if ran else [],
        "source": _lines(cell.text),
    }


def _outputs(cell: Cell, number: int, ran: Ran) -> list[Mapping[str, object]]:
    printed = ran.printed.removesuffix(f"{ran.shown}\n") if ran.shown else ran.printed
    outputs: list[Mapping[str, object]] = []
    if printed:
        outputs.append({"output_type": "stream", "name": "stdout", "text": _lines(printed)})
    if ran.shown:
        data = {"text/plain": _lines(ran.shown)}
        outputs.append({"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": data})
    if ran.raised:
        outputs.append(_error(cell, number, ran))
    return outputs


def _error(cell: Cell, number: int, ran: Ran) -> Mapping[str, object]:
    failed = ran.raised
    assert failed, "asked of what failed"
    lines, line = cell.text.split("\n"), failed.line or 0
    here = (failed.file or "").endswith(f"[{number}]")
    place = f"In [{number}], line {line}" if here else f"{failed.file or '?'}, line {line}"
    shown = [f"    {lines[line - 1].strip()}"] if here and 0 < line <= len(lines) else []
    said = f"{failed.type}: {failed.message}"
    trace = [visible(one) for one in (place, *shown, said)]
    return {
        "output_type": "error",
        "ename": visible(failed.type),
        "evalue": visible(failed.message),
        "traceback": trace,
    }


def _lines(text: str) -> list[str]:
    return visible(text[:MOST_TEXT]).splitlines(keepends=True)
