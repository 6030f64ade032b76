"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from briefing_tui.cli.output import fail, hint
from briefing_tui.settings import OPTIONS, Option

F = TypeVar("F", bound=Callable[..., Any])

as_of_option = click.option(
    "--as-of",
    "day",
    metavar="DATE",
    help="Read as known on DATE: 2021-11-14, 2021-11, 2021, or latest.",
)
"""Adds ``--as-of`` to a command, as ``day``."""


def setting_flags(*names: str) -> Callable[[F], F]:
    """Add the flags of settings to a command; each is None if it was not given."""

    def decorate(function: F) -> F:
        for option in reversed(OPTIONS):
            if option.name in names:
                function = _flag(option)(function)
        return function

    return decorate


def _flag(option: Option) -> Callable[[F], F]:
    is_switch = option.kind in ("switch", "auto switch")
    declaration = f"--{option.name}/--no-{option.name}" if is_switch else option.flag
    metavar = None if is_switch else "NAME"
    return click.option(declaration, option.name, default=None, help=option.help, metavar=metavar)


def library_option(purpose: str) -> Callable[[F], F]:
    """Add ``--library`` to a command, as ``libraries``.

    Args:
        purpose: What the command does with them: the end of "Directory or briefing to …".
    """
    return click.option(
        "--library",
        "libraries",
        multiple=True,
        metavar="DIR",
        type=click.Path(),
        help=f"Directory or briefing to {purpose}; may be given several times.",
    )


def pane_option(command: F) -> F:
    """Add ``--pane`` to a command, as ``panes``, which are checked."""
    return click.option(
        "--pane",
        "panes",
        multiple=True,
        metavar="NAME",
        callback=_check_panes,
        help="summary, timeline, actors, deals or sources; may be given several times.",
    )(command)


def _check_panes(ctx: click.Context, _: click.Parameter, panes: tuple[str, ...]) -> tuple[str, ...]:
    if panes and not ctx.resilient_parsing:
        from briefing_tui.output.plain_text import SECTIONS

        for pane in panes:
            if pane not in SECTIONS:
                fail(f"unknown pane '{pane}'{hint(pane, SECTIONS)}", 2)
    return panes
