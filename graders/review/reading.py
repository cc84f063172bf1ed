"""The pages that are read: the class, a criterion, a submission, a file of it. They change nothing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from graders.engine.record import read_executed, read_pictures
from graders.gradebook import recording
from graders.gradebook.history import Event, history
from graders.gradebook.opening import GradebookError
from graders.language import say
from graders.report.grades import summary
from graders.report.html import scores
from graders.report.marks import as_written
from graders.report.pictures import GALLERY
from graders.report.questions import questions
from graders.review import code
from graders.review.desk import Desk, OurDesk, Refused, address
from graders.review.shelf import Entry
from graders.review.table import Filter, alike, kinds, narrowed, neighbours, successes
from graders.similar.finding import read_similar
from graders.submissions.collect import UnreadableError, collect

routes = APIRouter()
SEALED = {"Content-Security-Policy": "default-src 'none'; sandbox"}
# Why there is another attempt.
CAUSES = {
    recording.FIRST: say("the first"),
    recording.FILES: say("other files"),
    recording.VERDICTS: say("other verdicts"),
    recording.POINTS: say("other points"),
}


@routes.get("/")
def the_class(desk: OurDesk, wanted: Annotated[Filter, Query()]) -> HTMLResponse:
    """Who has which score, what each criterion came to, who is still to be read."""
    entries = desk.shelf.entries()
    reports = [entry.report for entry in entries.values()]
    return desk.page(
        "class.html.j2",
        {
            "entries": entries,
            "listed": narrowed(entries, wanted),
            "wanted": wanted,
            "known": summary(reports),
            "most": max((report.max_score for report in reports), default=0),
            "scores": scores(reports, desk.language) if reports else "",
            "successes": successes(desk.shelf.ours.rubric, entries, desk.language),
            "open": [entry.name for entry in entries.values() if entry.is_open()],
            "similar": read_similar(desk.shelf.out),
        },
    )


@routes.get("/criterion/{id}")
def a_criterion(desk: OurDesk, id: str, done: int = 0, undo: str = "") -> HTMLResponse:
    """The submissions with the same trouble, together."""
    line, entries = desk.line(id), desk.shelf.entries()
    ids = [one.id for one in desk.shelf.ours.rubric]
    place = ids.index(id)
    return desk.page(
        "criterion.html.j2",
        {
            "line": line,
            "title": desk.titles[id],
            "known": successes([line], entries, desk.language)[0],
            "kinds": kinds(entries, id),
            "open": [entry.name for entry in entries.values() if entry.is_open(id)],
            "before": ids[place - 1] if place else None,
            "after": ids[place + 1] if place + 1 < len(ids) else None,
            "done": done,
            "undo": undo,
        },
    )


@routes.get("/s/{name}")
def a_submission(
    desk: OurDesk, name: str, for_: Annotated[str, Query(alias="for")] = "", done: int = 0, undo: str = ""
) -> HTMLResponse:
    """The code beside its verdicts."""
    entries = desk.shelf.entries()
    entry = desk.entry(entries, name)
    same = {line.id: alike(entries, entry, line.id) for line in entry.report.criteria}
    drawn = {id: [Markup(one) for one in found] for id, found in read_pictures(desk.shelf.out / name).items()}
    return desk.page(
        "submission.html.j2",
        {
            "entry": entry,
            "questions": questions(line for line in entry.report.criteria if for_ in ("", line.id)),
            "same": same,
            "pictures": drawn,
            "gallery": drawn.get(GALLERY, ()),
            "around": neighbours(entries, name, for_),
            "only": for_,
            "done": done,
            "undo": undo,
            **_files(desk, entry),
            **_history(desk, name),
        },
    )


def _files(desk: Desk, entry: Entry) -> dict[str, object]:
    """The code, and what is to be known of it."""
    path = desk.path(entry.name)
    if path is None:
        return {"shown": None, "changed": False, "trouble": say("The files are not where they were graded.")}
    try:
        submission = collect(entry.name, path)
    except (UnreadableError, OSError) as error:
        reason = error.reason if isinstance(error, UnreadableError) else as_written(str(error))[0]
        return {"shown": None, "changed": False, "trouble": reason}
    changed = bool(entry.report.digest) and submission.digest != entry.report.digest
    return {"shown": code.shown(submission, entry.report), "changed": changed, "trouble": None}


def _history(desk: Desk, name: str) -> dict[str, object]:
    try:
        events, fault = history(desk.shelf.book, name), None
    except GradebookError as error:
        events, fault = list[Event](), error.message
    return {"events": events, "fault": fault, "causes": {cause: desk.translate(said) for cause, said in CAUSES.items()}}


@routes.get("/s/{name}/ran/{file}")
def a_notebook(desk: OurDesk, name: str, file: str) -> Response:
    """A notebook as it ran, to keep."""
    entry = desk.entry(desk.shelf.entries(), name)
    found = read_executed(desk.shelf.out / entry.name, entry.reading).get(file)
    if found is None:
        raise Refused(say("There is no file {path} in this submission.", path=file), 404)
    return Response(found, media_type="application/octet-stream", headers=_kept(file) | SEALED)


@routes.get("/s/{name}/file")
def a_file(desk: OurDesk, name: str, path: str) -> Response:
    """A file as it was handed in: a picture to look at, anything else to keep. Never a page."""
    entry = desk.entry(desk.shelf.entries(), name)
    here = desk.path(entry.name)
    files = collect(name, here).files if here else {}
    if path not in files:
        raise Refused(say("There is no file {path} in this submission.", path=path), 404)
    kind = code.is_image(path)
    headers = SEALED if kind else _kept(path.rsplit("/", 1)[-1]) | SEALED
    return Response(files[path], media_type=kind or "application/octet-stream", headers=headers)


def _kept(file: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{address(file)[1:]}"}
