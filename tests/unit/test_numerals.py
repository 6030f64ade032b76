"""The grammar of numbers, held against phrases whose numbers are known."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from briefing_tui.briefing.atoms.numerals import NumberReader, digit_values, tokenize

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NTHS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
SHORT_SCALE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
INDIAN_SCALE = ((10**7, "crore"), (10**5, "lakh"), (10**3, "thousand"))
CONTEXTS = (
    "{}",
    "They ordered {} boats.",
    "({})",
    "the {}-strong crew",
    "It was {}, they said; it was more.",
    "worth {} in all",
    "a total of {}",
    "to {} from the S-400",
    "not {}!",
)


def spoken(number: int, style: random.Random) -> str:
    """A number in words, in one of the ways in which people write them."""
    hyphen = style.choice("- ")
    joint = style.choice((" and ", " "))
    scales = style.choice((SHORT_SCALE, SHORT_SCALE, INDIAN_SCALE))

    def below_hundred(rest: int) -> str:
        if rest < 20:
            return ONES[rest]
        tens, ones = divmod(rest, 10)
        return TENS[tens] + (f"{hyphen}{ONES[ones]}" if ones else "")

    def below_thousand(rest: int) -> str:
        hundreds, rest = divmod(rest, 100)
        if not hundreds:
            return below_hundred(rest)
        return f"{ONES[hundreds]} hundred" + (f"{joint}{below_hundred(rest)}" if rest else "")

    words = []
    rest = number
    for size, name in scales:
        count, rest = divmod(rest, size)
        if count:
            # Beyond 999 crore the scale is that of another number.
            words.append(f"{below_thousand(count)} {name}" if count < 1000 else "")
            if count >= 1000:
                return spoken(number, style)
    if rest or not words:
        is_joined = words and rest < 100 and joint == " and "
        words.append(("and " if is_joined else "") + below_thousand(rest))
    text = " ".join(words)
    if text.startswith("one ") and style.random() < 0.5:
        text = f"a {text.removeprefix('one ')}"
    return style.choice((text, text.capitalize(), text.upper()))


def numbers(text: str, language: str = "en") -> list[Fraction]:
    reader = NumberReader(tokenize(text, language), language)
    return [
        numeral.value for numeral in reader.numerals() if numeral.form in ("cardinal", "fraction")
    ]


def ordinals(text: str) -> list[Fraction]:
    reader = NumberReader(tokenize(text))
    return [numeral.value for numeral in reader.numerals() if numeral.form == "ordinal"]


def samples(count: int, seed: int) -> list[int]:
    draw = random.Random(seed)
    return [int(10 ** draw.uniform(0, 12)) for _ in range(count)] + [*range(1, 1200)]


def test_numbers_in_words_are_what_they_were_made_from() -> None:
    style = random.Random(1)
    for number in samples(6000, 2):
        words = spoken(number, style)
        text = style.choice(CONTEXTS).format(words)
        if "-strong" in text and " and " in words:
            continue
        assert numbers(text) == [number], text


def test_two_numbers_in_words_stay_two() -> None:
    style = random.Random(3)
    for first, second in zip(samples(1500, 4), samples(1500, 5), strict=True):
        joint = style.choice((", ", "; ", " boats and ", " to ", " or ", "/", " of the "))
        text = f"{spoken(first, style)}{joint}{spoken(second, style)} men"
        if joint == ", " and second >= 1000:
            continue  # "two million, three hundred thousand" may be one number
        if first == 1 and joint in (" or ", " to "):
            continue
        assert numbers(text) == [first, second], text


def test_ordinals_in_words_are_ordinals() -> None:
    style = random.Random(6)
    for number in range(1, 1000):
        *rest, last = spoken(number, style).lower().replace("-", " -").split(" ")
        bare = last.removeprefix("-")
        if bare == "hundred":
            nth = "hundredth"
        else:
            nth = NTHS.get(bare) or (f"{bare[:-1]}ieth" if bare.endswith("y") else f"{bare}th")
        text = " ".join([*rest, last.replace(bare, nth)]).replace(" -", "-")
        if text.startswith("a "):
            text = text.replace("a ", "one ", 1)
        assert ordinals(f"the {text} boat") == [number], text
        assert numbers(f"the {text} boat") == [], text


@pytest.mark.parametrize(
    "scale", [("million", 6), ("bn", 9), ("crore", 7), ("lakh crore", 12), ("k", 3)]
)
@pytest.mark.parametrize("joint", [" ", "-", ""])
def test_digits_take_the_scale_after_them(scale: tuple[str, int], joint: str) -> None:
    word, power = scale
    if word == "k" and joint == " ":
        joint = ""
    draw = random.Random(7)
    for _ in range(100):
        value = Fraction(draw.randrange(1, 10**5), draw.choice((1, 10, 100)))
        digits = f"{float(value):,.2f}".rstrip("0").rstrip(".")
        text = f"worth {digits}{joint}{word} to them"
        assert numbers(text) == [value * 10**power], text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("half a million", 500_000),
        ("one and a half billion", 1_500_000_000),
        ("a million and a half", 1_500_000),
        ("a quarter of a million", 250_000),
        ("three and a quarter million", 3_250_000),
        ("2½ million", 2_500_000),
        ("6 1/2 years", Fraction(13, 2)),
        ("6½", Fraction(13, 2)),
        ("half a dozen", 6),
        ("half-dozen", 6),
        ("two dozen", 24),
        ("a dozen and a half", 18),
        ("a score of people", 20),
        ("three score", 60),
        ("nineteen eighty-four", 1984),
        ("fifteen hundred", 1500),
        ("5 million 300 thousand", 5_300_000),
        ("two million, three hundred thousand", 2_300_000),
        ("two-thirds", Fraction(2, 3)),
        ("a third of it", Fraction(1, 3)),
        ("one third", Fraction(1, 3)),
        ("three quarters", Fraction(3, 4)),
        ("2/3 of them", Fraction(2, 3)),
        ("half of it", Fraction(1, 2)),
    ],
)
def test_a_number_of_parts_is_one_number(text: str, value: Fraction) -> None:
    assert numbers(text) == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("between one hundred and two hundred", [100, 200]),
        ("between one hundred and fifty and two hundred", [150, 200]),
        ("between a hundred and fifty", [100, 50]),
        ("5 million 3 times", [5_000_000, 3]),
        ("40 two-seat boats", [40, 2]),
        ("the first five boats", [5]),
        ("two third-party tools", [2]),
        ("a third regiment", []),
        ("five ten", []),
        ("one two three", []),
        ("several hundred, a few thousand", []),
        ("hundreds of thousands", []),
        ("1.2.3", []),
        ("1,2,3", []),
        ("24/7 and 3/4/5 and 9/11", []),
        ("S-400, pull/6834, BA117, P4S1, 30MKI, v2, #77", []),
        ("half-brother", []),
        ("a score of 3 to 2", [3, 2]),
    ],
)
def test_a_part_of_what_cannot_be_read_is_not_a_number(text: str, values: list[int]) -> None:
    assert numbers(text) == values


@pytest.mark.parametrize(
    ("digits", "language", "values"),
    [
        ("1,234,567.89", "en", ["1234567.89"]),
        ("1.234.567,89", "en", ["1234567.89"]),
        ("12,50,00,00,000", "en", ["12500000000"]),
        ("4,00,000", "en", ["400000"]),
        ("5,43", "en", ["5.43"]),
        ("1.200", "en", ["1.2", "1200"]),
        ("1.200", "de", ["1200", "1.2"]),
        ("1,200", "en", ["1200"]),
        ("1,200", "de", ["1.2", "1200"]),
        ("1 234 567", "fr", ["1234567"]),
        ("1'234.5", "de", ["1234.5"]),
        ("12,3456,7", "en", []),
        ("1.2.3", "en", []),
        ("9" * 41, "en", []),
    ],
)
def test_separators_are_read_as_the_language_has_them(
    digits: str, language: str, values: list[str]
) -> None:
    assert digit_values(digits, language) == tuple(map(Fraction, values))
