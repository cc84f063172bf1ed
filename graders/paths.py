"""Where things lie: the folder is the audience. GRADERS_ROOT names another folder that holds the assignments."""

import os
from pathlib import Path

CODE = Path(__file__).parents[1]
ROOT = Path(os.environ.get("GRADERS_ROOT", CODE))
PUBLISHED = ROOT / "assignments"
SECRET = ROOT / "reference"
TEMPLATES = ROOT / "student_template"
