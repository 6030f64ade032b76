"""From file, environment and flags to settings.

Flags go first, then the environment, the file, and last the defaults. Whatever is not known
or not possible is an error that names its place and the nearest valid name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from briefing_tui.briefing.problems import suggestion
from briefing_tui.settings.options import OPTIONS, Kind, Option, Settings

_YES = ("1", "true", "yes", "on")
_NO = ("0", "false", "no", "off")
_TAKES: dict[Kind, str] = {
    "word": "a word in quotes",
    "switch": "true or false",
    "auto switch": 'true, false or "auto"',
    "list": "a list of words in quotes",
    "table": "a table",
}
_TYPES: dict[Kind, type[Any]] = {
    "word": str,
    "switch": bool,
    "auto switch": bool,
    "table": dict,
}


class SettingsError(Exception):
    """A configuration that cannot be used; the message tells where and why."""


class Found(NamedTuple):
    """A value, and what gave it."""

    value: Any
    origin: str
    """``default``, a flag, an environment variable, or a file with the line."""


def resolve(
    path: Path, environ: Mapping[str, str] | None = None, flags: Mapping[str, Any] | None = None
) -> dict[str, Found]:
    """The value of every option, with what gave it.

    Args:
        path: The configuration file; one that is not there says nothing.
        environ: Environment variables.
        flags: What the command line gave, by option; ``None`` where it gave nothing.

    Raises:
        SettingsError: the file cannot be read, or one of them holds what is not known.
    """
    written = _from_file(path)
    found: dict[str, Found] = {}
    for option in OPTIONS:
        flag = (flags or {}).get(option.name)
        variable = (environ or {}).get(option.variable) if option.variable else None
        if flag is not None:
            name = f"--no-{option.name}" if flag is False else option.flag or f"--{option.name}"
            found[option.name] = Found(_valid(option, flag, name), name)
        elif variable:
            value = _from_text(option, variable)
            found[option.name] = Found(value, option.variable)
        else:
            found[option.name] = written.get(option.name, Found(option.default, "default"))
    return found


def settings_of(found: Mapping[str, Found]) -> Settings:
    """The settings that were found."""
    return Settings(**{name: one.value for name, one in found.items()})


def load_settings(path: Path) -> Settings:
    """Read a configuration; a file that is not there gives the defaults.

    Raises:
        SettingsError: the file cannot be read or holds something that is not known.
    """
    return settings_of(resolve(path))


def line_of(text: str, *wanted: str) -> int:
    """The line on which a key of a TOML file is set, counted from 1; 0 where it is not found."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\[?([^\[\]]+)\]", line):
            table = _parts(header[1])
            if table == wanted:
                return number
        elif (key := re.match(r"""\s*([\w."' -]+?)\s*=""", line)) and wanted == (
            *table,
            *_parts(key[1]),
        )[: len(wanted)]:
            return number
    return 0


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


def _from_file(path: Path) -> dict[str, Found]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    import tomllib

    try:
        text = data.decode("utf-8")
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # not every ValueError is a TOMLDecodeError
        raise SettingsError(f"{path}: this is not TOML: {error}") from error
    known = {option.name: option for option in OPTIONS}
    found: dict[str, Found] = {}
    for key, value in values.items():
        line = line_of(text, key)
        where = f"{path}:{line}" if line else str(path)
        if key not in known:
            hint = suggestion(key, known) or f"; known: {', '.join(known)}"
            raise SettingsError(f"{where}: unknown key '{key}'{hint}")
        if known[key].kind == "table":
            _check_table(path, text, key, value)
        found[key] = Found(_valid(known[key], value, where), where)
    return found


_IN_TABLES = {
    "keys": 'keys in quotes, such as "j,down"',
    "queries": 'a query in quotes, such as "is:planned before:2020"',
}


def _check_table(path: Path, text: str, name: str, value: Any) -> None:
    for key, one in value.items() if isinstance(value, dict) else ():
        if not isinstance(one, str):
            line = line_of(text, name, key)
            where = f"{path}:{line}" if line else str(path)
            what = _IN_TABLES[name]
            raise SettingsError(f"{where}: {name}.{key} takes {what}")


def _from_text(option: Option, text: str) -> Any:
    """The value that an environment variable gives."""
    word = text.strip()
    if option.kind == "list":
        return tuple(part for part in text.split(os.pathsep) if part)
    if option.kind == "word":
        return _valid(option, word, option.variable)
    lowered = word.lower()
    if lowered in (*_YES, *_NO):
        return lowered in _YES
    if option.kind == "auto switch" and lowered == "auto":
        return None
    auto = " or auto" if option.kind == "auto switch" else ""
    raise SettingsError(f"{option.variable}: '{word}' is neither 1 nor 0{auto}")


def _valid(option: Option, value: Any, where: str) -> Any:
    """A value of the right type, as settings have it."""
    if option.kind == "auto switch" and value == "auto":
        return None
    words = isinstance(value, list) and all(isinstance(one, str) for one in value)
    right = words if option.kind == "list" else type(value) is _TYPES[option.kind]
    if not right:
        raise SettingsError(f"{where}: '{option.name}' takes {_TAKES[option.kind]}")
    if option.choices and value not in option.choices:
        hint = suggestion(value, option.choices) or f"; one of {', '.join(option.choices)}"
        raise SettingsError(f"{where}: unknown {option.name} '{value}'{hint}")
    return tuple(value) if option.kind == "list" else value
