"""Negations: which words of a text are negated, and which of them are what is negated."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from briefing_tui.briefing.atoms.clauses import SentenceWord, lemma, tokens

_PARTICLES = frozenset(
    [
        "not",
        "never",
        "without",
        "nobody",
        "none",
        "neither",
        "nor",
        "no",
        "nothing",
        "hardly",
        "cannot",
    ]
)
_VERBS = frozenset(
    map(lemma, ["fail", "deny", "refuse", "decline", "unable", "lack", "avoid", "prevent", "cease"])
)
_SCOPED = frozenset(["that", "to", "from"])
"""Words after which the scope of a negation continues."""
_PHRASES = (("rule", "out"), ("yet", "to"), ("keep", "from"), ("free", "of"), ("short", "of"))
_AUXILIARIES = frozenset(
    [
        "be",
        "been",
        "being",
        "was",
        "were",
        "is",
        "are",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
    ]
)
_REACH = 9
"""Words that a negation reaches at most."""

NEGATIVE = frozenset(
    map(
        lemma,
        [
            "scrap",
            "cancel",
            "end",
            "stop",
            "halt",
            "abandon",
            "drop",
            "withdraw",
            "reject",
            "lose",
            "against",
            "without",
            "oppose",
            "miss",
            "lack",
            "refuse",
            "deny",
            "fail",
            "abolish",
            "discontinue",
            "suspend",
            "block",
            "ban",
            "avoid",
            "less",
            "few",
            "little",
            "only",
            "hide",
            "conceal",
            "missing",
            "absent",
            "prevent",
            "free",
            "unaware",
            "except",
            "exclude",
            "doubt",
        ],
    )
)
"""Basic forms of words that may say without a negation what others say with one."""


class Negations(NamedTuple):
    """The negated words of a text, as positions."""

    scope: frozenset[int]
    """Every word in the scope of an odd number of negations."""
    heads: frozenset[int]
    """The words that are what is negated: "signed" in "has not been signed"."""
    marks: frozenset[int]
    """The words that negate."""


@lru_cache(maxsize=512)
def negations(text: str) -> Negations:
    """Return what is negated in a text."""
    words = tokens(text)
    marks = [word.position for word in words if _negates(words, word.position)]
    counts: dict[int, int] = {}
    heads: set[int] = set()
    for mark in marks:
        scope = _scope(words, mark)
        for position in scope:
            counts[position] = counts.get(position, 0) + 1
        head = _head(words, mark, scope)
        heads.update(head)
    scope_set = {position for position, count in counts.items() if count % 2}
    for word in words:
        if _positive(word):
            scope_set ^= {word.position}
            heads.add(word.position)
    return Negations(frozenset(scope_set), frozenset(heads & scope_set), frozenset(marks))


def positive(word: SentenceWord) -> str:
    """Return the stem of the word that a prefix negates, as in "unchanged", or its own."""
    return tokens(_positive(word) or word.written)[0].stem


def _positive(word: SentenceWord) -> str:
    base = word.written.casefold()
    rest = base.removeprefix("un")
    is_prefix = rest != base and len(rest) > 4 and rest.endswith(("ed", "en", "able"))
    return rest if is_prefix and not rest.startswith(("der", "it")) else ""


def _negates(words: tuple[SentenceWord, ...], index: int) -> bool:
    word = words[index]
    if word.is_quoted:
        return False
    written = word.written.casefold()
    if written in _PARTICLES:
        following = words[index + 1].written if index + 1 < len(words) else ""
        return not (written == "not" and following == "only")
    if word.lemma in _VERBS:
        return True
    following = words[index + 1].written if index + 1 < len(words) else ""
    if written == "against" and following.endswith("ing"):
        return True
    return any((word.lemma, following) == (lemma(first), second) for first, second in _PHRASES)


def _scope(words: tuple[SentenceWord, ...], mark: int) -> list[int]:
    """Return the positions after a negation up to the end of its clause."""
    result: list[int] = []
    clause = words[mark].clause
    for word in words[mark + 1 : mark + 1 + _REACH]:
        if word.clause != clause:
            written = word.written.casefold()
            is_pronoun = written in ("which", "whom") and words[word.position - 1].written == "of"
            if (written not in _SCOPED and not is_pronoun) or word.starts:
                break
            clause = word.clause
        result.append(word.position)
    return result


def _head(words: tuple[SentenceWord, ...], mark: int, scope: list[int]) -> list[int]:
    content = [p for p in scope if words[p].is_content and words[p].written[0].islower()]
    if not content:
        return []
    is_of_noun = (
        words[mark].written.casefold() in ("no", "nobody", "none", "neither")
        or words[mark].lemma == "deny"
    )
    if is_of_noun:
        for position in scope:
            if words[position].written.casefold() in _AUXILIARIES:
                after = [other for other in content if other > position]
                if after:
                    return after[:1]
        same = [position for position in content if words[position].clause == words[mark].clause]
        return same[:2] or content[:1]
    adverbs = [p for p in content if not words[p].written.endswith("ly")]
    return (adverbs or content)[: 2 if words[mark].written == "without" else 1]
