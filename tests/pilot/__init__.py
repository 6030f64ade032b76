"""The reader, driven by keys and mouse as a person would."""
