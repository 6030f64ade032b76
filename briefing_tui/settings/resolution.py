"""Resolve settings: flags first, then the environment, the file, and last the defaults.

An unknown option or an invalid value is an error that names its place and the nearest valid name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from briefing_tui.briefing.document import read_bytes
from briefing_tui.briefing.problems import ExpectedError, suggestion
from briefing_tui.briefing.terminal_text import printable
from briefing_tui.settings.options import OPTIONS, TYPES, Option, Settings

MAX_BYTES = 1 << 20
_TRUE = ("1", "true", "yes", "on")
_FALSE = ("0", "false", "no", "off")
_TABLE_VALUES = {
    "keys": 'keys in quotes, such as "j,down"',
    "queries": 'a query in quotes, such as "is:planned before:2020"',
}


class SettingsError(ExpectedError):
    """The configuration cannot be used; the message says where and why."""


class ResolvedValue(NamedTuple):
    """The value of an option, and where it comes from."""

    value: Any
    origin: str
    """``default``, a flag, an environment variable, or a file with the line."""


class Configuration(NamedTuple):
    """The settings of a run, and where each comes from."""

    settings: Settings
    options: dict[str, ResolvedValue]


def resolve(
    path: Path | None,
    environ: Mapping[str, str] | None = None,
    flags: Mapping[str, Any] | None = None,
) -> Configuration:
    """Resolve every option to its value and the origin of that value.

    The configuration file may be missing; a flag with the value None is absent.

    Raises:
        SettingsError: the file cannot be read, or a name or value is not valid. The file is
            checked even if a flag or variable overrides it.
    """
    from_file = _read_file(path) if path is not None else {}
    values: dict[str, ResolvedValue] = {}
    for option in OPTIONS:
        flag = (flags or {}).get(option.name)
        variable = (environ or {}).get(option.variable) if option.variable else None
        if flag is not None:
            name = f"--no-{option.name}" if flag is False else f"--{option.name}"
            values[option.name] = ResolvedValue(_convert(option, flag, name), name)
        elif variable:
            values[option.name] = ResolvedValue(_parse_variable(option, variable), option.variable)
        else:
            default = ResolvedValue(option.default, "default")
            values[option.name] = from_file.get(option.name, default)
    settings = Settings(**{name: resolved.value for name, resolved in values.items()})
    return Configuration(settings, values)


def line_of(text: str, *path: str) -> int:
    """Return the line on which a key of a TOML file is set, counted from 1; 0 if not found."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\[?([^\[\]]+)\]", line):
            table = _key_parts(header[1])
            if table == path:
                return number
        elif (key := re.match(r"""\s*([\w."' -]+?)\s*=""", line)) and path == (
            *table,
            *_key_parts(key[1]),
        )[: len(path)]:
            return number
    return 0


def _key_parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


def _place(path: Path, text: str = "", *key: str) -> str:
    line = line_of(text, *key)
    return f"{printable(str(path))}:{line}" if line else printable(str(path))


def _read_file(path: Path) -> dict[str, ResolvedValue]:
    try:
        data = read_bytes(path, MAX_BYTES)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(f"{_place(path)}: {error.strerror}") from error
    import tomllib

    if len(data) > MAX_BYTES:
        raise SettingsError(f"{_place(path)}: larger than {MAX_BYTES // 1024 // 1024} MiB")
    try:
        text = data.decode("utf-8")
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # not every ValueError is a TOMLDecodeError
        raise SettingsError(f"{_place(path)}: this is not TOML: {error}") from error
    options = {option.name: option for option in OPTIONS}
    values: dict[str, ResolvedValue] = {}
    for name, value in table.items():
        place = _place(path, text, name)
        if name not in options:
            hint = suggestion(name, options) or f"; known: {', '.join(options)}"
            raise SettingsError(f"{place}: unknown key '{name}'{hint}")
        if options[name].kind == "table" and isinstance(value, dict):
            for key, entry in value.items():
                if not isinstance(entry, str):
                    line = _place(path, text, name, key)
                    raise SettingsError(f"{line}: {name}.{key} takes {_TABLE_VALUES[name]}")
        values[name] = ResolvedValue(_convert(options[name], value, place), place)
    return values


def _parse_variable(option: Option, text: str) -> Any:
    word = text.strip()
    if option.kind == "list":
        return tuple(part for part in text.split(os.pathsep) if part)
    if option.kind == "word":
        return _convert(option, word, option.variable)
    lowered = word.lower()
    if lowered in (*_TRUE, *_FALSE):
        return lowered in _TRUE
    if option.kind == "auto switch" and lowered == "auto":
        return None
    auto = " or auto" if option.kind == "auto switch" else ""
    raise SettingsError(f"{option.variable}: '{word}' is neither 1 nor 0{auto}")


def _convert(option: Option, value: Any, place: str) -> Any:
    if option.kind == "auto switch" and value == "auto":
        return None
    value_type, description = TYPES[option.kind]
    try:
        converted = msgspec.convert(value, value_type)
    except msgspec.ValidationError:
        raise SettingsError(f"{place}: '{option.name}' takes {description}") from None
    if option.choices and converted not in option.choices:
        hint = suggestion(converted, option.choices) or f"; one of {', '.join(option.choices)}"
        raise SettingsError(f"{place}: unknown {option.name} '{converted}'{hint}")
    return converted
