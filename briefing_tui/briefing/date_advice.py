"""What to write instead of a date that is none, guessed from the ways in which people write."""

from __future__ import annotations

import re
from collections.abc import Callable

from briefing_tui.briefing.dates import GRAMMAR, MONTHS_SHORT, DateError, Edtf

_FORM = "not a date; write 2019-01-07, 2019-01 or 2019, and an interval as 2020-10/2023-04"
_LONGEST_MENDED = 60


def _english(match: re.Match[str]) -> str:
    before, month, after, year = match.groups()
    day = before or after
    number = 1 + MONTHS_SHORT.index(month.title())
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


# What people write instead, in the order in which it is mended.
_NTH = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_MENDINGS: tuple[tuple[str, str | Callable[[re.Match[str]], str], str], ...] = (
    (r"[t ]+[0-9]{1,2}:[0-9]{2}[^/]*", "", "times of day are left out"),
    (r"^[\[{](.*?)(?:\.\.|,)(.*)[]}]$", r"\1/\2", "sets are not supported"),
    (
        rf"\b(?:{_NTH}[ -])?({'|'.join(MONTHS_SHORT).lower()})[a-z]*\.?"
        rf"(?:[ -]{_NTH}\b)?,?[ -]([0-9]{{4}})\b",
        _english,
        "dates are written in digits, year first",
    ),
    (r"(?:circa|about|ca?\.|~)\s*([0-9][0-9-]*)", r"\1~", "~ at the end stands for about"),
    ("[\u2010-\u2012\u2212]|\u2013(?=[0-9]{1,2}(?![0-9]))", "-", "dates take the plain hyphen"),
    (r"\s*(?:[\u2013\u2014]|\bto\b)\s*", "/", "an interval takes a slash"),
    (r"\s+", "", "dates have no spaces"),
    (r"\b([0-9]{4})-([0-9]{4})\b", r"\1/\2", "an interval takes a slash"),
    (r"\b([0-9]{4})([/.])([0-9]{1,2})\2([0-9]{1,2})\b", r"\1-\3-\4", "a date takes hyphens"),
    (r"\b([0-9]{4})(?:/|\.(?!\.))([0-9]{1,2})$", r"\1-\2", "a date takes hyphens"),
    (r"\b([0-9]{4})([0-9]{2})([0-9]{2})\b", r"\1-\2-\3", "a date takes hyphens"),
    (r"-([0-9])(?![0-9])", r"-0\1", "month and day take two digits"),
    (r"-xx", "", "unspecified digits (X) are not supported"),
    (r"^([0-9]{3})x$", r"\g<1>0/\g<1>9", "unspecified digits (X) are not supported"),
    (r"^([0-9]{2})xx$", r"\g<1>00/\g<1>99", "unspecified digits (X) are not supported"),
    (r"([?~%])((?:-[0-9]{2})+)", r"\2\1", "a qualifier stands at the end"),
    (r"\?~|~\?", "%", "% stands for uncertain and approximate"),
    (r"^(?:open|unknown)?/", "../", "write .. for an open end"),
    (r"/(?:open|unknown|now|present)?$", "/..", "write .. for an open end"),
)


def advice(text: str) -> str:
    """Tell what is wrong with a date outside the grammar, and the nearest date inside it."""
    if text in ("..", "../..", "/", "/..", "../"):
        return "an interval cannot be open at both ends; give at least one date"
    if len(text) > _LONGEST_MENDED:
        return _FORM
    # Folding keeps odd letters, such as the long s, away from the lookup of month names.
    mended, reason = text.casefold(), ""
    for pattern, replacement, why in _MENDINGS:
        before, mended = mended, re.sub(pattern, replacement, mended)
        reason = reason or (why if mended != before else "")
    if not GRAMMAR.fullmatch(mended):
        return _FORM
    try:
        Edtf.parse(mended)
    except DateError as error:
        return str(error)
    return f"{reason}; write {mended}"
