"""Directories of the program: a reader's own data, shared data, and bundled briefings."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

APP = "briefing-tui"
BUNDLED = "india-russia-s400-2019.yaml"


_USUAL = {
    "config": ("XDG_CONFIG_HOME", ".config", "Library/Application Support"),
    "data": ("XDG_DATA_HOME", ".local/share", "Library/Application Support"),
    "state": ("XDG_STATE_HOME", ".local/state", "Library/Application Support"),
    "cache": ("XDG_CACHE_HOME", ".cache", "Library/Caches"),
}
"""Directories of a user: the variable that names one (XDG base directory specification), and those
below the home directory, by default and on macOS ("File System Programming Guide")."""


class Directories(msgspec.Struct, frozen=True):
    """Where the program reads and writes; None for what is not stored."""

    config_file: Path | None = None
    state: Path | None = None
    """A reader's own: positions, read state, the order of the library, crash logs."""
    data: Path | None = None
    """A reader's own: annotations."""
    texts: Path | None = None
    """The same for all readers: copies of source texts."""
    cache: Path | None = None
    """The same for all readers: compiled briefings and the index; can be deleted at any time."""

    def of_reader(self, name: str) -> Directories:
        """Return the directories of one of several readers; nothing of a reader without a name."""

        def own(directory: Path | None) -> Path | None:
            return directory / "readers" / name if directory and name else None

        return msgspec.structs.replace(self, state=own(self.state), data=own(self.data))


NOWHERE = Directories()


def directories_of(environ: Mapping[str, str]) -> Directories:
    """Return the directories of an environment, by default those of the platform.

    ``BRIEFING_TUI_CONFIG`` names another configuration file; ``BRIEFING_TUI_STATE``, ``_DATA``,
    ``_TEXTS`` and ``_CACHE`` name other directories, or, empty, none. A user without a home
    directory has only those that are named.
    """

    def directory(kind: str, default: Callable[[], Path | None]) -> Path | None:
        override = environ.get(f"BRIEFING_TUI_{kind}")
        if override is None:
            return default()
        return Path(override) if override else None

    if config := environ.get("BRIEFING_TUI_CONFIG"):
        config_file: Path | None = Path(config)
    else:
        config_directory = _user_directory(environ, "config")
        config_file = config_directory / "config.toml" if config_directory else None
    data = directory("DATA", lambda: _user_directory(environ, "data"))
    return Directories(
        config_file=config_file,
        state=directory("STATE", lambda: _user_directory(environ, "state")),
        data=data,
        texts=directory("TEXTS", lambda: data / "texts" if data else None),
        cache=directory("CACHE", lambda: _user_directory(environ, "cache")),
    )


def _user_directory(environ: Mapping[str, str], kind: str) -> Path | None:
    """Return a directory of the user; None if the user has no home directory."""
    variable, usual, on_macos = _USUAL[kind]
    named = environ.get(variable, "")
    if os.path.isabs(named):  # the specification ignores others
        return Path(named, APP)
    home = _home(environ)
    return Path(home, on_macos if sys.platform == "darwin" else usual, APP) if home else None


def _home(environ: Mapping[str, str]) -> str:
    """Return the home directory, the one of the user's account by default; empty without one."""
    home = environ.get("HOME", "")
    if not os.path.isabs(home):
        with contextlib.suppress(ImportError, KeyError):
            import pwd

            home = pwd.getpwuid(os.getuid()).pw_dir
    return home if os.path.isabs(home) else ""


def content_dir() -> Path:
    """Return the directory of the bundled briefings: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "content"
    return installed if installed.is_dir() else package.parent / "content"


def bundled() -> Path:
    """Return the briefing that opens if none is named."""
    return content_dir() / BUNDLED
