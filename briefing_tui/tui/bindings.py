"""The command registry as bindings of the framework."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from briefing_tui.commands.registry import COMMANDS, Scope


def bindings_for(*scopes: Scope) -> list[BindingType]:
    """The bindings of some scopes; a user's keys reach them by their ids."""
    return [
        Binding(
            command.keys,
            command.action,
            command.title,
            show=bool(command.hint),
            id=command.id,
        )
        for command in COMMANDS
        if command.scope in scopes
    ]
