"""Moodle over its web services: submissions in, marks and feedback out, with nothing to carry by hand."""
