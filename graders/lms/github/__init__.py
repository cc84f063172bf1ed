"""GitHub Actions: annotations, a job summary, JUnit XML."""

from graders.lms.github.autograde import autograde

__all__ = ["autograde"]
