"""What both faces say about a key that has no command."""

from __future__ import annotations

from collections.abc import Mapping

from briefing_tui.commands.registry import key_name
from briefing_tui.driver.key_names import is_of_another_script


class UnboundKeys:
    """Words the answers to keys without a command, and explains a foreign layout once."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Take the keys of all commands."""
        self._help = key_name(keys["help"][0])
        self._explains_layout = True

    def message(self, key: str, *, can_help: bool = True) -> str:
        """Return what to say about a key; ``can_help`` is False where only Escape leads on."""
        answer = f"No command on {key_name(key)}"
        if self._explains_layout and is_of_another_script(key[:1]):
            self._explains_layout = False
            return f"{answer} · switch the keyboard layout, or set [keys]"
        return (
            f"{answer} · {self._help} lists the keys" if can_help else f"{answer} here · Esc closes"
        )
