"""The suite that the other files declare their criteria on, and the words that students use."""

from __future__ import annotations

from graders import assignment
from graders.observe.speech import Speech
from graders.suite.suite import Suite

suite = Suite("mu4in811")
SPEECH = Speech(assignment.load("mu4in811").parameters)
ask = SPEECH.ask
