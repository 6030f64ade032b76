"""Countries that a word stands for: by their names, adjectives and capitals."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from briefing_tui.briefing.atoms.clauses import tokens
from briefing_tui.briefing.countries import country_codes, country_name, other_country_words

_ENDINGS = frozenset(
    (
        "",
        "n",
        "an",
        "ian",
        "ean",
        "ese",
        "i",
        "is",
        "ish",
        "ans",
        "ians",
        "s",
        "er",
        "ers",
        "ni",
        "nian",
    )
)
_NAMESAKES = frozenset({"Jersey", "Georgia", "Jordan", "Chad", "Guinea"})
"""Countries whose name is another name as well."""


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return country codes by their words, and by the stems of their adjectives."""
    exact: dict[str, str] = {}
    stems: dict[str, str] = {}
    for code in country_codes():
        name = country_name(code) or code
        for word in (name, *other_country_words(code)):
            exact[word.replace(".", "")] = code
        if " " not in name and len(name) >= 4:
            stems[re.sub("(?:[aeiouy]|ay)\\Z", "", name)] = code
    return exact, stems


def countries(text: str) -> frozenset[str]:
    """Return the codes of the countries that a text mentions."""
    words = tokens(text)
    singles = (word.written for word in words if word.written[0].isupper())
    pairs = (f"{first.written} {second.written}" for first, second in pairwise(words))
    codes = {country_of(name) for name in (*singles, *pairs)}
    return frozenset(code for code in codes if code)


def country_of(word: str) -> str | None:
    """Return the code of the country that a capitalised word stands for, or None."""
    exact, stems = _tables()
    word = word.removesuffix("'s").removesuffix("'").replace(".", "")
    if word in _NAMESAKES or not word[:1].isupper():
        return None
    if code := exact.get(word):
        return code
    for end in range(len(word), 3, -1):
        code = stems.get(word[:end])
        if code and word[end:] in _ENDINGS | {"egian", "e"}:
            return code
    return None
