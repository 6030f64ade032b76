"""Dates, times and parts of years in running text.

The words are those of the text's language: English in full; of German, French, Spanish, Italian,
Portuguese and Russian the names of the months; of every language dates in digits.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from briefing_tui.briefing.atoms.number_words import CARDINALS, ORDINALS
from briefing_tui.briefing.dates import MONTHS, WEEKDAYS, Clock, DateError, Edtf

CalendarKind = Literal["month", "year", "fiscal", "weekday", "period", "time"]
Part = Literal["", "early", "mid", "late"]


class CalendarWords(NamedTuple):
    """A date or time as a text has it; several with one span are readings of the same words."""

    kind: CalendarKind
    start: int
    end: int
    year: int = 0
    """The year, or that in which a fiscal year ends; 0 if there is none."""
    unit: str = ""
    """Name of a month, a weekday or a period; zone of a time."""
    day: int = 0
    part: Part = ""
    clock: Clock | None = None
    is_incidental: bool = False
    """Whether it may be something else than a date, such as a verb."""


_SHORT = {name[:3]: name for name in MONTHS} | {"Sept": "September"}
_FOREIGN_MONTHS = {
    "de": "januar|jänner jan, februar|feber feb, märz mrz, april apr, mai, juni jun, juli jul,"
    " august aug, september sept sep, oktober okt, november nov, dezember dez",
    "fr": "janvier janv, février févr fév, mars, avril avr, mai, juin, juillet juil, août,"
    " septembre sept, octobre oct, novembre nov, décembre déc",
    "es": "enero ene, febrero feb, marzo mar, abril abr, mayo, junio jun, julio jul, agosto ago,"
    " septiembre|setiembre sept sep, octubre oct, noviembre nov, diciembre dic",
    "it": "gennaio gen, febbraio feb, marzo mar, aprile apr, maggio mag, giugno giu, luglio lug,"
    " agosto ago, settembre set, ottobre ott, novembre nov, dicembre dic",
    "pt": "janeiro jan, fevereiro fev, março mar, abril abr, maio mai, junho jun, julho jul,"
    " agosto ago, setembro set, outubro out, novembro nov, dezembro dez",
    "ru": "января|январь|январе янв, февраля|февраль|феврале фев, марта|март|марте мар,"
    " апреля|апрель|апреле апр, мая|май|мае, июня|июнь|июне, июля|июль|июле,"
    " августа|август|августе авг, сентября|сентябрь|сентябре сент, октября|октябрь|октябре окт,"
    " ноября|ноябрь|ноябре нояб, декабря|декабрь|декабре дек",
}  # fmt: skip
"""Names of the months, each with its other forms and its abbreviations."""

_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_TO = r"\s?(?:-|/|to|and|or|until|till)\s?(?:the\s)?"
_MONTH = "|".join([*MONTHS, *(f"{short}\\b\\.?(?=[\\s-]?[0-9])" for short in ("Sept", *_SHORT))])
# Case-sensitive: in lower case, "may" and "march" are verbs.
_DATED = re.compile(
    r"(?<![\w])(?:"
    rf"(?P<days>{_DAY}(?:{_TO}{_DAY})?)[\s-](?:of\s)?(?P<month>{_MONTH}|(?:{'|'.join(_SHORT)})\b\.?)"
    r"(?![a-z])(?:,?[\s-](?P<year>[12][0-9]{3})\b)?"
    rf"|(?P<month2>{_MONTH})(?![a-z])"
    rf"(?:\s(?:the\s)?(?P<days2>{_DAY}(?:{_TO}{_DAY})?)\b(?![,.]?[0-9]))?"
    r"(?:,?\s(?:of\s)?(?P<year2>[12][0-9]{3})\b)?"
    r")"
)
_ISO = re.compile(r"(?<![\w-])[12][0-9]{3}-[01][0-9](?:-[0-3][0-9])?(?![\w-]|\.[0-9])")
_DAY_OF_TIME = re.compile(r"\b[12][0-9]{3}-[01][0-9]-[0-3][0-9](?=T\|)")
_NUMERIC = re.compile(
    r"(?<![\w.,/-])(?:(?P<first>[0-3]?[0-9])(?P<mark>[./-])(?P<second>[0-3]?[0-9])(?P=mark)"
    r"(?P<year>[12][0-9]{3}|(?<=[0-9]{2}\.[0-9]{2}\.)[0-9]{2})"
    r"|(?P<year2>[12][0-9]{3})(?P<mark2>[./])(?P<month>[01]?[0-9])(?P=mark2)(?P<day>[0-3]?[0-9]))"
    r"(?![\w/-]|[.,][0-9])"
)
_IDEOGRAPHIC = re.compile(
    r"(?P<year>[12][0-9]{3})\s?年(?:\s?(?P<month>[01]?[0-9])\s?月)?(?:\s?(?P<day>[0-3]?[0-9])\s?日)?"
    r"|(?P<month2>[01]?[0-9])\s?月(?:\s?(?P<day2>[0-3]?[0-9])\s?日)?"
)
_YEAR = re.compile(
    r"(?<![\w.,$€£₹/-])(?P<year>(?:1[5-9]|20|21)[0-9]{2})(?![\w%/]|[.,'][0-9])(?!\s?-\s?[A-Z])"
    r"|(?<=mid-)(?P<mid>(?:1[5-9]|20|21)[0-9]{2})(?![\w%])"
    r"|(?<=\b[12][0-9]{3}-)(?P<last>(?:1[5-9]|20|21)[0-9]{2})(?![\w%-])",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})(?:s|'s)?\b", re.IGNORECASE)
_RANGED = re.compile(rf"({'|'.join(MONTHS)}){_TO}\Z")
"""A month that shares the year of the next one, as in "October to December 2021"."""

_PARTS: dict[str, Part] = {
    **dict.fromkeys(("early", "beginning", "start"), "early"),
    **dict.fromkeys(("mid", "middle"), "mid"),
    **dict.fromkeys(("late", "end", "close"), "late"),
}
_PART_BEFORE = re.compile(
    rf"\b({'|'.join(_PARTS)})[\s-](?:of\s|in\s)?(?:the\s)?(?:year\s)?(?:{'|'.join(MONTHS)})?\s?\Z",
    re.IGNORECASE,
)

_NTH = tuple(ORDINALS)[:4]
_PERIODS = {
    **{
        spelling: f"Q{number}"
        for number, nth in enumerate(_NTH, 1)
        for spelling in (f"q{number}", f"{number}q", f"{nth} quarter")
    },
    **{
        spelling: f"{nth} half"
        for number, nth in enumerate(_NTH[:2], 1)
        for spelling in (f"h{number}", f"{nth} half")
    },
    **{name: name for name in ("spring", "summer", "autumn", "winter")},
    "fall": "autumn",
    "latter half": "second half",
    "final quarter": "Q4",
    "last quarter": "Q4",
}
"""Names of parts of a year, as `Period.name`, by their spellings."""
_SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
_PERIOD = re.compile(
    r"\b(?:(?P<before>[12][0-9]{3})[ -]?)?"
    rf"(?P<name>{'|'.join(_PERIODS).replace(' ', '[ -]')})\b"
    r"(?:,?\s?(?:(?:of|in|the|fiscal|financial|year|FY)\s){0,4}(?P<year>[12][0-9]{3})\b)?",
    re.IGNORECASE,
)
_DECADE = re.compile(r"\b(?P<year>[12][0-9]{2}0)'?s\b|'(?P<short>[0-9]0)s\b")
_TENS = tuple(word for word in CARDINALS if word.endswith("ty"))
_NAMED_DECADE = re.compile(rf"\b({'|'.join(_TENS)})\b".replace("y", "ies"), re.IGNORECASE)
_CENTURIES = {word: number for word, number in ORDINALS.items() if number <= 20} | {
    "twenty-first": 21
}
_CENTURY = re.compile(
    rf"\b(?:(?P<number>[0-9]{{1,2}})(?:st|nd|rd|th)|(?P<name>{'|'.join(_CENTURIES)}))[\s-]century",
    re.IGNORECASE,
)
_FISCAL = re.compile(
    r"\b(?:FY|(?:fiscal|financial)(?:\syear)?)\s?'?(?P<named>[12][0-9]{3}|[0-9]{2})"
    r"(?:[-/](?P<to>[0-9]{4}|[0-9]{2}))?(?![\w-]|[.,][0-9])"
    r"|(?<![\w.,$€£₹/-])(?P<first>[12][0-9]{3})[-/](?P<second>[0-9]{2})(?![\w/%-]|[.,][0-9])",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:(?<![\w:.,])|(?<=\b[0-9]{4}-[0-9]{2}-[0-9]{2}T))(?:"
    r"(?P<hour>[0-2]?[0-9])(?:[:.](?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?)?"
    r"\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour2>[0-2]?[0-9]):(?P<minute2>[0-5][0-9])(?::(?P<second2>[0-5][0-9]))?"
    r"|(?P<hour3>[0-2][0-9])(?P<minute3>[0-5][0-9])(?=\s?(?:Z|UTC|GMT|hrs|hours)\b)"
    r"|(?P<noon>noon|midnight)\b"
    r")(?![0-9:]|[.,][0-9])(?:\s?\(?(?P<zone>Z|UTC|GMT|[A-Z]{1,4}T|local)\b)?"
)


_Reading = Callable[[re.Match[str]], Iterator[CalendarWords]]


def calendar_words(text: str, language: str = "en") -> tuple[list[CalendarWords], str]:
    """Return the dates and times in a folded text, and the text with those replaced by bars.

    Weekdays and years are left in the text; a year may be a number of something.
    """
    mentions: list[CalendarWords] = []

    def extract(pattern: re.Pattern[str], read: _Reading, *, is_all: bool = False) -> None:
        nonlocal text
        pieces, last = [], 0
        for match in pattern.finditer(text):
            dates = [*read(match)]
            if dates or is_all:
                mentions.extend(dates)
                pieces += [text[last : match.start()], "|" * len(match[0])]
                last = match.end()
        text = "".join([*pieces, text[last:]])

    extract(_TIME, _times)
    extract(_DAY_OF_TIME, _iso)
    if language == "en":
        extract(_DATED, _dates)
    elif language in ("zh", "ja"):
        extract(_IDEOGRAPHIC, _ideographic)
    elif language in _FOREIGN_MONTHS:
        pattern = _foreign_pattern(language)
        months = _foreign_months(language)
        extract(pattern, lambda match: _foreign_dates(match, months))
    # Of a day that the calendar does not have, no part is a number.
    extract(_ISO, _iso, is_all=True)
    extract(_NUMERIC, _numeric, is_all=True)
    if language == "en":
        extract(_PERIOD, _period)
        extract(_DECADE, _decade)
        extract(_NAMED_DECADE, _named_decade)
        extract(_CENTURY, _century)
        extract(_FISCAL, _fiscal)
    mentions += (_year(match) for match in _YEAR.finditer(text))
    if language == "en":
        mentions += (
            CalendarWords("weekday", match.start(), match.end(), unit=match[1].capitalize())
            for match in _WEEKDAY.finditer(text)
        )
    return mentions, text


def has_months(language: str) -> bool:
    """Return whether the names of the months are known in a language."""
    return language in ("en", "zh", "ja") or language in _FOREIGN_MONTHS


def _iso(match: re.Match[str]) -> Iterator[CalendarWords]:
    with contextlib.suppress(DateError):
        point = Edtf.parse(match[0]).start
        if point is not None and point.month:
            month = MONTHS[point.month - 1]
            yield CalendarWords("month", *match.span(), point.year, month, point.day or 0)
    year, _, second = match[0].partition("-")
    if second == f"{(int(year) + 1) % 100:02}":
        yield CalendarWords("fiscal", *match.span(), int(year) + 1)


def _dates(match: re.Match[str]) -> Iterator[CalendarWords]:
    name = (match["month"] or match["month2"]).rstrip(".")
    month = _SHORT.get(name, name)
    year = int(match["year"] or match["year2"] or 0)
    part = _part_before(match.string, match.start())
    group = "days" if match["days"] else "days2"
    days = [*re.finditer("[0-9]+", match[group] or "")]
    if len(days) < 2:
        day = int(days[0][0]) if days else 0
        yield CalendarWords("month", *match.span(), year, month, day if day <= 31 else 0, part)
    else:
        # Each day with a span of its own: they are two dates, not two readings.
        start = match.start(group)
        for each in days:
            span = (
                (match.start(), start + each.end())
                if each is days[0]
                else (start + each.start(), match.end())
            )
            yield CalendarWords("month", *span, year, month, int(each[0]))
    start = match.start()
    if year and not days and (previous := _RANGED.search(match.string, max(0, start - 40), start)):
        yield CalendarWords("month", *previous.span(1), year, previous[1])


def _part_before(text: str, start: int) -> Part:
    match = _PART_BEFORE.search(text, max(0, start - 40), start)
    return _PARTS[match[1].lower()] if match else ""


@cache
def _foreign_months(language: str) -> dict[str, str]:
    forms = _FOREIGN_MONTHS[language].split(",")
    return {
        form: month
        for month, words in zip(MONTHS, forms, strict=True)
        for form in words.replace("|", " ").split()
    }


@cache
def _foreign_pattern(language: str) -> re.Pattern[str]:
    months = sorted(_foreign_months(language), key=len, reverse=True)
    day = r"[0-3]?[0-9](?:\.|er|º|°)?"
    return re.compile(
        rf"(?<!\w)(?:(?P<days>{day}(?:\s?(?:-|bis|und|au|et|y|al|e|a|по|и)\s?{day})?)"
        r"\s(?:de\s|di\s|of\s)?)?"
        rf"(?P<month>{'|'.join(months)})(?!\w)\.?(?:,?\s(?:de\s|del\s|di\s)?(?P<year>[12][0-9]{{3}})\b)?",
        re.IGNORECASE,
    )


def _foreign_dates(match: re.Match[str], months: dict[str, str]) -> Iterator[CalendarWords]:
    word = match["month"].lower()
    days = [int(day) for day in re.findall("[0-9]+", match["days"] or "")]
    is_short = len(word) < 4 and word not in ("mai", "май", "мая", "мае")
    if is_short and not days and not match["year"]:
        return
    for position, day in enumerate(days or [0]):
        start = match.start() + position
        yield CalendarWords("month", start, match.end(), int(match["year"] or 0), months[word], day)


def _ideographic(match: re.Match[str]) -> Iterator[CalendarWords]:
    year, month = int(match["year"] or 0), int(match["month"] or match["month2"] or 0)
    if month > 12:
        return
    if month:
        day = int(match["day"] or match["day2"] or 0)
        yield CalendarWords("month", *match.span(), year, MONTHS[month - 1], day)
    else:
        yield CalendarWords("year", *match.span(), year)


def _numeric(match: re.Match[str]) -> Iterator[CalendarWords]:
    """Yield a date in digits; with a slash, day and month may be in either order."""
    if match["year2"]:
        orders = [(int(match["day"]), int(match["month"]))]
        year = int(match["year2"])
    else:
        one, other = int(match["first"]), int(match["second"])
        orders = [(one, other)] if match["mark"] == "." else [(one, other), (other, one)]
        year = int(match["year"])
        year += 2000 if year < 100 else 0
    for day, month in dict.fromkeys(orders):
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield CalendarWords("month", *match.span(), year, MONTHS[month - 1], day)


def _period(match: re.Match[str]) -> Iterator[CalendarWords]:
    year = int(match["year"] or match["before"] or 0)
    name = match["name"].lower().replace("-", " ")
    yield CalendarWords(
        "period", *match.span(), year, _PERIODS[name], is_incidental=name in _SEASONS and not year
    )


def _decade(match: re.Match[str]) -> Iterator[CalendarWords]:
    years = [match["year"]] if match["year"] else [f"{n}{match['short']}" for n in (20, 19, 18)]
    for year in map(int, years):
        yield CalendarWords("period", *match.span(), year, "decade")
        if year % 100 == 0:
            yield CalendarWords("period", *match.span(), year, "century")


def _named_decade(match: re.Match[str]) -> Iterator[CalendarWords]:
    tens = CARDINALS[match[1].lower().replace("ies", "y")]
    for century in (1900, 2000, 1800):
        yield CalendarWords("period", *match.span(), century + tens, "decade", is_incidental=True)


def _century(match: re.Match[str]) -> Iterator[CalendarWords]:
    number = int(match["number"] or _CENTURIES[(match["name"] or "").lower()])
    yield CalendarWords("period", *match.span(), 100 * number - 100, "century")


def _fiscal(match: re.Match[str]) -> Iterator[CalendarWords]:
    """Yield a fiscal year, by the year in which it ends, or the two years of a longer span."""
    if match["first"]:
        first, second = int(match["first"]), int(match["second"])
        if second == (first + 1) % 100:
            yield CalendarWords("fiscal", *match.span(), first + 1)
        elif second > first % 100:
            middle = match.end("first")
            yield CalendarWords("year", match.start(), middle, first)
            yield CalendarWords("year", middle, match.end(), first - first % 100 + second)
        return
    last = int(match["to"] or match["named"])
    yield CalendarWords("fiscal", *match.span(), last if last > 99 else 2000 + last)


def _year(match: re.Match[str]) -> CalendarWords:
    part: Part = "mid" if match["mid"] else _part_before(match.string, match.start())
    return CalendarWords("year", *match.span(), int(match[0]), part=part)


def _times(match: re.Match[str]) -> Iterator[CalendarWords]:
    """Yield a time of day; "2:17" is one before noon or one after it."""
    hour = int(match["hour"] or match["hour2"] or match["hour3"] or 12)
    minute = int(match["minute"] or match["minute2"] or match["minute3"] or 0)
    second = match["second"] or match["second2"]
    if hour > 23:
        return
    hours = [hour]
    if match["half"]:
        hours = [hour % 12 + (12 if match["half"] == "p" else 0)]
    elif match["noon"]:
        hours = [12 if match["noon"] == "noon" else 0]
    elif match["hour2"] and 1 <= hour <= 12:
        hours = [hour, (hour + 12) % 24]
    zone = match["zone"] or ""
    offset = 0 if zone in ("Z", "UTC", "GMT") else None
    for each in hours:
        clock = Clock(each, minute, int(second) if second else None, offset)
        yield CalendarWords("time", *match.span(), unit=zone, clock=clock)
