"""Import the Python files of an assignment: its folder's name is no module name, so they are found by path."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import cast

from graders import paths
from graders.assignment import Assignment, DeclarationError
from graders.suite.suite import Suite, check


def published(id: str, name: str) -> ModuleType:
    """The module `assignments/<id>/<name>.py`."""
    return imported(paths.PUBLISHED / id / f"{name}.py", f"published.{id}.{name}")


def secret(id: str, name: str) -> ModuleType:
    """The module or package `reference/<id>/<name>`."""
    return imported(paths.SECRET / id / f"{name}.py", f"secret.{id}.{name}")


def hidden_suite(assignment: Assignment) -> Suite:
    """The hidden suite: every criterion a machine judges."""
    package = imported(assignment.secret / "hidden" / "__init__.py", f"hidden_{assignment.id}")
    return check(cast("Suite", package.suite), assignment)


def self_check(assignment: Assignment) -> Suite:
    """The published suite that students run."""
    return check(cast("Suite", published(assignment.id, "selfcheck").suite), assignment, whole=False)


@cache
def imported(path: Path, name: str) -> ModuleType:
    """A module by its path; a package may import its siblings."""
    name = name.replace("-", "_").replace(".", "_")
    folder = [str(path.parent)] if path.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=folder)
    if spec is None or spec.loader is None or not path.exists():
        raise DeclarationError(f"{path} is missing")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
