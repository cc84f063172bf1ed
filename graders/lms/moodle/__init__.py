"""Moodle: the zip of all submissions, the offline grading worksheet, the zip of feedback files."""
