"""An external grader for PrairieLearn: an image with the grader in it, and a question that uses it."""

from __future__ import annotations

import json
import uuid

from graders.lms.packing import Order, grader

IMAGE = "graders-{id}"
SECONDS = 600
DOCKERFILE = """FROM python:3.11-slim
COPY grader/requirements.txt /requirements.txt
RUN pip install --no-cache-dir torch --index-url https://download.pytorch.org/whl/cpu && \\
    pip install --no-cache-dir -r /requirements.txt
COPY grader /grader
COPY entrypoint.sh /entrypoint.sh
"""
ENTRYPOINT = """#!/usr/bin/env bash
# PrairieLearn calls it for each submission. A first argument stands before PrairieLearn's paths, to try it elsewhere.
here="$(cd "$(dirname "$0")" && pwd)"
python="${{PYTHON:-python3}}"
cd "$here/grader" && exec "$python" grade.py autograde prairielearn --root "${{1:-/}}" --seconds {seconds} {options}
"""
# Whatever PrairieLearn has as `file-names` must be handed in, all of it; here one of the names is enough, or any other.
OTHERS = "*.py, *.ipynb"
QUESTION = """<pl-question-panel>
<p>{title}</p>
<pl-file-upload optional-file-names="{names}" optional-file-patterns="{others}"></pl-file-upload>
</pl-question-panel>
<pl-submission-panel>
<pl-external-grader-results></pl-external-grader-results>
<pl-file-preview></pl-file-preview>
</pl-submission-panel>
"""


def files(order: Order) -> dict[str, bytes | str]:
    """The image's folder, and the question's two files."""
    inside = {f"grader/{name}": content for name, content in grader(order.assignment).items()}
    title = order.assignment.title[order.language]
    return {
        **inside,
        "Dockerfile": DOCKERFILE,
        "entrypoint.sh": ENTRYPOINT.format(seconds=SECONDS - 30, options=order.options),
        "question/info.json": json.dumps(_info(order, title), indent=4, ensure_ascii=False) + "\n",
        "question/question.html": QUESTION.format(
            title=title, names=", ".join(order.assignment.deliverables), others=OTHERS
        ),
    }


def _info(order: Order, title: str) -> dict[str, object]:
    """PrairieLearn knows questions by their uuid: the same assignment is the same question."""
    return {
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"graders/{order.assignment.id}")),
        "title": title,
        "topic": "Deep learning",
        "type": "v3",
        "gradingMethod": "External",
        "externalGradingOptions": {
            "enabled": True,
            "image": IMAGE.format(id=order.assignment.id),
            "entrypoint": "/entrypoint.sh",
            "timeout": SECONDS,
        },
    }
