"""Extraction of figures from running text: sums, numbers, percentages, dates and times.

"Rs. 40,000 crore" and "₹400 billion" are equal here, as are "five" and "5". This only serves to
compare the figures of two texts; nothing else in the program converts values.

Figures with one span are readings of the same words, such as "5/10/2018" or "at 2:17". A number
that cannot be read as a whole is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec

from briefing_tui.briefing.atoms.calendar_words import CalendarWords, Part, calendar_words
from briefing_tui.briefing.atoms.number_words import CARDINALS, COLLECTIVES
from briefing_tui.briefing.atoms.numerals import Lexeme, NumberReader, Numeral, tokenize
from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.atoms.unit_words import (
    CURRENCIES,
    CURRENCY_CODES,
    MEASUREMENTS,
    NATIONALITIES,
    Measurement,
)
from briefing_tui.briefing.dates import MONTHS, Clock, Edtf, Endpoint

Kind = Literal[
    "number", "amount", "percent", "points", "ordinal", "fraction", "score", "label",
    "month", "year", "fiscal", "weekday", "period", "time",
]  # fmt: skip
Bound = Literal["", "about", "over", "least", "under", "most"]
"""How a figure bounds what it is said of: more than it, at least it, less than it, at most it."""


class Figure(msgspec.Struct, frozen=True):
    """A figure in normalised form."""

    kind: Kind
    written: str
    value: Decimal = Decimal(0)
    """Of a number, sum or percentage; the year of a date; the first number of a score."""
    unit: str = ""
    """Currency of a sum, by its code or the name that several share; unit of a number; name of a
    month, a weekday or a period; zone of a time."""
    day: int = 0
    """Day of the month; 0 if none."""
    scale: int = 0
    """Power of ten of the words after a number, such as 7 for crore."""
    incidental: bool = False
    """Whether it may support another figure but claims nothing itself: "one", "the first"."""
    clock: Clock | None = None
    """The time; of a month, that of its day."""
    bound: Bound = ""
    part: Part = ""
    """The part of a year or month: "early" in "early 2025"."""
    nouns: tuple[str, ...] = ()
    """What is counted, in the singular: the plurals after a number, or all words after "one"."""
    others: tuple[Decimal, ...] = ()
    """Less likely readings of its digits; of a score, its second number."""
    start: int = 0
    """Position in the text; with `end`, the span of its words."""
    end: int = 0

    @property
    def is_distinctive(self) -> bool:
        """Whether it is unlikely to match by chance: a sum, a large number, a month with a year."""
        is_large = self.kind == "number" and abs(self.value) >= 100_000
        return is_large or self.kind == "amount" or (self.kind == "month" and self.value > 0)

    @property
    def span(self) -> tuple[int, int]:
        """The start and end of its words."""
        return self.start, self.end


_LEAST_COUNTED = 3
"""The least number in words that counts as a claim by itself: "one" and "two" are too common."""

_BOUNDS: dict[Bound, tuple[str, ...]] = {
    "least": (
        "at least", "no less than", "no fewer than", "not less than", "not fewer than",
        "a minimum of", "minimum of", "> =",
    ),
    "over": (
        "more than", "greater than", "higher than", "longer than", "larger than", "over", "above",
        "exceeding", "exceeded", "exceeds", "in excess of", "upwards of", "just over", ">",
        "surpassing", "surpassed", "beyond",
    ),
    "most": (
        "at most", "no more than", "not more than", "up to", "a maximum of", "maximum of",
        "as many as", "as much as", "< =",
    ),
    "under": (
        "less than", "fewer than", "lower than", "shorter than", "smaller than", "under", "below",
        "just under", "short of", "<",
    ),
    "about": (
        "about", "around", "approximately", "roughly", "some", "nearly", "almost", "close to",
        "circa", "~", "estimated", "an estimated",
    ),
}  # fmt: skip
_BOUND_OF = {tuple(words.split()): bound for bound, phrases in _BOUNDS.items() for words in phrases}
_LONGEST_BOUND = max(map(len, _BOUND_OF))
_BOUNDS_AFTER: dict[tuple[str, ...], Bound] = {
    ("or", "more"): "least",
    ("or", "less"): "most",
    ("or", "fewer"): "most",
    ("or", "so"): "about",
    ("at", "least"): "least",
    ("at", "most"): "most",
}

_PERCENT = frozenset({"%", "percent", "pct", "pc", "prozent", "процент", "процента", "процентов"})
_PERCENT_IN_TWO_WORDS = frozenset(
    {("per", "cent"), ("pour", "cent"), ("por", "ciento"), ("por", "cento"), ("per", "cento")}
)
_POINTS = ("point", "points")
_BEFORE_A_WHOLE = frozenset({"of", "the", "a", "an", "its", "their", "his", "her", "all"})
_BEFORE_AN_IDIOM = frozenset(
    {"and", "at", "better", "by", "each", "every", "former", "in", "other", "per", "that", "this"}
)
"""Words before "half" that make it something else than a share."""
_AFTER_HALF = frozenset({"past", "time", "way"})
_UNIT_AFTER_ONE = frozenset({"a", "an", "every", "each", "per"})
_RANGE = frozenset({"-", "to", "or", "and"})
_PAIRED_ONLY = frozenset({"won", "real", "kr", "re", "quid", "dong", "rand", "lira"})
"""Words that are currencies only after a power of ten."""
_SPACED_UNITS = {"m": "metre"}
_LETTERS_ALONE = frozenset({"g", "h", "t", "w", "in", "nm", "min", "mb", "kb", "ha"})
"""Units only after digits."""
_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "feet": "foot",
    "aircraft": "aircraft", "batteries": "battery", "lives": "life", "troops": "troop",
}  # fmt: skip
_NO_NOUNS = frozenset(
    {
        *("a", "about", "above", "after", "against", "all", "also", "among", "an", "and", "are"),
        *("as", "at", "be", "been", "before", "below", "between", "but", "by", "can", "could"),
        *("did", "do", "does", "during", "each", "else", "enough", "for", "from", "had", "has"),
        *("have", "he", "her", "here", "his", "how", "if", "in", "into", "is", "it", "its", "just"),
        *("later", "less", "like", "may", "might", "more", "most", "must", "near", "next", "no"),
        *("nor", "not", "now", "of", "off", "on", "one", "only", "onto", "or", "other", "others"),
        *("our", "out", "over", "own", "per", "previous", "same", "she", "should", "since", "so"),
        *("some", "still", "than", "that", "the", "their", "them", "then", "there", "these"),
        *("they", "this", "those", "though", "through", "thus", "to", "today", "together"),
        *("toward", "under", "until", "up", "upon", "us", "was", "we", "were", "what", "when"),
        *("where", "which", "while", "who", "whom", "whose", "why", "will", "with", "within"),
        *("without", "would", "yes", "yet", "you"),
    }
)
_ZEROS = frozenset({"no", "none", "nobody", "nil", "neither", "nothing", "without"})
_YEAR_BEFORE = frozenset(
    {
        *("after", "before", "between", "by", "during", "early", "end", "fiscal", "from", "in"),
        *("into", "late", "mid", "of", "since", "till", "to", "until", "year", "years"),
        *("spring", "summer", "autumn", "winter"),
    }
)
_DIGITS = {ord(first) + digit: str(digit) for first in "٠۰०০๐０" for digit in range(10)} | {
    ord("٫"): ".",
    ord("٬"): ",",
    ord("٪"): "%",
    ord("％"): "%",
}
"""Digits of other scripts and their separators."""
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,99}")


@lru_cache(maxsize=1024)
def figures(text: str, language: str = "en") -> tuple[Figure, ...]:
    """Return the figures in a text, dates first; numbers within names, as in S-400, are labels.

    ``language`` is a BCP 47 tag. In languages other than English, numbers in words are not read.
    """
    language = language.partition("-")[0].lower()
    text = fold(text)
    if not text.isascii():
        text = text.translate(_DIGITS)
    plain = _ADDRESS.sub(_bars, text) if ":" in text or "@" in text or "www" in text else text
    mentions, rest = calendar_words(plain, language)
    result = [_of_calendar(words, text) for words in mentions if words.kind != "year"]
    years = {words.start: words for words in mentions if words.kind == "year"}
    result += (_of_calendar(words, text) for at, words in years.items() if rest[at] == "|")
    result += _Extraction(text, rest, language, years).figures()
    return tuple(result)


def of_date(date: Edtf) -> tuple[Figure, ...]:
    """Return the figures of a date in the file, one for each endpoint."""
    points = dict.fromkeys(point for point in (date.start, date.end) if point is not None)
    return tuple(_of_endpoint(str(date), point) for point in points)


def _bars(match: re.Match[str]) -> str:
    return "|" * len(match[0])


def _of_endpoint(written: str, point: Endpoint) -> Figure:
    year = Decimal(point.year)
    if point.month:
        month, day = MONTHS[point.month - 1], point.day or 0
        return Figure("month", written, year, month, day, clock=point.clock)
    if point.precision == "year":
        return Figure("year", written, year)
    return Figure("period", written, year, point.period.name or point.precision)


def _of_calendar(words: CalendarWords, text: str) -> Figure:
    return Figure(
        words.kind,
        text[words.start : words.end].strip(),
        Decimal(words.year),
        words.unit,
        words.day,
        incidental=words.is_incidental,
        clock=words.clock,
        part=words.part,
        start=words.start,
        end=words.end,
    )


class _Draft(NamedTuple):
    """A number with what stands around it."""

    first: int
    """Its first token, with sign and currency."""
    after: int
    """The token after its last."""
    kind: Kind
    values: tuple[Fraction, ...]
    unit: str = ""
    numeral: Numeral | None = None
    bound: Bound = ""
    nouns: tuple[str, ...] = ()
    is_incidental: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is a number of nothing in particular."""
        return self.kind == "number" and not self.unit

    @property
    def mantissa(self) -> Fraction:
        """Its value without its words for powers of ten."""
        power = self.numeral.power if self.numeral else 0
        return self.values[0] / Fraction(10) ** power


class _Extraction:
    """The numbers of one text, with their units and bounds."""

    def __init__(
        self, text: str, rest: str, language: str, years: dict[int, CalendarWords]
    ) -> None:
        self._text = text
        self._years = years
        self._is_english = language == "en"
        self._tokens: list[Lexeme] = tokenize(rest, language)
        self._reader = NumberReader(self._tokens, language)

    def figures(self) -> Iterator[Figure]:
        """Yield the figures in order of their kinds."""
        drafts: list[_Draft] = []
        for numeral in self._reader.numerals():
            year = self._years.get(self._tokens[numeral.first].start)
            if year is not None and self._unit(numeral.after, numeral)[:2] == ("number", ""):
                yield _of_calendar(year, self._text)
                if year.part or self._is_year(numeral):
                    continue
            if numeral.form != "unread" and numeral.values:
                drafts.append(self._draft(numeral))
        yield from self._pairs(drafts)
        yield from (self._figure(draft) for draft in self._with_ranges(drafts))
        if self._is_english:
            covered = {at for draft in drafts for at in range(draft.first, draft.after)}
            yield from (self._figure(draft) for draft in self._implied(covered))

    # What stands around a number

    def _draft(self, numeral: Numeral) -> _Draft:
        first, after = numeral.first, numeral.after
        if numeral.form in ("ordinal", "label"):
            is_small = not numeral.is_digits and numeral.value < _LEAST_COUNTED
            is_issue = self._reader.word(first - 1) == "#"
            is_incidental = is_small if numeral.form == "ordinal" else not is_issue
            return _Draft(
                first,
                after,
                numeral.form,
                numeral.values,
                numeral=numeral,
                nouns=self._nouns(after, numeral),
                is_incidental=is_incidental,
            )
        currency, first = self._currency_before(first)
        kind, unit, after, factor = self._unit(after, numeral)
        if currency:
            kind, unit, after, factor = "amount", currency, numeral.after, Fraction(1)
            if suffix := self._currency_after(after, numeral):
                after = suffix[1]
                unit = unit if unit in CURRENCY_CODES else suffix[0]
        values = tuple(value * factor for value in numeral.values)
        if numeral.form == "fraction" and kind == "number":
            is_added = self._reader.word(numeral.first - 1) == "and"  # "a year and a half"
            if not unit or is_added:
                unit, kind = "", "fraction"
        is_negative, first = self._sign(first)
        if is_negative:
            values = tuple(-value for value in values)
        nouns = () if unit or kind not in ("number", "fraction") else self._nouns(after, numeral)
        return _Draft(
            first,
            after,
            kind,
            values,
            unit,
            numeral,
            self._bound(first, after),
            nouns,
            self._is_incidental(numeral, kind, unit),
        )

    def _is_incidental(self, numeral: Numeral, kind: Kind, unit: str) -> bool:
        if kind in ("amount", "percent", "points") or numeral.scale:
            return False
        if kind == "fraction":
            before, after = self._reader.word(numeral.first - 1), self._reader.word(numeral.after)
            if numeral.value == Fraction(1, 4):
                return after not in _BEFORE_A_WHOLE  # "a quarter" is three months as well
            return numeral.value == Fraction(1, 2) and (
                before in _BEFORE_AN_IDIOM or after in _AFTER_HALF
            )
        if self._reader.word(numeral.first) in COLLECTIVES:
            return True
        least = 2 if unit else _LEAST_COUNTED
        return not numeral.is_digits and numeral.value < least and numeral.value >= 1

    def _is_year(self, numeral: Numeral) -> bool:
        """Return whether four digits are a year and no number."""
        if numeral.form != "cardinal" or numeral.after - numeral.first > 1:
            return False
        before = self._reader.word(numeral.first - 1), self._reader.word(numeral.first - 2)
        return before[0] in _YEAR_BEFORE or (before[0] == "the" and before[1] in ("in", "by"))

    def _currency_before(self, first: int) -> tuple[str, int]:
        """Return the currency before a number, and the first token of both."""
        word = self._reader.word
        at = first - 1
        if word(at) == "." and word(at - 1) in ("rs", "re"):
            return "rupee", at - 1
        if at < 0 or self._tokens[at].kind == "digits":
            return "", first
        token = self._tokens[at]
        written = self._text[token.start : token.end]
        if token.text in "$€£¥₹₽₩₪₺₴฿৳₦₫" and token.kind == "sign":
            country = word(at - 1) if self._reader.is_glued(at) else ""
            prefixed = CURRENCIES.get(f"{country}$") if country and token.text == "$" else None
            if prefixed:
                return prefixed, at - 1
            return CURRENCIES[token.text], at
        if written in CURRENCY_CODES:
            return written, at
        if token.text in ("rs", "re") and written[0] == "R":
            return "rupee", at
        return "", first

    def _currency_after(self, after: int, numeral: Numeral) -> tuple[str, int] | None:
        reader = self._reader
        at = reader.after_hyphen(after)
        if reader.word(at) == "." and numeral.scale and reader.is_glued(at):
            at += 1  # "12,6 Mrd. Euro"
        word = reader.word(at)
        if word == "u" and reader.word(at + 1) == "." and reader.word(at + 2) == "s":
            at, word = at + 3 + (reader.word(at + 3) == "."), "us"
            if reader.word(at) in ("dollar", "dollars"):
                return "USD", at + 1
        nationality = NATIONALITIES.get(word)
        if nationality and reader.word(at + 1) in CURRENCIES:
            return nationality, at + 2
        if word in CURRENCIES and (word not in _PAIRED_ONLY or numeral.scale):
            return CURRENCIES[word], at + 1
        if 0 <= at < len(self._tokens) and word.upper() in CURRENCY_CODES:
            token = self._tokens[at]
            written = self._text[token.start : token.end]
            if written in CURRENCY_CODES:
                return written, at + 1
        return None

    def _unit(self, after: int, numeral: Numeral) -> tuple[Kind, str, int, Fraction]:
        """Return the kind, unit, end and factor of a number from the words after it."""
        reader, one = self._reader, Fraction(1)
        start = reader.after_hyphen(after)
        if numeral.form == "fraction" and reader.word(start) in ("a", "an"):
            start += 1  # "half a per cent", "half an hour"
            if reader.word(start) == "point":
                return "points", "", start + 1, one
        elif numeral.form == "fraction" and reader.word(start) == "of":
            start += 2 if reader.word(start + 1) in ("a", "an", "one") else 0
        word, following = reader.word(start), reader.word(start + 1)
        if (word, following) in _PERCENT_IN_TWO_WORDS or (
            word == "per" and following == "-" and reader.word(start + 2) == "cent"
        ):
            start += 1 + (following == "-")
            word = "%"
        if word in _PERCENT or word == "percentage":
            following = reader.word(reader.after_hyphen(start + 1))
            if following in _POINTS:
                return "points", "", reader.after_hyphen(start + 1) + 1, one
            if word != "percentage":
                return "percent", "", start + 1, one
        if (word == "basis" and following in _POINTS) or word == "bps":
            return "points", "", start + 1 + (word == "basis"), Fraction(1, 100)
        if word == "pp" and numeral.is_digits:
            return "points", "", start + 1, one
        if suffix := self._currency_after(start, numeral):
            return "amount", *suffix, one
        measurement, end = self._measurement(start, numeral)
        if measurement is None:
            return "number", "", after, one
        return "number", measurement, end, one

    def _measurement(self, at: int, numeral: Numeral) -> tuple[str | None, int]:
        """Read a unit: "km", "square miles", "km/h", "metres per second"."""
        reader = self._reader
        word = reader.word(at)
        if word in ("square", "cubic", "nautical", "sq"):
            unit = MEASUREMENTS.get(reader.word(at + 1))
            power = {"sq": "square"}.get(word, word)
            return (f"{power} {unit.name}", at + 2) if unit else (None, at)
        if word == "m" and numeral.is_digits and not numeral.scale and at == numeral.after:
            return "metre", at + 1
        unit = MEASUREMENTS.get(word)
        if unit is None or (word in _LETTERS_ALONE and not numeral.is_digits):
            return None, at
        if word == "in" or (len(word) == 1 and word.isalpha() and not reader.is_glued(at)):
            is_unit = word in ("t", "g") and numeral.is_digits
            if not is_unit:
                return None, at
        if word == "°" and reader.word(at + 1) in ("c", "f") and reader.is_glued(at + 1):
            return unit.name, at + 2
        end = at + 1
        per = reader.word(end)
        if per in ("/", "per", "an") and unit.dimension != "days":
            rate = MEASUREMENTS.get(reader.word(end + 1))
            if rate or reader.word(end + 1) in ("h", "s", "second"):
                name = rate.name if rate else {"h": "hour"}.get(reader.word(end + 1), "second")
                return f"{unit.name} an {name}", end + 2
        return unit.name, end

    def _sign(self, first: int) -> tuple[bool, int]:
        """Return whether a number is negative, and its first token."""
        word = self._reader.word(first - 1)
        if word in ("minus", "negative"):
            return True, first - 1
        if word == "-" and self._reader.is_glued(first) and not self._reader.is_glued(first - 1):
            return True, first - 1
        return False, first

    def _bound(self, first: int, after: int) -> Bound:
        words = tuple(self._reader.word(at) for at in range(first - _LONGEST_BOUND, first))
        for length in range(_LONGEST_BOUND, 0, -1):
            if bound := _BOUND_OF.get(words[-length:]):
                return bound
        if self._reader.word(after) == "+" and self._reader.is_glued(after):
            return "least"
        return _BOUNDS_AFTER.get((self._reader.word(after), self._reader.word(after + 1)), "")

    def _nouns(self, after: int, numeral: Numeral) -> tuple[str, ...]:
        """Return the nouns that a number counts, in the singular."""
        if not self._is_english:
            return ()
        reader, nouns = self._reader, []
        is_single = numeral.form == "ordinal" or numeral.value == 1
        at = reader.after_hyphen(after)
        is_joined = at > after
        for _ in range(4):
            word = reader.word(at)
            if reader.kind(at) != "word":
                break
            if word in CARDINALS:
                break
            if word not in _NO_NOUNS:
                singular = _singular(word)
                if is_single or is_joined or singular != word or word in _IRREGULAR:
                    nouns.append(singular)
            elif word not in ("more", "other", "new"):
                break
            next_at = reader.after_hyphen(at + 1)
            at = next_at
        return tuple(nouns)

    # Numbers together

    def _with_ranges(self, drafts: list[_Draft]) -> list[_Draft]:
        """Return numbers in which both ends of a range have its scale and unit."""
        result = [*drafts]
        for index in range(len(result) - 1, 0, -1):
            one, other = result[index - 1], result[index]
            joiner = self._reader.word(one.after)
            if other.first != one.after + 1 or joiner not in _RANGE:
                continue
            is_list = joiner == "and" and self._reader.word(one.first - 1) != "between"
            if not is_list:
                one = self._rescaled(one, other)
            if (
                one.is_plain
                and (other.unit or not other.is_plain)
                and other.kind
                in (
                    "number",
                    "amount",
                    "percent",
                    "points",
                )
            ):
                one = one._replace(
                    kind=other.kind, unit=other.unit, after=other.after, is_incidental=False
                )
                if other.kind == "points" and other.values[0] < 1:
                    one = one._replace(values=tuple(value / 100 for value in one.values))
            elif one.kind == "amount" and other.is_plain and not is_list:
                result[index] = other._replace(kind="amount", unit=one.unit, is_incidental=False)
            if one.is_plain and not one.nouns:
                one = one._replace(nouns=other.nouns)
            result[index - 1] = one
        return result

    def _rescaled(self, one: _Draft, other: _Draft) -> _Draft:
        """Return the start of a range in the scale of its end: 3 of "3-4 billion"."""
        if one.numeral is None or other.numeral is None or not other.numeral.power:
            return one
        if one.numeral.power or one.kind not in ("number", "amount") or one.unit in _BY_NAME:
            return one
        if one.values[0] >= other.mantissa:
            return one
        values = tuple(value * 10**other.numeral.power for value in one.values)
        numeral = one.numeral._replace(scale=other.numeral.scale, power=other.numeral.power)
        return one._replace(values=values, numeral=numeral, after=other.after, is_incidental=False)

    def _pairs(self, drafts: list[_Draft]) -> Iterator[Figure]:
        """Yield the scores and shares that two numbers are, as in "51-49" and "four of five"."""
        for index, (one, other) in enumerate(pairwise([*drafts])):
            if not (one.is_plain and other.is_plain and other.first - one.after in (1, 2)):
                continue
            joiner = " ".join(self._reader.word(at) for at in range(one.after, other.first))
            start, end = self._tokens[one.first].start, self._tokens[other.after - 1].end
            pair = _decimal(one.values[0]), _decimal(other.values[0])
            written = self._text[start:end]
            is_scaled = any(part.numeral and part.numeral.scale for part in (one, other))
            if joiner in ("-", "to") and not is_scaled:
                yield Figure("score", written, pair[0], others=(pair[1],), start=start, end=end)
            elif joiner in ("in", "of", "out of") and 0 < one.values[0] < other.values[0] <= 100:
                share = _decimal(one.values[0] / other.values[0])
                is_said_apart = joiner != "in"
                yield Figure(
                    "fraction", written, share, incidental=is_said_apart, start=start, end=end
                )
                if not is_said_apart:  # the numbers of "one in five" are those of the share alone
                    drafts[index] = one._replace(is_incidental=True, nouns=())
                    drafts[index + 1] = other._replace(is_incidental=True, nouns=())

    def _implied(self, covered: set[int]) -> Iterator[_Draft]:
        """Yield what "a year", "a year and a half" and "none" imply."""
        reader = self._reader
        for at, token in enumerate(self._tokens):
            if at in covered:
                continue
            if token.text in _ZEROS:
                yield _Draft(at, at + 1, "number", (Fraction(0),), is_incidental=True)
            elif token.text in _UNIT_AFTER_ONE:
                unit = MEASUREMENTS.get(reader.word(at + 1))
                if unit is None or unit.dimension == "coins":
                    continue
                value, after = Fraction(1), at + 2
                more = reader.numeral(after + 1) if reader.word(after) == "and" else None
                if more and more.form == "fraction":
                    value, after = value + more.value, more.after
                yield _Draft(at, after, "number", (value,), unit.name, is_incidental=value == 1)

    def _figure(self, draft: _Draft) -> Figure:
        start = self._tokens[draft.first].start
        end = self._tokens[draft.after - 1].end
        value, *others = map(_decimal, draft.values)
        return Figure(
            draft.kind,
            self._text[start:end].strip(" ."),
            value,
            draft.unit,
            scale=draft.numeral.scale if draft.numeral else 0,
            incidental=draft.is_incidental,
            bound=draft.bound,
            nouns=draft.nouns,
            others=tuple(others),
            start=start,
            end=end,
        )


def measurement(name: str) -> Measurement | None:
    """Return the unit of a figure by its name; None for a currency or a compound unit."""
    return _BY_NAME.get(name)


_BY_NAME = {unit.name: unit for unit in MEASUREMENTS.values()}


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def _decimal(value: Fraction) -> Decimal:
    """Return a number as a decimal, exact unless it is a fraction such as a third."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).normalize()
