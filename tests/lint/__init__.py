"""Rules about the source of the package."""
