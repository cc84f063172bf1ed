"""From evidence to verdicts and pictures; pure."""
