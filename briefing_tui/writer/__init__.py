"""Making and remaking the text of briefings: a skeleton to begin with, and the canonical form."""
