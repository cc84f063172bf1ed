"""`grade.py serve` and `grade.py similar`, as a teacher runs them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from tests.conftest import CHECKOUT, run
from tests.review.conftest import JUDGED, made_class


def test_the_printed_address_opens_the_class_and_ctrl_c_writes_the_tables(tmp_path: Path) -> None:
    shelf = made_class(tmp_path, 3)
    shelf.book.engine.dispose()
    command = [sys.executable, str(CHECKOUT / "grade.py"), "serve", str(shelf.out), "--no-browser", "--as", "prof"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as served:
        assert served.stdout
        assert served.stderr
        address = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", served.stdout.readline())
        assert address, served.stderr.read()
        with httpx.Client(follow_redirects=True) as client:
            page = client.get(address[0]).text
            csrf = re.search(
                r'name="csrf" value="([^"]+)"', client.get(f"{address[0].split('?')[0]}s/student-001").text
            )
            assert "student-002" in page
            assert csrf
            client.post(
                f"{address[0].split('?')[0]}s/student-001/mark/{JUDGED}",
                data={"csrf": csrf[1], "points": "0.5", "why": "it is right"},
            )
        served.send_signal(signal.SIGINT)
        assert served.wait(20) == 0
        assert served.stderr.read() == ""
    assert (shelf.out / "grades.csv").exists()


def test_a_folder_that_holds_no_class(tmp_path: Path) -> None:
    for verb in ("serve", "similar"):
        done = run(verb, tmp_path)
        assert done.returncode == 2
        assert str(tmp_path) in done.stderr


def test_a_class_without_copies_says_so(tmp_path: Path) -> None:
    shelf = made_class(tmp_path, 2)
    shelf.book.engine.dispose()
    done = run("similar", shelf.out, "--lang", "en")
    assert done.returncode == 0
    assert "Groups: 0" in done.stdout
