"""PrairieLearn: an external grader."""

from graders.lms.prairielearn.autograde import autograde

__all__ = ["autograde"]
