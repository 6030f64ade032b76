"""A reader's own marks: stars and notes in a sidecar file, and what was read before."""
