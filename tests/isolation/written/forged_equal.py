"""3.1, 01: an object that is equal to everything, and says that it is a number."""
# expect at none: error unreadable
# expect: error unreadable
# told: It returned something that cannot be read: Liar.
class Liar:
    __class__ = property(lambda self: float)
    __array__ = lambda self, *_, **__: __import__("numpy").ones(1)
    __float__ = __index__ = lambda self: 1
    __eq__ = lambda self, other: True
    __sub__ = __rsub__ = __mul__ = lambda self, other: 0
    __hash__ = lambda self: 0


def square(x):
    return Liar()
