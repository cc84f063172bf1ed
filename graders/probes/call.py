"""Call a function on inputs of ours and say what it returned, case by case."""

from __future__ import annotations

from collections.abc import Callable

from graders.probes.plain import answer
from graders.probes.raised import described
from graders.probes.subject import answering_form, called, formed
from graders.probes.wire import Value
from graders.probes.work import Subject, Work


def call(work: Work, *, subject: Subject, cases: list[dict[str, Value]], forms: list[str]) -> Value:
    """{"form": numpy, torch or list, "answers": [{"returned": value} or {"raised": …}]}, in the order of the cases.

    The form is the first that answers the first case: a function written for tensors is asked with tensors.
    """

    def asked(values: dict[str, object]) -> object:
        return called(subject, work, values)

    form = answering_form(asked, cases[0], forms)
    return {"form": form, "answers": [_answer(asked, formed(case, form), work.root) for case in cases]}


def _answer(asked: Callable[[dict[str, object]], object], values: dict[str, object], root: str) -> Value:
    try:
        return {"returned": answer(asked(values))}
    except Exception as problem:  # noqa: BLE001  # whatever a student's function raises is what was seen
        return {"raised": described(problem, root)}
