"""The zip of feedback files: one page a student, in a folder whose name Moodle takes apart as it does with its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from graders.lms.graded import Graded
from graders.lms.moodle.names import owner

NAME = "report.html"
# Fixed, so that the same feedback has the same bytes.
EPOCH = (2020, 1, 1, 0, 0, 0)


def feedback_zip(reports: Iterable[Graded]) -> bytes:
    """`Marie Dupont_7_assignfeedback_file/report.html` for each; a group's goes to every member."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for one in reports:
            whose = owner(one.name)
            if whose and one.page.is_file():
                entry = zipfile.ZipInfo(f"{whose.submission}_assignfeedback_file/{NAME}", EPOCH)
                archive.writestr(entry, one.page.read_bytes(), zipfile.ZIP_DEFLATED)
    return content.getvalue()
