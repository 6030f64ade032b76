"""The document: from YAML text to a typed model, its problems, and its checks."""
