"""Shared judgement: pure functions from what was seen to a verdict. No sandbox, no clock, no chance, no torch."""
