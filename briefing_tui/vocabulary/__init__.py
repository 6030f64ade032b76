"""Vocabularies: the words of a field of work, each with its meaning, as data."""
