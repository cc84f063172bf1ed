"""A CodeRunner question: the template to paste, and the grader as its support file. Jobe must have torch and the others."""

from __future__ import annotations

from pathlib import PurePosixPath

from graders.lms.packing import GRADER, Order, grader, zipped

# Twig puts the answer between the quotes, escaped for Python.
TEMPLATE = '''import pathlib, subprocess, sys, tempfile, zipfile

answer = """{{{{ STUDENT_ANSWER | e('py') }}}}"""
attached = [name.strip() for name in """{{{{ ATTACHMENTS | e('py') }}}}""".split(",") if name.strip()]
with tempfile.TemporaryDirectory() as folder:
    grader, work = pathlib.Path(folder, "grader"), pathlib.Path(folder, "work")
    zipfile.ZipFile("{grader}").extractall(grader)
    work.mkdir()
    if answer.strip():
        ending = ".ipynb" if answer.lstrip().startswith("{{") else ".py"
        (work / ("{name}" + ending)).write_text(answer, encoding="utf-8")
    for name in attached:
        (work / name).write_bytes(pathlib.Path(name).read_bytes())
    command = [sys.executable, str(grader / "grade.py"), "autograde", "coderunner", "--root", str(work)]
    done = subprocess.run(command + "{options}".split(), capture_output=True, text=True)
    print(done.stdout or done.stderr[-1000:])
'''


def files(order: Order) -> dict[str, bytes | str]:
    """The template, and the support file."""
    name = PurePosixPath(order.assignment.deliverables[0]).stem
    return {
        "template.py": TEMPLATE.format(grader=GRADER, name=name, options=order.options),
        GRADER: zipped(dict(grader(order.assignment))),
    }
