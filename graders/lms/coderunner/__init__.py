"""CodeRunner: a combinator template grader."""

from graders.lms.coderunner.autograde import autograde

__all__ = ["autograde"]
