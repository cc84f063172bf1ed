"""3.1, 01: a number that is equal to everything."""
# expect at none: error unreadable
# expect: error unreadable
# told: It returned something that cannot be read: Always.
class Always(float):
    __eq__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = float.__hash__


def square(x):
    return Always(2 * x)
