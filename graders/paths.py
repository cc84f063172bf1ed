"""Where things lie in a checkout: the folder is the audience."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
PUBLISHED = ROOT / "assignments"
SECRET = ROOT / "reference"
TEMPLATES = ROOT / "student_template"
EXAMPLES = ROOT / "examples" / "submissions"
