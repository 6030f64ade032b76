"""A grammar of numbers: in digits, in English words, and mixed as in "2½ million".

A number is read as a whole or not at all: "two hundred and eighty-eight" is 288, and of "five ten"
or "1.2.3" no part is a number.

```
number   = group { [ "and" | "," ] group } [ "and" fraction ]       from larger to smaller scales
group    = ( hundreds | digits | "a" | "half a" ) { scale }
hundreds = [ below-hundred | "a" ] "hundred" [ [ "and" ] below-hundred ] | below-hundred
dozens   = [ below-hundred | digits | "a" | "half a" ] ( "dozen" | "score" )
fraction = ( "a" | below-hundred ) denominator | "half" | digits "/" digits | "½"
ordinal  = a number whose last word is an ordinal | digits ( "st" | "nd" | "rd" | "th" )
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from briefing_tui.briefing.atoms.number_words import (
    CARDINALS,
    COLLECTIVES,
    DENOMINATORS,
    FOREIGN_SCALES,
    GROUPING,
    ORDINALS,
    SCALES,
    VULGAR,
)
from briefing_tui.briefing.atoms.unit_words import CURRENCIES, CURRENCY_CODES, MEASUREMENTS

Form = Literal["cardinal", "ordinal", "fraction", "label", "unread"]
"""A label is a number in a name, as in RFC-9110, and counts nothing."""

_DIGITS = r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,'][0-9]+)*"
_TOKEN = re.compile(rf"(?P<digits>{_DIGITS})|(?P<word>[^\W\d_]+)|(?P<sign>[^\w\s]|_)")
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff"
_IDEOGRAPHIC_TOKEN = re.compile(
    rf"(?P<digits>{_DIGITS})|(?P<word>[{_IDEOGRAPHS}]|[a-zA-Z]+)|(?P<sign>[^\w\s]|_)"
)
_NTH = ("st", "nd", "rd", "th")
_WESTERN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}")
_DECIMAL_COMMA = frozenset({"de", "fr", "es", "it", "pt", "ru"})
"""Languages whose decimal mark is a comma."""
_LONGEST = 40
"""Characters of the longest number in digits."""
_DENOMINATORS_IN_DIGITS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20})
"""Of others the meaning is not certain: 9/11 is a day, and 24/7 an idiom."""
_ONE = ("a", "an")
_BEFORE_A_FRACTION_ALONE = frozenset({"of", "off"})
_BEFORE_A_BARE_SCALE = frozenset(
    {"another", "first", "last", "next", "past", "per", "the", "nearly", "almost", "over"}
)
_SHORT_SCALES = frozenset({"m", "b", "k"})
"""Scales only if nothing is between them and their digits."""
_JOINED_BEFORE_DIGITS = frozenset({"mid", "over", "post", "pre", "sub", "top", "under", *CARDINALS})
_ABBREVIATIONS = frozenset({"art", "ch", "no", "nos", "p", "pp", "sec"})
_NTH_SCALES = {f"{word}th": 10**power for word, power in GROUPING.items()}
_INFINITE = 99


class Lexeme(NamedTuple):
    """A run of digits, a word in lower case, or one other character."""

    text: str
    start: int
    end: int
    kind: str


class Numeral(NamedTuple):
    """A number in a text."""

    first: int
    """Its first token."""
    after: int
    """The token after its last."""
    form: Form
    values: tuple[Fraction, ...]
    """Every number that it may mean, the likeliest first; empty if it is none."""
    scale: int = 0
    """Power of ten of its last scale word, such as 7 for crore."""
    power: int = 0
    """Power of ten of all its scale words, if they follow one number."""
    is_digits: bool = False

    @property
    def value(self) -> Fraction:
        """The likeliest number."""
        return self.values[0]


class _Group(NamedTuple):
    """A part of a number in words."""

    value: Fraction
    after: int
    is_ordinal: bool = False


def tokenize(text: str, language: str = "en") -> list[Lexeme]:
    """Return the tokens of a folded text."""
    pattern = _IDEOGRAPHIC_TOKEN if language in ("zh", "ja") else _TOKEN
    return [
        Lexeme(match[0].lower(), match.start(), match.end(), match.lastgroup or "")
        for match in pattern.finditer(text)
    ]


def digit_values(digits: str, language: str = "en") -> tuple[Fraction, ...]:
    """Return every number that digits with separators may mean, the likeliest first.

    "1.200" is 1.2 in English and 1200 in German; "5,43" is 5.43 in both.
    """
    plain = re.sub(r"[ ']", "", digits)
    if len(plain) > _LONGEST:
        return ()
    if plain.isdecimal():
        return (Fraction(int(plain)),)
    last = max(plain.rfind(","), plain.rfind("."))
    mark, whole, decimals = plain[last], plain[:last], plain[last + 1 :]
    if mark not in whole and _is_grouped(whole):
        decimal = Fraction(int(_joined(whole + decimals)), 10 ** len(decimals))
    else:
        decimal = None
    if len(set(plain) & {",", "."}) == 1 and _is_grouped(plain):
        number = Fraction(int(_joined(plain)))
        if decimal is None or (mark == "," and language not in _DECIMAL_COMMA):
            return (number,)
        is_decimal = mark == ("," if language in _DECIMAL_COMMA else ".")
        return (decimal, number) if is_decimal else (number, decimal)
    return () if decimal is None else (decimal,)


def _joined(number: str) -> str:
    return number.replace(",", "").replace(".", "")


def _is_grouped(number: str) -> bool:
    """Return whether digits are in groups of thousands, or of lakhs and crores."""
    grouped = number.replace(".", ",")
    return number.isdecimal() or any(pattern.fullmatch(grouped) for pattern in (_WESTERN, _INDIAN))


class NumberReader:
    """A recursive-descent parser of the numbers among tokens."""

    def __init__(self, tokens: list[Lexeme], language: str = "en") -> None:
        self._tokens = tokens
        self._language = language
        self._is_english = language == "en"
        self._scales = SCALES if self._is_english else FOREIGN_SCALES.get(language, {})

    def numerals(self) -> Iterator[Numeral]:
        """Yield the numbers in order, and what looks like a number and cannot be read."""
        at = 0
        while at < len(self._tokens):
            numeral = self.numeral(at)
            if numeral is None:
                at += 1
            else:
                yield numeral
                at = numeral.after

    def word(self, at: int) -> str:
        """Return a token; empty beyond the text."""
        return self._tokens[at].text if 0 <= at < len(self._tokens) else ""

    def kind(self, at: int) -> str:
        """Return the kind of a token; empty beyond the text."""
        return self._tokens[at].kind if 0 <= at < len(self._tokens) else ""

    def is_glued(self, at: int) -> bool:
        """Return whether nothing is between a token and the one before it."""
        return 0 < at < len(self._tokens) and self._tokens[at - 1].end == self._tokens[at].start

    def after_hyphen(self, at: int) -> int:
        """Return a token, or the next one if it is a hyphen between two words."""
        is_hyphen = self.word(at) == "-" and self.is_glued(at) and self.is_glued(at + 1)
        return at + 1 if is_hyphen else at

    def numeral(self, at: int) -> Numeral | None:
        """Read the number that begins at a token."""
        if at >= len(self._tokens):
            return None
        token = self._tokens[at]
        if token.kind == "digits":
            return self._in_digits(at)
        if token.text in VULGAR:
            return Numeral(at, at + 1, "fraction", (VULGAR[token.text],))
        if token.kind == "word" and self._is_english:
            return self._in_words(at)
        return None

    # In digits

    def _in_digits(self, at: int) -> Numeral:
        values, after = digit_values(self.word(at), self._language), at + 1
        if self._is_label(at):
            after += self.is_glued(after) and self.kind(after) == "word"
            return Numeral(at, after, "label", values, is_digits=True)
        if self.word(after) == "/" and self.is_glued(after) and self.is_glued(after + 1):
            return self._slashed(at)
        if mixed := self._mixed(at):
            values, after = mixed
        elif self.is_glued(after) and self.kind(after) == "word":
            if self.word(after) in _NTH:
                return Numeral(at, after + 1, "ordinal", values, is_digits=True)
            if not self._is_suffix(after):
                return Numeral(at, after + 1, "label", values, is_digits=True)
        if not values:
            return Numeral(at, after, "unread", ())
        return self._scaled(at, after, values)

    def _is_label(self, at: int) -> bool:
        """Return whether digits belong to a name, as in S-400, pull/6834, BA117 and #77."""
        if not self.is_glued(at):
            return False
        before = self.word(at - 1)
        if self.kind(at - 1) == "word":
            return before.isascii() and before not in CURRENCIES and not self._is_code(before)
        if before in ("#", "_", "@"):
            return True
        if before in ("-", "/", ".") and self.is_glued(at - 1) and self.kind(at - 2) == "word":
            name = self.word(at - 2)
            if before == "." and (name in CURRENCIES or name in _ABBREVIATIONS):
                return False
            return before != "-" or name not in _JOINED_BEFORE_DIGITS
        return False

    def _is_code(self, word: str) -> bool:
        return word.upper() in CURRENCY_CODES

    def _is_suffix(self, at: int) -> bool:
        """Return whether letters glued to digits are a word of their own, as in "5bn" and "5km"."""
        word = self.word(at)
        if self.is_glued(at + 1) and self.kind(at + 1) == "digits":
            return False
        known = word in self._scales or word in MEASUREMENTS or word in CURRENCIES
        return known or not word.isascii() or word in ("x", "pc", "pct", "bps", "pp", "am", "pm")

    def _slashed(self, at: int) -> Numeral:
        """Read "2/3"; anything else with a slash, such as 24/7 or 3/4/5, cannot be read."""
        top, bottom = self.word(at), self.word(at + 2)
        after = at + 3
        is_fraction = top.isdecimal() and bottom.isdecimal() and self.word(after) != "/"
        while self.word(after) == "/" and self.is_glued(after) and self.is_glued(after + 1):
            after += 2
        if is_fraction and len(top) <= 2 and len(bottom) <= 2:
            numerator, denominator = int(top), int(bottom)
            if 0 < numerator < denominator and denominator in _DENOMINATORS_IN_DIGITS:
                return Numeral(at, after, "fraction", (Fraction(numerator, denominator),))
        return Numeral(at, after, "unread", ())

    def _mixed(self, at: int) -> tuple[tuple[Fraction, ...], int] | None:
        """Read "6½", "6 ½" and "6 1/2"."""
        whole = self.word(at)
        if not whole.isdecimal() or len(whole) > _LONGEST:
            return None
        if self.word(at + 1) in VULGAR:
            return (int(whole) + VULGAR[self.word(at + 1)],), at + 2
        start = self.after_hyphen(at + 1)
        if self.word(start).isdecimal() and self.word(start + 1) == "/" and len(whole) <= 3:
            fraction = self._slashed(start)
            if fraction.values:
                return (int(whole) + fraction.value,), fraction.after
        return None

    def _scaled(self, at: int, after: int, values: tuple[Fraction, ...]) -> Numeral:
        """Read the scale words after a number in digits, and what is added to it."""
        word = self.word(self.after_hyphen(after))
        if self._is_english and word in ("dozen", "dozens"):
            values = tuple(12 * value for value in values)
            return Numeral(at, self.after_hyphen(after) + 1, "cardinal", values)
        if self._is_english and len(values) == 1 and (half := self._and_fraction(after)):
            values, after = (values[0] + half.value,), half.after
        power, last, after = self._powers(after)
        values = tuple(value * 10**power for value in values)
        if power and self._is_english:
            if half := self._and_fraction(after):
                return Numeral(
                    at, half.after, "cardinal", (values[0] + half.value * 10**last,), last
                )
            # "5 million 300 thousand", but not "5 million 3 times"
            rest = digit_values(self.word(after)) if self.kind(after) == "digits" else ()
            smaller, smaller_last, end = self._powers(after + 1)
            is_word = self.word(end - 1) not in _SHORT_SCALES and not self.is_glued(end - 1)
            if rest and 0 < smaller < power and is_word:
                total = values[0] + rest[0] * 10**smaller
                return Numeral(at, end, "cardinal", (total,), smaller_last)
        return Numeral(at, after, "cardinal", values, last, power, is_digits=True)

    def _powers(self, at: int) -> tuple[int, int, int]:
        """Read scale words: their power of ten together, that of the last, and the next token."""
        power = last = 0
        while True:
            start = self.after_hyphen(at)
            word = self.word(start)
            if word not in self._scales or (word in _SHORT_SCALES and not self.is_glued(start)):
                return power, last, at
            last = self._scales[word]
            power += last
            at = start + 1

    # In words

    def _in_words(self, at: int) -> Numeral | None:
        if self.word(at - 1) == "between":
            numeral = self._phrase(at, may_add=True)
            if numeral and self.word(numeral.after) not in ("and", "to", "-"):
                numeral = self._phrase(at, may_add=False)
        else:
            numeral = self._phrase(at, may_add=True)
        if numeral is None or numeral.form in ("ordinal", "fraction"):
            return numeral
        nth = self.word(self.after_hyphen(numeral.after))
        if nth in _NTH_SCALES and numeral.values:
            after = self.after_hyphen(numeral.after) + 1
            return Numeral(at, after, "ordinal", (numeral.value * _NTH_SCALES[nth],))
        if self.word(numeral.after) in CARDINALS or self.word(numeral.after) in GROUPING:
            after = numeral.after
            while self.word(after) in CARDINALS or self.word(after) in GROUPING:
                after = self.after_hyphen(after + 1)
            return Numeral(at, after, "unread", ())
        return numeral

    def _phrase(self, at: int, *, may_add: bool) -> Numeral | None:
        word = self.word(at)
        if word in COLLECTIVES:
            return Numeral(at, at + 1, "cardinal", (Fraction(COLLECTIVES[word]),))
        if word not in _STARTS:
            return None
        for read in (self._half, self._fraction, self._dozens, self._year):
            if (numeral := read(at)) is not None:
                return numeral
        return self._number(at, may_add=may_add)

    def _half(self, at: int) -> Numeral | None:
        """Read "half a million", "half a dozen" and "half of"."""
        if self.word(at) != "half":
            return None
        start = self.after_hyphen(at + 1)
        start += self.word(start) in _ONE
        half = Fraction(1, 2)
        if self.word(start) in ("dozen", "score"):
            count = 12 if self.word(start) == "dozen" else 20
            return Numeral(at, start + 1, "cardinal", (count * half,))
        power, last, after = self._powers(start)
        if power:
            return Numeral(at, after, "cardinal", (half * 10**power,), last)
        is_joined = self.after_hyphen(at + 1) != at + 1 or self.after_hyphen(at - 1) == at
        if is_joined and not (self.word(at + 2) in MEASUREMENTS or self.word(at + 2) in _ONE):
            return Numeral(at, at + 1, "unread", ())  # half-brother, mid-half
        return Numeral(at, at + 1, "fraction", (half,))

    def _fraction(self, at: int) -> Numeral | None:
        """Read "a third of", "two-thirds", "a quarter of a million"."""
        fraction = self._share(at)
        if fraction is None:
            return None
        start = fraction.after + (self.word(fraction.after) == "of")
        if start > fraction.after and self.word(start) in (*_ONE, "one"):
            power, last, after = self._powers(start + 1)
            if power:
                return Numeral(at, after, "cardinal", (fraction.value * 10**power,), last)
        return Numeral(at, fraction.after, "fraction", (fraction.value,))

    def _share(self, at: int) -> _Group | None:
        number = self._below_hundred(at)
        if self.word(at) in _ONE:
            number = _Group(Fraction(1), at + 1)
        if number is None or number.is_ordinal or not number.value:
            return None
        start = self.after_hyphen(number.after)
        word, after = self.word(start), start + 1
        denominator = DENOMINATORS.get(word)
        if denominator is None:
            return None
        is_plural = word.endswith("s") or word == "halves"
        if is_plural != (number.value > 1) and not (start > number.after and number.value > 1):
            return None
        # "a third of it" is a fraction, and "a third regiment" is not.
        is_fraction = (
            is_plural
            or word in ("half", "quarter")
            or (self.word(at) == "one" and denominator < 100 and self.after_hyphen(after) == after)
            or start > number.after
            or self.word(after) in _BEFORE_A_FRACTION_ALONE
        )
        return _Group(number.value / denominator, after) if is_fraction else None

    def _and_fraction(self, at: int) -> _Group | None:
        """Read what "and a half" adds to a number."""
        if self.word(at) != "and":
            return None
        fraction = self._share(at + 1)
        if fraction and self.word(fraction.after) not in ("of", "off"):
            return fraction
        return None

    def _dozens(self, at: int) -> Numeral | None:
        number = self._below_hundred(at)
        if self.word(at) in _ONE:
            number = _Group(Fraction(1), at + 1)
        start = number.after if number and not number.is_ordinal else at
        word = self.word(self.after_hyphen(start))
        after = self.after_hyphen(start) + 1
        value = number.value if number else Fraction(1)
        if word == "dozen":
            if half := self._and_fraction(after):
                value, after = value + half.value, half.after
            return Numeral(at, after, "cardinal", (12 * value,))
        # "a score of people", but not "a score of 3 to 2"
        is_twenty = self.word(after) == "of" and self.kind(after + 1) == "word"
        is_twenty = is_twenty and self.word(after + 1) not in CARDINALS
        if word == "score" and (value > 1 or (start > at and is_twenty)):
            return Numeral(at, after, "cardinal", (20 * value,))
        return None

    def _year(self, at: int) -> Numeral | None:
        """Read "nineteen eighty-four"."""
        century = self._below_hundred(at)
        if century is None or century.is_ordinal or not 16 <= century.value <= 20:
            return None
        rest = self._below_hundred(century.after)
        if rest is None or rest.is_ordinal or rest.value < 10:
            return None
        if self.word(rest.after) in GROUPING:
            return None
        return Numeral(at, rest.after, "cardinal", (100 * century.value + rest.value,))

    def _number(self, at: int, *, may_add: bool) -> Numeral | None:
        """Read groups whose scales fall, as in "two million three hundred thousand and five"."""
        group = self._hundreds(at, may_add=may_add)
        if group is None:
            return self._bare_scale(at)
        if half := None if group.is_ordinal else self._and_fraction(group.after):
            power, last, after = self._powers(half.after)
            if may_add or power:
                value = (group.value + half.value) * 10**power
                return Numeral(at, after, "cardinal", (value,), last, power)
        total, last, ceiling, groups = Fraction(0), 0, _INFINITE, 0
        after = at
        while group is not None:
            power, last_power, end = self._powers(group.after)
            if power >= ceiling or (power == 0 and ceiling < 3):
                break
            total += group.value * 10**power
            last, ceiling, after, groups = last_power or last, power, end, groups + 1
            if group.is_ordinal or not power:
                break
            group = self._next_group(after, power, may_add=may_add)
        is_ordinal = group is not None and group.is_ordinal and after == group.after
        if self.word(at) in _ONE and total == 1:
            return None
        if not is_ordinal and last and (half := self._and_fraction(after)):
            total, after = total + half.value * 10**last, half.after
        form: Form = "ordinal" if is_ordinal else "cardinal"
        return Numeral(at, after, form, (total,), last, ceiling if groups == 1 else 0)

    def _bare_scale(self, at: int) -> Numeral | None:
        """Read "the million"; "several hundred" cannot be read."""
        power, last, after = self._powers(at)
        if not power or self.word(at) not in GROUPING:
            return None
        if self.word(at - 1) in _BEFORE_A_BARE_SCALE:
            return Numeral(at, after, "cardinal", (Fraction(10**power),), last)
        return Numeral(at, after, "unread", ())

    def _next_group(self, at: int, ceiling: int, *, may_add: bool) -> _Group | None:
        """Read the next group of a number, if it is not a number of its own."""
        separator = self.word(at)
        start = at + (separator in ("and", ","))
        if separator == "and" and not may_add:
            return None
        if self.word(start) in _ONE:
            return None
        group = self._hundreds(start, may_add=may_add)
        if group is None or self._below_hundred(start) is None:
            return None
        power = self._powers(group.after)[0]
        if power >= ceiling or (separator == "," and power < 3):
            return None
        if separator == "and" and power == 0 and group.value >= 100 and ceiling > 3:
            return None
        return group

    def _hundreds(self, at: int, *, may_add: bool) -> _Group | None:
        base = self._below_hundred(at)
        if base is None and self.word(at) in _ONE and self.word(at + 1) in GROUPING:
            base = _Group(Fraction(1), at + 1)
        if base is None or base.is_ordinal:
            return base
        start = self.after_hyphen(base.after)
        if self.word(start) != "hundred":
            return base
        hundreds = _Group(100 * base.value, start + 1)
        start = hundreds.after
        if self.word(start) == "and":
            if not may_add:
                return hundreds
            start += 1
        rest = self._below_hundred(self.after_hyphen(start))
        if rest is None or not rest.value:
            return hundreds
        if self.word(self.after_hyphen(rest.after)) == "hundred" or self._share(start):
            return hundreds
        return _Group(hundreds.value + rest.value, rest.after, rest.is_ordinal)

    def _below_hundred(self, at: int) -> _Group | None:
        word = self.word(at)
        if word in ORDINALS:
            return _Group(Fraction(ORDINALS[word]), at + 1, is_ordinal=True)
        number = CARDINALS.get(word)
        if number is None:
            return None
        if number >= 20:
            start = self.after_hyphen(at + 1)
            rest = self.word(start)
            if 0 < CARDINALS.get(rest, 0) < 10:
                return _Group(Fraction(number + CARDINALS[rest]), start + 1)
            if 0 < ORDINALS.get(rest, 0) < 10:
                return _Group(Fraction(number + ORDINALS[rest]), start + 1, is_ordinal=True)
        return _Group(Fraction(number), at + 1)


_STARTS = frozenset({*_ONE, "half", "dozen", *CARDINALS, *ORDINALS, *GROUPING})
"""Words that a number can begin with."""
