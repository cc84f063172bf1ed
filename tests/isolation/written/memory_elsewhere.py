"""3.4, 28: memory that no address space has: unnamed files, shared blocks, full pipes."""
# expect: pass
import os

from attempts import done, got
from isolated_floods import anonymous_files

got(made=done(anonymous_files()))


def square(x):
    pipes = []
    try:
        while True:
            pipes.append(os.pipe())
            os.set_blocking(pipes[-1][1], False)
            os.write(pipes[-1][1], bytes(65_536))
    except OSError:
        for pair in pipes:
            for end in pair:
                os.close(end)
    return x * x
