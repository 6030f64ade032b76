"""Rules that compare amounts of money with the source's figures (E109, W206)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.atoms.figures import DIGITS, SCALE, power_of_ten
from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Commitment, Payment, Value
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.quantities import Quantity
from briefing_tui.briefing.terminal_text import excerpt

_FIGURE = re.compile(
    rf"(?<![0-9])(?<![0-9][.,])(?P<number>{DIGITS})"
    rf"(?P<words>(?:[\s\-]{{0,3}}{SCALE}(?!\w)\.?)*)"
    r"(?P<percent>\s{0,3}(?:%|per\s?cent\b))?"
)
_IN_WORDS = re.compile(rf"(?<!\w){SCALE}(?!\w)")
_RANGE = re.compile(r"\s*(?:-|to|and|or)\s*(?:[a-z$€£₹¥]{0,4}\.?\s*)")
_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}")
"""Thousands, and thousands after lakhs and crores: 400,000 and 4,00,000."""

_SHARE = re.compile(r"(?:%|per\s?cent|half|third|quarter|fifth|tenth)\s+of\b")
"""A fraction, of which the next figure is the whole."""

_LONGEST = 200
"""Characters examined; anything longer is not a sum of money."""


def check_amounts(document: Document) -> Iterator[Problem]:
    """E109: an amount is one of the figures in ``stated``."""
    for deal in document.briefing.commitments.values():
        entries: tuple[Value | Payment, ...] = (*deal.values, *deal.payments)
        for entry in entries:
            candidates = figures(entry.stated)
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


def figures(stated: str) -> set[int]:
    """Return the amounts that a text may mean, in whole units.

    Empty if no figure has a clear magnitude, from a word such as ``crore`` or from separators, and
    if the sum is in words (``half a billion``, ``a third of $90 million``).
    """
    text = fold(stated).casefold()[:_LONGEST]
    if _SHARE.search(text) or _IN_WORDS.search(_FIGURE.sub(" ", text)):
        return set()
    candidates: set[int] = set()
    has_magnitude = False
    following: re.Match[str] | None = None
    for match in reversed([*_FIGURE.finditer(text)]):
        power, number = power_of_ten(match["words"]), match["number"]
        if match["percent"] is None and (amounts := _amounts(number, power)):
            has_magnitude |= power > 0 or _is_grouped(number)
            candidates |= amounts
            if not power and following and _RANGE.fullmatch(text, match.end(), following.start()):
                # In "5-5.5 billion" the word applies to both.
                candidates |= _amounts(number, power_of_ten(following["words"]))
        following = match
    return candidates if has_magnitude else set()


def _is_grouped(number: str) -> bool:
    is_marked = " " in number or "'" in number
    return is_marked or number.count(".") > 1 or _GROUPS.match(number) is not None


def _amounts(number: str, power: int) -> set[int]:
    """Return every reading of a number times a power of ten, rounded down and up."""
    exact = [(int(digits) * 10**power, 10**decimals) for digits, decimals in _readings(number)]
    return {rounded for top, bottom in exact for rounded in (top // bottom, -(-top // bottom))}


def _readings(number: str) -> Iterator[tuple[str, int]]:
    """Yield the digits of a number and its count of decimals, for every possible reading."""
    plain = re.sub("[ ']", "", number)
    digits = re.sub("[.,]", "", plain)
    last = max(plain.rfind("."), plain.rfind(","))
    decimals = len(plain) - last - 1
    if last < 0 or _GROUPS.fullmatch(plain):
        yield digits, 0
    elif plain.count(plain[last]) == 1:
        yield digits, decimals
        if decimals == 3 and "," not in plain:
            yield digits, 0  # 40.000 is forty thousand on the Continent
    elif _GROUPS.fullmatch(plain.replace(".", ",")):
        yield digits, 0


def check_rival_values(document: Document) -> Iterator[Problem]:
    """W206: two different figures for one value come with an explanation.

    Not reported are figures of another currency or kind, figures with a ``note`` or ``disputes``
    (on either of the two), and rounded figures of the same sum: $5.4 billion and $5 billion beside
    $5.43 billion, but not $5.5 billion.
    """
    for deal in document.briefing.commitments.values():
        for group in _unexplained(deal):
            amounts = [(value, value.amount.whole or 0) for value in group]
            finest, exact = min(amounts, key=lambda pair: _grain(pair[1]))
            for value, amount in amounts:
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
