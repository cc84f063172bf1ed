"""3.4, 31: a number of a million digits."""
# expect at none: error unreadable | error raised
# expect: error unreadable | error raised
def square(x):
    return x << 3_300_000
