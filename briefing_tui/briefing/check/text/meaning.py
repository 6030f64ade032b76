"""Comparison of negation, direction and outcome, and tense with the passages (W236, W237).

A word is only compared with the words of a passage that say something of the same kind. Without
such words there is no finding: a paraphrase has words of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefing_tui.briefing.atoms.clauses import SentenceWord, tokens
from briefing_tui.briefing.atoms.negation import NEGATIVE, negations, positive
from briefing_tui.briefing.atoms.opposites import CONVERSES, RELATIONS, senses
from briefing_tui.briefing.atoms.tense import is_cancelled, tenses
from briefing_tui.briefing.check.text.claims import Claim, claims, excerpt_of, is_english
from briefing_tui.briefing.check.text.verdict import Verdict
from briefing_tui.briefing.document import Document

_ADVICE = "correct one of the two"


def compare_meaning(document: Document) -> Iterator[Verdict]:
    """Compare the negations, the directions and the tense of every claim of a document."""
    for claim in claims(document):
        if not is_english(document):
            for kind in ("negation", "direction", "tense"):
                yield Verdict(
                    entry=claim.entry, keys=(claim.key,), kind=kind, written=claim.text,
                    result="not compared", reason="language",
                )  # fmt: skip
        elif claim.is_complete:
            verdict = next(_findings(claim), None)
            if verdict is not None:
                yield verdict


def _findings(claim: Claim) -> Iterator[Verdict]:
    yield from _directions(claim)
    yield from _negations(claim)
    yield from _tenses(claim)


class _Sense(NamedTuple):
    position: int
    axis: int
    side: int


def _senses(text: str) -> list[_Sense]:
    words = tokens(text)
    negated = negations(text).scope
    return [
        _Sense(word.position, axis, -side if word.position in negated else side)
        for word in words
        for axis, side in senses(words, word.position)
    ]


def _directions(claim: Claim) -> Iterator[Verdict]:
    """Find words whose opposite is in the passages, and which are not there themselves."""
    rivals = _senses(claim.passage_text)
    own = _senses(claim.text)
    for word in claim.words:
        mine = [sense for sense in own if sense.position == word.position]
        if not mine:
            continue
        axes = {sense.axis for sense in mine}
        candidates = [
            rival
            for rival in rivals
            if rival.axis in axes
            and (
                claim.passage_words[rival.position].lemma != word.lemma
                or (rival.axis, rival.side) in {(s.axis, s.side) for s in mine}
            )
        ]
        if not candidates:
            continue
        sides = {(sense.axis, sense.side) for sense in mine}
        scores = {rival: _alignment(claim, word, rival.position) for rival in candidates}
        best = max(scores.values())
        nearest = [rival for rival in candidates if scores[rival] == best]
        if any((rival.axis, rival.side) in sides for rival in nearest):
            continue
        rival = next((rival for rival in nearest if not _is_turned(claim, word, rival)), None)
        if rival is None or (best < 1 and any((r.axis, r.side) in sides for r in candidates)):
            continue
        if best < 1:
            continue
        yield claim.contradicted(
            "direction",
            excerpt_of(claim.words, word.position),
            excerpt_of(claim.passage_words, rival.position),
            "W236",
            _ADVICE,
        )


def _alignment(claim: Claim, word: SentenceWord, rival: int) -> float:
    """Return how much the surroundings of a word and of a rival in the passages have in common."""
    passage = claim.passage_words
    own = _around(claim.words, word.position)
    other = _around(passage, rival)
    sentence = {w.stem for w in claim.words if w.is_content and w.position != word.position}
    return len(own & other) + 0.25 * len(sentence & other)


def _around(words: tuple[SentenceWord, ...], position: int) -> set[str]:
    clause = words[position].clause
    return {
        word.stem
        for word in words
        if word.clause == clause and word.is_content and word.position != position
    }


def _is_turned(claim: Claim, word: SentenceWord, rival: _Sense) -> bool:
    """Return whether both sides are exchanged: "A is less than B", "B is more than A"."""
    own, other = claim.words, claim.passage_words
    after, _ = _operands(own, word.position)
    other_after, other_before = _operands(other, rival.position)
    if rival.axis in CONVERSES:
        return bool(_subject(own, word.position) != _subject(other, rival.position))
    if rival.axis in RELATIONS:
        return not after & other_after
    if any(w.written == "than" for w in own) and any(w.written == "than" for w in other):
        return bool(after & other_before) or rival.axis in _compared(own)
    return False


def _compared(words: tuple[SentenceWord, ...]) -> set[int]:
    """Return the axes of which both sides are in a text."""
    found = {sense for word in words for sense in senses(words, word.position)}
    return {axis for axis, side in found if (axis, -side) in found}


def _operands(words: tuple[SentenceWord, ...], position: int) -> tuple[set[str], set[str]]:
    """Return the stems of what follows a word, or the "than" after it, and of what is before."""
    than = next((w.position for w in words[position : position + 8] if w.written == "than"), None)
    start = position if than is None else than
    stop = next((w.position for w in words[position + 1 :] if w.starts), len(words))
    first = next((w.position for w in reversed(words[: position + 1]) if w.starts), 0)
    after = {
        _comparable(words, w.position)
        for w in words[start + 1 : min(stop, start + 7)]
        if w.is_content
    }
    before = {_comparable(words, w.position) for w in words[first:position] if w.is_content}
    return after, before


def _comparable(words: tuple[SentenceWord, ...], position: int) -> str:
    found = min(senses(words, position), default=None)
    return words[position].stem if found is None else f"{found}"


def _subject(words: tuple[SentenceWord, ...], position: int) -> str:
    names = [w for w in words[:position] if w.written[0].isupper() and w.is_content]
    return names[0].stem if names else ""


def _negations(claim: Claim) -> Iterator[Verdict]:
    """Find what is negated on one side alone."""
    own, other = negations(claim.text), negations(claim.passage_text)
    words, passage = claim.words, claim.passage_words
    negated = {positive(passage[p]) for p in other.scope}
    plain = {
        w.stem for w in passage if w.position not in other.scope and w.position not in other.marks
    }
    for position in sorted(own.heads):
        stem = positive(words[position])
        matches = [w for w in passage if w.stem == stem and w.position not in other.scope]
        if (
            stem in plain
            and stem not in negated
            and matches
            and not _marks_near(passage, other.marks, matches[0])
        ):
            yield _negation(claim, position, matches[0].position)
    own_negated = {positive(words[p]) for p in own.scope}
    heads = {positive(passage[p]): p for p in other.heads}
    for word in words:
        if (
            not word.is_content
            or word.is_name
            or word.position in own.scope
            or word.stem in own_negated
        ):
            continue
        rival = heads.get(word.stem)
        if rival is None or word.stem in plain or _marks_near(words, own.marks, word):
            continue
        yield _negation(claim, word.position, rival)


def _marks_near(words: tuple[SentenceWord, ...], marks: frozenset[int], word: SentenceWord) -> bool:
    near = [
        other for other in words if other.clause == word.clause and other.position < word.position
    ]
    return any(other.position in marks or other.lemma in NEGATIVE for other in near)


def _negation(claim: Claim, position: int, rival: int) -> Verdict:
    return claim.contradicted(
        "negation",
        excerpt_of(claim.words, position),
        excerpt_of(claim.passage_words, rival, 4),
        "W236",
        _ADVICE,
    )


def _tenses(claim: Claim) -> Iterator[Verdict]:
    """Find what is done on one side, and ahead or called off on the other."""
    own, other = tenses(claim.text), tenses(claim.passage_text)
    words, passage = claim.words, claim.passage_words
    for position in sorted(own.done):
        matches = [word for word in passage if word.stem == words[position].stem]
        ahead = [word for word in matches if word.position in other.ahead]
        if ahead and len(ahead) == len(matches):
            yield _tense(claim, position, ahead[0].position)
        off = [word for word in matches if is_cancelled(passage, word.position)]
        if off and len(off) == len(matches) and not is_cancelled(words, position):
            yield _tense(claim, position, off[0].position)
    for position in sorted(own.ahead):
        matches = [word for word in passage if word.stem == words[position].stem]
        done = [word for word in matches if word.position in other.done]
        if done and len(done) == len(matches):
            yield _tense(claim, position, done[0].position)


def _tense(claim: Claim, position: int, rival: int) -> Verdict:
    return claim.contradicted(
        "tense",
        excerpt_of(claim.words, position),
        excerpt_of(claim.passage_words, rival),
        "W237",
        "say whether it is done",
    )
