"""Atoms: what a sentence says, in parts that can be compared with those of another sentence.

Extraction is a pure function of a text. A part of something that could not be read is not an atom.
"""
