"""Rules that compare amounts of money with the source's figures (E109, W206)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from briefing_tui.briefing.atoms.figures import figures
from briefing_tui.briefing.atoms.number_words import SCALES
from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Commitment, Payment, Value
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.quantities import Quantity
from briefing_tui.briefing.terminal_text import excerpt

_GROUPED = re.compile(r"[0-9][,.' ][0-9]{2,3}[,.' ][0-9]{3}(?![0-9])|[0-9][,' ][0-9]{3}(?![0-9])")
"""Digits in groups: 400,000 and 4,00,000."""

_SHARE = ("percent", "fraction")
_WHOLE = re.compile(r"\s*of\b")
_SCALE_WORD = re.compile(r"[^\W\d_]+")

_LONGEST = 200
"""Characters examined; anything longer is not a sum of money."""


def check_amounts(document: Document) -> Iterator[Problem]:
    """E109: an amount is one of the figures in ``stated``."""
    for deal in document.briefing.commitments.values():
        entries: tuple[Value | Payment, ...] = (*deal.values, *deal.payments)
        for entry in entries:
            candidates = amounts(entry.stated)
            for amount in _whole_amounts(entry.amount) if candidates else ():
                if amount not in candidates:
                    nearest = min(candidates, key=lambda figure: abs(figure - amount))
                    message = (
                        f"amount is {amount:,}, but '{excerpt(entry.stated)}' says {nearest:,};"
                        " correct one of the two"
                    )
                    yield document.problem("E109", message, entry, "amount")


def _whole_amounts(quantity: Quantity | None) -> list[int]:
    """Return the whole numbers that a quantity is given in: one, or the ends of a range."""
    if quantity is None:
        return []
    ends = dict.fromkeys(end for end in quantity.bounds if end is not None)
    return [int(end) for end in ends if end == int(end)]


def amounts(stated: str) -> set[int]:
    """Return the amounts that a text may mean, in whole units, rounded down and up.

    Empty if it has none with a word for a power of ten or in groups of digits, or if its figure is
    to be worked out (``15 % of $5.43 billion``, ``a third of $90 million``) or cannot be read.
    """
    text = fold(stated)[:_LONGEST]
    candidates: set[int] = set()
    has_magnitude = False
    unread = text
    for figure in figures(text):
        start, end = figure.span
        if figure.kind in _SHARE and _WHOLE.match(text, end):
            return set()
        unread = unread[:start] + "|" * (end - start) + unread[end:]
        if figure.kind in ("amount", "number") and figure.value:
            has_magnitude |= figure.scale > 0 or bool(_GROUPED.search(figure.written))
            for value in (figure.value, *figure.others):
                candidates |= {math.floor(value), math.ceil(value)}
    if any(match[0].casefold() in SCALES for match in _SCALE_WORD.finditer(unread)):
        return set()
    return candidates if has_magnitude else set()


def check_rival_values(document: Document) -> Iterator[Problem]:
    """W206: two different figures for one value come with an explanation.

    Not reported are figures of another currency or kind, figures with a ``note`` or ``disputes``
    (on either of the two), and rounded figures of the same sum: $5.4 billion and $5 billion beside
    $5.43 billion, but not $5.5 billion.
    """
    for deal in document.briefing.commitments.values():
        for group in _unexplained(deal):
            reported = [(value, value.amount.whole or 0) for value in group]
            finest, exact = min(reported, key=lambda pair: _grain(pair[1]))
            for value, amount in reported:
                if not _is_rounded(exact, amount):
                    line = finest.location.line if finest.location else 0
                    message = (
                        f"'{excerpt(value.stated)}' differs from '{excerpt(finest.stated)}' on line"
                        f" {line}; say why in a 'note', or under 'disputes'"
                    )
                    yield document.problem("W206", message, value, "stated")


def _unexplained(deal: Commitment) -> list[list[Value]]:
    """Return the exact whole amounts that have no explanation, those of one thing together."""
    groups: dict[tuple[str | Edtf | None, ...], list[Value]] = {}
    for value in deal.values:
        if not value.note and not value.disputes and value.amount.whole is not None:
            thing = value.currency, value.unit, value.per, value.of, value.kind, value.date
            groups.setdefault(thing, []).append(value)
    return [*groups.values()]


def _is_rounded(exact: int, amount: int) -> bool:
    gap = abs(exact - amount)
    return not gap or (2 * gap < _grain(amount) and 10 * gap <= exact)


def _grain(amount: int) -> int:
    """Return the place value of the last non-zero digit: 10 million for 5,430,000,000."""
    digits = str(amount)
    return int("1" + "0" * (len(digits) - len(digits.rstrip("0"))))
