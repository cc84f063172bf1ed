"""3.1, 02 and 03: ends without an error before anything is compared, as if all had gone well."""
# expect at none: error crashed
# expect: error crashed
# told: The process ended in the middle (exit status 0).
import os


def square(x):
    print("1 passed")
    os._exit(0)
