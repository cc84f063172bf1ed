"""Moodle VPL: an evaluation script, whose output Moodle reads line by line."""

from graders.lms.vpl.autograde import autograde, seconds

__all__ = ["autograde", "seconds"]
