"""From verdicts and a rubric to what people read: JSON, HTML, CSV, the terminal."""
