"""The options as a configuration file to begin with."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from briefing_tui.settings.options import OPTIONS, Option, to_toml

_HEAD = """\
## The options of briefing-tui; flags and environment variables override them.
## Lines that begin with a single # show the defaults; remove it to change them.
"""


def template(keys: Iterable[tuple[str, str, str]]) -> str:
    """Return a configuration file in which every option is commented out.

    ``keys`` are the id, default keys and title of every command.
    """
    parts = [_HEAD]
    # In TOML, what follows a table's header belongs to the table.
    for option in sorted(OPTIONS, key=lambda option: option.kind == "table"):
        if option.kind == "table":
            lines = [f"{_comment(option)}[{option.name}]"]
            if option.name == "keys":
                lines += [f"# {name} = {to_toml(key)}  # {title}" for name, key, title in keys]
            parts.append("\n".join(lines) + "\n")
        else:
            parts.append(f"{_comment(option)}# {option.name} = {to_toml(option.default)}\n")
    return "\n".join(parts)


def _comment(option: Option) -> str:
    lines = textwrap.wrap(option.help, 96)
    if names := ", ".join(filter(None, (option.flag, option.variable))):
        lines.append(f"Also: {names}.")
    return "".join(f"## {line}\n" for line in lines)
