"""Comparison of who did what, where a passage names both parties (W235)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from briefing_tui.briefing.atoms.clauses import Token
from briefing_tui.briefing.atoms.names import Run, name_key, names
from briefing_tui.briefing.atoms.places import country_of
from briefing_tui.briefing.atoms.roles import is_role_word
from briefing_tui.briefing.check.text.claims import Claim, claims, excerpt_of, is_english
from briefing_tui.briefing.check.text.verdict import Verdict
from briefing_tui.briefing.document import Document

_BE = frozenset("is are was were be been being".split())


class _Action(NamedTuple):
    """A verb between two names."""

    agent: str
    stem: str
    patient: str
    position: int


def compare_parties(document: Document) -> Iterator[Verdict]:
    """Compare who does something to whom in the claims of a document."""
    if not is_english(document):
        return
    for claim in claims(document):
        if claim.is_complete:
            verdict = next(_findings(claim), None)
            if verdict:
                yield verdict


def _findings(claim: Claim) -> Iterator[Verdict]:
    own_names = names(claim.text, claim.known)
    other_names = names(claim.passage_text, claim.known)
    if not own_names or len(other_names) < 2:
        return
    other = _actions(claim.passage_words, other_names)
    for action in _actions(claim.words, own_names):
        same = [rival for rival in other if rival.stem == action.stem]
        if any((r.agent, r.patient) == (action.agent, action.patient) for r in same):
            continue
        for rival in same:
            if (rival.agent, rival.patient) == (action.patient, action.agent):
                yield _verdict(claim, action.position, rival.position)
    yield from _prepositions(claim, own_names, other_names)
    yield from _attributions(claim, own_names, other_names)


def _verdict(claim: Claim, position: int, rival: int) -> Verdict:
    return claim.contradicted(
        "wording",
        excerpt_of(claim.words, position, 3),
        excerpt_of(claim.passage_words, rival, 3),
        "W235",
        "see who did it",
    )


def _key(run: Run) -> str:
    words = [word for word in run if not is_role_word(word)] or list(run)
    return country_of(words[0].written) or name_key(words[0])


def _actions(words: tuple[Token, ...], runs: list[Run]) -> list[_Action]:
    """Return the words between neighbouring names of a sentence, with the agent first."""
    result = []
    for first, second in pairwise(runs):
        between = words[first[-1].position + 1 : second[0].position]
        if any(word.starts for word in between) or second[0].starts:
            continue
        passive = any(w.written in _BE for w in between) and any(w.written == "by" for w in between)
        agent, patient = (second, first) if passive else (first, second)
        result += [
            _Action(_key(agent), word.stem, _key(patient), word.position)
            for word in between
            if word.is_content and not word.written.endswith("ly")
        ]
    return result


def _prepositions(claim: Claim, own: list[Run], other: list[Run]) -> Iterator[Verdict]:
    """Find "from A" for "to A" or "from B", if the passage has both names."""
    mine, theirs = _introduced(claim.words, own), _introduced(claim.passage_words, other)
    there = {_key(run) for run in other}
    for (preposition, name), position in mine.items():
        if (preposition, name) in theirs or name not in there:
            continue
        for (second, rival), at in theirs.items():
            if second == preposition and rival in {_key(run) for run in own} and rival != name:
                yield _verdict(claim, position, at)


def _introduced(words: tuple[Token, ...], runs: list[Run]) -> dict[tuple[str, str], int]:
    return {
        (words[run[0].position - 1].written, _key(run)): run[0].position
        for run in runs
        if run[0].position and words[run[0].position - 1].written in ("from", "to", "against")
    }


def _attributions(claim: Claim, own: list[Run], other: list[Run]) -> Iterator[Verdict]:
    """Find what a clause of the passage says of another name than the claim."""
    keys = {_key(run) for run in own if _is_subject(claim.words, run)}
    by_clause: dict[int, set[str]] = {}
    for run in other:
        by_clause.setdefault(run[0].clause, set()).add(_key(run))
    there = set().union(*by_clause.values())
    if len(keys) != 1 or not keys <= there:
        return
    content = {word.stem for word in claim.words if _is_telling(word) and not _in(word, own)}
    scores: dict[int, int] = {}
    for word in claim.passage_words:
        if _is_telling(word) and word.stem in content and not _in(word, other):
            scores[word.clause] = scores.get(word.clause, 0) + 1
    if not scores:
        return
    best = max(scores.values())
    clauses = [clause for clause, score in scores.items() if score == best]
    if len(clauses) != 1 or best < 2 and best < len(content):
        return
    present = by_clause.get(clauses[0], set())
    rest = max((score for clause, score in scores.items() if by_clause.get(clause, set()) & keys), default=0)
    if present and not present & keys and rest < best:
        at = next(run[0] for run in other if run[0].clause == clauses[0])
        first = next(run for run in own if _key(run) in keys)
        yield _verdict(claim, first[0].position, at.position)


def _is_subject(words: tuple[Token, ...], run: Run) -> bool:
    return run[0].position <= 4 and run[0].clause == words[0].clause


def _is_telling(word: Token) -> bool:
    return word.is_content or word.written[0].isdigit() or word.lemma in ("first", "last")


def _in(word: Token, runs: list[Run]) -> bool:
    return any(word in run for run in runs)
