"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from briefing_tui.briefing.dates import DateError
from briefing_tui.cli.output import fail
from briefing_tui.session.briefing_file import CannotOpenError
from briefing_tui.settings.options import OPTIONS
from briefing_tui.views.as_of_filter import parse_as_of

if TYPE_CHECKING:
    import datetime

    from briefing_tui.briefing.document import Document

F = TypeVar("F", bound=Callable[..., Any])

as_of_option = click.option(
    "--as-of",
    "day",
    metavar="DATE",
    help="Read as known on DATE: 2021-11-14, 2021-11, 2021, or latest.",
)
"""Adds ``--as-of`` to a command, as ``day``."""


def as_of_day(document: Document, day: str | None) -> datetime.date | None:
    """Parse the as-of date of a command line; None if there is none.

    Raises:
        CannotOpenError: it is not a date on which the briefing can be shown.
    """
    if day is None:
        return None
    try:
        return parse_as_of(document.briefing, day)
    except DateError as error:
        raise CannotOpenError(f"--as-of {day}: {error}") from error


def setting_flags(*names: str) -> Callable[[F], F]:
    """Add the flags of settings to a command; each is None if it was not given."""

    def decorate(function: F) -> F:
        for option in reversed(OPTIONS):
            if option.name in names:
                is_switch = option.kind in ("switch", "auto switch")
                flag = f"--{option.name}/--no-{option.name}" if is_switch else option.flag
                metavar = None if is_switch else "NAME"
                function = click.option(
                    flag, option.name, default=None, help=option.help, metavar=metavar
                )(function)
        return function

    return decorate


def library_option(purpose: str) -> Callable[[F], F]:
    """Add ``--library`` to a command, as ``libraries``, a directory or briefing to …."""
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
        from briefing_tui.briefing.problems import suggestion
        from briefing_tui.output.plain_text import SECTIONS

        for pane in panes:
            if pane not in SECTIONS:
                hint = suggestion(pane, SECTIONS) or f"; one of {', '.join(SECTIONS)}"
                fail(f"unknown pane '{pane}'{hint}", 2)
    return panes
