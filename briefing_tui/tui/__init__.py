"""The terminal half: rows into pixels, keys into requests."""
