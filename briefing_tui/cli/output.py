"""What the commands share: opening files, printing, failing in words."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    import datetime

    from briefing_tui.briefing.document import Document
    from briefing_tui.settings import Found, Settings


def configured(**flags: Any) -> dict[str, Found]:
    """Every option with its value and what gave it: a flag, the environment, the file."""
    from briefing_tui.settings import SettingsError, config_file, resolve

    try:
        return resolve(config_file(), os.environ, flags)
    except SettingsError as error:
        fail(str(error), 2)


def settings_with(**flags: Any) -> Settings:
    """The configuration, with the environment and then the flags laid over it."""
    from briefing_tui.settings import settings_of

    return settings_of(configured(**flags))


def check_keys(settings: Settings) -> None:
    """Fail on a configuration whose keys cannot be used."""
    from briefing_tui.commands.key_map import keymap_errors

    errors = keymap_errors(settings.keys)
    if errors:
        fail("\n".join(f"{_place_of(settings, error)}: {error}" for error in errors), 2)


def _place_of(settings: Settings, error: str) -> str:
    """The configuration file, with the line of the key that an error is about."""
    from briefing_tui.settings import config_file, line_of

    path = config_file()
    text = path.read_text(encoding="utf-8", errors="replace")
    for name in settings.keys:
        if f"keys.{name}:" in error or f"'{name}'" in error:
            return f"{path}:{line_of(text, 'keys', name)}"
    return str(path)


def opened(file: str | None) -> tuple[Document, bytes]:
    """The document of a file, the bundled one where none is named, and its bytes."""
    from briefing_tui.briefing.problems import Refused
    from briefing_tui.cli.source_option import attached_texts
    from briefing_tui.storage.document_cache import open_document

    data = read_data(file)
    try:
        return open_document(data, name_of(file), attached_texts), data
    except Refused as refused:
        fail(refused.problems[0].located(refused.name), 1)


def read_data(file: str | None) -> bytes:
    """The bytes of a file, of standard input for ``-``, or of the bundled briefing."""
    try:
        return data_of(file)
    except CannotOpenError as error:
        fail(str(error), 2)


class CannotOpenError(Exception):
    """A file that cannot be opened; the message names it and says why."""


def data_of(file: str | None, *, piped: bool = True) -> bytes:
    """The bytes of a file, of standard input for ``-``, or of the bundled briefing.

    Args:
        file: The file, as it was named.
        piped: Whether it may be a pipe, which is waited for.

    Raises:
        CannotOpenError: there are none to be had.
    """
    from briefing_tui.briefing.document import MAX_BYTES, read_bytes
    from briefing_tui.settings import bundled

    if file == "":
        message = "the name of the file is empty; name a briefing, or none for the bundled one"
        raise CannotOpenError(message)
    if file == "-" and sys.stdin is None:
        raise CannotOpenError(f"{name_of(file)}: it is closed; name a file")
    try:
        if file == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        return read_bytes(bundled() if file is None else Path(file), piped=piped)
    except IsADirectoryError as error:
        message = f"{name_of(file)}: this is a directory; name a briefing in it"
        raise CannotOpenError(message) from error
    except FileNotFoundError as error:
        from briefing_tui.briefing.problems import suggestion
        from briefing_tui.cli.lazy_group import COMMANDS

        others = [one for one in COMMANDS if one != file]
        message = f"{name_of(file)}: {error.strerror}{suggestion(file or '', others)}"
        raise CannotOpenError(message) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotOpenError(f"{name_of(file)}: {reason}") from error


def name_of(file: str | None) -> str:
    """What messages call a file, safe to print."""
    from briefing_tui.briefing.text import shown
    from briefing_tui.settings import bundled

    if file == "-":
        return "<stdin>"
    return shown(file) if file is not None else bundled().name


def as_of_day(document: Document, day: str | None) -> datetime.date | None:
    """The as-of date that was asked for."""
    if day is None:
        return None
    from briefing_tui.briefing.dates import DateError
    from briefing_tui.views.as_of import day_named

    try:
        return day_named(document.briefing, day)
    except DateError as error:
        fail(f"--as-of {day}: {error}", 2)


def put(text: str) -> None:
    """Write to standard output; whoever reads it may stop before the end."""
    # A terminal or locale that cannot show a character gets a stand-in, not a crash.
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except OSError as error:
        # Python would complain again while it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            fail(f"cannot write the output: {error.strerror}", 2)


def keep(document: Document, data: bytes) -> None:
    """Make the next opening of a sound briefing faster, once this one is shown."""
    if document.root is None:
        return
    from briefing_tui.briefing.check import check
    from briefing_tui.storage.document_cache import keep

    if not check(document):
        keep(data, document)


def hint(word: str, known: Any) -> str:
    """The nearest of the words that are known, or all of them."""
    from briefing_tui.briefing.problems import suggestion

    return suggestion(word, known) or f"; one of {', '.join(known)}"


def fail(message: str, code: int) -> NoReturn:
    """End with a message on standard error."""
    from briefing_tui.briefing.text import clean

    click.echo(f"briefing-tui: {clean(message)[0]}", err=True)
    sys.exit(code)
