"""`grade.py PATH` grades; `grade.py VERB …` does something else. The verb may be left out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import typer
from rich.console import Console

from graders.assignment import DeclarationError
from graders.commands import (
    again,
    autograde,
    canvas,
    doctor,
    grade,
    moodle,
    packages,
    released,
    serve,
    show,
    similar,
    validate,
)
from graders.commands.helping import TRANSLATE, Verb, Verbs, fault, speaking
from graders.commands.usage import UsageError, spoken
from graders.engine.classroom import NoClassError
from graders.engine.garbage import collect_seldom
from graders.gradebook.trouble import TeachersFileError
from graders.language import Message, say, translator
from graders.lms.trouble import ExchangeError
from graders.sandbox.session import SandboxError

USAGE, OURS = 2, 1
MOST_LETTERS = 110

ABOUT = say(
    "`grade.py FOLDER` grades the submissions in a folder; `grade.py COMMAND …` does something else. "
    "`grade.py COMMAND --help` tells more."
)
app = typer.Typer(
    cls=Verbs,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"max_content_width": MOST_LETTERS},
    help=ABOUT.text,
)


def verb(
    name: str, command: Callable[..., int | None], about: Message, group: typer.Typer = app, hidden: bool = False
) -> None:
    """A command under its name, with what `--help` says of it."""
    group.command(name, cls=Verb, help=about.text, hidden=hidden)(command)


verb("grade", grade.grade, say("Grade the submissions of a class, write their reports, and say what was found."))
verb(
    "check",
    released.check,
    say("Run the published checks on your own work: visible inputs, nothing hidden. Passing is a start, not a mark."),
)
verb(
    "rescore",
    again.rescore,
    say("Score stored verdicts under the rubric as it is now: no judge and no student code is run."),
)
verb(
    "rejudge",
    again.rejudge,
    say("Judge stored evidence with the checks as they are now; student code runs for new questions only."),
)
verb(
    "validate",
    validate.validate,
    say("Check that the reference and every right way have full marks, and every mutant loses exactly its criteria."),
)
verb("release", released.release, say("Make the zip that students get: statement, template, data, self-check."))
verb("list", show.list_assignments, say("The assignments that are here, with their titles."))
verb("show", show.show, say("Show one report."))
verb(
    "serve",
    serve.serve,
    say("Read a class in the browser: award what is pending, overrule a verdict, comment. Ends with Ctrl-C."),
)
verb(
    "similar", similar.similar, say("Look for near-copies: a hint for a person, never a mark. No student code is run.")
)
verb(
    "doctor", doctor.doctor, say("Say which layers of isolation work here, found by trying them, and what is missing.")
)
verb(
    "autograde",
    autograde.autograde,
    say("Grade the one submission that a platform hands over, and answer in its format."),
    hidden=True,
)

imports = typer.Typer(
    cls=Verbs, help=say("From a learning platform to a folder of submissions.").text, no_args_is_help=True
)
SORT = say("Sort all submissions, from the zip or from the site itself, into one folder a submission.")
verb("moodle", moodle.import_moodle, SORT, imports)
verb("canvas", canvas.import_canvas, SORT, imports)
app.add_typer(imports, name="import")

exports = typer.Typer(
    cls=Verbs, help=say("Marks and feedback, or a grader, as a platform takes them.").text, no_args_is_help=True
)
verb(
    "moodle",
    moodle.export_moodle,
    say("Marks and feedback: into the teacher's grading worksheet and a zip, or to the site itself."),
    exports,
)
verb(
    "canvas",
    canvas.export_canvas,
    say("Marks into the teacher's gradebook; marks, comments and pages to the site itself."),
    exports,
)
verb("gradescope", packages.export_gradescope, say("Make the autograder zip of Gradescope."), exports)
verb(
    "prairielearn",
    packages.export_prairielearn,
    say("Make the image and the question of a PrairieLearn external grader."),
    exports,
)
verb("vpl", packages.export_vpl, say("Make the execution files of a Moodle VPL activity."), exports)
verb(
    "coderunner",
    packages.export_coderunner,
    say("Make the template and the support file of a CodeRunner question."),
    exports,
)
verb(
    "github",
    packages.export_github,
    say("Make the workflows of GitHub Actions: the teacher's private repository, the file for those of students."),
    exports,
)
app.add_typer(exports, name="export")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status: 0 done, 1 something of ours failed, 2 usage."""
    collect_seldom()
    given = list(sys.argv[1:] if arguments is None else arguments)
    verbs = {one.name for one in app.registered_commands} | {one.name for one in app.registered_groups}
    if given and given[0] not in verbs and not given[0].startswith("-"):
        given.insert(0, "grade")
    translate = translator(spoken(given))
    command = typer.main.get_command(app)
    speaking(command, translate)
    try:
        status = command(given, prog_name="grade.py", standalone_mode=False, obj={TRANSLATE: translate})
    except (UsageError, NoClassError, ExchangeError, TeachersFileError) as error:
        return _said(translate(error.message), USAGE)
    except DeclarationError as error:
        return _said(str(error), USAGE)
    except (SandboxError, OSError) as error:
        return _said(str(error), OURS)
    except typer.Exit as end:
        return end.exit_code
    except typer.TyperException as error:
        return _said(translate(fault(error)), USAGE)
    return status if isinstance(status, int) else 0


def _said(problem: str, status: int) -> int:
    Console(stderr=True).print(problem, style="red", markup=False, highlight=False, soft_wrap=True)
    return status
