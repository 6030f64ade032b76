"""Styles of cells, and the shortest control sequence from one to another.

Codes are those of SGR, "select graphic rendition" (ECMA-48, 8.3.117), and of OSC 8 for links.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_OFF = {
    "1": "22", "2": "22", "3": "23", "4": "24", "21": "24", "5": "25", "6": "25",
    "7": "27", "8": "28", "9": "29", "51": "54", "52": "54", "53": "55",
}  # fmt: skip
"""The code that resets each attribute, and with it the other attributes of the same reset code."""

_VISIBLE_ON_BLANKS = frozenset({"4", "5", "6", "7", "9", "21", "51", "52", "53"})
_COLOUR_LENGTH = {"2": 5, "5": 3}
"""Parameters of a colour, 38 or 48 included, by the parameter after it: RGB, or one of 256."""


class Style(NamedTuple):
    """A style; colours are SGR parameters, empty for the terminal's default."""

    attributes: frozenset[str] = frozenset()
    foreground: str = ""
    background: str = ""
    link: str = ""
    """The text between ``ESC ] 8 ;`` and its terminator; empty for no link."""


DEFAULT = Style()


@lru_cache(4096)
def parse_style(parameters: str, link: str = "") -> Style:
    """Return the style that SGR parameters set, starting from the default style."""
    attributes: set[str] = set()
    colours = {"3": "", "4": ""}
    for code in _split_codes(parameters):
        if code in _OFF:
            attributes.add(code)
        elif code in ("", "0"):
            attributes.clear()
            colours = {"3": "", "4": ""}
        elif code in _OFF.values():
            attributes -= {attribute for attribute, off in _OFF.items() if off == code}
        elif code in ("39", "49"):
            colours[code[0]] = ""
        elif code[0] in "34":
            colours[code[0]] = code
        elif code[:2] == "10":
            colours["4"] = code
        elif code[0] == "9":
            colours["3"] = code
    return Style(frozenset(attributes), colours["3"], colours["4"], link)


def _split_codes(parameters: str) -> Iterator[str]:
    parts = parameters.split(";")
    while parts:
        length = 1
        if parts[0] in ("38", "48"):
            length = _COLOUR_LENGTH.get(parts[1] if len(parts) > 1 else "", 1)
        yield ";".join(parts[:length])
        del parts[:length]


@lru_cache(4096)
def blank_style(style: Style) -> Style:
    """Return the part of a style that is visible on a blank."""
    if style.attributes & _VISIBLE_ON_BLANKS:
        return style
    return Style(background=style.background, link=style.link)


@lru_cache(512)
def without_italics(style: Style) -> Style:
    """Return a style for terminals that would show italics as something else."""
    return style._replace(attributes=style.attributes - {"3"})


@lru_cache(8192)
def transition(current: Style, target: Style) -> str:
    """Return the shortest sequence from one style to another."""
    link = "" if current.link == target.link else f"\x1b]8;{target.link or ';'}\x1b\\"
    if current[:3] == target[:3]:
        return link
    if target[:3] == DEFAULT[:3]:
        return f"{link}\x1b[m"
    resets = {_OFF[attribute] for attribute in current.attributes - target.attributes}
    remaining = {attribute for attribute in current.attributes if _OFF[attribute] not in resets}
    codes = [*sorted(resets), *sorted(target.attributes - remaining, key=int)]
    if current.foreground != target.foreground:
        codes.append(target.foreground or "39")
    if current.background != target.background:
        codes.append(target.background or "49")
    return f"{link}\x1b[{';'.join(codes)}m"
