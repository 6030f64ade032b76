"""Roles that a text gives to persons beside their names."""

from __future__ import annotations

import re
from functools import lru_cache

from briefing_tui.briefing.atoms.clauses import SentenceWord, tokens
from briefing_tui.briefing.atoms.names import Run

_RANKS = frozenset(
    [
        "deputy",
        "vice",
        "former",
        "acting",
        "interim",
        "assistant",
        "ex-president",
        "associate",
        "then",
    ]
)
_FIELDS = frozenset(
    [
        "foreign",
        "defence",
        "defense",
        "finance",
        "home",
        "interior",
        "financial",
        "executive",
        "operating",
        "technical",
        "technology",
        "medical",
        "prime",
        "chief",
        "trade",
        "health",
        "energy",
        "justice",
        "education",
        "environment",
        "transport",
        "legal",
    ]
)
_HEADS = {
    word: group.split()[0]
    for group in (
        "president", "minister secretary", "premier", "ambassador envoy", "spokesperson spokesman"
        " spokeswoman", "chair chairman chairwoman chairperson", "judge justice", "prosecutor",
        "lawyer attorney counsel solicitor barrister", "governor", "mayor", "senator", "chancellor",
        "king", "queen", "prince", "general", "admiral", "captain skipper", "coach",
        "goalkeeper keeper",
        "striker forward", "defender", "midfielder", "referee umpire", "professor", "engineer",
        "analyst", "founder co-founder", "owner", "treasurer", "commissioner", "inspector",
        "sheriff", "plaintiff claimant", "defendant accused", "witness", "student", "officer",
        "director", "manager", "economist", "physicist", "chemist", "biologist", "surgeon",
        "nurse", "pilot", "colonel", "sergeant", "ceo", "cfo", "cto", "coo", "speaker", "editor",
        "reporter journalist", "bishop", "pope", "rapporteur", "delegate",
        "congressman congresswoman",
        "auditor", "regulator", "chief",
    )
    for word in group.split()
}  # fmt: skip
_PHRASES = (
    (re.compile(r"prime minister"), "premier"),
    (re.compile(r"chief executive(?: officer)?|managing director"), "ceo"),
    (re.compile(r"chief financial officer|finance director"), "cfo"),
    (re.compile(r"chief operating officer"), "coo"),
    (re.compile(r"chief technology officer"), "cto"),
)
_ARTICLES = frozenset(["a", "an", "the", "its", "his", "her", "their"])
_BROAD = frozenset({"officer", "chief", "founder", "owner"})
"""Roles that a person may have beside another."""

_EQUAL = (
    frozenset({"manager", "coach"}), frozenset({"ceo", "chief"}),
    frozenset({"captain", "goalkeeper"}),
    frozenset({"captain", "striker"}), frozenset({"captain", "defender"}),
    frozenset({"captain", "midfielder"}),
    frozenset({"ceo", "manager"}), frozenset({"ceo", "director"}),
)  # fmt: skip


class Role(tuple[str, frozenset[str], frozenset[str]]):
    """Head, ranks and fields of a role: "deputy foreign minister" has one of each."""

    __slots__ = ()


@lru_cache(maxsize=1024)
def role(text: str) -> Role | None:
    """Return the role that a text names, or None."""
    words = text.casefold().replace("-", " ").replace("defense", "defence").split()
    plain = " ".join(words)
    for pattern, head in _PHRASES:
        plain = pattern.sub(head, plain)
    words = plain.split()
    heads = [_HEADS[word] for word in words if word in _HEADS]
    if not heads:
        return None
    ranks = frozenset(word for word in words if word in _RANKS)
    return Role((heads[0], ranks, frozenset(word for word in words if word in _FIELDS)))


def beside(text: str, run: Run) -> list[tuple[Role, str]]:
    """Return the roles that stand right before or after a name, with their words."""
    words = tokens(text)
    result: list[tuple[Role, str]] = []
    start = run[0].position
    first = start
    # Capitalised roles are read as a part of the name: "Prime Minister Rita Salgado".
    inner = [word for word in run if _is_part(word)]
    while first and _is_part(words[first - 1]) and not words[first].starts:
        first -= 1
    before = " ".join(word.written for word in (*words[first:start], *inner))
    if found := role(before):
        result.append((found, before))
    after = _after(words, run[-1].position)
    if after and (found := role(after)):
        result.append((found, after))
    return result


def _after(words: tuple[SentenceWord, ...], end: int) -> str:
    if end + 2 >= len(words) or words[end + 1].clause == words[end].clause:
        return ""
    following = words[end + 1 : end + 6]
    if following[0].starts or (
        following[0].written.casefold() not in _ARTICLES and not _is_part(following[0])
    ):
        return ""
    parts = []
    for word in following:
        if word.clause != following[0].clause or word.written in ("of", "for", "at"):
            break
        parts.append(word.written)
    return " ".join(parts)


def _is_part(word: SentenceWord) -> bool:
    key = word.written.casefold()
    return key in _HEADS or key in _RANKS or key in _FIELDS


def is_role_word(word: SentenceWord) -> bool:
    """Return whether a word is part of a role."""
    return _is_part(word)


def conflict(role: Role, others: list[Role]) -> bool:
    """Return whether a role is none of the others."""
    return bool(others) and all(_differ(role, other) for other in others)


def _differ(role: Role, other: Role) -> bool:
    head, ranks, fields = role
    other_head, other_ranks, other_fields = other
    if head != other_head:
        pair = frozenset({head, other_head})
        return pair not in _EQUAL and not pair & _BROAD
    if ranks != other_ranks and (ranks ^ other_ranks) - {"former", "then"}:
        return True
    return bool(fields and other_fields and not fields & other_fields)
