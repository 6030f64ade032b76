"""A reader that speaks: one line in, some lines out, for screen readers and braille."""
