"""English words for numbers: cardinals, ordinals and powers of ten."""

from __future__ import annotations

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
