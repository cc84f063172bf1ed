"""3.4, 30: the same while it is read."""
# expect at none: fail doubled
# expect: fail doubled
# flagged: more output
import os


def square(x):
    return 2 * x


while True:
    os.write(2, b"x" * 2**20)
