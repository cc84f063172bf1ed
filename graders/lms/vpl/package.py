"""The execution files of a VPL activity: `vpl_evaluate.sh` and the grader. The jail server must have torch and the others."""

from __future__ import annotations

from graders.lms.packing import GRADER, Order, grader, zipped

EVALUATE = """#!/bin/bash
# VPL calls it to make vpl_execution, whose output it reads.
[ -f vpl_environment.sh ] && . ./vpl_environment.sh
cat > vpl_execution <<'END'
#!/bin/bash
[ -f vpl_environment.sh ] && . ./vpl_environment.sh
here="$(mktemp -d)"
trap 'rm -rf "$here"' EXIT
python="${{PYTHON:-python3}}"
"$python" -m zipfile -e {grader} "$here"
"$python" "$here/grade.py" autograde vpl --root "$PWD" {options} 2> "$here/errors"
# What the grader itself complains of is for the teacher to see, and begins no line as VPL's tags do.
if [ -s "$here/errors" ]; then
    echo "<|--"
    tail -n 5 "$here/errors" | sed 's/:=>>/: = > >/g; s/^/>/'
    echo "--|>"
fi
END
chmod +x vpl_execution
"""


def files(order: Order) -> dict[str, bytes | str]:
    """What is uploaded as execution files; `grader.zip` must be among the files to keep when running."""
    return {
        "vpl_evaluate.sh": EVALUATE.format(grader=GRADER, options=order.options),
        GRADER: zipped(dict(grader(order.assignment))),
    }
