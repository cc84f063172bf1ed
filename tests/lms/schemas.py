"""The documented formats of platforms, as JSON schemas: what they do not know is refused."""

from __future__ import annotations

from typing import Any

TEXT, NUMBER, POINTS = {"type": "string"}, {"type": "number"}, {"type": "number", "minimum": 0}
VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}


def exactly(required: str, **properties: Any) -> dict[str, Any]:
    """An object with these properties and no others."""
    return {"type": "object", "properties": properties, "required": required.split(), "additionalProperties": False}


GRADESCOPE_TEST = exactly(
    "name",
    score=NUMBER,
    max_score=NUMBER,
    status={"enum": ["passed", "failed"]},
    name=TEXT,
    name_format=FORMAT,
    number=TEXT,
    output=TEXT,
    output_format=FORMAT,
    tags={"type": "array", "items": TEXT},
    visibility=VISIBILITY,
    extra_data={"type": "object"},
)
GRADESCOPE = {
    **exactly(
        "",
        score=NUMBER,
        execution_time=NUMBER,
        output=TEXT,
        output_format=FORMAT,
        test_output_format=FORMAT,
        test_name_format=FORMAT,
        visibility=VISIBILITY,
        stdout_visibility=VISIBILITY,
        extra_data={"type": "object"},
        tests={"type": "array", "items": GRADESCOPE_TEST, "minItems": 1},
        leaderboard={"type": "array"},
    ),
    "anyOf": [{"required": ["score"]}, {"required": ["tests"]}],
}
IMAGES = {"type": "array", "items": exactly("url", label=TEXT, url=TEXT)}
# If one test lacks points or max_points, PrairieLearn shows none in detail: both are required here.
PRAIRIELEARN_TEST = exactly(
    "name points max_points",
    name=TEXT,
    description=TEXT,
    points=NUMBER,
    max_points=NUMBER,
    message=TEXT,
    output=TEXT,
    images=IMAGES,
)
PRAIRIELEARN = {
    **exactly(
        "gradable",
        gradable={"type": "boolean"},
        score={"type": "number", "minimum": 0, "maximum": 1},
        message=TEXT,
        output=TEXT,
        images=IMAGES,
        tests={"type": "array", "items": PRAIRIELEARN_TEST},
        format_errors={"type": "array", "items": TEXT},
    ),
    "if": {"properties": {"gradable": {"const": True}}},
    "then": {"required": ["score"]},
    "else": {"required": ["format_errors"], "not": {"required": ["score"]}},
}
CODERUNNER = exactly(
    "fraction testresults",
    fraction={"type": "number", "minimum": 0, "maximum": 1},
    prologuehtml=TEXT,
    testresults={"type": "array", "items": {"type": "array"}, "minItems": 1},
    columnformats={"type": "array", "items": {"enum": ["%s", "%h"]}},
    epiloguehtml=TEXT,
    instructorhtml=TEXT,
    showdifferences={"type": "boolean"},
    showoutputonly={"type": "boolean"},
    graderstate=TEXT,
    files={"type": "object"},
)
