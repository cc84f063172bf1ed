"""What reading a file left, or what it leaves when it is run again as a program, with values of ours in place of its own."""

from __future__ import annotations

import ast
import math
import sys
import time
import types
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, cast

from graders.probes import figures, shell
from graders.probes.disturbed import scaled
from graders.probes.executing import Chunk, Manner, executed, placed
from graders.probes.outcome import images, journal, pictures, state, variables
from graders.probes.patience import Patience
from graders.probes.plain import TooMuchError, plain
from graders.probes.raised import described
from graders.probes.repaired import Repair
from graders.probes.settings import usual
from graders.probes.substitution import Substitution
from graders.probes.watching import watching
from graders.probes.wire import Value
from graders.probes.work import Work

MOST_RETURNS, MOST_FUNCTIONS, SHORTEST = 24, 60, 1e-3


def reading(work: Work, *, wanted: list[str]) -> Value:
    """{"journal", "variables": {file: {name: value}}, "figures", "images"} as they were after the files were read."""
    there = {file: variables(namespace, wanted) for file, namespace in work.namespaces.items()}
    found = pictures([Path(work.root, work.folder)])
    return {
        "journal": journal(work.journal),
        "variables": there,
        "figures": figures.figures(),
        "images": images(found, {}),
    }


def drawn(work: Work) -> Value:
    """The figures of the reading as pixels."""
    return figures.pixels()


def rerun(
    work: Work, *, file: str, wanted: list[str], watched: list[str], given: list[Mapping[str, Value]],
    observe: Sequence[str] = (), factor: float = 1.0, patience: float = math.inf,
) -> Value:  # fmt: skip
    """The same after the file was run as a program once more, and what the `watched` functions of it returned.

    `given` are {"names", "value"}: whatever gives the first of these names that is used is followed by our value; or `repaired`.
    `observe`: see `watching`; `factor` multiplies the gradients that autograd gives; what still runs after so many seconds of
    `patience` is interrupted. Figures are drawn where nothing of ours is given.
    """
    figures.forget()
    before = state(pictures(roots := [Path.cwd(), Path(work.root, work.folder)]))
    changes = change, _ = _changes(work, file, given)
    parts: dict[str, Value] = {}
    with usual(), watching(observe, None, work.root, parts), scaled(factor) if factor != 1 else nullcontext():
        chunks, namespace, watch = _run(work, file, changes, watched, Patience(patience))
    return {
        **_left(chunks, {file: variables(namespace, wanted), **watch.besides(file, namespace, wanted)}),
        "images": images(pictures(roots), before),
        "returned": watch.returned,
        "durations": watch.durations,
        "given": change.taken,
        "pixels": [] if given else figures.pixels(),
        "parts": parts,
    }


def _changes(work: Work, file: str, given: Sequence[Mapping[str, Value]]) -> tuple[Substitution, Repair]:
    ours = [one for one in given if "subject" in one]
    return Substitution(work.chunks[file], [one for one in given if "names" in one]), Repair(work, file, ours)


def _left(chunks: Sequence[Chunk], values: Mapping[str, Value]) -> dict[str, Value]:
    return {"journal": journal(chunks), "variables": dict(values), "figures": figures.figures()}


def _run(
    work: Work, file: str, changes: tuple[Substitution, Repair], watched: Sequence[str], patience: Patience
) -> tuple[list[Chunk], dict[str, object], Watch]:
    module = types.ModuleType("__main__")
    module.__file__ = str(Path(work.root, file))
    sys.modules["__main__"], sys.argv = module, [module.__file__]
    change, repair = changes
    vars(module).update(change.namespace)
    repair.within(vars(module))
    shell.serve(work.root, file, work.chunks[file], vars(module))
    chunks: list[Chunk] = []
    notebook = file.endswith(".ipynb")
    manner = Manner(
        echo=notebook, main=True, change=lambda tree: repair(cast("ast.Module", change.visit(tree))), patience=patience
    )
    with _watching(Watch(work.root, watched)) as watch:
        for chunk, place, told in placed(file, module.__file__, work.chunks[file]):
            problem = executed(chunk, place, vars(module), manner, told)
            told.raised = None if problem is None else described(problem, work.root)
            chunks.append(told)
            if notebook:
                figures.ended_cell()
    return chunks, vars(module), watch


class Watch:
    """What functions of the student return, and the variables of the functions that the program itself calls."""

    def __init__(self, root: str, names: Sequence[str]) -> None:
        """Look at functions of these names."""
        self.root, self.names = root, frozenset(names)
        self.returned: list[Value] = []
        self.inside: dict[str, Mapping[str, object]] = {}
        self.durations: list[Value] = []
        self._started: dict[int, float] = {}

    def __call__(self, frame: types.FrameType, event: str, result: object) -> None:
        """The interpreter's hook."""
        if event not in ("call", "return") or not frame.f_code.co_filename.startswith(self.root):
            return
        if event == "call":
            self._started[id(frame)] = time.perf_counter()
            return
        self._time(frame)
        if frame.f_code.co_name in self.names and len(self.returned) < MOST_RETURNS:
            self.returned.append({"name": frame.f_code.co_name, "value": _told(result), "given": _given(frame)})
        if _is_part_of_a_program(frame):
            name = frame.f_code.co_name
            self.inside = {name: {**self.inside.pop(name, {}), **frame.f_locals}, **self.inside}

    def besides(self, file: str, namespace: Mapping[str, object], wanted: Sequence[str]) -> dict[str, Value]:
        """What each function held, by the file and its name, the last one first; but for names that the top level has as well,
        even where they hold nothing there."""
        held = {
            name: {each: value for each, value in there.items() if each not in namespace}
            for name, there in list(self.inside.items())[:MOST_FUNCTIONS]
        }
        return {f"{file} {name}": variables(there, wanted) for name, there in held.items()}

    def _time(self, frame: types.FrameType) -> None:
        seconds = time.perf_counter() - self._started.pop(id(frame), math.inf)
        if seconds > SHORTEST and len(self.durations) < MOST_RETURNS:
            self.durations.append([frame.f_code.co_name, seconds])


def _is_part_of_a_program(frame: types.FrameType) -> bool:
    """Whether this is a function that the top level calls, or one that takes nothing, as the parts of a program do."""
    caller, code = frame.f_back, frame.f_code
    outside = caller is not None and caller.f_code.co_name == "<module>"
    return not code.co_name.startswith("<") and (outside or code.co_argcount + code.co_kwonlyargcount == 0)


def _told(value: object) -> Value:
    try:
        return plain(value)
    except TooMuchError:
        return None


def _given(frame: types.FrameType) -> Value:
    """The arguments as they are when the function ends."""
    code = frame.f_code
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return {name: _told(frame.f_locals.get(name)) for name in names}


@contextmanager
def _watching(watch: Watch) -> Iterator[Watch]:
    before = cast("Any", sys.getprofile())
    sys.setprofile(watch)
    try:
        yield watch
    finally:
        sys.setprofile(before)
