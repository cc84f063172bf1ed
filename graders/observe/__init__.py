"""The trusted half of each probe: what is asked, and how the answer is read. Its other half is in `graders.probes`."""
