"""The screens: the reader itself and what opens above it."""
