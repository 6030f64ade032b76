"""The line reader: one line in, some lines out, for screen readers and braille displays."""
