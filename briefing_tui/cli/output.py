"""What the commands share: opening files, printing, failing in words."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from briefing_tui.session import open as open_
from briefing_tui.session.open import CannotOpenError, File, Opener
from briefing_tui.settings import Settings
from briefing_tui.surroundings import Surroundings

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from pathlib import Path

    from briefing_tui.briefing.document import Document
    from briefing_tui.session.reading_session import ReadingSession
    from briefing_tui.settings import ResolvedValue

pass_surroundings = click.make_pass_decorator(Surroundings)
"""Hands the surroundings of the process to a command, as its first argument."""


def configured(surroundings: Surroundings, **flags: Any) -> dict[str, ResolvedValue]:
    """Return every option with its value and its origin: a flag, the environment, the file."""
    from briefing_tui.settings import SettingsError, resolve

    try:
        return resolve(surroundings.directories.config_file, surroundings.environ, flags)
    except SettingsError as error:
        fail(str(error), 2)


def settings_with(surroundings: Surroundings, **flags: Any) -> Settings:
    """Return the configuration, with the environment and then the flags laid over it."""
    from briefing_tui.settings import to_settings

    return to_settings(configured(surroundings, **flags))


def check_keys(settings: Settings, config_file: Path) -> None:
    """Fail on a configuration whose keys cannot be used."""
    from briefing_tui.commands.key_map import keymap_errors

    errors = keymap_errors(settings.keys)
    if errors:
        fail(
            "\n".join(f"{_place_of(settings, config_file, error)}: {error}" for error in errors), 2
        )


def _place_of(settings: Settings, path: Path, error: str) -> str:
    """The configuration file, with the line of the key that an error is about."""
    from briefing_tui.settings import line_of

    text = path.read_text(encoding="utf-8", errors="replace")
    for name in settings.keys:
        if f"keys.{name}:" in error or f"'{name}'" in error:
            return f"{path}:{line_of(text, 'keys', name)}"
    return str(path)


def read_briefing(opener: Opener, file: str | None) -> File:
    """Read a briefing, the bundled one if none is named; end the program if there is none."""
    from briefing_tui.cli.source_option import check_texts

    try:
        briefing_file = opener.read(file)
    except CannotOpenError as error:
        fail_to_open(error, file)
    check_texts(opener.directories.texts, briefing_file.document.briefing)
    return briefing_file


def plain_opener(surroundings: Surroundings) -> Opener:
    """Return what opens briefings for a command that needs no configuration."""
    from briefing_tui.cli.source_option import given

    return Opener(Settings(), surroundings.directories, given())


def opener_of(surroundings: Surroundings, found: Mapping[str, ResolvedValue]) -> Opener:
    """Return what opens the briefings of this run.

    Args:
        surroundings: Where positions, annotations and the cache are.
        found: The configuration, with the origin of each value.
    """
    from briefing_tui.cli.source_option import given
    from briefing_tui.settings import to_settings

    is_for_now = found["theme"].origin.startswith(("--", "BRIEFING_TUI_"))
    return Opener(to_settings(found), surroundings.directories, given(), keeps_theme=not is_for_now)


def open_session(
    opener: Opener, file: str | None, day: str | None, *, fresh: bool
) -> ReadingSession:
    """Open a briefing where the reader left it; end the program if it cannot be opened."""
    from briefing_tui.cli.source_option import check_texts

    try:
        session = opener.open(file, day=day, fresh=fresh)
    except CannotOpenError as error:
        fail_to_open(error, file)
    check_texts(opener.directories.texts, session.scene.document.briefing)
    return session


def read_data(file: str | None) -> bytes:
    """Return the bytes of a file, of standard input for ``-``, or of the bundled briefing."""
    try:
        return open_.read_data(file)
    except CannotOpenError as error:
        fail_to_open(error, file)


def fail_to_open(error: CannotOpenError, file: str | None) -> NoReturn:
    """End with the reason; a missing file may be a misspelt command."""
    hint = ""
    if isinstance(error.__cause__, FileNotFoundError):
        from briefing_tui.briefing.problems import suggestion
        from briefing_tui.cli.lazy_group import COMMANDS

        hint = suggestion(file or "", [name for name in COMMANDS if name != file])
    fail(f"{error}{hint}", error.exit_code)


def as_of_day(document: Document, day: str | None) -> datetime.date | None:
    """Return the as-of date that was asked for; end the program if it is none."""
    try:
        return open_.as_of_day(document, day)
    except CannotOpenError as error:
        fail(str(error), error.exit_code)


name_of = open_.label_of


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


def hint(word: str, known: Any) -> str:
    """The nearest of the words that are known, or all of them."""
    from briefing_tui.briefing.problems import suggestion

    return suggestion(word, known) or f"; one of {', '.join(known)}"


def fail(message: str, code: int) -> NoReturn:
    """End with a message on standard error."""
    from briefing_tui.briefing.text import clean

    click.echo(f"briefing-tui: {clean(message)[0]}", err=True)
    sys.exit(code)


def keys_from_terminal() -> None:
    """Give the reader the terminal's keyboard after standard input was the briefing."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        fail("no terminal to read keys from; use 'briefing-tui show -'", 2)
    os.dup2(terminal, 0)
    os.close(terminal)
