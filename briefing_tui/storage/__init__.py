"""Files that the program stores: records, caches, source texts."""
