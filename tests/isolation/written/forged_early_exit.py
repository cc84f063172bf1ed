"""3.1, 02 and 03: the same while it is read."""
# expect at none: fail doubled
# expect: fail doubled
# told: It doubles.
# flagged: only its definitions were read
import os


def square(x):
    return 2 * x


os._exit(0)
