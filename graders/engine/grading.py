"""The way of one submission: files → binding → evidence → verdicts → report, written beside each other."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from graders.assignment import Assignment
from graders.engine import digests
from graders.engine.evidence import Evidence
from graders.engine.flags import flags
from graders.engine.kept import Kept, Stored, of_binding, stored
from graders.engine.observer import Observer, job
from graders.engine.reading import write_reading
from graders.engine.recognition import recognised
from graders.engine.record import PICTURES, Record, is_whole, read_record, write_record
from graders.engine.scoring import rescore, write_ungradable
from graders.engine.surroundings import surroundings
from graders.engine.tried import Tried
from graders.engine.whole import write
from graders.judge.excused import excused
from graders.judge.judging import judge
from graders.judge.unbelieved import guarded
from graders.language import Message, Translate, translator
from graders.observe.context import Context
from graders.report.model import Header, Report
from graders.report.pictures import Picture
from graders.report.svg import draw
from graders.sandbox.loading import Job
from graders.sandbox.session import Loaded, Session
from graders.submissions.binding import Binding, bind
from graders.submissions.collect import collect
from graders.submissions.submission import Submission
from graders.suite.suite import Suite


@dataclass(frozen=True)
class Course:
    """What every submission of a class is graded with."""

    assignment: Assignment
    suite: Suite
    decided_by: Mapping[str, str]
    given: Mapping[str, bytes]
    seed: int
    language: str
    isolation: str
    drawn: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """A report, what it cost, and whether anything was done for it at all."""

    report: Report
    seconds: float
    computed: float
    fresh: bool


def grade(course: Course, name: str, path: Path, out: Path, open_session: Callable[[Job], Session]) -> Outcome:
    """Grade one submission into `out`; what was observed before is not run again, what was judged is not judged."""
    started = time.perf_counter()
    submission = collect(name, path)
    observed_from = _observed_from(course, submission)
    record = read_record(out)
    made_from = (observed_from, _judged_from(course, submission), course.language)
    if record and _from(record) == made_from and is_whole(out, record):
        return Outcome(rescore(course.assignment, out, record), time.perf_counter() - started, 0, fresh=False)
    out.mkdir(parents=True, exist_ok=True)
    there = stored(out, record, observed_from, course.language, course.decided_by)
    report = rescore(course.assignment, out, _judged(course, submission, there, open_session))
    return _timed(out, report, there.evidence, started)


def _observed_from(course: Course, submission: Submission) -> str:
    return f"{submission.digest} {_given(course)} {digests.of_observing()} {course.isolation}"


def _judged_from(course: Course, submission: Submission) -> str:
    said = {f"said {name}": place for name, place in submission.said.items()}
    return digests.of_mapping({name: one.encode() for name, one in {**course.decided_by, **said}.items()})


def _from(record: Record) -> tuple[str, str, str]:
    return record.observed_from, record.judged_from, record.language


def _given(course: Course) -> str:
    asked = {name: place.encode() for name, place in course.assignment.elsewhere.items()}
    return digests.of_mapping({**course.given, **asked})


def _judged(course: Course, submission: Submission, there: Stored, open_session: Callable[[Job], Session]) -> Record:
    evidence, first, tried = there.evidence, bind(submission, course.assignment), Tried(there)
    content = job(submission, first, course.given, course.assignment.elsewhere)
    with Observer(evidence, lambda: open_session(content)) as observer:
        binding = _recognised(course, first, observer, tried)
        old = there.kept(bound := of_binding(binding))
        left, context = old.left_of(course.suite), Context(binding, course.seed, course.drawn)
        gathered = observer.gather(left.probes(), context)
        observer.read(context)
    evidence.write()
    judgement = judge(left, context, gathered)
    given = {id: judgement.verdicts.get(id) or old.verdicts[id] for id in course.suite.criteria}
    record = Record(
        header=_header(course, submission, binding, evidence.loaded),
        verdicts=excused(given, evidence.loaded.problems if evidence.loaded else ()),
        language=course.language,
        observed_from=evidence.base,
        judged_from=_judged_from(course, submission),
        bound=bound,
        decided_by=course.decided_by,
        tried=tried.said,
    )
    _write(course, (submission, binding, evidence.loaded), judgement.pictures, old, there.out)
    write_record(there.out, record)
    return record


def _recognised(course: Course, first: Binding, observer: Observer, tried: Tried) -> Binding:
    points = {line.id: line.points for line in course.assignment.rubric}
    return recognised(course.suite, Context(first, course.seed, course.drawn), observer, points, tried)


def _write(
    course: Course,
    read: tuple[Submission, Binding, Loaded | None],
    pictures: Mapping[str, Sequence[Picture]],
    old: Kept,
    out: Path,
) -> None:
    """What the page shows beside the verdicts. Where some of these were kept, what was read is the same."""
    translate = translator(course.language, course.assignment.catalogues)
    drawn = {**old.pictures, **{id: _drawn(shown, translate) for id, shown in pictures.items()}}
    write(out / PICTURES, json.dumps(drawn, sort_keys=True), often=True)
    if not old.ids:
        write_reading(course.assignment, *read, out, translate)


def _drawn(pictures: Sequence[Picture], translate: Translate) -> list[str]:
    """What can be drawn: numbers of a submission may be such as no picture shows."""
    drawn = [guarded(partial(draw, one, translate)) for one in pictures]
    return [one for one in drawn if isinstance(one, str)]


def _header(course: Course, submission: Submission, binding: Binding, loaded: Loaded | None) -> Header:
    return Header(
        assignment=course.assignment.id,
        submission=submission.name,
        digest=submission.digest,
        bindings=binding.lines(),
        flags=tuple(flags(submission, binding, loaded)),
        environment={**digests.environment(), "isolation": course.isolation},
        surroundings=tuple(surroundings(loaded, binding)),
    )


def _timed(out: Path, report: Report, evidence: Evidence, started: float) -> Outcome:
    loaded, requests = evidence.loaded, _requests(out, evidence)
    computed = sum(requests.values()) + (loaded.seconds if loaded else 0)
    seconds = time.perf_counter() - started
    content = {"seconds": seconds, "student_seconds": computed, "memory_mb": _memory(), "requests": requests}
    write(out / "timing.json", json.dumps(content, indent=1), often=True)
    return Outcome(report, seconds, computed, fresh=True)


def _requests(out: Path, evidence: Evidence) -> dict[str, float]:
    """The time of each request: as it was told before, where none was made since."""
    if not evidence.asked:
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            told = json.loads((out / "timing.json").read_bytes())["requests"]
            return {str(key): float(seconds) for key, seconds in told.items()}
    return evidence.seconds()


def _memory() -> float:
    """The most this process has held so far, in mebibytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ungradable(course: Course, name: str, out: Path, reason: Message) -> Report:
    """The report of a submission that we could not grade: our trouble, never a zero."""
    header = Header(
        assignment=course.assignment.id,
        submission=name,
        digest="",
        status="ungradable",
        reason=reason,
        environment=digests.environment(),
    )
    out.mkdir(parents=True, exist_ok=True)
    return write_ungradable(course.assignment, out, header, course.language)
