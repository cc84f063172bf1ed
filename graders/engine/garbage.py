"""How often the collector looks for objects that only hold each other."""

import gc

# A collection each time so many more objects were made than given back: of a submission, little is left in cycles.
ALLOCATIONS = 50_000


def collect_seldom() -> None:
    """A class makes very many objects that end by themselves."""
    gc.set_threshold(ALLOCATIONS)
