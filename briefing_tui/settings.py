"""Configuration: what a user may set, read from ``config.toml`` in the platform's directory.

Command-line flags go before the file, the file before the defaults. An unknown key or an impossible
value is an error that names the file, the key and the nearest valid name.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

from briefing_tui.briefing.problems import suggestion

APP = "briefing-tui"
THEMES = ("dark", "light", "ansi")


class SettingsError(Exception):
    """A configuration that cannot be used; the message tells where and why."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader can be told to do differently."""

    theme: str = "dark"
    """``dark``, ``light``, or ``ansi`` for the terminal's own colours."""
    mouse: bool = True
    """Whether clicks and the wheel are taken; off leaves them to the terminal."""
    keys: dict[str, str] = {}
    """Keys by command id, several separated by commas."""


def config_file() -> Path:
    """The file that the configuration is read from; ``BRIEFING_TUI_CONFIG`` names another."""
    override = os.environ.get("BRIEFING_TUI_CONFIG")
    if override:
        return Path(override)
    from platformdirs import user_config_path

    return user_config_path(APP) / "config.toml"


def content_dir() -> Path:
    """Where the bundled briefings are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "content"
    return inside if inside.is_dir() else package.parent / "content"


def bundled() -> Path:
    """The briefing that opens where none is named."""
    return content_dir() / "india-russia-s400-2019.yaml"


def load_settings(path: Path) -> Settings:
    """Read the configuration; a file that is not there gives the defaults.

    Raises:
        SettingsError: the file cannot be read or holds something that is not known.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    import tomllib

    try:
        values = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError(f"{path}: this is not TOML: {error}") from error
    return _settings(path, values)


def _settings(path: Path, values: dict[str, Any]) -> Settings:
    known = {field.name: field for field in msgspec.structs.fields(Settings)}
    for key, value in values.items():
        if key not in known:
            hint = suggestion(key, known) or f"; known: {', '.join(known)}"
            raise SettingsError(f"{path}: unknown key '{key}'{hint}")
        kind = {"theme": str, "mouse": bool, "keys": dict}[key]
        if not isinstance(value, kind):
            noun = {"theme": "a word in quotes", "mouse": "true or false", "keys": "a table"}[key]
            raise SettingsError(f"{path}: '{key}' takes {noun}")
    theme = values.get("theme")
    if theme is not None and theme not in THEMES:
        hint = suggestion(theme, THEMES) or f"; one of {', '.join(THEMES)}"
        raise SettingsError(f"{path}: unknown theme '{theme}'{hint}")
    for command, keys in values.get("keys", {}).items():
        if not isinstance(keys, str):
            raise SettingsError(f'{path}: keys.{command} takes keys in quotes, such as "j,down"')
    return Settings(**values)
