"""Display labels: words for the format's codes, and nouns with their number."""

from __future__ import annotations

from briefing_tui.briefing.countries import country_name
from briefing_tui.briefing.dates import format_date
from briefing_tui.briefing.model import Basis, Briefing, Payment, Source, Value
from briefing_tui.briefing.quantities import format_quantity
from briefing_tui.vocabulary.words import label_of, plural, plural_of

VOICES: dict[Basis, str] = {
    "stated": "article",
    "inferred": "inferred",
    "external": "external",
    "judgement": "judgement",
}
"""One word for each voice, for the column at the right edge."""

VOICES_LONG: dict[Basis, str] = {
    "stated": "stated by the article",
    "inferred": "inferred from the article",
    "external": "from another source",
    "judgement": "a judgement, not a reported fact",
}

RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""Admiralty code, first character."""

CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""Admiralty code, second character."""


def country(code: str) -> str:
    """Return the name of a country, or the code itself if it is unknown."""
    return country_name(code) or code


def party(briefing: Briefing, name: str) -> str:
    """Return the name of a party: of an actor, or of a country by its code."""
    actor = briefing.actors.get(name)
    return actor.name if actor else country(name)


def label(briefing: Briefing, section: str, word: str) -> str:
    """Return what readers see for a word of a section of the briefing's vocabularies."""
    return label_of(word, briefing.glossary.section(section).get(word))


def amount(briefing: Briefing, entry: Value | Payment) -> str:
    """Return an amount with its currency or unit, such as ``USD 33.50 per share``."""
    if entry.amount is None:
        return ""
    number = format_quantity(entry.amount)
    text = f"{entry.currency} {number}" if entry.currency else number
    if isinstance(entry, Payment):
        return text
    if entry.unit == "percent":
        text = f"{number}%"
    elif entry.unit:
        name = label_of if entry.amount.whole == 1 else plural_of
        text = f"{number} {name(entry.unit, briefing.glossary.units.get(entry.unit))}"
    per = f" per {entry.per}" if entry.per else ""
    of = f" {'for' if entry.currency else 'of'} {entry.of}" if entry.of else ""
    return f"{text}{per}{of}"


def payment_parties(briefing: Briefing, payment: Payment) -> str:
    """Return who pays whom, as far as it is known."""
    payer = f"by {party(briefing, payment.by)}" if payment.by else ""
    payee = f"to {party(briefing, payment.to)}" if payment.to else ""
    return " ".join(filter(None, (payer, payee)))


def published_date(source: Source) -> str:
    """Return the date of a source in words, whether it is inferred, and when it was updated."""
    inferred = "" if source.published.basis == "stated" else " (inferred)"
    updated = f", updated {format_date(source.updated)}" if source.updated else ""
    return f"{format_date(source.published.date)}{inferred}{updated}"


def words(code: str) -> str:
    """Return a word of the format in prose: ``in_delivery`` becomes ``in delivery``."""
    return code.replace("_", " ")


def quantity(number: int, noun: str, verb: str = "") -> str:
    """Return a number of things, such as ``5 batteries``, from a noun in the singular.

    A verb in the plural agrees with the number: ``2 points cite``, ``1 point cites``.
    """
    noun = noun if number == 1 else plural(noun)
    clause = f" {verb}{'s' if number == 1 else ''}" if verb else ""
    return f"{number:,} {noun}{clause}"
