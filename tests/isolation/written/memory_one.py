"""3.4, 26: memory in one process."""
# expect at none: error memory
# expect: error memory
# told: It asked for more memory than there is.
def square(x):
    taken = []
    while True:
        taken.append(b"x" * 2**24)
