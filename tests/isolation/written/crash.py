"""3.4, 58: reads memory that is not there."""
# expect at none: error crashed
# expect: error crashed
# told: The process ended in the middle (SIGSEGV).
import ctypes


def square(x):
    ctypes.string_at(0)
