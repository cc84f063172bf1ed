"""Workflows for GitHub Actions: the published checks in a student's repository, the grading in the teacher's private one.

A student can change the workflow of their own repository, and read every secret that it gets: nothing hidden may go there.
"""

from __future__ import annotations

from graders.lms.packing import Order, grader

CHECK = """# In each student's repository, beside what `grade.py release {id}` made: the published checks, on every push.
name: check
on: [push, workflow_dispatch]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
          cache: pip
      - run: pip install torch --index-url https://download.pytorch.org/whl/cpu
      - run: pip install -r requirements.txt
      - run: python grade.py check --assignment {id} --lang {language}
"""
GRADE = """# In the teacher's private repository, which holds the grader: one student's repository is fetched and graded.
name: grade
on:
  workflow_dispatch:
    inputs:
      repository:
        description: "owner/name of the student's repository"
        required: true
      ref:
        description: "branch, tag or commit"
        default: main
permissions:
  contents: read
jobs:
  grade:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: actions/checkout@v4
        with:
          repository: ${{{{ inputs.repository }}}}
          ref: ${{{{ inputs.ref }}}}
          token: ${{{{ secrets.SUBMISSIONS_TOKEN || github.token }}}}
          path: submission
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
          cache: pip
      - run: pip install torch --index-url https://download.pytorch.org/whl/cpu
      - run: pip install -r requirements.txt
      - id: grade
        run: python grade.py autograde github {options}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: graded
          path: graded/
"""


def files(order: Order) -> dict[str, bytes | str]:
    """The teacher's repository, and the one file for those of students."""
    id, language = order.assignment.id, order.language
    return {
        **{f"teacher/{name}": content for name, content in grader(order.assignment).items()},
        "teacher/.github/workflows/grade.yml": GRADE.format(options=order.options),
        "student/.github/workflows/check.yml": CHECK.format(id=id, language=language),
    }
