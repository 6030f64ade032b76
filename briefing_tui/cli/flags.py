"""The flags of the command line that stand for options of the configuration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

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
