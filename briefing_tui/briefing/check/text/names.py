"""Comparison of names, places and countries with the passages (W230 to W232, W234)."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_tui.briefing.atoms.clauses import SentenceWord, tokens
from briefing_tui.briefing.atoms.names import (
    Run,
    initials,
    is_near_miss,
    known_names,
    mixed_words,
    name_key,
    names,
)
from briefing_tui.briefing.atoms.places import countries, country_of
from briefing_tui.briefing.atoms.roles import is_role_word
from briefing_tui.briefing.check.text.cited_text import cited
from briefing_tui.briefing.check.text.claims import Claim, claims
from briefing_tui.briefing.check.text.verdict import Kind, Verdict
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Actor, Briefing

_SAID = frozenset(
    [
        "say",
        "reply",
        "tell",
        "announce",
        "warn",
        "write",
        "insist",
        "add",
        "argue",
        "claim",
        "state",
        "maintain",
    ]
)
_PLACED = frozenset(["in", "at", "from", "near", "to"])


def compare_names(document: Document) -> Iterator[Verdict]:
    """Look up the names in the claims and the actors of a document."""
    briefing = document.briefing
    listed = _listed(briefing)
    for entry in document.evidenced:
        if isinstance(entry, Actor):
            yield from _of_actor(document, entry)
    for claim in claims(document):
        known = claim.known | listed
        for run in names(claim.text, known):
            yield from _of_run(claim, run, listed)


def _listed(briefing: Briefing) -> frozenset[str]:
    """Return the words of the names that a briefing itself declares."""
    declared = [
        *(name for actor in briefing.actors.values() for name in (actor.name, *actor.aka)),
        *(commitment.name for commitment in briefing.commitments.values()),
    ]
    return frozenset(name_key(word) for name in declared for word in tokens(name))


def _of_actor(document: Document, actor: Actor) -> Iterator[Verdict]:
    """Find the words of an actor's name that are a letter or two from a name in its sources."""
    passages = cited(document, actor.cite)
    if not passages:
        return
    text = "\n. ".join(document.texts[name] for name in {p.source for p in passages})
    known = known_names(text)
    for key, name in (("name", actor.name), *(("aka", name) for name in actor.aka)):
        for word in tokens(name):
            near = _near(name_key(word), known) if word.written[0].isupper() else None
            if near and name_key(word) not in known:
                yield Verdict(
                    entry=actor,
                    keys=(key,),
                    kind="name",
                    written=word.written,
                    result="contradicted",
                    passage=passages[0],
                    rival=near,
                    code="W230",
                    message=_near_message(
                        word.written, _as_written(text, near), passages[0].source
                    ),
                )


def _of_run(claim: Claim, run: Run, listed: frozenset[str]) -> Iterator[Verdict]:
    absent = [w for w in run if not _is_there(claim, w) and not any(mixed_words(w.written))]
    for word in absent:
        key = name_key(word)
        near = _near(key, claim.known) if key not in listed else None
        if near:
            source = claim.passages[0].source
            written = _as_written(claim.sources, near)
            yield Verdict(
                entry=claim.entry,
                keys=(claim.key,),
                kind="name",
                written=word.written,
                result="contradicted",
                passage=claim.passages[0],
                rival=written,
                code="W230",
                message=_near_message(word.written, written, source),
            )
            return
    if not claim.is_complete:
        return
    rival = _replaced(claim, run, absent=bool(absent))
    if rival:
        written = " ".join(word.written for word in run)
        place = country_of(run[0].written) is not None or _is_placed(claim.words, run)
        other = " ".join(word.written for word in rival)
        kind: Kind = "place" if place else "name"
        code = "W234" if place else "W232"
        yield claim.contradicted(kind, written, other, code, "correct one of the two")


def _near(key: str, known: frozenset[str]) -> str | None:
    return next((other for other in sorted(known) if is_near_miss(key, other)), None)


def _near_message(written: str, near: str, source: str) -> str:
    return f"'{written}' is spelled '{near}' in '{source}'; correct one of the two"


def _as_written(text: str, key: str) -> str:
    return next(
        (w.written for w in tokens(text) if name_key(w) == key and w.written[0].isupper()), key
    )


def _is_there(claim: Claim, word: SentenceWord) -> bool:
    key = name_key(word)
    if {key, key + "s", key.removesuffix("s")} & claim.source_keys:
        return True
    if word.starts and word.lemma in claim.source_lemmas:
        return True
    code = country_of(word.written)
    if code:
        return code in countries(claim.sources)
    if word.written.isupper() and len(key) > 1:
        return key in initials(w for w in tokens(claim.sources) if w.written[0].isupper())
    return is_role_word(word)


def _replaced(claim: Claim, run: Run, *, absent: bool) -> Run | None:
    """Return the name in the passages that has the place of a name which they lack."""
    passage = {name_key(word) for word in claim.passage_words}
    core = [word for word in run if not is_role_word(word)] or list(run)
    lacking = [
        word for word in core if name_key(word) not in passage and not _same_country(claim, word)
    ]
    if not lacking or (not absent and len(lacking) < len(core) and len(core) > 1):
        return None
    own = {name_key(word) for word in claim.words}
    for rival in names(claim.passage_text, claim.known):
        words = [word for word in rival if not is_role_word(word)]
        if not words:
            continue
        if _is_part_replaced(core, words) and not all(_same_country(claim, w) for w in lacking):
            return rival
        if any(name_key(word) in own for word in words) or len(lacking) < len(core):
            continue
        if any(country_of(word.written) and _named_country(claim, word) for word in words):
            continue
        if _has_same_slot(claim, run, rival, absent=absent):
            return rival
    return None


def _same_country(claim: Claim, word: SentenceWord) -> bool:
    code = country_of(word.written)
    return bool(code) and code in countries(claim.passage_text)


def _named_country(claim: Claim, word: SentenceWord) -> bool:
    code = country_of(word.written)
    return code in countries(claim.text)


def _is_part_replaced(own: list[SentenceWord], other: list[SentenceWord]) -> bool:
    """Return whether two names share a word at the same end and differ in the rest."""
    if len(own) != len(other) or len(own) < 2:
        return False
    keys, others = [name_key(w) for w in own], [name_key(w) for w in other]
    return (keys[-1] == others[-1]) != (keys[0] == others[0]) and len(
        set(keys) & set(others)
    ) == len(keys) - 1


def _has_same_slot(claim: Claim, run: Run, rival: Run, *, absent: bool) -> bool:
    own, other = claim.words, claim.passage_words
    country = _country(run), _country(rival)
    if absent and all(country):
        return True
    before, other_before = _before(own, run), _before(other, rival)
    if before in _PLACED and before == other_before:
        return absent or any(country) == all(country)
    if absent and before in _PLACED and other_before in ("between", "and", *_PLACED):
        return True
    if absent and before and before == other_before and before not in ("the", "a", "and"):
        return True
    if any(country) != all(country):
        return False
    after, other_after = _after(own, run), _after(other, rival)
    said = after in _SAID and other_after in _SAID
    same = after and other_after and after == other_after
    return bool(said or same)


def _country(run: Run) -> str | None:
    """Return the country that a name is, by all its words or the first of them."""
    return country_of(" ".join(word.written for word in run)) or country_of(run[0].written)


def _is_placed(words: tuple[SentenceWord, ...], run: Run) -> bool:
    return _before(words, run) in _PLACED


def _before(words: tuple[SentenceWord, ...], run: Run) -> str:
    start = run[0].position
    return words[start - 1].lemma if start and not run[0].starts else ""


def _after(words: tuple[SentenceWord, ...], run: Run) -> str:
    """Return the first verb-like word after a name, in its sentence."""
    for word in words[run[-1].position + 1 : run[-1].position + 5]:
        if word.starts:
            break
        if word.lemma in _SAID:
            return word.lemma
        if word.is_content and not word.written[0].isupper() and not word.written.endswith("ly"):
            return word.lemma
    return ""
