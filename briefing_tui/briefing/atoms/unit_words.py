"""Words for currencies, and for units of time and measure."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

_DOLLARS = "USD AUD CAD SGD HKD NZD TWD"
_AMBIGUOUS = {
    "dollar": _DOLLARS,
    "rupee": "INR PKR LKR NPR",
    "krone": "DKK NOK",
    "krona": "SEK ISK",
    "franc": "CHF XOF XAF",
    "yuan": "CNY JPY",
    "pound": "GBP EGP",
    "peso": "MXN ARS CLP COP PHP",
    "riyal": "SAR QAR OMR",
    "dirham": "AED MAD",
    "dinar": "KWD IQD RSD JOD",
    "shilling": "KES UGX TZS",
}
"""Names that several currencies share."""

_NAMES = {
    "dollar": "$ dollar dollars",
    "rupee": "rs re rupee rupees",
    "krone": "krone kroner kr",
    "krona": "krona kronor",
    "franc": "franc francs",
    "yuan": "¥",
    "pound": "pound pounds",
    "peso": "peso pesos",
    "riyal": "riyal riyals rial rials",
    "dirham": "dirham dirhams",
    "dinar": "dinar dinars",
    "shilling": "shilling shillings",
    "INR": "₹",
    "EUR": "€ euro euros евро",
    "GBP": "£ sterling quid",
    "JPY": "yen",
    "CNY": "yuan renminbi rmb",
    "RUB": "₽ rouble roubles ruble rubles рубль рубля рублей руб",
    "KRW": "₩ won",
    "ILS": "₪ shekel shekels",
    "TRY": "₺ lira",
    "UAH": "₴ hryvnia hryvnias",
    "PLN": "zloty zlotys złoty",
    "BRL": "r$ real reais",
    "ZAR": "rand",
    "THB": "฿ baht",
    "MYR": "ringgit",
    "BDT": "৳ taka",
    "NGN": "₦ naira",
    "VND": "₫ dong",
    "USD": "us$ доллар доллара долларов",
    "AUD": "a$ au$",
    "CAD": "c$ ca$",
    "SGD": "s$",
    "HKD": "hk$",
    "NZD": "nz$",
    "TWD": "nt$",
}
_CODES = (
    "AED ARS AUD BDT BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR IQD ISK JOD"
    " JPY KES KRW KWD KZT LKR MAD MXN MYR NGN NOK NPR NZD OMR PHP PKR PLN QAR RON RSD RUB SAR SEK"
    " SGD THB TRY TWD TZS UAH UGX USD VND ZAR"
)

CURRENCY_CODES = frozenset(_CODES.split())
"""Codes of ISO 4217 that are read in a text, in capitals."""

CURRENCIES = {word: name for name, words in _NAMES.items() for word in words.split()}
"""Currencies by sign and word: codes of ISO 4217, or a name that several share."""

NATIONALITIES = {
    "us": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD", "singapore": "SGD",
    "hong kong": "HKD", "new zealand": "NZD", "indian": "INR", "pakistani": "PKR",
    "sri lankan": "LKR", "danish": "DKK", "norwegian": "NOK", "swedish": "SEK",
    "icelandic": "ISK", "swiss": "CHF", "british": "GBP", "egyptian": "EGP", "mexican": "MXN",
    "russian": "RUB", "chinese": "CNY", "japanese": "JPY", "saudi": "SAR", "emirati": "AED",
}  # fmt: skip
"""Currencies by the adjective before a name that several share."""

_SHARED = {name: frozenset(codes.split()) for name, codes in _AMBIGUOUS.items()}


def is_same_currency(one: str, other: str) -> bool:
    """Return whether two currencies may be the same, as dollars and Canadian dollars may."""
    return one == other or one in _SHARED.get(other, ()) or other in _SHARED.get(one, ())


class Measurement(NamedTuple):
    """A unit of time or measure."""

    name: str
    """What it is shown as, in the singular."""
    dimension: str
    size: Fraction
    """How many of the smallest unit with which it is exchanged it has."""


# Months are not exchanged for days: they differ in length.
_EXCHANGED: dict[str, dict[str, tuple[int, str]]] = {
    "days": {
        "second": (1, "seconds sec secs"),
        "minute": (60, "minute minutes min mins"),
        "hour": (3600, "hour hours hr hrs h"),
        "day": (86400, "day days"),
        "week": (604800, "week weeks"),
        "fortnight": (1209600, "fortnight fortnights"),
    },
    "months": {
        "month": (1, "month months"),
        "year": (12, "year years yr yrs"),
        "decade": (120, "decade decades"),
    },
    "length": {
        "millimetre": (1, "mm millimetre millimetres millimeter millimeters"),
        "centimetre": (10, "cm centimetre centimetres centimeter centimeters"),
        "metre": (1000, "metre metres meter meters"),
        "kilometre": (1_000_000, "km kms kilometre kilometres kilometer kilometers"),
    },
    "imperial length": {
        "inch": (1, "inch inches"),
        "foot": (12, "foot feet ft"),
        "yard": (36, "yard yards"),
        "mile": (63360, "mile miles"),
    },
    "nautical length": {"nautical mile": (1, "nm nmi")},
    "mass": {
        "gram": (1, "g gram grams gramme grammes"),
        "kilogram": (1000, "kg kgs kilo kilos kilogram kilograms"),
        "tonne": (1_000_000, "t tonne tonnes ton tons"),
    },
    "imperial mass": {"ounce": (1, "oz ounce ounces"), "pound (mass)": (16, "lb lbs")},
    "power": {
        "watt": (1, "w watt watts"),
        "kilowatt": (10**3, "kw kilowatt kilowatts"),
        "megawatt": (10**6, "mw megawatt megawatts"),
        "gigawatt": (10**9, "gw gigawatt gigawatts"),
        "terawatt": (10**12, "tw terawatt terawatts"),
    },
    "energy": {
        "kilowatt-hour": (10**3, "kwh"),
        "megawatt-hour": (10**6, "mwh"),
        "gigawatt-hour": (10**9, "gwh"),
        "terawatt-hour": (10**12, "twh"),
    },
    "volume": {
        "millilitre": (1, "ml millilitre millilitres milliliter milliliters"),
        "litre": (1000, "litre litres liter liters"),
    },
    "barrels": {"barrel": (1, "barrel barrels bbl")},
    "gallons": {"gallon": (1, "gallon gallons")},
    "area": {"hectare": (1, "ha hectare hectares"), "square kilometre": (100, "km² sqkm")},
    "acres": {"acre": (1, "acre acres")},
    "data": {
        "kilobyte": (1, "kb kilobyte kilobytes"),
        "megabyte": (10**3, "mb megabyte megabytes"),
        "gigabyte": (10**6, "gb gigabyte gigabytes"),
        "terabyte": (10**9, "tb terabyte terabytes"),
        "petabyte": (10**12, "pb petabyte petabytes"),
    },
    "temperature": {"degree": (1, "° degree degrees °c celsius")},
    "speed": {"knot": (1, "knot knots kn")},
    "metric speed": {"kilometre an hour": (1, "km/h kph kmh")},
    "imperial speed": {"mile an hour": (1, "mph")},
    "frequency": {
        "hertz": (1, "hz"),
        "kilohertz": (10**3, "khz"),
        "megahertz": (10**6, "mhz"),
        "gigahertz": (10**9, "ghz"),
    },
    "coins": {"cent": (1, "cent cents"), "penny": (1, "penny pence")},
}

MEASUREMENTS = {
    word: Measurement(name, dimension, Fraction(size))
    for dimension, units in _EXCHANGED.items()
    for name, (size, words) in units.items()
    for word in words.split()
}
"""Units by their words, singular, plural and short."""
