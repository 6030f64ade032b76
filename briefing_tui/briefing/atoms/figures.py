"""Extraction of figures from running text: sums, numbers, percentages, dates and weekdays.

"Rs. 40,000 crore" and "₹400 billion" are equal here, as are "five" and "5". This only serves to
compare the figures of two texts; nothing else in the program converts values.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

import msgspec

from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.dates import MONTHS, WEEKDAYS, Clock, DateError, Edtf, Endpoint

Kind = Literal["number", "amount", "percent", "month", "year", "weekday", "period", "time"]


class Figure(msgspec.Struct, frozen=True):
    """A figure in normalised form."""

    kind: Kind
    written: str
    value: Decimal = Decimal(0)
    """Of a number, sum or percentage; the year of a date."""
    unit: str = ""
    """Currency of a sum (ISO 4217); name of a month, a weekday or a period; zone of a time."""
    day: int = 0
    """Day of the month; 0 if none."""
    scale: int = 0
    """Power of ten of the words after a number, such as 7 for crore."""
    incidental: bool = False
    """Whether it may support another figure but claims nothing itself: "one", "the third"."""
    clock: Clock | None = None
    """The time; of a month, that of its day."""

    @property
    def is_distinctive(self) -> bool:
        """Whether it is unlikely to match by chance: a sum, a large number, a month with a year."""
        is_large = self.kind == "number" and self.value >= 100_000
        return is_large or self.kind == "amount" or (self.kind == "month" and self.value > 0)


_BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NTH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_SMALL = {
    **{word: number for number, word in enumerate(_BELOW_TWENTY.split())},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), 2)},
    "dozen": 12,
    "both": 2,
}
_ORDINALS = {word: number for number, word in enumerate(_NTH.split(), 1)}
_SCALES = {
    "hundred": 2, "thousand": 3, "k": 3, "lakh": 5, "lac": 5, "million": 6, "mn": 6, "mln": 6,
    "m": 6, "crore": 7, "cr": 7, "billion": 9, "bn": 9, "bln": 9, "milliard": 9, "b": 9,
    "mio": 6, "mrd": 9, "trillion": 12, "tn": 12, "trn": 12,
}  # fmt: skip
_CURRENCIES = {
    "₹": "INR", "rs": "INR", "re": "INR", "rupee": "INR", "$": "USD", "us$": "USD",
    "dollar": "USD", "€": "EUR", "euro": "EUR", "£": "GBP", "pound": "GBP", "¥": "JPY",
    "yen": "JPY", "yuan": "CNY", "rouble": "RUB", "ruble": "RUB", "₽": "RUB", "krone": "krone",
    "kroner": "krone", "dkk": "krone", "nok": "krone", "isk": "krona", "sek": "krona",
    "krona": "krona", "kronor": "krona", "franc": "franc", "chf": "franc",
}  # fmt: skip
"""Currencies by sign and name; a name of several currencies stands for all of them."""

_ISO = (
    "INR|USD|EUR|GBP|JPY|CNY|RUB|DKK|NOK|SEK|ISK|CHF|AUD|CAD|PKR|TRY|UAH|PLN|BRL|ZAR|KRW|ILS|SAR"
    "|AED|SGD"
)
_BEFORE = rf"(?P<before>(?:US|A|C|S)?[$€£¥₹₽]|(?-i:\bR[se](?:\.|\b)|\b(?:{_ISO})\b))"
_AFTER = (
    r"(?P<after>(?:(?:U\.?S\.?|Indian|American)\s)?(?:rupee|dollar|euro|pound|rouble|ruble|franc)s?"
    rf"|yen|yuan|kron(?:er|or|e|a)|[€£₹₽]|(?-i:(?:{_ISO})\b))"
)
_WORDS = "|".join(sorted([*_SMALL, *_ORDINALS], key=len, reverse=True))
# Abbreviations have no plural: "ms" are milliseconds.
_PLURALS = [f"{word}s?" if len(word) > 2 else word for word in _SCALES]
SCALE = f"(?:{'|'.join(sorted(_PLURALS, key=len, reverse=True))})"
"""Pattern of a word for a power of ten, such as crore or billions."""

DIGITS = r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,'][0-9]+)*"
"""Pattern of digits with their separators, in folded text."""

_NUMBER = re.compile(
    rf"(?:{_BEFORE}\s?)?"
    rf"(?:(?<!\w)(?<![A-Za-z][-/.])(?P<digits>{DIGITS})(?P<nth>st|nd|rd|th)?(?![0-9]|s\b)"
    rf"|(?<![\w-])(?P<words>(?:{_WORDS})(?:(?:-|\s)(?:{_WORDS}))?)\b)"
    rf"(?P<scale>(?:[\s-]?{SCALE}\b\.?)*)"
    rf"(?:\s?(?P<percent>%|per\s?cent\b|percent\b)|[\s-]?{_AFTER})?(?!-?[A-Za-z]+[0-9])",
    re.IGNORECASE,
)

_SHORT = {name[:3]: name for name in MONTHS} | {"Sept": "September"}
_MONTH = "|".join([*MONTHS, *(f"{short}\\.?(?=\\s?[0-9])" for short in ("Sept", *_SHORT))])
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_TO = r"\s?(?:-|/|to|and|or|until|till)\s?(?:the\s)?"
# Case-sensitive: in lower case, "may" and "march" are verbs.
_DATED = re.compile(
    r"(?<![\w])(?:"
    rf"(?P<days>{_DAY}(?:{_TO}{_DAY})?)\s(?:of\s)?(?P<month>{_MONTH})(?![a-z])"
    r"(?:,?\s(?P<year>[12][0-9]{3})\b)?"
    rf"|(?P<month2>{_MONTH})(?![a-z])(?:\s(?P<days2>{_DAY}(?:{_TO}{_DAY})?)\b(?![,.]?[0-9]))?"
    r"(?:,?\s(?:of\s)?(?P<year2>[12][0-9]{3})\b)?"
    r"|(?P<iso>[12][0-9]{3}-[01][0-9](?:-[0-3][0-9])?)(?![\w-])"
    r")"
)
_YEAR = re.compile(r"(?<![\w.,$€£₹-])(?:1[5-9]|20|21)[0-9]{2}(?![\w%]|[.,][0-9])(?!\s?-\s?[A-Z])")
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})(?:s|'s)?\b", re.IGNORECASE)
_RANGED = re.compile(rf"({'|'.join(MONTHS)}){_TO}\Z")
"""A month that shares the year of the next one, as in "October to December 2021"."""

_PERIODS = {
    **{
        spelling: f"Q{number}"
        for number, nth in enumerate(_NTH.split()[:4], 1)
        for spelling in (f"q{number}", f"{number}q", f"{nth} quarter")
    },
    **{
        spelling: f"{nth} half"
        for number, nth in enumerate(_NTH.split()[:2], 1)
        for spelling in (f"h{number}", f"{nth} half")
    },
    **{name: name for name in ("spring", "summer", "autumn", "winter")},
    "fall": "autumn",
}
"""Names of parts of a year, as `Period.name`, by their spellings."""
_CENTURIES = (*_ORDINALS, "twentieth", "twenty-first")
_PERIOD = re.compile(
    r"\b(?:(?P<before>[12][0-9]{3})[ -]?)?"
    rf"(?P<name>{'|'.join(_PERIODS).replace(' ', '[ -]')})\b"
    r"(?:,?\s?(?:(?:of|in|the|fiscal|financial|year|FY)\s){0,4}(?P<year>[12][0-9]{3})\b)?",
    re.IGNORECASE,
)
_DECADE = re.compile(r"\b(?P<year>[12][0-9]{2}0)'?s\b|'(?P<short>[0-9]0)s\b")
_NAMED_DECADE = re.compile(rf"\b({'|'.join(_TENS.split())})\b".replace("y", "ies"), re.IGNORECASE)
_CENTURY = re.compile(
    rf"\b(?:(?P<number>[0-9]{{1,2}})(?:st|nd|rd|th)|(?P<name>{'|'.join(_CENTURIES)}))[\s-]century",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:(?<![\w:.,])|(?<=\b[0-9]{4}-[0-9]{2}-[0-9]{2}T))(?:"
    r"(?P<hour>[0-2]?[0-9])(?:[:.](?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?)?"
    r"\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour2>[0-2]?[0-9]):(?P<minute2>[0-5][0-9])(?::(?P<second2>[0-5][0-9]))?"
    r"|(?P<hour3>[0-2][0-9])(?P<minute3>[0-5][0-9])(?=\s?(?:Z|UTC|GMT|hrs|hours)\b)"
    r"|(?P<noon>noon|midnight)\b"
    r")(?:\s?\(?(?P<zone>Z|UTC|GMT|[A-Z]{1,4}T|local)\b)?"
)

_DAY_OF_TIME = re.compile(r"\b[12][0-9]{3}-[01][0-9]-[0-3][0-9](?=T[0-2][0-9]:)")

_LEAST_COUNTED = 3
"""The least number in words that counts as a claim: "one" and "two" are too common."""


@lru_cache(maxsize=512)
def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures in a text, dates first; numbers within names, as in S-400, are ignored."""
    text = fold(text)
    result: list[Figure] = []
    for match in _DATED.finditer(text):
        result += _dates(match, text)
    result += _periods(text)
    result += _times(text)
    rest = _DATED.sub("|", text)
    result += (Figure("year", match[0], Decimal(match[0])) for match in _YEAR.finditer(rest))
    rest = _YEAR.sub("|", rest)
    result += (
        Figure("weekday", match[0], unit=match[1].capitalize()) for match in _WEEKDAY.finditer(rest)
    )
    for match in _NUMBER.finditer(rest):
        figure = _number(match)
        if figure is not None:
            result.append(figure)
    return tuple(result)


def of_date(date: Edtf) -> tuple[Figure, ...]:
    """Return the figures of a date in the file, one for each endpoint."""
    points = dict.fromkeys(point for point in (date.start, date.end) if point is not None)
    return tuple(_of_endpoint(str(date), point) for point in points)


def _of_endpoint(written: str, point: Endpoint) -> Figure:
    year = Decimal(point.year)
    if point.month:
        month, day = MONTHS[point.month - 1], point.day or 0
        return Figure("month", written, year, month, day, clock=point.clock)
    if point.precision == "year":
        return Figure("year", written, year)
    return Figure("period", written, year, point.period.name or point.precision)


def _periods(text: str) -> Iterator[Figure]:
    """Yield quarters, halves, seasons, decades and centuries, which only support dates."""
    for match in _PERIOD.finditer(text):
        year = Decimal(match["year"] or match["before"] or 0)
        name = _PERIODS[match["name"].lower().replace("-", " ")]
        yield Figure("period", match[0], year, name, incidental=True)
    for match in _DECADE.finditer(text):
        years = [match["year"]] if match["year"] else [f"{n}{match['short']}" for n in (18, 19, 20)]
        for year in map(Decimal, years):
            yield Figure("period", match[0], year, "decade", incidental=True)
            if year % 100 == 0:
                yield Figure("period", match[0], year, "century", incidental=True)
    for match in _NAMED_DECADE.finditer(text):
        tens = _SMALL[match[1].lower().replace("ies", "y")]
        for century in (1800, 1900, 2000):
            yield Figure("period", match[0], Decimal(century + tens), "decade", incidental=True)
    for match in _CENTURY.finditer(text):
        number = int(match["number"] or 1 + _CENTURIES.index(match["name"].lower()))
        yield Figure("period", match[0], Decimal(100 * number - 100), "century", incidental=True)


def _times(text: str) -> Iterator[Figure]:
    """Yield times of day, which only support dates; "2:17" is one before noon and one after it."""
    for match in _DAY_OF_TIME.finditer(text):
        with contextlib.suppress(DateError):
            (figure,) = of_date(Edtf.parse(match[0]))
            yield msgspec.structs.replace(figure, incidental=True)
    for match in _TIME.finditer(text):
        hour = int(match["hour"] or match["hour2"] or match["hour3"] or 12)
        minute = int(match["minute"] or match["minute2"] or match["minute3"] or 0)
        second = match["second"] or match["second2"]
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
            yield Figure("time", match[0], unit=zone, incidental=True, clock=clock)


def _dates(match: re.Match[str], text: str) -> Iterator[Figure]:
    written = match[0].strip()
    if iso := match["iso"]:
        with contextlib.suppress(DateError):
            yield from of_date(Edtf.parse(iso))
        return
    name = (match["month"] or match["month2"]).rstrip(".")
    month = _SHORT.get(name, name)
    year = Decimal(match["year"] or match["year2"] or 0)
    days = [int(day) for day in re.findall("[0-9]+", match["days"] or match["days2"] or "")]
    for day in days or [0]:
        yield Figure("month", written, year, month, day if day <= 31 else 0)
    start = match.start()
    if year and not days and (previous := _RANGED.search(text, max(0, start - 40), start)):
        yield Figure("month", f"{previous[1]} … {year}", year, previous[1])


def _number(match: re.Match[str]) -> Figure | None:
    words = (match["words"] or "").casefold()
    value = _spoken(words) if words else _value(match["digits"])
    if value is None:
        return None
    written, scale = match[0].strip(" ."), power_of_ten(match["scale"])
    value = (value * 10**scale).normalize()
    if match["percent"]:
        return Figure("percent", written, value)
    if unit := _currency(match["before"] or match["after"] or ""):
        return Figure("amount", written, value, unit, scale=scale)
    is_ordinal = re.split(r"[\s-]", words)[-1] in _ORDINALS
    incidental = bool(words) and not scale and (is_ordinal or value < _LEAST_COUNTED)
    return Figure("number", written, value, scale=scale, incidental=incidental)


def power_of_ten(text: str) -> int:
    """Return the product of the scale words in a text, as a power of ten."""
    words = re.findall(r"[a-z]+", text.casefold())
    return sum(_SCALES.get(word, _SCALES.get(word.removesuffix("s"), 0)) for word in words)


def _currency(words: str) -> str:
    word = words.casefold().rstrip(".").split(" ")[-1]
    return _CURRENCIES.get(word) or _CURRENCIES.get(word.removesuffix("s")) or word.upper()


def _value(digits: str) -> Decimal | None:
    """Parse digits; a comma is a decimal point unless two or three digits follow as a group."""
    plain = re.sub(r"[ ']", "", digits)
    plain = re.sub(r",(?=[0-9]{2,3}(?:[,.]|\Z))", "", plain).replace(",", ".")
    try:
        return Decimal(plain).normalize()
    except InvalidOperation:
        return None  # 1.2.3, a version or a date


def _spoken(words: str) -> Decimal:
    """Parse a number in words; if two do not combine, as in "five ten", use the first."""
    values = [_SMALL.get(part, _ORDINALS.get(part, 0)) for part in re.split(r"[\s-]", words)]
    is_compound = len(values) == 2 and values[0] in range(20, 100, 10) and 0 < values[1] < 10
    return Decimal(sum(values) if is_compound else values[0])
