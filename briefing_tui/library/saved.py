"""Queries that a user gave names in the table ``queries`` of the configuration."""

from __future__ import annotations

import tomllib
from pathlib import Path

from briefing_tui.briefing.problems import suggestion
from briefing_tui.query.lexer import QueryError


def saved_queries(config: Path) -> dict[str, str]:
    """The saved queries by name; none where there is no such table, or no readable file."""
    try:
        values = tomllib.loads(config.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    table = values.get("queries")
    found = table.items() if isinstance(table, dict) else ()
    return {name: query for name, query in found if isinstance(query, str)}


def expanded(text: str, saved: dict[str, str]) -> str:
    """The text of a query, which may be ``@name`` for a saved one.

    Raises:
        QueryError: no query was saved under that name.
    """
    name = text.strip()
    if not name.startswith("@"):
        return text
    name = name[1:]
    if name not in saved:
        known = f"; saved: {', '.join(saved)}" if saved else "; none is saved"
        raise QueryError(f"no saved query '{name}'{suggestion(name, saved) or known}", 1)
    return saved[name]
