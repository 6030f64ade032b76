"""Files that the program keeps: positions, caches, source texts."""
