"""The briefings of a library: their files, an index of what they say, and dossiers from it."""
