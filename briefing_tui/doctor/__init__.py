"""Diagnosis of the terminal, for bug reports and for settings that help."""
