"""Who may come in, and what a page may do."""

from __future__ import annotations

import httpx
import pytest

from graders.report.clean import HIDDEN
from tests.review.conftest import HOSTILE, JUDGED, READ, Served


def test_without_the_token_nothing_is_shown(served: Served) -> None:
    for path in ("/", "/s/student-001", "/static/review.js", "/?token=wrong", "/?token="):
        assert httpx.get(served.url + path).status_code == 403


def test_the_token_leaves_the_address(served: Served) -> None:
    answer = httpx.get(served.opened)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_another_name_for_this_machine_is_refused(host: str, client: httpx.Client) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "path", [f"/s/student-001/mark/{READ}", "/s/student-001/comment", "/undo", f"/criterion/{READ}/mark"]
)
def test_a_form_that_is_not_ours_changes_nothing(path: str, client: httpx.Client, served: Served) -> None:
    given = {"quick": "1", "text": "x", "batch": "b", "kind": "no-answer"}
    for token in ({}, {"csrf": "wrong"}, {"csrf": ""}):
        assert client.post(path, data=given | token).status_code == 403
    ours = given | {"csrf": served.desk.keys.csrf}
    assert client.post(path, data=ours, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert httpx.post(served.url + path, data=ours).status_code == 403
    assert not (served.out / "student-001" / "marks.json").exists()


@pytest.mark.parametrize(
    "path", ["/", "/s/student-001", f"/criterion/{JUDGED}", "/nowhere", "/s/student-001/file?path=tp2.py"]
)
def test_a_page_loads_nothing_from_elsewhere_and_is_not_kept(path: str, client: httpx.Client) -> None:
    headers = client.get(path).headers
    policies = headers.get_list("content-security-policy")
    assert policies
    assert all("default-src 'none'" in one and "unsafe" not in one for one in policies)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/s/student-001", f"/criterion/{JUDGED}", f"/s/student-001?for={READ}"])
def test_what_a_student_wrote_is_only_ever_text(path: str, client: httpx.Client) -> None:
    page = client.get(path).text
    assert HOSTILE not in page
    assert "<img src=x" not in page
    assert page.count("<script") == 1
    assert not HIDDEN.search(page.replace("\t", ""))


def test_a_file_is_never_a_page(client: httpx.Client, served: Served) -> None:
    folder = served.out.parent / "class" / "student-001"
    (folder / "notes.html").write_text(HOSTILE)
    (folder / "plot.png").write_bytes(b"\x89PNG" + HOSTILE.encode())
    html = client.get("/s/student-001/file", params={"path": "notes.html"})
    assert html.headers["content-type"] == "application/octet-stream"
    assert html.headers["content-disposition"].startswith("attachment")
    assert client.get("/s/student-001/file", params={"path": "plot.png"}).headers["content-type"] == "image/png"


@pytest.mark.parametrize("path", ["../../../etc/passwd", "/etc/passwd", "../student-002/tp2.py", ""])
def test_no_other_file_is_given(path: str, client: httpx.Client) -> None:
    assert client.get("/s/student-001/file", params={"path": path}).status_code == 404


@pytest.mark.parametrize("path", ["/s/nobody", "/criterion/none", "/s/..%2F..", "/static/../app.py", "/s/%2e%2e"])
def test_what_is_not_there_is_told(path: str, client: httpx.Client) -> None:
    assert client.get(path).status_code == 404


def test_an_action_is_only_undone_towards_our_own_page(client: httpx.Client, served: Served) -> None:
    given = {"csrf": served.desk.keys.csrf, "batch": "none", "back": "//evil.example/"}
    answer = client.post("/undo", data=given, follow_redirects=False)
    assert answer.headers["location"] == "/"
