"""3.3, 46: other programs, a compiler, a setuid program, a library brought along, with the help of its environment."""
# expect: pass
import os
import sys

from attempts import done, got
from isolated_attacks import outcome, run_program


def attack():
    os.environ["LD_PRELOAD"] = os.environ["PYTHONSTARTUP"] = os.path.abspath("tiny.py")
    programs = (["/bin/sh", "-c", "true"], [sys.executable, "-c", "1"], ["/usr/bin/passwd", "-S"], ["/bin/su", "-c", "true"])
    tried = {program[0]: run_program(program) for program in programs}
    tried["spawn"] = outcome(lambda: os.posix_spawn("/bin/true", ["true"], {}))
    got(ran=done(tried))


attack()


def square(x):
    attack()
    return x * x
