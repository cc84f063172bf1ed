"""A report as JUnit XML (pytest's xunit2), which every system that runs tests can show."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from graders.report.clean import visible
from graders.report.model import Line, Report
from graders.verdict import Status

FAILED = (Status.FAIL, Status.PARTIAL, Status.MISSING)
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report) -> str:
    """One test a criterion; points are no part of the format, and stand as properties of the suite."""
    counted = [_kind(line) for line in report.criteria]
    suite = ElementTree.Element(
        "testsuite",
        name=report.assignment,
        tests=str(len(counted)),
        failures=str(counted.count("failure")),
        errors=str(counted.count("error")),
        skipped=str(counted.count("skipped")),
        time="0",
    )
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in (("score", report.score), ("max_score", report.max_score), ("pending", report.pending)):
        ElementTree.SubElement(properties, "property", name=name, value=f"{value:g}")
    for line in report.criteria:
        _case(suite, report.assignment, line)
    root = ElementTree.Element("testsuites")
    root.append(suite)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite: ElementTree.Element, assignment: str, line: Line) -> None:
    name = _legal(f"{line.id} {line.title}")
    case = ElementTree.SubElement(suite, "testcase", classname=f"{assignment}.{line.question}", name=name, time="0")
    kind, said = _kind(line), _legal(line.feedback)
    if kind == "skipped":
        ElementTree.SubElement(case, kind, type="pending", message=said)
    elif kind:
        points = f"{line.earned:g}/{line.points:g}"
        ElementTree.SubElement(case, kind, type=line.diagnosis or line.verdict.value, message=points).text = said


def _kind(line: Line) -> str:
    """What a criterion is in a format that knows no partial credit."""
    if line.verdict in FAILED:
        return "failure"
    return {Status.PASS: "", Status.PENDING: "skipped"}.get(line.verdict, "error")


def _legal(text: str) -> str:
    return ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", visible(text))
