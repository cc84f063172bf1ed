"""`grade.py PATH` grades; `grade.py VERB …` does something else. The verb may be left out."""

from __future__ import annotations

import sys
from collections.abc import Sequence

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
from graders.commands.usage import UsageError, spoken
from graders.engine.classroom import NoClassError
from graders.gradebook.trouble import TeachersFileError
from graders.language import Message, say, translator
from graders.lms.trouble import ExchangeError
from graders.sandbox.session import SandboxError

USAGE, OURS = 2, 1

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None, help=__doc__
)
app.command("grade")(grade.grade)
app.command("check")(released.check)
app.command("rescore")(again.rescore)
app.command("rejudge")(again.rejudge)
app.command("validate")(validate.validate)
app.command("release")(released.release)
app.command("list")(show.list_assignments)
app.command("show")(show.show)
app.command("serve")(serve.serve)
app.command("similar")(similar.similar)
app.command("doctor")(doctor.doctor)
app.command("autograde", hidden=True)(autograde.autograde)

imports = typer.Typer(help="From a learning platform to a folder of submissions.", no_args_is_help=True)
imports.command("moodle")(moodle.import_moodle)
imports.command("canvas")(canvas.import_canvas)
app.add_typer(imports, name="import")

exports = typer.Typer(help="Marks and feedback, or a grader, as a platform takes them.", no_args_is_help=True)
exports.command("moodle")(moodle.export_moodle)
exports.command("canvas")(canvas.export_canvas)
exports.command("gradescope")(packages.export_gradescope)
exports.command("prairielearn")(packages.export_prairielearn)
exports.command("vpl")(packages.export_vpl)
exports.command("coderunner")(packages.export_coderunner)
exports.command("github")(packages.export_github)
app.add_typer(exports, name="export")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status: 0 done, 1 something of ours failed, 2 usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    verbs = {one.name for one in app.registered_commands} | {one.name for one in app.registered_groups}
    if given and given[0] not in verbs and not given[0].startswith("-"):
        given.insert(0, "grade")
    translate = translator(spoken(given))
    try:
        status = app(given, standalone_mode=False)
    except (UsageError, NoClassError, ExchangeError, TeachersFileError) as error:
        return _said(translate(error.message), USAGE)
    except DeclarationError as error:
        return _said(str(error), USAGE)
    except (SandboxError, OSError) as error:
        return _said(str(error), OURS)
    except typer.Exit as end:
        return end.exit_code
    except typer.TyperException as error:
        return _said(translate(_misunderstood(error)) if given else error.format_message(), USAGE)
    return status if isinstance(status, int) else 0


def _misunderstood(error: typer.TyperException) -> Message:
    """What the parser of the command line says is English in every language."""
    return say("The command was not understood. {problem}\nSee grade.py --help.", problem=error.format_message())


def _said(problem: str, status: int) -> int:
    Console(stderr=True).print(problem, style="red", markup=False, highlight=False, soft_wrap=True)
    return status
