"""The JSON Schema of briefings."""

from __future__ import annotations

import json

import click

from briefing_tui.briefing.json_schema import json_schema
from briefing_tui.cli.output import put


@click.command()
def schema() -> None:
    """Print the JSON Schema of a briefing, for editors and validators.

    Kept as briefing.schema.json beside a briefing whose first line is
    "# yaml-language-server: $schema=briefing.schema.json", it gives every editor with a YAML
    language server completion, descriptions and errors while writing, offline.
    """
    put(schema_text())


def schema_text() -> str:
    """Return the JSON Schema as text."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
