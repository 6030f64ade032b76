"""The parts of the full screen that need no application."""
