"""A group of commands, one of which needs no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class DefaultGroup(click.Group):
    """A group whose words, if none of them names a command, belong to the default command."""

    default: str

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the first word to a file or a command, or to an option of the default one."""
        from click.shell_completion import CompletionItem

        own = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            default = self.get_command(ctx, self.default)
            assert default is not None
            options = [*default.shell_complete(ctx, incomplete), *own]
            return [*{option.value: option for option in options}.values()]
        # First: bash forgets what came before an item for files.
        return [CompletionItem(incomplete, type="file"), *own]
