"""Pictures drawn as SVG by us, in a millisecond: a page may not wait for a plotting library."""
