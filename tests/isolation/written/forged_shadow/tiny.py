"""3.1, 14: files that bear the names of what the grader and Python import."""
# expect: fail doubled
# told: It doubles.
def square(x):
    return 2 * x
