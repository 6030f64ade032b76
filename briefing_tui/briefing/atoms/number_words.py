"""Words for numbers: cardinals, ordinals and fractions in English, powers of ten in more languages.

Words are in lower case.
"""

from __future__ import annotations

from fractions import Fraction

_BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NTH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)

CARDINALS = {
    **{word: number for number, word in enumerate(_BELOW_TWENTY.split())},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), 2)},
}
"""Numbers by the single words for them."""

ORDINALS = {
    **{word: number for number, word in enumerate(_NTH.split(), 1)},
    **{f"{word[:-1]}ieth": 10 * number for number, word in enumerate(_TENS.split(), 2)},
}
"""Places in an order by the single words for them."""

COLLECTIVES = {
    "both": 2, "couple": 2, "couples": 2, "duo": 2, "once": 1, "pair": 2, "pairs": 2,
    "quartet": 4, "single": 1, "sole": 1, "thrice": 3, "trio": 3, "twice": 2, "twin": 2,
    "twins": 2,
}  # fmt: skip
"""Words that imply a number without being one."""

DENOMINATORS = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "quarters": 4,
    **{
        form: number
        for word, number in ORDINALS.items()
        if number > 2
        for form in (word, f"{word}s")
    },
    "hundredth": 100,
    "hundredths": 100,
    "thousandth": 1000,
    "thousandths": 1000,
}
"""Denominators of fractions by their words, in the singular and plural."""

VULGAR = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4),
    "¾": Fraction(3, 4), "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5), "⅙": Fraction(1, 6), "⅚": Fraction(5, 6), "⅐": Fraction(1, 7),
    "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
    "⅑": Fraction(1, 9), "⅒": Fraction(1, 10),
}  # fmt: skip
"""Fractions by the characters for them."""


def _forms(powers: dict[str, int]) -> dict[str, int]:
    return {form: power for words, power in powers.items() for form in words.split()}


GROUPING = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12} | {
    "lakh": 5, "crore": 7,
}  # fmt: skip
"""Powers of ten that numbers in words are built with."""

SCALES = {
    **GROUPING,
    **_forms(
        {
            "hundreds": 2,
            "thousands k tsd": 3,
            "lakhs lac lacs": 5,
            "millions mn mln mio m": 6,
            "crores cr": 7,
            "billions bn bln milliard milliards mrd mia b": 9,
            "trillions tn trn": 12,
        }
    ),
}
"""Powers of ten by their English words and international abbreviations."""

FOREIGN_SCALES = {
    "de": _forms(
        {
            "hundert": 2, "tausend tsd": 3, "million millionen mio mill": 6,
            "milliarde milliarden mrd mia md": 9, "billion billionen bio": 12,
        }
    ),
    "fr": _forms(
        {
            "cent cents": 2, "mille k": 3, "million millions m mio": 6,
            "milliard milliards md mds mrd": 9, "billion billions": 12,
        }
    ),
    "es": _forms({"mil": 3, "millón millones mill mm m": 6, "billón billones": 12}),
    "it": _forms(
        {
            "mila mille": 3, "milione milioni mln mio": 6,
            "miliardo miliardi mld mrd": 9, "bilione bilioni": 12,
        }
    ),
    "pt": _forms(
        {
            "mil": 3, "milhão milhões milhao milhoes mi": 6,
            "bilhão bilhões bilhao bilhoes bi mil-milhões": 9, "trilhão trilhões tri": 12,
        }
    ),
    "ru": _forms(
        {
            "сто": 2, "тысяча тысячи тысяч тысячу тыс": 3,
            "миллион миллиона миллионов млн": 6, "миллиард миллиарда миллиардов млрд": 9,
            "триллион триллиона триллионов трлн": 12,
        }
    ),
    "zh": {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8},
    "ja": {"十": 1, "百": 2, "千": 3, "万": 4, "億": 8, "兆": 12},
}  # fmt: skip
"""Powers of ten in other languages, by the first part of the BCP 47 tag."""
