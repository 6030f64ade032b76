"""The words for what the format says in codes."""

from __future__ import annotations

from briefing_tui.briefing.countries import country_name
from briefing_tui.briefing.model import Briefing, Evidenced
from briefing_tui.briefing.provenance import grade, has_voice, voice
from briefing_tui.briefing.vocabulary import Basis
from briefing_tui.views.rows import Span, Spans

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
    """A country by name; a code that nobody has stays as it is."""
    return country_name(code) or code


def words(code: str) -> str:
    """A word of the format as people write it: ``in_delivery`` is ``in delivery``."""
    return code.replace("_", " ")


def counted(number: int, noun: str) -> str:
    """A number of things: ``1 battery``, ``5 batteries``, ``2 aircraft``."""
    if number == 1 or noun.endswith("craft"):
        plural = noun
    elif noun.endswith("y") and noun[-2:-1] not in "aeiou":
        plural = f"{noun[:-1]}ies"
    else:
        plural = f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
    return f"{number:,} {plural}"


def voiced(entry: Evidenced, briefing: Briefing, *, short: bool = False) -> Spans:
    """Voice and grade, for the column at the right edge; a briefer's judgement has no grade."""
    if not has_voice(entry):
        return ()
    basis = voice(entry, briefing.about)
    word = VOICES[basis][:3] if short else VOICES[basis]
    if basis == "judgement":
        return (Span(word.ljust(6 if short else 11), "judged"),)
    return (Span(f"{word} {grade(entry, briefing)}".ljust(6 if short else 11), "muted"),)
