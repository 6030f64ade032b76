"""Rules for the bottom line (W208)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import known_since, sources

_MAX_WORDS = 50
_MAX_SENTENCES = 2
_CLOSING, _OPENING = "\"'”’)]", "\"'“‘(["
_ABBREVIATION = re.compile(r"\W*(?:[A-Z]|[A-Za-z](?:\.[A-Za-z])+|Mrs?|Ms|Drs?|St|Gen|Lt|Col|vs)\.")


def check_length(document: Document) -> Iterator[Problem]:
    """W208: the bottom line is short (AR 25-50, "bottom line up front").

    The points known at ``as_of`` count together. A point that becomes known later replaces the
    older ones for the reader and counts alone.
    """
    briefing = document.briefing
    total = (0, 0)
    for point in briefing.bottom_line:
        tokens = point.text.split()
        counts = (sum(any(map(str.isalnum, token)) for token in tokens), _count_sentences(tokens))
        known = known_since(point, briefing)
        if known is not None and known.anchor > briefing.as_of.upper:
            excess = _excess(*counts)
        else:
            is_reported = bool(_excess(*total))
            total = (total[0] + counts[0], total[1] + counts[1])
            excess = "" if is_reported else _excess(*total)
        if excess:
            message = f"with this, the bottom line has {excess}, or use 'key_points'"
            yield document.problem("W208", message, point, "text")


def _excess(words: int, sentences: int) -> str:
    if words > _MAX_WORDS:
        return f"{words} words; shorten it to {_MAX_WORDS} words"
    if sentences > _MAX_SENTENCES:
        return f"{sentences} sentences; shorten it to {_MAX_SENTENCES} sentences"
    return ""


def _count_sentences(tokens: list[str]) -> int:
    """Count the sentences of a text; the last one may lack a full stop."""
    return 1 + sum(map(_is_break, tokens, tokens[1:]))


def _is_break(token: str, following: str) -> bool:
    token, following = token.rstrip(_CLOSING), following.lstrip(_OPENING)
    ends = token.endswith((".", "!", "?", "…")) and following[:1].isupper()
    return ends and not _ABBREVIATION.fullmatch(token)


def check_grounds(document: Document) -> Iterator[Problem]:
    """W208: a bottom-line point is not a judgement and does not cite only sources rated F.

    ICD 203 requires judgement to be distinguished from information (section D.6.e.3) and the
    quality of sources to be stated (D.6.e.1); the Admiralty code F means that the reliability of a
    source cannot be judged.
    """
    briefing = document.briefing
    for point in briefing.bottom_line:
        if point.basis == "judgement":
            message = "a judgement does not belong in the bottom line; move it to 'key_points'"
            yield document.problem("W208", message, point, "basis")
        records = sources(point, briefing)
        if len(records) == len(point.cite) and {source.reliability for source in records} == {"F"}:
            message = "cites only a source rated F; cite another one, or use 'key_points'"
            yield document.problem("W208", message, point, "cite")
