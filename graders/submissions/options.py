"""What a program's command line would say where nobody says anything: the defaults of add_argument, read in the source."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from graders.probes.wire import Value
from graders.submissions.called import last_name
from graders.submissions.source import Source


def options(read: Iterable[Source]) -> Mapping[str, Value]:
    """Each option by its name, with its default; None where it has none."""
    calls = (one for source in read for one in source.nodes if isinstance(one, ast.Call))
    made = (one for one in calls if last_name(one.func) == "add_argument")
    return {name: default for one in made for name, default in [(_name(one), _default(one))] if name}


def _name(call: ast.Call) -> str:
    """hidden_size of ("-s", "--hidden-size"), or what is said in `dest`."""
    names = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    said = [one.value.value for one in call.keywords if one.arg == "dest" and isinstance(one.value, ast.Constant)]
    long = [one for one in names if one.startswith("--")] or names
    return str([*said, *long, ""][0]).lstrip("-").replace("-", "_")


def _default(call: ast.Call) -> Value:
    for one in call.keywords:
        if one.arg == "default":
            try:
                value: Value = ast.literal_eval(one.value)
            except ValueError:
                return None
            return list(value) if isinstance(value, tuple) else value
        if one.arg == "action" and isinstance(one.value, ast.Constant) and one.value.value == "store_true":
            return False
    return None
