"""The sentences of a briefing that are compared with the passages that they cite."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache

import msgspec

from briefing_tui.briefing.atoms.clauses import SentenceWord, tokens
from briefing_tui.briefing.atoms.names import known_names, name_key
from briefing_tui.briefing.check.text.cited_text import Cited, cited, labels
from briefing_tui.briefing.check.text.verdict import Kind, Verdict
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Actor, Evidenced
from briefing_tui.briefing.provenance import voice

_PROSE = ("headline", "text")


class Claim(msgspec.Struct, frozen=True, dict=True):
    """What an entry says in one field, and the attached passages that it cites."""

    entry: Evidenced
    key: str
    text: str
    passages: list[Cited]
    sources: str
    """The whole attached texts of the sources that it cites."""
    is_complete: bool
    """Whether all that it cites is attached."""

    @cached_property
    def passage_text(self) -> str:
        """The words of its passages."""
        return " . ".join(passage.words for passage in self.passages)

    @cached_property
    def passage_words(self) -> tuple[SentenceWord, ...]:
        """The tokens of its passages."""
        return tokens(self.passage_text)

    @cached_property
    def known(self) -> frozenset[str]:
        """The words of names in the texts of its sources."""
        return _known(self.sources)

    @property
    def words(self) -> tuple[SentenceWord, ...]:
        """The tokens of the claim."""
        return tokens(self.text)

    @cached_property
    def source_keys(self) -> frozenset[str]:
        """Every word in the texts of its sources."""
        return _keys(self.sources)

    @cached_property
    def source_lemmas(self) -> frozenset[str]:
        """The basic forms of every word in the texts of its sources."""
        return _lemmas(self.sources)

    def contradicted(self, kind: Kind, written: str, rival: str, code: str, advice: str) -> Verdict:
        """Return the verdict that its passages say something else."""
        message = f"'{written}', but {labels(self.passages)} has '{rival}'; {advice}"
        return Verdict(
            entry=self.entry,
            keys=(self.key,),
            kind=kind,
            written=written,
            result="contradicted",
            passage=self.passages[0],
            rival=rival,
            code=code,
            message=message,
        )


@lru_cache(maxsize=16)
def _known(text: str) -> frozenset[str]:
    return known_names(text)


@lru_cache(maxsize=16)
def _keys(text: str) -> frozenset[str]:
    words = tokens(text)
    return frozenset(name_key(word) for word in words)


@lru_cache(maxsize=16)
def _lemmas(text: str) -> frozenset[str]:
    return frozenset(word.lemma for word in tokens(text))


def claims(document: Document) -> Iterator[Claim]:
    """Yield the claims of a document that have an attached passage."""
    for entry in document.evidenced:
        if isinstance(entry, Actor) or voice(entry, document.briefing.about) == "judgement":
            continue
        passages = cited(document, entry.cite)
        if not passages:
            continue
        names = dict.fromkeys(passage.source for passage in passages)
        sources = "\n. ".join(document.texts[name] for name in names)
        for key in _PROSE:
            text = getattr(entry, key, None)
            if text and not text.rstrip().endswith("?"):
                yield Claim(entry, key, text, passages, sources, len(passages) == len(entry.cite))


def is_english(document: Document) -> bool:
    """Return whether the rules for English words apply to a document."""
    return document.briefing.language.casefold().split("-")[0] == "en"


def excerpt_of(words: tuple[SentenceWord, ...], position: int, around: int = 2) -> str:
    """Return the words around a position."""
    clause = [
        word.written
        for word in words[max(0, position - around) : position + around + 1]
        if abs(word.clause - words[position].clause) <= 1
    ]
    return " ".join(clause)
