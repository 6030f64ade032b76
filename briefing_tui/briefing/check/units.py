"""Rule for the units in which a deal is counted (W207)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Commitment, Entry, Event
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.terminal_text import excerpt

_NOUNS = ("system", "regiment", "set", "squadron", "battery", "unit", "division", "missile")
_SINGULAR = {plural: noun for noun in _NOUNS for plural in (noun, f"{noun}s")}
_SINGULAR["batteries"] = "battery"
_BEFORE_A_NOUN = frozenset({"regimental", "battalion", *_NOUNS})

_COUNTING = (
    "one two three four five six seven eight nine ten eleven twelve",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
)
_NUMBERS = {word: number for row in _COUNTING for number, word in enumerate(row.split(), 1)}
_QUANTIFIERS = frozenset({"all", "another", "both", "each", "every", "final", "last", "remaining"})
_MODIFIERS = frozenset(
    {"additional", "complete", "full", "further", "more", "new", "other", "whole"}
)
"""Words allowed between a number and its noun, in addition to those of the deal's name."""
_MAX_MODIFIERS = 4

_TOKEN = re.compile(r"[\w'’\-]+")
_COUNT = re.compile(r"([0-9]{1,6})(?:st|nd|rd|th)?")


def check_units(document: Document) -> Iterator[Problem]:
    """W207: a deal counted in another unit than its order lists that unit in ``same_units``.

    A noun is a unit only after a number or quantifier: "the second regiment", but not "missile
    talks" or "set for October". A number above the ordered one counts something else, such as the
    missiles of the systems.
    """
    events: dict[str, list[Event]] = {}
    for event in document.briefing.timeline:
        for name in event.commitments:
            events.setdefault(name, []).append(event)
    for name, deal in document.briefing.commitments.items():
        if deal.order is None or not deal.order.unit:
            continue
        same = {_phrase(noun) for noun in (deal.order.unit, *deal.same_units)}
        reported: set[str] = set()
        for entry, key, text in _texts(deal, events.get(name, [])):
            for noun in counted(text, deal):
                if noun in reported or _is_among(noun, same):
                    continue
                reported.add(noun)
                message = (
                    f"counts in '{noun}', the order in '{excerpt(deal.order.unit)}';"
                    " if they are the same, add it to 'same_units'"
                )
                yield document.problem("W207", message, entry, key)


def _texts(deal: Commitment, events: list[Event]) -> Iterator[tuple[Entry, str, str]]:
    yield from ((event, "headline", event.headline) for event in events)
    yield from ((milestone, "label", milestone.label) for milestone in deal.milestones)
    yield from ((statement, "text", statement.text) for statement in deal.statements)


def counted(text: str, deal: Commitment) -> Iterator[str]:
    """Yield the unit nouns, in the singular, with which a text counts the goods of a deal."""
    limit = deal.order.number if deal.order and deal.order.number else 999
    modifiers = _MODIFIERS.union(_tokens(f"{deal.name} {deal.description or ''}"))
    tokens = _tokens(text)
    for end, token in enumerate(tokens):
        following = tokens[end + 1] if end + 1 < len(tokens) else ""
        if token not in _SINGULAR or following in _SINGULAR or following == "of":
            continue
        start = end
        while start and tokens[start - 1] in _BEFORE_A_NOUN:
            start -= 1
        words = tokens[max(0, start - _MAX_MODIFIERS - 1) : start]
        while words and words[-1] in modifiers and _count(words[-1]) is None:
            words.pop()
        number = _count(words[-1]) if words else None
        if number is not None and number <= limit:
            yield " ".join([*tokens[start:end], _SINGULAR[token]])


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())


def _count(token: str) -> int | None:
    """Return the number that a word means: 0 for a quantifier, None for other words."""
    if token in _QUANTIFIERS:
        return 0
    match = _COUNT.fullmatch(token)
    return int(match[1]) if match else _NUMBERS.get(token)


def _phrase(noun: str) -> str:
    *modifiers, last = _tokens(noun) or [""]
    return " ".join([*modifiers, _SINGULAR.get(last, last)])


def _is_among(noun: str, units: set[str]) -> bool:
    """Return whether a noun is listed, in full or by its last word ("regimental set", "set")."""
    head = noun.rpartition(" ")[2]
    return bool({noun, head} & units) or any(unit.endswith(f" {noun}") for unit in units)
