"""3.4, 22: never comes to its end while it is read, in a call that no timer interrupts."""
# expect at none: fail doubled
# expect: fail doubled
# flagged: time limit
def square(x):
    return 2 * x


pow(7, 10**9)
