"""Queries that a user gave names in the table ``queries`` of the configuration."""

from __future__ import annotations

import tomllib
from pathlib import Path


def saved_queries(config: Path) -> dict[str, str]:
    """The saved queries by name; none where there is no such table, or no readable file."""
    try:
        values = tomllib.loads(config.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    table = values.get("queries")
    found = table.items() if isinstance(table, dict) else ()
    return {name: query for name, query in found if isinstance(query, str)}
