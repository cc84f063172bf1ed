"""A stand-in for a Moodle site on 127.0.0.1: it answers in the shapes that were recorded from Moodle 4.5 and 5.1, faults included.

What it does as Moodle does: the status is always 200; `null` is the answer to a save that was kept and to one that was not; a mark above
the maximum is dropped and its comment kept; whoever is not enrolled is graded all the same; with a rubric a plain grade is ignored.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

TOKEN = "0123456789abcdef0123456789abcdef"
MOBILE = (
    "core_webservice_get_site_info core_course_get_courses_by_field mod_assign_get_assignments mod_assign_get_submissions "
    "mod_assign_list_participants mod_assign_get_user_mappings mod_assign_get_grades mod_assign_save_grade mod_assign_save_grades"
).split()
ON = [
    {"plugin": plugin, "subtype": "assignfeedback", "name": "enabled", "value": "1"} for plugin in ("comments", "file")
]


def exception(errorcode: str, message: str) -> dict[str, str]:
    """What Moodle answers where something is wrong."""
    return {"exception": "core\\exception\\moodle_exception", "errorcode": errorcode, "message": message}


@dataclass
class Moodle:
    """The state of the site: one assignment of one course, and what was asked of it."""

    url: str = ""
    assignment: dict[str, Any] = field(
        default_factory=lambda: {
            "id": 1,
            "cmid": 4821,
            "course": 2,
            "name": "TP1",
            "grade": 20,
            "teamsubmission": 0,
            "blindmarking": 0,
            "markingworkflow": 0,
            "configs": ON,
            "duedate": 0,
            "cutoffdate": 0,
            "gradepenalty": 0,
        }
    )
    functions: list[str] = field(default_factory=lambda: list(MOBILE))
    participants: list[dict[str, Any]] = field(default_factory=list)
    submissions: list[dict[str, Any]] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    grades: dict[int, str] = field(default_factory=dict)
    comments: dict[int, str] = field(default_factory=dict)
    feedback: dict[int, bytes] = field(default_factory=dict)
    drafts: dict[int, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    rubric: list[dict[str, Any]] | None = None
    guide: list[dict[str, Any]] | None = None
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    faults: dict[str, Callable[[dict[str, str]], Any]] = field(default_factory=dict)

    def enrol(self, user: int, name: str, number: int = 0, **more: Any) -> None:
        """A participant; a number where somebody has downloaded a zip or a worksheet before."""
        known = {"id": user, "fullname": name, "recordid": -1, "submitted": True, "groupid": 0, "groupname": ""}
        self.participants.append({**known, **more})
        if number:
            self.numbers[number] = user

    def hand_in(self, user: int, files: dict[str, bytes], text: str = "", **more: Any) -> None:
        """Files by path, and what was typed."""
        stored = []
        for path, content in files.items():
            place = f"/{10 + user}/assignsubmission_file/submission_files/{user}/{path}"
            self.files[place] = content
            folder, _, name = path.rpartition("/")
            stored.append(
                {"filename": name, "filepath": f"/{folder}/" if folder else "/", "filesize": len(content),
                 "fileurl": f"{self.url}/webservice/pluginfile.php{place}", "timemodified": 1, "mimetype": "text/plain"}
            )  # fmt: skip
        plugins = [
            {"type": "file", "name": "File submissions", "fileareas": [{"area": "submission_files", "files": stored}]},
            {"type": "onlinetext", "name": "Online text", "fileareas": [{"area": "submissions_onlinetext", "files": []}],
             "editorfields": [{"name": "onlinetext", "description": "", "text": text, "format": 1}]},
            {"type": "comments", "name": "Submission comments"},
        ]  # fmt: skip
        known = {"id": 100 + user, "userid": user, "attemptnumber": 0, "timecreated": 1, "timemodified": 1, "status": "submitted",
                 "groupid": 0, "gradingstatus": "notgraded", "plugins": plugins}  # fmt: skip
        self.submissions.append({**known, **more})

    def saved(self) -> list[dict[str, str]]:
        """The calls that saved something."""
        return [given for name, given in self.asked if name == "mod_assign_save_grades"]

    # What the functions answer.

    def answer(self, function: str, given: dict[str, str]) -> Any:
        """The JSON of a function."""
        self.asked.append((function, given))
        if given.get("wstoken") != TOKEN:
            return exception("invalidtoken", f"Invalid token {given.get('wstoken')} - token not found")
        if function in self.faults:
            return self.faults[function](given)
        if function not in self.functions:
            return exception(
                "invalidrecord", f"Can't find data record in database table external_functions ({function})"
            )
        return getattr(self, function)(given)

    def core_webservice_get_site_info(self, given: dict[str, str]) -> Any:
        functions = [{"name": name, "version": "2024100705"} for name in self.functions]
        return {"sitename": "Test", "username": "teacher", "userid": 2, "lang": "fr", "release": "4.5.5+", "version": "2024100705",
                "functions": functions, "downloadfiles": 1, "uploadfiles": 1}  # fmt: skip

    def mod_assign_get_assignments(self, given: dict[str, str]) -> Any:
        others = {**self.assignment, "id": 9, "cmid": 1}
        course = {"id": 2, "fullname": "Course", "shortname": "C", "assignments": [others, self.assignment]}
        return {"courses": [course], "warnings": []}

    def mod_assign_get_submissions(self, given: dict[str, str]) -> Any:
        if not self.submissions:
            warning = {"item": "module", "itemid": 1, "warningcode": "3", "message": "No submissions found"}
            return {"assignments": [], "warnings": [warning]}
        return {"assignments": [{"assignmentid": 1, "submissions": self.submissions}], "warnings": []}

    def mod_assign_list_participants(self, given: dict[str, str]) -> Any:
        assert given["groupid"] == "0"
        assert given["filter"] == ""
        return self.participants

    def mod_assign_get_user_mappings(self, given: dict[str, str]) -> Any:
        if not self.numbers:
            warning = {"item": "assignment", "itemid": 1, "warningcode": "2", "message": "No mappings found"}
            return {"assignments": [], "warnings": [warning]}
        mappings = [{"id": number, "userid": user} for number, user in self.numbers.items()]
        return {"assignments": [{"assignmentid": 1, "mappings": mappings}], "warnings": []}

    def mod_assign_get_grades(self, given: dict[str, str]) -> Any:
        if not self.grades:
            warning = {"item": "assignment", "itemid": 1, "warningcode": "3", "message": "No grades found"}
            return {"assignments": [], "warnings": [warning]}
        grades = [
            {"id": user, "userid": user, "attemptnumber": 0, "timecreated": 1, "timemodified": 1, "grader": 2, "grade": grade,
             "gradefordisplay": ""}
            for user, grade in self.grades.items()
        ]  # fmt: skip
        return {"assignments": [{"assignmentid": 1, "grades": grades}], "warnings": []}

    def core_grading_get_definitions(self, given: dict[str, str]) -> Any:
        assert given["areaname"] == "submissions"
        area = {
            "cmid": 4821,
            "contextid": 1,
            "component": "mod_assign",
            "areaname": "submissions",
            "activemethod": None,
            "definitions": [],
        }
        if self.rubric:
            area |= {
                "activemethod": "rubric",
                "definitions": [{"id": 1, "method": "rubric", "rubric": {"rubric_criteria": self.rubric}}],
            }
        if self.guide:
            area |= {
                "activemethod": "guide",
                "definitions": [{"id": 1, "method": "guide", "guide": {"guide_criteria": self.guide}}],
            }
        return {"areas": [area], "warnings": []}

    def mod_assign_save_grades(self, given: dict[str, str]) -> None:
        places = sorted({int(match[1]) for name in given if (match := re.match(r"grades\[(\d+)\]", name))})
        for place in places:
            own = {
                name.removeprefix(f"grades[{place}]"): value
                for name, value in given.items()
                if name.startswith(f"grades[{place}]")
            }
            self._save(own, team=given["applytoall"] == "1")

    def _save(self, own: dict[str, str], *, team: bool) -> None:
        required = {"[userid]", "[grade]", "[attemptnumber]", "[addattempt]", "[workflowstate]"}
        assert required <= own.keys()
        user = int(own["[userid]"])
        group = next((one["groupid"] for one in self.participants if one["id"] == user), 0)
        users = [one["id"] for one in self.participants if team and group and one["groupid"] == group] or [user]
        for one in users:
            self.grades[one] = f"{self._kept(own):.5f}"
            if (text := own.get("[plugindata][assignfeedbackcomments_editor][text]")) is not None:
                self.comments[one] = text
            if area := own.get("[plugindata][files_filemanager]"):
                self.feedback[one] = self.drafts[int(area)]

    def _kept(self, own: dict[str, str]) -> float:
        """The grade that Moodle stores; -1 is none."""
        if self.rubric:
            return self._by_form(own, "rubric", "levelid", self._levels())
        if self.guide:
            return self._by_form(own, "guide", "score", None)
        grade = float(own["[grade]"])
        return grade if 0 <= grade <= self.assignment["grade"] else -1

    def _levels(self) -> dict[str, float]:
        return {str(level["id"]): level["score"] for row in self.rubric or [] for level in row["levels"]}

    def _by_form(self, own: dict[str, str], form: str, key: str, scores: dict[str, float] | None) -> float:
        given = [
            value
            for name, value in own.items()
            if name.startswith(f"[advancedgradingdata][{form}]") and name.endswith(f"[{key}]")
        ]
        rows = self.rubric or self.guide or []
        if len(given) != len(rows):
            return -1
        total = sum(scores[value] if scores else float(value) for value in given)
        most = sum(max(level["score"] for level in row["levels"]) if scores else row["maxscore"] for row in rows)
        return total / most * self.assignment["grade"]


class _Handler(BaseHTTPRequestHandler):
    """One request; always status 200, unless a fault says otherwise."""

    moodle: Moodle

    def do_POST(self) -> None:
        path, body = urlsplit(self.path).path, self.rfile.read(int(self.headers["Content-Length"]))
        if path == "/moodle/webservice/rest/server.php":
            given = dict(parse_qsl(body.decode(), keep_blank_values=True))
            assert given["moodlewsrestformat"] == "json"
            self._say(self.moodle.answer(given["wsfunction"], given))
        elif path == "/moodle/webservice/upload.php":
            self._say(self._uploaded(body))
        else:
            self.send_error(404)

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        place = unquote(parts.path).removeprefix("/moodle/webservice/pluginfile.php")
        if parse_qs(parts.query).get("token") != [TOKEN] or place not in self.moodle.files:
            self._say({"error": "The file does not exist.", "errorcode": "filenotfound"})
        else:
            self._send(self.moodle.files[place], "application/octet-stream")

    def _uploaded(self, body: bytes) -> Any:
        message = BytesParser(policy=HTTP).parsebytes(
            b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n" + body
        )
        parts = {part.get_param("name", header="content-disposition"): part for part in message.iter_parts()}
        if parts["token"].get_content().strip() != TOKEN:
            return {"error": "Invalid token", "errorcode": "invalidtoken"}
        area = 519021040 + len(self.moodle.drafts)
        self.moodle.drafts[area] = parts["file_1"].get_payload(decode=True)
        return [
            {
                "itemid": area,
                "filename": parts["file_1"].get_filename(),
                "filearea": "draft",
                "component": "user",
                "filepath": "/",
            }
        ]

    def _say(self, content: Any) -> None:
        if isinstance(content, bytes):
            self._send(content, "text/html")
        elif isinstance(content, int):
            self.send_error(content)
        else:
            self._send(json.dumps(content).encode(), "application/json; charset=utf-8")

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def served() -> Iterator[Moodle]:
    """A site that answers until the end."""
    moodle = Moodle()
    handler = type("Handler", (_Handler,), {"moodle": moodle})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    moodle.url = f"http://127.0.0.1:{server.server_address[1]}/moodle"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield moodle
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
