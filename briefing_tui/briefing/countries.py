"""Countries: ISO 3166-1 alpha-3 codes and everyday English names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple


class _Country(NamedTuple):
    name: str
    other_words: list[str]


def country_name(code: str) -> str | None:
    """Return the everyday English name ("Russia", not "Russian Federation"); None if unassigned."""
    country = _countries().get(code)
    return country.name if country else None


def other_country_words(code: str) -> list[str]:
    """Return words for a country other than its name and the adjectives derived from it."""
    country = _countries().get(code)
    return country.other_words if country else []


def country_codes() -> tuple[str, ...]:
    """Return the officially assigned codes in alphabetical order."""
    return tuple(_countries())


@cache
def _countries() -> dict[str, _Country]:
    countries = {}
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        code, _, names = line.partition(" ")
        name, _, words = names.partition(";")
        countries[code] = _Country(name, words.split())
    return countries
