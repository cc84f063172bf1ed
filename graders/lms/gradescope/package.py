"""The autograder zip of Gradescope: `setup.sh` and `run_autograder` at its root, the grader beside them."""

from __future__ import annotations

from graders.lms.packing import Order, grader

# Gradescope runs it as root once, when the image is made. Its older images hold Python 3.10. Elsewhere nothing is installed.
SETUP = """#!/usr/bin/env bash
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
modern() {
    for one in python3.12 python3.11 python3; do
        "$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$one" && return
    done
    return 1
}
use() {
    printf '#!/bin/sh\\nexec "%s" "$@"\\n' "$1" > "$here/python"
    chmod +x "$here/python"
}
python="$(modern || true)"
needed='import torch, numpy, scipy, sklearn, matplotlib, pydantic, jinja2, rich, typer'
if [ -n "$python" ] && "$python" -c "$needed" 2>/dev/null; then
    use "$python"
    exit 0
fi
if [ "$here" != /autograder/source ]; then
    echo "Python 3.11 with the packages of requirements.txt and torch is missing here." >&2
    exit 1
fi
apt-get update
[ -n "$python" ] || { apt-get install -y python3.11 && python="$(command -v python3.11)"; }
version="$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
apt-get install -y "python$version-venv"
"$python" -m venv "$here/venv"
use "$here/venv/bin/python"
"$here/python" -m pip install --no-cache-dir torch --index-url https://download.pytorch.org/whl/cpu ||
    "$here/python" -m pip install --no-cache-dir torch
"$here/python" -m pip install --no-cache-dir -r "$here/requirements.txt"
"""
RUN = """#!/usr/bin/env bash
# Gradescope calls it for each submission. A first argument stands before Gradescope's paths, to try it elsewhere.
root="${{1:-/}}"
source="$root/autograder/source"
python="$source/python"
[ -x "$python" ] || python=python3
cd "$source" && exec "$python" grade.py autograde gradescope --root "$root" {options}
"""


def files(order: Order) -> dict[str, bytes | str]:
    """What goes into the zip."""
    return {**grader(order.assignment), "setup.sh": SETUP, "run_autograder": RUN.format(options=order.options)}
