"""The suite that the other files declare their criteria on."""

from __future__ import annotations

from graders.suite.suite import Suite

suite = Suite("cdl-tp1-3")

# What the gradients of autograd are multiplied by while the program runs once more: what was derived by hand stays as it
# is, a gap between both does not.
FACTOR = 1.6180339
