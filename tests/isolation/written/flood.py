"""3.4, 30: more output than anybody reads."""
# expect at none: error flooded
# expect: error flooded
# told: It produced more output than anybody would read.
import os


def square(x):
    while True:
        os.write(1, b"\x1b[31m\xff" * 2**17)
