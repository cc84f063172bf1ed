def square(x):
    """x²."""
    # <solution>
    return x * x
    # </solution>
