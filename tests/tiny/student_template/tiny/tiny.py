def square(x):
    """x²."""
    raise NotImplementedError
