"""Wrong ways to do it."""

from graders.suite.mutant import Mutant

MUTANTS = (Mutant("doubled", {"square.value": "doubled"}, (("x * x", "x * 2"),)),)
