"""`python -m benchmarks.luck ID CRITERION[,CRITERION] SEEDS [TEXT]`: what chance does to right submissions.

The reference, and every right way whose name holds TEXT, are judged by these criteria alone on hidden data of several seeds,
each time with other seeds of their own as well: what is written beside a threshold was measured so.

`python -m benchmarks.luck ID hidden SEEDS [TEXT]`: the whole corpus, mutants as well, on hidden data of each seed; what is
judged otherwise than it must be is told. With `own` in place of `hidden` the seeds in the specimens are moved too.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from graders import assignment
from graders.commands.isolation import level
from graders.engine.evidence import Evidence
from graders.engine.grading import Course
from graders.engine.observer import Observer, job
from graders.engine.opening import Opener
from graders.engine.recognition import recognised
from graders.engine.record import Class
from graders.engine.tried import Tried
from graders.engine.validation import corpus, differences, graded
from graders.engine.worker import course
from graders.judge.judging import judge
from graders.observe.context import Context
from graders.submissions.binding import bind
from graders.submissions.collect import collect
from graders.verdict import Verdict

# A seed that a submission sets, by a call or by an argument.
SEED = re.compile(r"((?:seed|default_rng|RandomState)\(|(?:seed|random_state|graine)\s*=\s*)(\d+)\b")


def reseed(folder: Path, by: int) -> None:
    """Let its own random numbers begin elsewhere: who sets a seed has drawn once, and another student draws again."""
    for file in folder.rglob("*"):
        if file.suffix in (".py", ".ipynb"):
            text = file.read_text("utf-8")
            file.write_text(SEED.sub(lambda found: f"{found[1]}{int(found[2]) + by}", text), "utf-8")


def verdicts(ours: Course, wanted: Sequence[str], path: Path, opener: Opener) -> Iterator[tuple[str, Verdict, int]]:
    """For each criterion the verdict, and how often the submission was asked."""
    some = replace(ours.suite, criteria={id: ours.suite.criteria[id] for id in wanted}, paintings=[])
    submission = collect(path.name, path)
    first = bind(submission, ours.assignment)
    points = {line.id: line.points for line in ours.assignment.rubric}
    content = job(submission, first, ours.given, ours.assignment.elsewhere)
    with (
        tempfile.TemporaryDirectory() as folder,
        Observer(Evidence(Path(folder, "e.zip"), ""), lambda: opener.open(ours.assignment, content)) as observer,
    ):
        binding = recognised(ours.suite, Context(first, ours.seed, ours.drawn), observer, points, Tried())
        context = Context(binding, ours.seed, ours.drawn)
        gathered = observer.gather(some.probes(), context)
        for id, verdict in judge(some, context, gathered).verdicts.items():
            yield id, verdict, len(gathered[some.criteria[id].probes[0]])


def main(id: str, wanted: Sequence[str], seeds: Sequence[int], text: str) -> None:
    """A line for each specimen, seed and criterion."""
    ours, opener = assignment.load(id), Opener(level(no_isolation=False), 0)
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            settings = course(Class(submissions=folder, assignment=id, seed=seed, language="en"), opener.level)
            right = [one for one in corpus(ours, Path(folder, "corpus")) if one.kind != "mutant" and text in one.name]
            for one in right:
                start, path = time.monotonic(), Path(folder, "corpus", one.name)
                reseed(path, seed)
                for name, verdict, asked in verdicts(settings, wanted, path, opener):
                    said = " ".join(str(sentence.values) for sentence in verdict.feedback)
                    took = f"{time.monotonic() - start:.0f} s"
                    print(seed, one.name, name, verdict.status, f"asked {asked}", took, said, sep="\t", flush=True)
    opener.close()


def whole(id: str, seeds: Sequence[int], text: str, moved: bool) -> None:
    """A line for each difference, and one for each seed."""
    ours = assignment.load(id)
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            into = Path(folder, "corpus")
            some = [one for one in corpus(ours, into) if text in one.name]
            for one in some if moved else []:
                reseed(into / one.name, seed)
            reports = graded(ours, some, into, level(no_isolation=False), 1, lambda *_: None, seed)
        found = [(one.name, problem) for one in some for problem in differences(one, reports[one.name])]
        for each in [*found, ("", f"{len({name for name, _ in found})} of {len(some)} otherwise than they must be")]:
            print(seed, *each, sep="\t", flush=True)


if __name__ == "__main__":
    name, criteria, numbers, *only = sys.argv[1:]
    first, _, last = numbers.partition("-")
    wanted, text = range(int(first), int(last or first) + 1), only[0] if only else ""
    if criteria in ("hidden", "own"):
        whole(name, wanted, text, criteria == "own")
    else:
        main(name, criteria.split(","), wanted, text)
