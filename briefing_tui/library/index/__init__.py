"""The SQLite index of a library: records in, hits out."""
