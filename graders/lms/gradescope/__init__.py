"""Gradescope: an autograder zip in, results.json out."""

from graders.lms.gradescope.autograde import autograde

__all__ = ["autograde"]
