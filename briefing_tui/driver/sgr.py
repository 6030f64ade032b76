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
"""For each attribute the code that takes it away, and those that share the code along with it."""

_SEEN_ON_BLANKS = frozenset({"4", "5", "6", "7", "9", "21", "51", "52", "53"})
_LENGTH = {"2": 5, "5": 3}
"""Parameters of a colour after 38 or 48: red, green and blue, or a number of 256."""


class Pen(NamedTuple):
    """A style; colours are parameters of SGR, empty for the terminal's own."""

    attributes: frozenset[str] = frozenset()
    foreground: str = ""
    background: str = ""
    link: str = ""
    """What stands between ``ESC ] 8 ;`` and its end; empty for none."""


DEFAULT = Pen()


@lru_cache(4096)
def pen(parameters: str, link: str = "") -> Pen:
    """The style after the parameters of SGR, counted from the default style."""
    attributes: set[str] = set()
    colours = {"3": "", "4": ""}
    for code in _codes(parameters):
        if code in _OFF:
            attributes.add(code)
        elif code in ("", "0"):
            attributes.clear()
            colours = {"3": "", "4": ""}
        elif code in _OFF.values():
            attributes -= {one for one, off in _OFF.items() if off == code}
        elif code in ("39", "49"):
            colours[code[0]] = ""
        elif code[0] in "34":
            colours[code[0]] = code
        elif code[:2] == "10":
            colours["4"] = code
        elif code[0] == "9":
            colours["3"] = code
    return Pen(frozenset(attributes), colours["3"], colours["4"], link)


def _codes(parameters: str) -> Iterator[str]:
    parts = parameters.split(";")
    while parts:
        length = 1
        if parts[0] in ("38", "48"):
            length = _LENGTH.get(parts[1] if len(parts) > 1 else "", 1)
        yield ";".join(parts[:length])
        del parts[:length]


@lru_cache(4096)
def on_blank(one: Pen) -> Pen:
    """What is to be seen of a style on a blank."""
    if one.attributes & _SEEN_ON_BLANKS:
        return one
    return Pen(background=one.background, link=one.link)


@lru_cache(8192)
def transition(before: Pen, after: Pen) -> str:
    """The shortest sequence that leads from one style to another."""
    link = "" if before.link == after.link else f"\x1b]8;{after.link or ';'}\x1b\\"
    if before[:3] == after[:3]:
        return link
    afresh = [*sorted(after.attributes, key=int), after.foreground, after.background]
    whole = ";".join(filter(None, ["0" if any(afresh) else "", *afresh]))
    change = ";".join(_changes(before, after))
    return f"{link}\x1b[{min(whole, change, key=len)}m"


def _changes(before: Pen, after: Pen) -> Iterator[str]:
    gone = {_OFF[code] for code in before.attributes - after.attributes}
    yield from sorted(gone)
    kept = {code for code in before.attributes if _OFF[code] not in gone}
    yield from sorted(after.attributes - kept, key=int)
    if before.foreground != after.foreground:
        yield after.foreground or "39"
    if before.background != after.background:
        yield after.background or "49"
