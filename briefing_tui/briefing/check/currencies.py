"""Rules for sums of money: their currency, and their size beside another one (W227)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from briefing_tui.briefing.atoms.figures import figures
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Payment, Value
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.terminal_text import excerpt

_CODES = {
    "us$": "USD",
    "a$ au$": "AUD",
    "c$ ca$": "CAD",
    "hk$": "HKD",
    "nz$": "NZD",
    "s$": "SGD",
    "nt$": "TWD",
    "r$ real reais": "BRL",
    "$ dollar": (
        "USD ARS AUD BBD BMD BND BSD BZD CAD CLP COP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD"
        " TTD TWD UYU XCD"
    ),
    "€ euro": "EUR",
    "£ pound sterling": "GBP EGP FKP GIP LBP SDG SHP SSP SYP",
    "₹": "INR",
    "crore lakh": "INR BDT LKR NPR PKR",
    "rs rupee": "INR LKR MUR NPR PKR SCR",
    "yen": "JPY",
    "¥": "JPY CNY",
    "yuan renminbi rmb": "CNY",
    "₽ rouble ruble": "RUB BYN",
    "₩ won": "KRW KPW",
    "₺ lira": "TRY",
    "₴ hryvnia": "UAH",
    "₪ shekel": "ILS",
    "zloty złoty": "PLN",
    "krone kroner": "DKK NOK",
    "krona kronor krónur": "ISK SEK",
    "franc": "BIF CDF CHF DJF GNF KMF RWF XAF XOF XPF",
    "rand": "ZAR",
    "riyal rial": "IRR OMR QAR SAR YER",
    "dirham": "AED MAD",
    "peso": "ARS CLP COP CUP DOP MXN PHP UYU",
}
"""Codes that signs and names of currencies may mean."""
_BY_NAME = {name: tuple(codes.split()) for names, codes in _CODES.items() for name in names.split()}
_ALL_CODES = frozenset(code for codes in _BY_NAME.values() for code in codes)
_NAME = re.compile(r"[A-Za-z]{0,2}[$€£₹¥₽₩₺₴₪]|[^\W\d_]+")
_PROSE = ("text", "headline", "note")
_MONEY = re.compile(r"[$€£₹¥₽]|Rs\b|dollars?\b|euros?\b|rupees?\b|pounds?\b|rou?bles?\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def check_currencies(document: Document) -> Iterator[Problem]:
    """W227: a sum is in the currency that its own words name."""
    for deal in document.briefing.commitments.values():
        entries: tuple[Value | Payment, ...] = (*deal.values, *deal.payments)
        for entry in entries:
            named = _named(entry.stated) if entry.currency else set()
            if named and entry.currency not in named:
                message = (
                    f"'{excerpt(entry.stated)}' is not in {entry.currency}; correct one of the two"
                )
                yield document.problem("W227", message, entry, "currency")


def _named(stated: str) -> set[str]:
    """Return the codes of all currencies that words may mean; empty if they name none."""
    named: set[str] = set()
    for name in _NAME.findall(stated):
        if name in _ALL_CODES:
            named.add(name)
        else:
            word = name.casefold()
            named.update(_BY_NAME.get(word) or _BY_NAME.get(word.removesuffix("s"), ()))
    return named


def check_magnitudes(document: Document) -> Iterator[Problem]:
    """W227: two sums of one sentence do not differ in their power of ten alone.

    Round sums do so by chance, such as a tenth of $50 million.
    """
    for entry in document.evidenced:
        for key in _PROSE:
            text: str | None = getattr(entry, key, None)
            if not text or len(_MONEY.findall(text)) < 2:
                continue
            for sentence in _SENTENCE_END.split(text):
                if pair := _same_digits(sentence):
                    message = (
                        f"'{pair[0]}' and '{pair[1]}' differ in their power of ten alone;"
                        " correct one of the two"
                    )
                    yield document.problem("W227", message, entry, key)


def _same_digits(sentence: str) -> tuple[str, str] | None:
    """Return two sums of one currency with the same digits, of which there are two at least."""
    sums: dict[tuple[str, tuple[int, ...]], tuple[Decimal, str]] = {}
    for figure in figures(sentence):
        digits = figure.value.normalize().as_tuple().digits
        if figure.kind != "amount" or len(digits) < 2:
            continue
        value, written = sums.setdefault((figure.unit, digits), (figure.value, figure.written))
        if value != figure.value:
            return written, figure.written
    return None
