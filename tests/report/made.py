"""Made-up rubrics, verdicts and reports, and the text of a student who attacks whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping

from graders.language import say, translator
from graders.report.model import BindingLine, Header, Report
from graders.report.score import score
from graders.rubric import RubricLine
from graders.verdict import Verdict, failed, partial, passed

HOSTILE = "<script>alert(1)</script>\x1b]52;c;x\x07\u202egnp\u200b [bold red]x[/] =1+1 \x9b2J {0} {{ 7*7 }}"
RAW = ("<script>", "\x1b", "\x07", "\u202e", "\u200b", "\x9b")

RUBRIC = (
    RubricLine(id="mlp.layers", question="1.3", points=1, title={"en": "Four maps", "fr": "Quatre couches"}),
    RubricLine(id="mlp.biases", question="1.3", points=0.5, title={"en": "Biases", "fr": "Biais"}),
    RubricLine(id="metrics.f1", question="1.6", points=2, title={"en": "F1", "fr": "F1"}),
    RubricLine(id="answer", question="1.6", points=0.5, title={"en": "Why", "fr": "Pourquoi"}, manual=True),
)
VERDICTS = {
    "mlp.layers": passed(say("Four were seen.")),
    "mlp.biases": partial(0.5, "pytorch-default", say("The default was left."), say("Zero is simpler.")),
    "metrics.f1": failed("arithmetic-mean", say("It is the arithmetic mean.")),
}
OURS = Header(
    assignment="ue73-tp2",
    submission="alice",
    digest="sha256:00",
    status="ungradable",
    reason=say("The sandbox did not start."),
)


def header(submission: str = "alice") -> Header:
    """What is known of a submission that can be graded."""
    found = BindingLine(expected="f1_score", found=f"f1 {submission}", how="alias")
    lost = BindingLine(expected="train", found=None, how="missing")
    about = {"python": "3.11"}
    digest = "sha256:00"
    return Header(
        assignment="ue73-tp2", submission=submission, digest=digest, bindings=(found, lost), environment=about
    )


def report(
    submission: str = "alice",
    verdicts: Mapping[str, Verdict] = VERDICTS,
    *,
    about: Header | None = None,
    language: str = "en",
) -> Report:
    """A scored report."""
    about = about or header(submission)
    return score(RUBRIC, verdicts, header=about, translate=translator(language), language=language)


def hostile() -> Report:
    """A report with the attack in every place that a student reaches."""
    said = say("It returned {value}.", value=HOSTILE)
    judged = failed("wrong", said).model_copy(update={"flags": (said,)})
    return report(HOSTILE, VERDICTS | {"metrics.f1": judged})
