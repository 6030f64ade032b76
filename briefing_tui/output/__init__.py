"""Reports and plain text, for pipes and other programs."""
