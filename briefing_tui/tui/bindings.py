"""The command registry as bindings of the framework."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from briefing_tui.commands.registry import COMMANDS, Scope


def bindings_for(*scopes: Scope, by_id: bool = False) -> list[BindingType]:
    """Return the bindings of some scopes; a user's keys reach them by their ids.

    Args:
        scopes: Where the commands are known.
        by_id: Whether one action runs all commands by their id, instead of an action for each.
    """
    return [
        Binding(
            command.keys,
            f"command('{command.id}')" if by_id else command.action,
            command.title,
            show=bool(command.hint),
            id=command.id,
        )
        for command in COMMANDS
        if command.scope in scopes
    ]
