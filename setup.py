"""What pyproject.toml cannot say: the assignments go into the wheel, each file where `graders.paths` finds it."""

from itertools import groupby
from pathlib import Path

from setuptools import setup

FOLDERS = ("assignments", "reference", "student_template")
found = sorted(
    path for name in FOLDERS for path in Path(name).rglob("*") if path.is_file() and "__pycache__" not in path.parts
)
# Not below lib or share: those every submission is shown, as a part of Python.
beside = [
    (f"etc/graders/{folder}", [str(path) for path in files])
    for folder, files in groupby(found, lambda path: path.parent.as_posix())
]
setup(data_files=[("etc/graders", ["grade.py"]), *beside])
