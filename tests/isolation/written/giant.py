"""3.4, 31 and 32: an array that claims to be larger than the machine."""
# told: It raised TooMuchError.
# expect at none: error raised
# expect: error raised
import numpy as np


def square(x):
    return np.broadcast_to(np.float64(x * x), (2**50,))
