"""Whether the passages cited have the figures of an entry (E121), and how many were looked up.

An entry of the article's (``stated``) must find every sum, number, percentage, date and weekday in
the passages of it that are cited. An entry of another source's must do so where the texts of all
its sources are attached; where some are not, what is found counts as verified, and an error is only
a figure that an attached passage contradicts, or has where nobody cites it. What follows from the
article (``inferred``) or is judged has figures of the briefer's own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

import msgspec

from briefing_tui.briefing.check.rule_helpers import evidenced, finding
from briefing_tui.briefing.check.text.passages import Cited, cited, others, own_citations, where
from briefing_tui.briefing.dates import DateError, Edtf
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.figures import Figure, figures, of_count, of_date
from briefing_tui.briefing.model import Actor, Evidenced
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import voice
from briefing_tui.briefing.text import excerpt

_WORDS = ("headline", "text", "description", "stated", "quote")
_DATES = ("date", "due")
_LARGE = 1000
"""From here on a number may stand for a sum whose currency is not named."""

Verdict = Literal["verified", "unverified", "wrong"]


class Claim(msgspec.Struct, frozen=True):
    """A figure in a field of an entry, and what looking it up gave."""

    entry: Evidenced
    key: str
    figure: Figure
    verdict: Verdict
    message: str = ""


class Tally(msgspec.Struct, frozen=True):
    """How many figures of a briefing there are, and how many are in the passages cited for them."""

    figures: int = 0
    verified: int = 0
    unattached: int = 0
    """Figures that rest on sources without an attached text."""


def grounded(document: Document) -> Iterator[Problem]:
    """E121: no figure is without the words it rests on."""
    for claim in claims(document):
        if claim.verdict == "wrong":
            yield finding(document, "E121", claim.entry, claim.key, claim.message)


def tally(document: Document) -> Tally:
    """Count the figures of a document by what looking them up gave."""
    verdicts = [claim.verdict for claim in claims(document)]
    return Tally(len(verdicts), verdicts.count("verified"), verdicts.count("unverified"))


def claims(document: Document) -> Iterator[Claim]:
    """Every figure that the entries of a document say on the strength of a source."""
    for entry in evidenced(document.briefing):
        basis = voice(entry, document.briefing.about)
        if basis == "judgement" or not entry.cite or isinstance(entry, Actor):
            continue
        said = [(key, figure) for key, figure in _said(entry) if not figure.incidental]
        known = [*(figure for _, figure in said), *_disputed(entry)]
        for key, figure in said:
            if claim := _claim(document, entry, key, figure, known):
                yield claim


def _said(entry: Evidenced) -> Iterator[tuple[str, Figure]]:
    """The figures of an entry, each with its field; a date in words goes for the date."""
    for key in _WORDS:
        if words := getattr(entry, key, None):
            yield from ((key, figure) for figure in figures(words))
    for key in _DATES:
        date = getattr(entry, key, None)
        if isinstance(date, Edtf) and not getattr(entry, "stated", None):
            yield from ((key, figure) for figure in of_date(date))
    number = getattr(entry, "number", None)
    if number is not None:
        yield "number", of_count(number)


def _disputed(entry: Evidenced) -> Iterator[Figure]:
    """The figures of rival versions, as dates or in words."""
    for dispute in entry.disputes:
        yield from figures(dispute.value)
        with contextlib.suppress(DateError):
            yield from of_date(Edtf.parse(dispute.value))


def _claim(
    document: Document, entry: Evidenced, key: str, figure: Figure, said: list[Figure]
) -> Claim | None:
    basis = voice(entry, document.briefing.about)
    sources = own_citations(document, entry, key)
    passages = cited(document, sources)
    is_whole = bool(sources) and len(passages) == len(sources)
    if any(_is_in(figure, figures(one.words)) for one in passages):
        return Claim(entry, key, figure, "verified")
    if key in _DATES and basis == "stated" and passages and _is_dateline(document, entry, key):
        return Claim(entry, key, figure, "verified")
    worked_out = basis == "inferred" or (basis == "external" and key in _DATES)
    if is_whole and (key == "stated" or not worked_out):
        return Claim(entry, key, figure, "wrong", _missing(document, figure, passages, basis))
    if passages and figure.is_telling and key != "date":
        message = _contradiction(document, figure, passages, said)
        if message:
            return Claim(entry, key, figure, "wrong", message)
    if is_whole or basis == "inferred":
        return None
    return Claim(entry, key, figure, "unverified")


def _is_dateline(document: Document, entry: Evidenced, key: str) -> bool:
    """Whether a date is within that of the article, whose "today" it may be."""
    date = getattr(entry, key)
    published = document.briefing.sources[document.briefing.about].published.date
    return bool(published.lower <= date.lower and date.upper <= published.upper)


def _missing(document: Document, figure: Figure, passages: list[Cited], basis: str) -> str:
    elsewhere = next(_elsewhere(document, figure, passages), None)
    shown = excerpt(figure.shown)
    if elsewhere is not None:
        return f"'{shown}' is not in {where(passages)}, but in {elsewhere.where}; cite that"
    dated = figure.kind in ("month", "year") and basis == "stated"
    otherwise = ", or add 'basis: inferred' if it is worked out" if dated else ""
    return f"'{shown}' is not in {where(passages)}; correct it or cite what has it{otherwise}"


def _contradiction(
    document: Document, figure: Figure, passages: list[Cited], said: list[Figure]
) -> str:
    """What to tell of a figure that may be another source's, if an attached one knows better."""
    shown = excerpt(figure.shown)
    for one in passages:
        for rival in figures(one.words):
            as_written = (other for other in said if other.scale == rival.scale)
            if _rivals(figure, rival) and not _is_in(rival, as_written):
                return (
                    f"'{shown}', but {one.where} has '{excerpt(rival.shown)}';"
                    " correct it, or give the other under 'disputes'"
                )
    for one in _elsewhere(document, figure, passages):
        return f"'{shown}' is in {one.where}, which is not cited; cite it too"
    return ""


def _elsewhere(document: Document, figure: Figure, passages: list[Cited]) -> Iterator[Cited]:
    if figure.is_telling or figure.kind != "number":
        for one in others(document, passages):
            if _is_in(figure, figures(one.words)):
                yield one


def _rivals(figure: Figure, other: Figure) -> bool:
    """Whether two figures would answer one question differently."""
    if figure.kind == other.kind == "month":
        return figure.value == other.value and figure.unit != other.unit
    if figure.kind == other.kind == "amount":
        near = max(figure.value, other.value) <= 2 * min(figure.value, other.value)
        digits = figure.value.scaleb(-figure.scale) == other.value.scaleb(-other.scale)
        return figure.unit == other.unit and figure.value != other.value and (near or digits)
    return False


def _is_in(figure: Figure, known: Iterable[Figure]) -> bool:
    """Whether a figure is among those of a passage."""
    known = tuple(known)
    if figure.kind == "month":
        return _is_dated(figure, known)
    if figure.kind == "weekday":
        return any(one.kind == "weekday" and one.unit == figure.unit for one in known)
    if figure.kind == "year":
        return any(one.kind in ("year", "month") and one.value == figure.value for one in known)
    if figure.kind == "percent":
        return any(one.kind == "percent" and one.value == figure.value for one in known)
    return any(
        one.value == figure.value and _same_unit(figure, one)
        for one in known
        if one.kind in ("number", "amount")
    )


def _same_unit(figure: Figure, other: Figure) -> bool:
    if figure.unit and other.unit:
        return figure.unit == other.unit
    return figure.unit == other.unit or figure.value >= _LARGE


def _is_dated(figure: Figure, known: tuple[Figure, ...]) -> bool:
    """Whether a passage has a month, with the same year and day where these are given.

    A month and a year apart from each other will do ("in 2023 … by April"), but not a year that
    belongs to another month.
    """
    loose_years = {one.value for one in known if one.kind == "year"}
    days = {one.value for one in known if one.kind == "number" and one.value <= 31}
    for one in known:
        if one.kind != "month" or one.unit != figure.unit:
            continue
        same_year = not figure.value or one.value == figure.value
        same_year |= not one.value and figure.value in loose_years
        same_day = figure.day in (0, one.day) or (not one.day and Decimal(figure.day) in days)
        if same_year and same_day:
            return True
    return False
