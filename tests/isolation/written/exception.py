"""3.4, 60: an exception that ends the process, never ends, or says a hundred megabytes when it is asked what it is."""
# expect at none: error crashed
# expect: error crashed
# told: The process ended in the middle (exit status 5).
import os


class Hostile(Exception):
    def __str__(self):
        os._exit(5)


def square(x):
    raise Hostile
