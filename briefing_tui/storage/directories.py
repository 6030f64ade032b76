"""Directories of the program: a reader's own data, shared data, and bundled briefings.

Positions, read state and annotations belong to a reader. Source texts, compiled briefings and the
index are the same for all readers of the same files, and can be shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

APP = "briefing-tui"
BUNDLED = "india-russia-s400-2019.yaml"


class Directories(msgspec.Struct, frozen=True):
    """Where the program reads and writes; None for what is not stored."""

    config_file: Path = Path("config.toml")
    state: Path | None = None
    """The reader's own: positions, read state, the order of the library, crash logs."""
    data: Path | None = None
    """The reader's own: annotations."""
    texts: Path | None = None
    """Shared: copies of source texts."""
    cache: Path | None = None
    """Shared: compiled briefings and the index; can be deleted at any time."""


NOWHERE = Directories()
"""Stores nothing."""


def directories_of(environ: Mapping[str, str]) -> Directories:
    """Return the directories of an environment, by default those of the platform.

    ``BRIEFING_TUI_CONFIG`` names another configuration file; ``BRIEFING_TUI_STATE``, ``_DATA``,
    ``_TEXTS`` and ``_CACHE`` name other directories, or, empty, none.
    """
    data = _directory(environ, "data")
    texts = environ.get("BRIEFING_TUI_TEXTS")
    if texts is not None:
        texts_directory = Path(texts) if texts else None
    else:
        texts_directory = data / "texts" if data else None
    return Directories(
        _config_file(environ),
        _directory(environ, "state"),
        data,
        texts_directory,
        _directory(environ, "cache"),
    )


def _config_file(environ: Mapping[str, str]) -> Path:
    if override := environ.get("BRIEFING_TUI_CONFIG"):
        return Path(override)
    from platformdirs import user_config_path

    return user_config_path(APP) / "config.toml"


def _directory(environ: Mapping[str, str], kind: str) -> Path | None:
    override = environ.get(f"BRIEFING_TUI_{kind.upper()}")
    if override is not None:
        return Path(override) if override else None
    import platformdirs

    path: Path = getattr(platformdirs, f"user_{kind}_path")(APP)
    return path


def content_dir() -> Path:
    """Return the directory of the bundled briefings: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "content"
    return installed if installed.is_dir() else package.parent / "content"


def bundled() -> Path:
    """Return the briefing that opens if none is named."""
    return content_dir() / BUNDLED
