"""What the terminal at hand does, found out by asking it: for a bug report, and for settings."""
