"""Comparison of the figures of an entry with its passages (E121).

An entry with the article's voice (``stated``) needs every sum, number, percentage, date and weekday
in the passages of the article that it cites. An entry with another source's voice needs the same
if the texts of all its sources are attached. If some are not, an error is only one that an
attached passage contradicts, or that an uncited passage has. Inferences (``inferred``) and
judgements have figures of the briefer's own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from briefing_tui.briefing.atoms.figures import Figure, figures, of_date
from briefing_tui.briefing.check.text.cited_text import Cited, citations_for, cited, labels, uncited
from briefing_tui.briefing.check.text.verdict import Result, Verdict
from briefing_tui.briefing.dates import Clock, DateError, Edtf
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Actor, Evidenced
from briefing_tui.briefing.provenance import voice
from briefing_tui.briefing.terminal_text import excerpt

_WORDS = ("headline", "text", "description", "stated", "quote")
_DATES = ("date", "due")
_CALENDAR = ("month", "year", "weekday", "period", "time")
_LARGE = 1000
"""Least number that may be a sum without its currency."""


def compare_figures(document: Document) -> Iterator[Verdict]:
    """Look up every figure that an entry of a document takes from a source (E121)."""
    for entry in document.evidenced:
        basis = voice(entry, document.briefing.about)
        if basis == "judgement" or not entry.cite or isinstance(entry, Actor):
            continue
        claimed = [(key, figure) for key, figure in _figures_of(entry) if not figure.incidental]
        listed = [*(figure for _, figure in claimed), *_disputed(entry)]
        for key, figure in claimed:
            result, message = _verify(document, entry, key, figure, listed)
            if result is not None:
                yield Verdict(
                    entry=entry,
                    keys=(key,),
                    kind="date" if figure.kind in _CALENDAR else "figure",
                    written=figure.written,
                    result=result,
                    reason="no text" if result == "not compared" else None,
                    code="E121" if message else "",
                    message=message,
                )


def _figures_of(entry: Evidenced) -> Iterator[tuple[str, Figure]]:
    """Yield the figures of an entry with their fields; a date in words replaces the date."""
    for key in _WORDS:
        if words := getattr(entry, key, None):
            yield from ((key, figure) for figure in figures(words))
    for key in _DATES:
        date = getattr(entry, key, None)
        if isinstance(date, Edtf) and not getattr(entry, "stated", None):
            yield from ((key, figure) for figure in of_date(date))
    number = getattr(entry, "number", None)
    if number is not None:
        yield "number", Figure("number", f"{number:,}", Decimal(number))


def _disputed(entry: Evidenced) -> Iterator[Figure]:
    """Yield the figures of rival versions, as dates or in words."""
    for dispute in entry.disputes:
        yield from figures(dispute.value)
        with contextlib.suppress(DateError):
            yield from of_date(Edtf.parse(dispute.value))


def _verify(
    document: Document, entry: Evidenced, key: str, figure: Figure, listed: list[Figure]
) -> tuple[Result | None, str]:
    """Look a figure up in the passages cited for it; no verdict if it is the briefer's own.

    ``listed`` are all figures of the entry, including those of rival versions.
    """
    basis = voice(entry, document.briefing.about)
    citations = citations_for(document, entry, key)
    passages = cited(document, citations)
    is_complete = bool(citations) and len(passages) == len(citations)
    if any(_is_in(figure, figures(passage.words)) for passage in passages):
        return "found", ""
    if key in _DATES and basis == "stated" and passages and _is_dateline(document, entry, key):
        # The day need not be in the passage, but a time must be.
        time = figure.clock and msgspec.structs.replace(figure, kind="time")
        if not time or any(_is_in(time, figures(passage.words)) for passage in passages):
            return "found", ""
    may_be_derived = basis == "inferred" or (basis == "external" and key in _DATES)
    if is_complete and (key == "stated" or not may_be_derived):
        return "absent", _missing(document, figure, passages, basis)
    if passages and figure.is_distinctive and key != "date":
        message = _contradiction(document, figure, passages, listed)
        if message:
            return "contradicted", message
    return None if is_complete or basis == "inferred" else "not compared", ""


def _is_dateline(document: Document, entry: Evidenced, key: str) -> bool:
    """Return whether a date is within the article's publication date, so may be its "today"."""
    date = getattr(entry, key)
    published = document.briefing.sources[document.briefing.about].published.date
    return bool(published.lower <= date.lower and date.upper <= published.upper)


def _missing(document: Document, figure: Figure, passages: list[Cited], basis: str) -> str:
    quoted = excerpt(figure.written)
    elsewhere = next(_elsewhere(document, figure, passages), None)
    if elsewhere is not None:
        return f"'{quoted}' is not in {labels(passages)}, but in {elsewhere.label}; cite that"
    is_date = figure.kind in ("month", "year", "period") and basis == "stated"
    otherwise = ", or add 'basis: inferred' if it is worked out" if is_date else ""
    return f"'{quoted}' is not in {labels(passages)}; correct it or cite what has it{otherwise}"


def _contradiction(
    document: Document, figure: Figure, passages: list[Cited], listed: list[Figure]
) -> str:
    """Return how an attached text contradicts a figure or has it uncited, or an empty string."""
    quoted = excerpt(figure.written)
    for passage in passages:
        for rival in figures(passage.words):
            same_scale = (other for other in listed if other.scale == rival.scale)
            if _is_rival(figure, rival) and not _is_in(rival, same_scale):
                return (
                    f"'{quoted}', but {passage.label} has '{excerpt(rival.written)}';"
                    " correct it, or give the other under 'disputes'"
                )
    for passage in _elsewhere(document, figure, passages):
        return f"'{quoted}' is in {passage.label}, which is not cited; cite it too"
    return ""


def _elsewhere(document: Document, figure: Figure, passages: list[Cited]) -> Iterator[Cited]:
    if figure.is_distinctive or figure.kind != "number":
        for passage in uncited(document, passages):
            if _is_in(figure, figures(passage.words)):
                yield passage


def _is_rival(figure: Figure, other: Figure) -> bool:
    """Return whether two figures are likely to be different answers to one question."""
    if figure.kind == other.kind == "month":
        return figure.value == other.value and figure.unit != other.unit
    if figure.kind == other.kind == "amount":
        near = max(figure.value, other.value) <= 2 * min(figure.value, other.value)
        digits = figure.value.scaleb(-figure.scale) == other.value.scaleb(-other.scale)
        return figure.unit == other.unit and figure.value != other.value and (near or digits)
    return False


def _is_in(figure: Figure, candidates: Iterable[Figure]) -> bool:
    if figure.clock:
        return _is_time_in(figure, figure.clock, tuple(candidates))
    if figure.kind == "month":
        return _is_month_in(figure, tuple(candidates))
    if figure.kind == "period":
        return _is_period_in(figure, tuple(candidates))
    if figure.kind == "weekday":
        return any(other.kind == "weekday" and other.unit == figure.unit for other in candidates)
    equal = [other for other in candidates if other.value == figure.value]
    if figure.kind in ("year", "percent"):
        kinds = ("year", "month") if figure.kind == "year" else ("percent",)
        return any(other.kind in kinds for other in equal)
    numbers = (other for other in equal if other.kind in ("number", "amount"))
    return any(_is_same_unit(figure, other) for other in numbers)


def _is_same_unit(figure: Figure, other: Figure) -> bool:
    if figure.unit and other.unit:
        return figure.unit == other.unit
    return figure.unit == other.unit or figure.value >= _LARGE


def _is_time_in(figure: Figure, clock: Clock, candidates: tuple[Figure, ...]) -> bool:
    """Return whether a passage has a time, and no other day than that of the figure.

    The day may be in the heading above the passage. A time in a zone with a name is compared
    without its hour, and without its day: the name does not say how far it is from UTC.
    """
    times = [other for other in candidates if other.kind == "time" and other.clock]
    if any(other.clock and _is_same_time(clock, other.clock) for other in times):
        days = [other for other in candidates if other.kind == "month" and other.day]
        return figure.kind == "time" or not days or _is_month_in(figure, candidates)
    return any(
        other.clock
        and other.unit
        and other.clock.offset is None
        and (clock.minute - other.clock.minute) % 30 == 0
        for other in times
    )


def _is_same_time(clock: Clock, other: Clock) -> bool:
    if other.second is None or clock.second is None:
        clock, other = clock._replace(second=None), other._replace(second=None)
    if other.offset == 0 and clock.offset:
        return (clock.seconds - other.seconds - 60 * clock.offset) % (24 * 60 * 60) == 0
    return clock.seconds == other.seconds


def _is_period_in(figure: Figure, candidates: tuple[Figure, ...]) -> bool:
    """Return whether a passage has a part of a year, or several years; the year may be apart."""
    apart = any(other.kind == "year" and other.value == figure.value for other in candidates)
    years = (figure.value, 0) if apart else (figure.value,)
    periods = (other for other in candidates if other.kind == "period")
    return any(other.unit == figure.unit and other.value in years for other in periods)


def _is_month_in(figure: Figure, candidates: tuple[Figure, ...]) -> bool:
    """Return whether a passage has a month, with the same year and day if the figure has them.

    The year may be apart from the month ("in 2023 … by April"), unless it belongs to another month.
    """
    loose_years = {other.value for other in candidates if other.kind == "year"}
    days = {other.value for other in candidates if other.kind == "number" and other.value <= 31}
    for other in candidates:
        if other.kind != "month" or other.unit != figure.unit:
            continue
        is_same_year = not figure.value or other.value == figure.value
        is_same_year |= not other.value and figure.value in loose_years
        is_same_day = figure.day in (0, other.day) or (
            not other.day and Decimal(figure.day) in days
        )
        if is_same_year and is_same_day:
            return True
    return False
