"""Whether a passage has to do with what cites it (E121, W211).

Words are compared by their beginnings and weighed by how few passages have them (inverse document
frequency, Spärck Jones 1972). A paraphrase keeps some of the rarer words of its passage; an entry
that shares none with it, and several with another, most likely cites the wrong one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from briefing_tui.briefing.check.rule_helpers import evidenced, finding
from briefing_tui.briefing.dates import MONTHS, Edtf
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.figures import fold
from briefing_tui.briefing.model import Actor, Briefing, Evidenced
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import voice

_FIELDS = ("headline", "text", "stated", "quote", "hedge", "designation", "description")
_STEM = 5
"""Letters of a word that are compared: "delivery" and "delivered" are one."""

_LEAST = 4.0
"""Weight from which on another passage is a better one: two or three words that are rare."""
_BETTER = 3.0
"""How many times the better one must weigh more."""
_NOTHING = 0.5
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


def about_it(document: Document) -> Iterator[Problem]:
    """E121, W211: no passage is cited for what stands in another one."""
    briefing = document.briefing
    texts = {
        name: Weights.of(document, name) for name in document.texts if name in briefing.sources
    }
    for entry in evidenced(briefing):
        if isinstance(entry, Actor):
            continue
        words: frozenset[str] | None = None
        cited = {(citation.source, citation.at) for citation in entry.cite}
        for index, citation in enumerate(entry.cite):
            weights = texts.get(citation.source)
            if weights is None or citation.at is None or citation.at not in weights.words:
                continue
            words = words if words is not None else _words(entry, briefing)
            own = weights.shared(words, citation.at)
            rest = [at for at in weights.words if (citation.source, at) not in cited]
            best = max(rest, key=lambda at: weights.shared(words or frozenset(), at), default=None)
            most = weights.shared(words, best) if best else 0.0
            # Where others are cited too, most of the words may be about what they say.
            is_own = voice(entry, briefing.about) != "external"
            is_wrong = own < _NOTHING and most >= _LEAST
            if is_wrong or (is_own and most >= _LEAST and most > _BETTER * own):
                shares = "hardly a word" if own else "no telling word"
                message = (
                    f"shares {shares} with {citation.source} {citation.at}, but several with"
                    f" {best}; cite that, if it is what this rests on"
                )
                code = "E121" if is_wrong else "W211"
                yield finding(document, code, entry, ("cite", index), message)


class Weights:
    """The words of each passage of a text, and what it says of a passage to have one."""

    def __init__(self, words: Mapping[str, frozenset[str]]) -> None:
        self.words = words
        counts = Counter(word for one in words.values() for word in one)
        self._weights = {word: math.log(len(words) / count) for word, count in counts.items()}

    @classmethod
    def of(cls, document: Document, source: str) -> Weights:
        """The weights of a source's text."""
        text = document.briefing.sources[source].text
        found = {at: document.passage(source, at) for at in (text.passages if text else ())}
        return cls({at: stems(words) for at, words in found.items() if words})

    def shared(self, words: frozenset[str], at: str) -> float:
        """The weight of the words that a passage shares."""
        return sum(self._weights[word] for word in words & self.words[at])


@lru_cache(maxsize=2048)
def stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text that mean something on their own."""
    words = (word.casefold() for word in _WORD.findall(fold(text).replace("'s", "")))
    return frozenset(word[:_STEM] for word in words if len(word) > 1 and word not in _STOP)


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
    return stems(" ".join(parts))
