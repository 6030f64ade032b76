"""Rule for figures that are worked out from others (E125)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from briefing_tui.briefing.atoms.arithmetic import Sum, SumError, parse_sums
from briefing_tui.briefing.atoms.figures import Figure, figures
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Evidenced
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.quantities import Quantity

_FIELDS = ("headline", "text", "description", "stated")


def check_sums(document: Document) -> Iterator[Problem]:
    """E125: what is worked out is a sum, and its result a figure of the entry, rounded as there."""
    for entry in document.evidenced:
        if entry.worked_out is None:
            continue
        try:
            sums = parse_sums(entry.worked_out)
        except SumError as error:
            yield document.problem("E125", str(error), entry, "worked_out")
            continue
        listed = [*_figures_of(entry, document.briefing.language)]
        for sum_ in sums:
            if not any(_is_result(figure, sum_.result) for figure in listed):
                message = f"it is {_shown(sum_.result)}, which this entry does not say"
                yield document.problem(
                    "E125", f"{message}; correct one of the two", entry, "worked_out"
                )


def is_worked_out(entry: Evidenced, figure: Figure) -> bool:
    """Return whether a figure of an entry is the result of one of its sums."""
    return any(_is_result(figure, sum_.result) for sum_ in sums_of(entry))


def sums_of(entry: Evidenced) -> tuple[Sum, ...]:
    """Return the sums of an entry; none if one of them cannot be read."""
    return _sums(entry.worked_out) if entry.worked_out else ()


@lru_cache(maxsize=256)
def _sums(text: str) -> tuple[Sum, ...]:
    with contextlib.suppress(SumError):
        return parse_sums(text)
    return ()


def _figures_of(entry: Evidenced, language: str) -> Iterator[Figure]:
    for key in _FIELDS:
        if words := getattr(entry, key, None):
            yield from figures(words, language)
    number = getattr(entry, "number", None)
    if number is not None:
        yield Figure("number", str(number), Decimal(number))
    amount = getattr(entry, "amount", None)
    if isinstance(amount, Quantity):
        yield from (Figure("number", str(end), end) for end in amount.bounds if end is not None)


def _is_result(figure: Figure, result: Fraction) -> bool:
    """Return whether a figure is a result, rounded to the digits that the figure has."""
    if figure.kind in ("month", "weekday", "time", "label"):
        return False
    shares = (result, 100 * result) if figure.kind == "percent" else (result,)
    exponent = figure.value.normalize().as_tuple().exponent
    half = Fraction(10) ** (exponent if isinstance(exponent, int) else 0) / 2
    value = Fraction(figure.value)
    if figure.kind == "fraction":
        half = Fraction(1, 10**9)
    return any(abs(abs(share) - abs(value)) <= half for share in shares)


def _shown(result: Fraction) -> str:
    value = Decimal(result.numerator) / Decimal(result.denominator)
    return f"{round(value, 2).normalize():,f}"
