"""Comparison of a cited passage with others by their words: its relevance (E121, W211).

Words are compared by their stems and weighted by inverse document frequency over the passages
(Spärck Jones 1972). A paraphrase retains some rare words of its passage; an entry that shares none
with the cited passage, and several with another, most likely cites the wrong one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from operator import itemgetter

import msgspec

from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.check.text.cited_text import cited
from briefing_tui.briefing.check.text.verdict import Verdict
from briefing_tui.briefing.dates import MONTHS, Edtf
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Actor, Briefing, Evidenced
from briefing_tui.briefing.provenance import format_citation, voice

_FIELDS = ("headline", "text", "stated", "quote", "hedge", "designation", "description")
_STEM_LENGTH = 5
"""Letters compared of a word: "delivery" and "delivered" are equal."""

_MIN_WEIGHT = 4.0
"""Least weight of a better passage: two or three rare words."""
_MIN_RATIO = 3.0
"""Least ratio between the weights of the better and the cited passage."""
_NEGLIGIBLE = 0.5
"""Weight of words that nearly every passage has."""

_WORD = re.compile(r"[^\W\d_]+(?:-[0-9]+)?|[0-9][0-9.,]*[0-9]|[0-9]+")
_STOP_WORDS = (
    "a about after again all also am an and any are article as at be because been before being"
    " between both but by can could did do does during each few for from further had has have he"
    " her here his how i if in into is it its just made make may might more most must no nor not of"
    " off on once only or other our out over own said same say says she should so some such than"
    " that the their them then there these they this those through to too under until up upon very"
    " was we were what when where which while who whom why will with would you your s t"
)
_STOP = frozenset(_STOP_WORDS.split())


def compare_relevance(document: Document) -> Iterator[Verdict]:
    """E121, W211: find the citations of a passage although another one fits much better."""
    briefing = document.briefing
    texts = {name: _passages(document, name) for name in document.texts if name in briefing.sources}
    for entry in document.evidenced if texts else ():
        if isinstance(entry, Actor):
            continue
        words = _words(entry, briefing)
        keys = {(citation.source, citation.at) for citation in entry.cite}
        # With an external voice, most of the words may be from the other sources.
        is_of_article = voice(entry, briefing.about) != "external"
        for index, citation in enumerate(entry.cite):
            passages = texts.get(citation.source, {})
            if citation.at is None or citation.at not in passages:
                continue
            weight = _shared(words, passages[citation.at])
            rest = (
                (_shared(words, stems), at)
                for at, stems in passages.items()
                if (citation.source, at) not in keys
            )
            best_weight, best = max(rest, key=itemgetter(0), default=(0.0, ""))
            is_better = best_weight >= _MIN_WEIGHT
            is_wrong = is_better and weight < _NEGLIGIBLE
            is_weak = is_better and is_of_article and best_weight > _MIN_RATIO * weight
            shares = "hardly a word" if weight else "no rare word"
            message = (
                f"shares {shares} with {citation.source} {citation.at}, but several with {best};"
                " cite that if it is the source of this"
            )
            is_faulty = is_wrong or is_weak
            place = msgspec.structs.replace(citation, at=best) if is_faulty else citation
            yield Verdict(
                entry=entry,
                keys=("cite", index),
                kind="relevance",
                written=format_citation(citation),
                result="elsewhere" if is_faulty else "found",
                passage=next(iter(cited(document, [place])), None),
                code=("E121" if is_wrong else "W211") if is_faulty else "",
                message=message if is_faulty else "",
            )


def _passages(document: Document, source: str) -> dict[str, dict[str, float]]:
    """Return the stems of each passage of a text, weighted by inverse document frequency."""
    record = document.briefing.sources[source].text
    texts = {at: document.passage(source, at) for at in (record.passages if record else ())}
    stems = {at: _stems(text) for at, text in texts.items() if text}
    counts = Counter(chain.from_iterable(stems.values()))
    weights = {stem: math.log(len(stems) / count) for stem, count in counts.items()}
    return {at: {stem: weights[stem] for stem in own_stems} for at, own_stems in stems.items()}


def _shared(words: frozenset[str], stems: Mapping[str, float]) -> float:
    return sum(stems[stem] for stem in words & stems.keys())


@lru_cache(maxsize=2048)
def _stems(text: str) -> frozenset[str]:
    words = (word.casefold() for word in _WORD.findall(fold(text).replace("'s", "")))
    return frozenset(word[:_STEM_LENGTH] for word in words if len(word) > 1 and word not in _STOP)


def _words(entry: Evidenced, briefing: Briefing) -> frozenset[str]:
    parts = [str(getattr(entry, field, None) or "") for field in _FIELDS]
    for key in ("date", "due"):
        date = getattr(entry, key, None)
        if isinstance(date, Edtf):
            ends = [point for point in (date.start, date.end) if point is not None]
            parts += [f"{MONTHS[end.month - 1] if end.month else ''} {end.year}" for end in ends]
    for key in ("speaker", "by"):
        actor = briefing.actors.get(getattr(entry, key, None) or "")
        if actor is not None:
            parts += [actor.name, actor.role or "", *actor.aka]
    return _stems(" ".join(parts))
