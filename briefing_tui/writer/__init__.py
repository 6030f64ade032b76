"""Writing briefing files: the skeleton of a new one, and the canonical format."""
