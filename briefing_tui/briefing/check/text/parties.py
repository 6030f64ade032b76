"""Comparison of who did what, where a passage names both parties (W235)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from briefing_tui.briefing.atoms.clauses import SentenceWord
from briefing_tui.briefing.atoms.names import Run, name_key, names
from briefing_tui.briefing.atoms.places import country_of
from briefing_tui.briefing.atoms.roles import is_role_word
from briefing_tui.briefing.check.text.claims import Claim, claims, excerpt_of, is_english
from briefing_tui.briefing.check.text.verdict import Verdict
from briefing_tui.briefing.document import Document

_BE = frozenset(["is", "are", "was", "were", "be", "been", "being"])
_PREPOSITIONS = frozenset(
    ["of", "to", "for", "in", "with", "on", "by", "from", "at", "about", "over"]
)


class _Action(NamedTuple):
    """A verb between two names."""

    agent: frozenset[str]
    stem: str
    patient: frozenset[str]
    position: int

    def is_same(self, other: _Action) -> bool:
        """Return whether the names are those of another action."""
        return bool(self.agent & other.agent and self.patient & other.patient)

    def is_turned(self, other: _Action) -> bool:
        """Return whether the names are those of another action in reverse."""
        return bool(self.agent & other.patient and self.patient & other.agent)


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
    yield from _clauses_turned(claim)
    own_names = names(claim.text, claim.known)
    other_names = names(claim.passage_text, claim.known)
    if not own_names or len(other_names) < 2:
        return
    other = _actions(claim.passage_words, other_names)
    for action in _actions(claim.words, own_names):
        same = [rival for rival in other if rival.stem == action.stem]
        rival = max(same, key=lambda each: _shared(claim, action, each), default=None)
        if rival and rival.is_turned(action) and not rival.is_same(action):
            yield _verdict(claim, action.position, rival.position)
    yield from _prepositions(claim, own_names, other_names)
    yield from _attributions(claim, own_names, other_names)


def _shared(claim: Claim, action: _Action, rival: _Action) -> float:
    """Return how much follows both of two actions, and whether they are by the same names."""
    own = _following(claim.words, action.position)
    other = _following(claim.passage_words, rival.position)
    return len(own & other) + 0.5 * rival.is_same(action)


def _following(words: tuple[SentenceWord, ...], position: int) -> set[str]:
    clause = words[position].clause
    return {w.stem for w in words[position + 1 :] if w.clause == clause and _is_telling(w)}


def _clauses_turned(claim: Claim) -> Iterator[Verdict]:
    """Find a verb whose subject and object are exchanged, whatever they are called."""
    own, other = claim.words, claim.passage_words
    for word in own:
        if not word.is_past or not word.is_content:
            continue
        for rival in other:
            if rival.stem != word.stem or not rival.is_past:
                continue
            left, right = _sides(own, word.position)
            other_left, other_right = _sides(other, rival.position)
            is_turned = left & other_right and right & other_left
            if is_turned and not left & other_left and not right & other_right:
                yield _verdict(claim, word.position, rival.position)


def _sides(words: tuple[SentenceWord, ...], position: int) -> tuple[set[str], set[str]]:
    """Return the stems of the subject and the object of a verb; of a passive, the agent first."""
    clause = words[position].clause
    left = {w.stem for w in words[:position] if w.clause == clause and w.is_content}
    rest = [w for w in words[position + 1 : position + 6] if w.clause == clause]
    end = next((at for at, w in enumerate(rest) if w.written in _PREPOSITIONS), len(rest))
    right = {w.stem for w in rest[:end] if w.is_content}
    is_passive = any(w.written in _BE for w in words[max(0, position - 2) : position])
    if is_passive:
        agents = {w.stem for w in rest if w.is_content}
        return (agents, left) if any(w.written == "by" for w in rest) else (set(), left)
    return left, right


def _verdict(claim: Claim, position: int, rival: int) -> Verdict:
    return claim.contradicted(
        "wording",
        excerpt_of(claim.words, position, 3),
        excerpt_of(claim.passage_words, rival, 3),
        "W235",
        "see who did it",
    )


def _keys(run: Run) -> frozenset[str]:
    words = [word for word in run if not is_role_word(word)] or list(run)
    return frozenset(country_of(word.written) or name_key(word) for word in words)


def _actions(words: tuple[SentenceWord, ...], runs: list[Run]) -> list[_Action]:
    """Return the words between neighbouring names of a sentence, with the agent first."""
    result = []
    for first, second in pairwise(runs):
        between = words[first[-1].position + 1 : second[0].position]
        if any(word.starts for word in between) or second[0].starts:
            continue
        passive = any(w.written in _BE for w in between) and any(w.written == "by" for w in between)
        agent, patient = (second, first) if passive else (first, second)
        result += [
            _Action(_keys(agent), word.stem, _keys(patient), word.position)
            for word in between
            if word.is_content
            and word.clause == second[0].clause
            and not word.written.endswith("ly")
            and not is_role_word(word)
        ]
    return result


def _prepositions(claim: Claim, own: list[Run], other: list[Run]) -> Iterator[Verdict]:
    """Find "from A" for "to A" or "from B", if the passage has both names."""
    mine, theirs = _introduced(claim.words, own), _introduced(claim.passage_words, other)
    there = frozenset().union(*(_keys(run) for run in other))
    here = frozenset().union(*(_keys(run) for run in own))
    for preposition, name, position in mine:
        same = [each for each in theirs if each[0] == preposition]
        if not name & there or any(each[1] & name for each in same):
            continue
        for _, rival, at in same:
            if rival & here and not rival & name:
                yield _verdict(claim, position, at)


def _introduced(
    words: tuple[SentenceWord, ...], runs: list[Run]
) -> list[tuple[str, frozenset[str], int]]:
    return [
        (words[run[0].position - 1].written, _keys(run), run[0].position)
        for run in runs
        if run[0].position and words[run[0].position - 1].written in ("from", "to", "against")
    ]


def _attributions(claim: Claim, own: list[Run], other: list[Run]) -> Iterator[Verdict]:
    """Find what a clause of the passage says of another name than the claim."""
    subjects = [run for run in own if _is_subject(claim.words, run)]
    if len(subjects) != 1:
        return
    subject = subjects[0]
    keys = _keys(subject)
    by_clause: dict[int, frozenset[str]] = {}
    for run in other:
        clause = run[0].clause
        by_clause[clause] = by_clause.get(clause, frozenset()) | _keys(run)
    if not keys & frozenset().union(*by_clause.values()):
        return
    end = next((run[0].position for run in own if run[0].position > subject[-1].position), None)
    content = {w.stem for w in claim.words[:end] if _is_telling(w) and not _in(w, own)}
    scores: dict[int, int] = {}
    for word in claim.passage_words:
        if _is_telling(word) and word.stem in content and not _in(word, other):
            weight = 3 if word.written[0].isdigit() else 1
            scores[word.clause] = scores.get(word.clause, 0) + weight
    best = max(scores.values(), default=0)
    clauses = [clause for clause, score in scores.items() if score == best]
    if len(clauses) != 1 or (best < 2 and best < len(content)):
        return
    present = by_clause.get(clauses[0], frozenset())
    if present and not present & keys:
        at = next(run[0] for run in other if run[0].clause == clauses[0])
        yield _verdict(claim, subject[0].position, at.position)


def _is_subject(words: tuple[SentenceWord, ...], run: Run) -> bool:
    return run[0].position <= 4 and run[0].clause == words[0].clause


def _is_telling(word: SentenceWord) -> bool:
    return word.is_content or word.written[0].isdigit() or word.lemma in ("first", "last")


def _in(word: SentenceWord, runs: list[Run]) -> bool:
    return any(word in run for run in runs)
