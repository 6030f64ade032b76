"""The options as a configuration file to begin with."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from briefing_tui.settings.options import OPTIONS, Option, shown

_HEAD = """\
## What briefing-tui does where no flag and no environment variable says otherwise.
## Lines that begin with a single # show the defaults; take it away to change them.
"""


def template(keys: Iterable[tuple[str, str, str]]) -> str:
    """A configuration in which everything is commented out.

    Args:
        keys: Every command: its id, its default keys, and what it does.
    """
    parts = [_HEAD]
    for option in OPTIONS:
        if option.kind == "table":
            continue
        parts.append(f"{_comment(option)}# {option.name} = {shown(option.default)}\n")
    for option in OPTIONS:
        if option.kind == "table":
            lines = [f"{_comment(option)}[{option.name}]"]
            if option.name == "keys":
                lines += [f"# {name} = {shown(one)}  # {title}" for name, one, title in keys]
            parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def flag_of(option: Option) -> str:
    """An option's flag as it is typed; of a switch that is on, the one that turns it off."""
    if option.flag and option.default is True:
        return f"--no-{option.flag.removeprefix('--')}"
    return option.flag


def _comment(option: Option) -> str:
    lines = textwrap.wrap(option.help, 96)
    ways = [way for way in (flag_of(option), option.variable) if way]
    if ways:
        lines.append(f"Also: {', '.join(ways)}.")
    return "".join(f"## {line}\n" for line in lines)
