"""Comparison of the figures of an entry with its passages (E121, W228, W229).

An entry with the article's voice (``stated`` or ``inferred``) needs every sum, number, percentage
and date of its words in the passages of the article that it cites. The year or the day of a date
may follow from the day that the passage was published; a figure may be worked out, if the entry
shows how. An entry with another source's voice needs the same if the texts of all its sources are
attached. If some are not, an error is only what an attached passage contradicts, or an uncited one
has. Judgements have figures of the briefer's own.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

import msgspec

from briefing_tui.briefing.atoms.calendar_words import has_months
from briefing_tui.briefing.atoms.figures import Figure, figures, of_date
from briefing_tui.briefing.atoms.relative_dates import mentioned
from briefing_tui.briefing.check.text.agreement import (
    agreeing,
    counts_otherwise,
    having_number,
    is_flipped,
    is_in_other_part,
    rival,
)
from briefing_tui.briefing.check.text.cited_text import Cited, citations_for, cited, labels, uncited
from briefing_tui.briefing.check.text.verdict import Reason, Result, Verdict
from briefing_tui.briefing.check.worked_out import is_worked_out, sums_of
from briefing_tui.briefing.dates import MONTHS, WEEKDAYS, DateError, Edtf
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Actor, Basis, Evidenced
from briefing_tui.briefing.provenance import voice
from briefing_tui.briefing.terminal_text import excerpt

_WORDS = ("headline", "text", "description", "stated", "quote")
_PROSE = ("headline", "text", "description")
_DATES = ("date", "due")
_CALENDAR = ("month", "year", "fiscal", "weekday", "period", "time")
_LARGEST_COUNT = 12
"""The largest number that a briefer may have counted in a list."""
_UNIVERSAL = (Decimal(1), Decimal(100))
"""Numbers that a sum may have without a source: 1 for each of a list, 100 for percentages."""


class _Claim(NamedTuple):
    """A figure of an entry, in all its readings."""

    key: str
    readings: tuple[Figure, ...]

    @property
    def figure(self) -> Figure:
        """The likeliest reading."""
        return self.readings[0]

    @property
    def is_date(self) -> bool:
        """Whether it is a date or time."""
        return self.figure.kind in _CALENDAR

    @property
    def is_small_count(self) -> bool:
        """Whether it may be counted in a list, or be part of the way of speaking."""
        figure = self.figure
        is_count = figure.kind == "number" and not figure.unit and not figure.scale
        return figure.kind == "ordinal" or (is_count and 0 <= figure.value <= _LARGEST_COUNT)


class _Finding(NamedTuple):
    """What the passages have for a claim."""

    result: Result
    message: str = ""
    code: str = ""
    passage: Cited | None = None
    rival: str = ""
    reason: Reason | None = None


def compare_figures(document: Document) -> Iterator[Verdict]:
    """Look up every figure that an entry of a document takes from a source."""
    for entry in document.evidenced:
        basis = voice(entry, document.briefing.about)
        if basis == "judgement" or not entry.cite or isinstance(entry, Actor):
            continue
        claims = list(_claims(entry, document.briefing.language))
        listed = [
            *(figure for claim in claims for figure in claim.readings),
            *_disputed(entry, document.briefing.language),
        ]
        for claim in claims:
            finding = _Comparison(document, entry, basis, claim, listed).finding()
            if finding is not None:
                yield Verdict(
                    entry=entry,
                    keys=(claim.key,),
                    kind="date" if claim.is_date else "figure",
                    written=claim.figure.written,
                    result=finding.result,
                    reason=finding.reason,
                    passage=finding.passage,
                    rival=finding.rival,
                    code=finding.code if finding.message else "",
                    message=finding.message,
                )


def _claims(entry: Evidenced, language: str) -> Iterator[_Claim]:
    """Yield the figures of an entry with their fields; a date in words replaces the date."""
    for key in _WORDS:
        if words := getattr(entry, key, None):
            yield from _readings(key, figures(words, language))
    for key in _DATES:
        date = getattr(entry, key, None)
        if isinstance(date, Edtf) and not getattr(entry, "stated", None):
            yield from (_Claim(key, (figure,)) for figure in of_date(date))
    number = getattr(entry, "number", None)
    if number is not None:
        yield _Claim("number", (Figure("number", f"{number:,}", Decimal(number)),))
    for operand in dict.fromkeys(operand for sum_ in sums_of(entry) for operand in sum_.operands):
        value = (Decimal(operand.numerator) / Decimal(operand.denominator)).normalize()
        if value not in _UNIVERSAL:
            yield _Claim("worked_out", (Figure("number", f"{value:f}", value),))


def _readings(key: str, found_figures: tuple[Figure, ...]) -> Iterator[_Claim]:
    """Yield a claim for each span of words that claims something or counts a thing."""
    ordered = sorted(found_figures, key=lambda figure: figure.span)
    for _, group in groupby(ordered, key=lambda figure: figure.span):
        readings = tuple(group)
        claiming = tuple(figure for figure in readings if not figure.incidental)
        counting = tuple(figure for figure in readings if figure.nouns)
        if claiming or counting:
            yield _Claim(key, claiming or counting)


def _disputed(entry: Evidenced, language: str) -> Iterator[Figure]:
    """Yield the figures of rival versions, as dates or in words."""
    for dispute in entry.disputes:
        yield from figures(dispute.value, language)
        with contextlib.suppress(DateError):
            yield from of_date(Edtf.parse(dispute.value))


class _Comparison:
    """One claim of an entry and the passages that are to support it."""

    def __init__(
        self,
        document: Document,
        entry: Evidenced,
        basis: Basis,
        claim: _Claim,
        listed: list[Figure],
    ) -> None:
        self._document = document
        self._entry = entry
        self._basis = basis
        self._claim = claim
        self._listed = listed
        """All figures of the entry, including those of rival versions."""
        citations = citations_for(document, entry, claim.key)
        self._passages = cited(document, citations)
        self._is_complete = bool(citations) and len(self._passages) == len(citations)
        self._language = document.briefing.language

    def finding(self) -> _Finding | None:
        """Look the claim up; None if it claims nothing, or is the briefer's own."""
        claim, figure = self._claim, self._claim.figure
        if figure.incidental or figure.kind == "score":
            return self._side_finding()
        if (found_finding := self._found()) is not None:
            return found_finding
        if claim.key != "worked_out" and is_worked_out(self._entry, figure):
            return _Finding("not compared", reason="worked out")
        if claim.is_date and self._follows_from_publication():
            return _Finding("found", passage=self._passages[0])
        if self._passages and self._has_no_words_for_it():
            return _Finding("not compared", reason="language")
        is_own = claim.key in _DATES and self._basis in ("inferred", "external")
        if self._is_complete and not is_own:
            return self._missing()
        may_contradict = bool(self._passages) and figure.is_distinctive and claim.key != "date"
        if may_contradict and (contradiction := self._contradiction()):
            return contradiction
        if self._is_complete:
            return None
        return _Finding("not compared", reason="no text")

    def _figures(self, passage: Cited) -> tuple[Figure, ...]:
        return figures(passage.words, self._language)

    def _found(self) -> _Finding | None:
        """Return the passage that has the claim, or has it as another bound or part."""
        flipped: _Finding | None = None
        for passage in self._passages:
            for figure in self._claim.readings:
                if self._claim.key == "worked_out":
                    supporting = having_number(figure.value, self._figures(passage))
                else:
                    supporting = agreeing(figure, self._figures(passage))
                if not supporting:
                    continue
                if is_flipped(figure, supporting) or is_in_other_part(figure, supporting):
                    flipped = flipped or self._otherwise(passage, figure, supporting[0])
                else:
                    return _Finding("found", passage=passage)
        return flipped

    def _otherwise(self, passage: Cited, figure: Figure, other: Figure) -> _Finding:
        words, rival_words = (
            f"{each.bound or each.part} {each.written}" for each in (figure, other)
        )
        if figure.bound:
            words, rival_words = (
                f"{_BOUNDS[each.bound]} {each.written}" for each in (figure, other)
            )
        message = f"'{excerpt(words)}', but {passage.label} has '{excerpt(rival_words)}'"
        return _Finding("contradicted", message, "W229", passage, rival_words)

    def _side_finding(self) -> _Finding | None:
        """Compare what only counts as a claim beside another number of the same thing."""
        if self._found() is not None:
            return None
        for passage in self._passages:
            for figure in self._claim.readings:
                others = self._figures(passage)
                if figure.kind == "score":
                    other = rival(figure, (each for each in others if each.kind == "score"))
                    code = "E121"
                else:
                    other, code = counts_otherwise(figure, others), "W228"
                if other and not any(agreeing(other, (each,)) for each in self._listed):
                    return _Finding(
                        "contradicted",
                        f"'{excerpt(figure.written)}', but {passage.label} has"
                        f" '{excerpt(other.written)}'; correct one of the two",
                        code,
                        passage,
                        other.written,
                    )
        return None

    def _follows_from_publication(self) -> bool:
        """Return whether a date is what a passage says on the day that it was published."""
        claim, figure = self._claim, self._claim.figure
        if self._basis == "external":
            return False
        for passage in self._passages:
            published = self._document.briefing.sources[passage.source].published.date
            if figure.clock and not agreeing(
                msgspec.structs.replace(figure, kind="time"), self._figures(passage)
            ):
                continue
            dates = mentioned(passage.words, published) if self._language[:2] == "en" else ()
            if any(_is_on(figure, date) for date in dates):
                return True
            if self._basis == "stated" and claim.key in _DATES and self._is_dateline(published):
                return True
            is_undated = not any(
                other.value
                for other in self._figures(passage)
                if other.kind in ("year", "month", "period", "fiscal")
            )
            if figure.kind == "year" and is_undated and published.year == int(figure.value):
                return True
        return False

    def _is_dateline(self, published: Edtf) -> bool:
        """Return whether a date is within that of publication, so may be its "today"."""
        date = getattr(self._entry, self._claim.key)
        return bool(published.lower <= date.lower and date.upper <= published.upper)

    def _has_no_words_for_it(self) -> bool:
        """Return whether the language may say it in words that are not read."""
        language, figure = self._language.partition("-")[0], self._claim.figure
        if language == "en" or self._claim.key == "worked_out":
            return False
        if figure.kind == "month":
            return not has_months(language)
        return figure.kind in ("period", "fiscal", "weekday", "time", "fraction") or (
            self._claim.is_small_count
        )

    def _missing(self) -> _Finding:
        """Return the message about a claim that is in none of the passages."""
        claim, figure = self._claim, self._claim.figure
        quoted = excerpt(figure.written)
        places = labels(self._passages)
        elsewhere = next(self._elsewhere(), None)
        if elsewhere is not None:
            message = f"'{quoted}' is not in {places}, but in {elsewhere.label}; cite that"
            return _Finding("elsewhere", message, self._code, elsewhere)
        for passage in self._passages:
            other = rival(figure, self._figures(passage))
            if other and not any(agreeing(other, (each,)) for each in self._listed):
                has = f"{places}, which has '{excerpt(other.written)}'"
                message = f"'{quoted}' is not in {has}; correct it or cite what has it"
                code = "W228" if self._may_be_counted else "E121"
                return _Finding("contradicted", message, code, passage, other.written)
        is_inferable = claim.is_date and self._basis == "stated" and claim.key in _DATES
        advice = ", or add 'basis: inferred' if it is worked out" if is_inferable else ""
        if not claim.is_date and claim.key in _PROSE:
            advice = ", or show under 'worked_out' how it follows from others"
        message = f"'{quoted}' is not in {places}; correct it or cite what has it"
        return _Finding("absent", message + advice, self._code)

    @property
    def _code(self) -> str:
        """An error, unless the briefer may have counted it or concluded it."""
        is_concluded = self._basis == "inferred" and self._claim.key in _PROSE
        return "W228" if is_concluded or self._may_be_counted else "E121"

    @property
    def _may_be_counted(self) -> bool:
        return self._claim.is_small_count and self._claim.key in _PROSE

    def _contradiction(self) -> _Finding | None:
        """Return how an attached text contradicts a figure or has it uncited."""
        figure = self._claim.figure
        quoted = excerpt(figure.written)
        for passage in self._passages:
            for other in self._figures(passage):
                same_scale = (each for each in self._listed if each.scale == other.scale)
                if _is_contradicted(figure, other) and not agreeing(other, tuple(same_scale)):
                    message = (
                        f"'{quoted}', but {passage.label} has '{excerpt(other.written)}';"
                        " correct it, or give the other under 'disputes'"
                    )
                    return _Finding("contradicted", message, "E121", passage, other.written)
        for passage in self._elsewhere():
            message = f"'{quoted}' is in {passage.label}, which is not cited; cite it too"
            return _Finding("elsewhere", message, "E121", passage)
        return None

    def _elsewhere(self) -> Iterator[Cited]:
        figure = self._claim.figure
        if figure.is_distinctive or figure.kind not in ("number", "ordinal", "label"):
            for passage in uncited(self._document, self._passages):
                if agreeing(figure, self._figures(passage)):
                    yield passage


_BOUNDS = {
    "": "", "about": "about", "over": "more than", "least": "at least", "under": "less than",
    "most": "at most",
}  # fmt: skip


def _is_contradicted(figure: Figure, other: Figure) -> bool:
    """Return whether two figures are likely to be different answers to one question."""
    if figure.kind not in ("month", "amount"):
        return False
    return (
        not agreeing(figure, (other,))
        and rival(figure, (other,)) is not None
        and (figure.kind == other.kind)
    )


def _is_on(figure: Figure, date: Edtf) -> bool:
    """Return whether a figure is the date, or a period that the date is in."""
    first, last = date.lower, date.upper
    match figure.kind:
        case "weekday":
            return first == last and WEEKDAYS[first.weekday()] == figure.unit
        case "month":
            is_month = (first.year, first.month) == (last.year, last.month)
            return (
                is_month
                and MONTHS[first.month - 1] == figure.unit
                and figure.value in (0, first.year)
                and (not figure.day or first == last == _day(first, figure.day))
            )
        case "year":
            return first.year == last.year == figure.value
        case "period" if figure.unit[:1] == "Q":
            quarter = f"Q{(first.month + 2) // 3}"
            is_quarter = first.year == last.year and quarter == f"Q{(last.month + 2) // 3}"
            return is_quarter and quarter == figure.unit and figure.value in (0, first.year)
    return False


def _day(day: datetime.date, number: int) -> datetime.date | None:
    with contextlib.suppress(ValueError):
        return day.replace(day=number)
    return None
