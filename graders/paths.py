"""Where things lie: the folder is the audience. GRADERS_ROOT names another folder that holds the assignments."""

import os
import sysconfig
from pathlib import Path

CODE = Path(__file__).parents[1]


def _home() -> Path:
    """The checkout, or what a package brought along; else where the wheel puts what no submission may be shown."""
    schemes = (sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user"))
    installed = [Path(sysconfig.get_path("data", scheme), "etc", "graders") for scheme in schemes]
    return next((path for path in (CODE, *installed) if (path / "grade.py").is_file()), CODE)


HOME = _home()
ROOT = Path(os.environ.get("GRADERS_ROOT", HOME))
PUBLISHED = ROOT / "assignments"
SECRET = ROOT / "reference"
TEMPLATES = ROOT / "student_template"
