"""Canvas over its API: submissions in, marks, comments, rubrics and pages out."""
