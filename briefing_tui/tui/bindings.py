"""The command registry as Textual bindings."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from briefing_tui.commands.registry import COMMANDS, Scope


def bindings_for(*scopes: Scope) -> list[BindingType]:
    """Return the bindings of the commands in some scopes; a keymap overrides them by id."""
    return [
        Binding(command.keys, f"command('{command.id}')", command.title, id=command.id)
        for command in COMMANDS
        if command.scope in scopes
    ]
