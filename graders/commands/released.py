"""`grade.py release`."""
def check() -> None:
    """x"""
def release() -> None:
    """x"""
