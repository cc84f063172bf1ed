"""A function of ours in the place of the student's, in a program that runs once more."""

from __future__ import annotations

import ast
from typing import Any

from graders.probes.repaired import Repair, journal
from graders.probes.work import Work

PROGRAM = """
def losses():
    steps.append(1)

class Trainer:
    def run(self):
        return None

steps = []
found = losses(), Trainer().run()
"""
KEPT = [1, 1 / 2, 1 / 3]


def given(file: str, name: str) -> dict[str, Any]:
    return {"subject": {"file": file, "name": name, "order": []}, "by": "journal", "usual": {"count": 3}}


def ran(repair: Repair, program: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    repair.within(namespace)
    exec(compile(repair(ast.parse(program)), "tp.py", "exec"), namespace)  # noqa: S102  # our own source
    return namespace


def test_what_the_program_defines_is_replaced_behind_its_definition() -> None:
    work = Work("/", "", {"tp.py": {}})
    left = ran(Repair(work, "tp.py", [given("tp.py", "losses"), given("tp.py", "Trainer.run")]), PROGRAM)
    assert left["found"] == (KEPT, KEPT)
    assert left["steps"] == [1], "the student's own was called"


def test_what_the_program_imports_is_replaced_from_the_beginning() -> None:
    module: dict[str, Any] = {"losses": lambda: None}
    module["both"] = lambda: (module["losses"](), 2)
    left = ran(Repair(Work("/", "", {"module.py": module}), "tp.py", [given("module.py", "losses")]), "x = 1")
    assert module["both"]() == (KEPT, 2)
    assert left["x"] == 1


def test_losses_that_come_back_are_the_student_s() -> None:
    assert journal(lambda: [7.0], [], {"count": 3})() == [7.0]
