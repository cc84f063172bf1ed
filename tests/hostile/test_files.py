"""Working directories that go away, and files that are not what their name says."""

from __future__ import annotations

import pytest

from graders.sandbox.box import WORK
from tests.hostile.stage import Classroom, asked, begun, line, lost

RAISED, MEMORY = ("error", "raised"), ("error", "memory")
# A checkout below /tmp shows its interpreter there, read-only: walking through it would take minutes.
GONE = """
import shutil
for folder in ('SUBMISSION', '/tmp', '/dev/shm'):
    for name in os.listdir(folder) if os.path.exists(folder) else ():
        if not os.sys.prefix.startswith(os.path.join(folder, name) + '/'):
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
    if not os.sys.prefix.startswith(folder + '/'):
        shutil.rmtree(folder, ignore_errors=True)
""".strip().replace("SUBMISSION", WORK)
SPLITS = {"splits.files", "splits.disjoint"}
WRITTEN = {*SPLITS, "standardize.leakage"}


@pytest.mark.parametrize(
    "statement",
    [GONE, "os.makedirs('/tmp/elsewhere', exist_ok=True)\nos.chdir('/tmp/elsewhere')", "os.chdir('/')"],
    ids=["deleted", "elsewhere", "root"],
)
def test_a_working_directory_that_goes_away_costs_nothing(classroom: Classroom, statement: str) -> None:
    report = classroom.attacked(begun(asked("accuracy", statement)) + statement)
    assert lost(report) == {}


# An array of four billion numbers, in eighty bytes.
LARGE = "b'\\x93NUMPY\\x01\\x00v\\x00' + b\"{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296,)}\".ljust(117) + b'\\n'"
CHANGES = {
    "device": "os.symlink('/dev/zero', path)",
    "fifo": "os.mkfifo(path)",
    "folder": "os.mkdir(path)",
    "truncated": "open(path, 'wb').write(b'\\x93NUMPY\\x01\\x00' + bytes(3))",
    "objects": "np.save(path, np.array([{}, print], object), allow_pickle=True)",
    "lying": f"open(path, 'wb').write({LARGE} + bytes(80))",
    "records": "np.save(path, np.zeros(3, [('a', 'f8'), ('b', 'i4')]))",
    "empty": "np.save(path, np.zeros((0, 0, 0)))",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_files_that_are_no_arrays_cost_the_criteria_that_read_them(classroom: Classroom, change: str) -> None:
    attack = "\n".join(
        [
            "prepare_rightly(data_dir, out_dir)",
            "for kind in ('train', 'valid'):",
            "    path = os.path.join(str(out_dir), kind, 'x.npy')",
            "    os.remove(path)",
            f"    {change}",
            "return",
        ]
    )
    text = begun(("prepare", attack))
    right = text[text.index("    sets = {name: build") : text.index("# Question 1.3")]
    report = classroom.attacked(f"{text}\n\ndef prepare_rightly(data_dir, out_dir):\n{right}")
    assert set(lost(report)) == {"splits.files", "splits.disjoint", "standardize.leakage"}
    assert line(report, "splits.files").feedback
