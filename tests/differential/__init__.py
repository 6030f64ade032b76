"""Differential test of the two faces: the same commands, line by line and on the screen."""
