"""Diagnosis of the terminal, made by asking it: for bug reports, and for settings that help."""
