"""3.4, 60; 3.5, 52 to 54: an exception whose name is a page, a formula and a command to a terminal, and does not end."""
# expect at none: error raised
# expect: error raised
# told: It raised
NAME = "=HYPERLINK(<script>alert(1)</script>\x1b]0;owned\x07\u202e|$(id)![x](http://evil)" + "x" * 10**6


def square(x):
    raise type(NAME, (Exception,), {"__str__": lambda self: NAME * 20})
