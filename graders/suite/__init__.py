"""What the author of an assignment writes with: a suite of criteria, each a probe and a pure function."""
