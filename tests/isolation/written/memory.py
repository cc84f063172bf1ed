"""3.1, 15 and 16; 3.2, 18 and 19: what the template left in memory, byte by byte, object by object, frame by frame."""
# expect: pass
import gc
import sys
from contextlib import suppress

from attempts import got, holds

OURS = ("reference", "hidden", "published", "graders.suite", "graders.judge", "graders.laws", "graders.engine", "graders.report")
NAMES = ("expected", "reference", "answers", "rubric", "verdict", "criterion", "suite", "reports")


def pieces():
    """Every text that an object holds, and all of our memory that can be written, so all that ever held data of anybody."""
    for one in gc.get_objects():
        for text in (one.values() if type(one) is dict else one if type(one) in (list, tuple) else ()):
            if type(text) is str:
                yield text.encode("utf-8", "replace")
    with suppress(OSError):
        yield from written()


def written():
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            span, rights, *_ = line.split()
            start, end = (int(side, 16) for side in span.split("-"))
            for place in range(start, end, 2**24) if rights.startswith("rw") else ():
                try:
                    memory.seek(place)
                    yield memory.read(min(2**24, end - place))
                except OSError:
                    pass


def frames():
    frame = sys._getframe()
    while frame:
        yield from (name for name in frame.f_locals if name in NAMES)
        frame = frame.f_back


def attack():
    functions = {one.__module__ for one in gc.get_objects() if type(one).__name__ == "function"}
    got(
        frames=list(frames()),
        modules=[name for name in sys.modules if name.startswith(OURS)],
        functions=[name for name in functions if (name or "").startswith(OURS)],
    )


attack()
got(memory=sum(map(holds, pieces())))


def square(x):
    attack()
    return x * x
