"""Flags that several commands have: those of the configuration's options, libraries, panes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from briefing_tui.cli.output import fail, hint
from briefing_tui.settings import OPTIONS, Option

F = TypeVar("F", bound=Callable[..., Any])


def setting_flags(*names: str) -> Callable[[F], F]:
    """Give a command the flags of options; each is ``None`` where it was not given."""

    def decorate(function: F) -> F:
        for option in reversed(OPTIONS):
            if option.name in names:
                function = _flag(option)(function)
        return function

    return decorate


def _flag(option: Option) -> Callable[[F], F]:
    switch = option.kind in ("switch", "auto switch")
    declared = f"{option.flag}/--no-{option.name}" if switch else option.flag
    metavar = None if switch else "NAME"
    return click.option(declared, option.name, default=None, help=option.help, metavar=metavar)


def library_option(purpose: str) -> Callable[[F], F]:
    """Give a command ``--library``, as ``libraries``: what it is to look through.

    Args:
        purpose: What the command does with them, to end "Directory or briefing to …".
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
    """Give a command ``--pane``, as ``panes``: names of panes, all of them known."""
    return click.option(
        "--pane",
        "panes",
        multiple=True,
        metavar="NAME",
        callback=_known_panes,
        help="summary, timeline, actors, deals or sources; may be given several times.",
    )(command)


def _known_panes(ctx: click.Context, _: click.Parameter, panes: tuple[str, ...]) -> tuple[str, ...]:
    if panes and not ctx.resilient_parsing:
        from briefing_tui.output.plain_text import SECTIONS

        for pane in panes:
            if pane not in SECTIONS:
                fail(f"unknown pane '{pane}'{hint(pane, SECTIONS)}", 2)
    return panes
