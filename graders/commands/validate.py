"""`grade.py validate`."""
def validate() -> None:
    """x"""
