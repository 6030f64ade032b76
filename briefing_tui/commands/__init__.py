"""The registry of commands and their keys, as plain data."""
