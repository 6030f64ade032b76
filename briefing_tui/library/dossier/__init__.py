"""Dossiers: what the briefings of a library say about one actor or deal."""
