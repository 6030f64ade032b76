"""Whether a briefing puts things in words of its own (E123).

Running words are counted without numbers and names, which no paraphrase can change: the whole of
"the S-400 Triumf air defence systems in September 2019" counts as "the air defence systems in".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from briefing_tui.briefing.dates import MONTHS, WEEKDAYS
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.figures import fold
from briefing_tui.briefing.model import Actor, Citation, Deal
from briefing_tui.briefing.problems import Problem

MOST = 7
"""Running words that may be the article's."""

_KEPT = {"place", "id", "url", "title", "publisher", "name", "aka", "quote", "regime", "unit"}
"""Fields that are names, or are quoted."""

_WORD = re.compile(r"[^\W_]+(?:['.\-/,&][^\W_]+)*")
_ENDS_SENTENCE = re.compile(r"[.!?:\n]")


def copied(document: Document) -> Iterator[Problem]:
    """E123: nowhere do more than seven running words of an attached text stand."""
    names = _names(document)
    texts = {name: _runs(text, names) for name, text in document.texts.items()}
    vocabulary = {word for runs in texts.values() for run in runs for word in run}
    for entry in document.entries:
        for key, text in _prose(entry):
            if not _may_share(text, vocabulary):
                continue
            written = _words(text, names)
            for name, runs in texts.items():
                shared = _shared(written, runs)
                if shared:
                    path = entry.place.path if entry.place else ()  # type: ignore[attr-defined]
                    message = (
                        f"'{' '.join(shared)}' are {len(shared)} running words of '{name}';"
                        f" put it in words of your own, with at most {MOST} in a row"
                    )
                    yield Problem("E123", message, document.at((*path, key)))
                    break


def _prose(entry: msgspec.Struct) -> Iterator[tuple[str, str]]:
    if isinstance(entry, Citation):
        return
    for field in entry.__struct_fields__:
        value = getattr(entry, field)
        if isinstance(value, str) and field not in _KEPT and len(value) > 2 * MOST:
            yield field, value


def _names(document: Document) -> frozenset[str]:
    """The words of all names that the briefing knows, and of the calendar."""
    known = [*MONTHS, *WEEKDAYS]
    for entry in document.entries:
        if isinstance(entry, Actor):
            known += [entry.name, *entry.aka]
        elif isinstance(entry, Deal):
            known.append(entry.designation)
    return frozenset(
        word for name in known for word in _WORD.findall(fold(name)) if word[0].isupper()
    )


def _runs(text: str, names: frozenset[str]) -> set[tuple[str, ...]]:
    words = _words(text, names)
    return {tuple(words[start : start + MOST + 1]) for start in range(len(words) - MOST)}


def _may_share(text: str, vocabulary: set[str]) -> bool:
    """Whether a text has enough known words in a row; most have not, which is quickly found."""
    row = 0
    for word in _WORD.findall(fold(text)):
        if word.casefold().removesuffix("'s") in vocabulary:
            row += 1
            if row > MOST:
                return True
        elif word.islower():
            row = 0
    return False


def _words(text: str, names: frozenset[str]) -> list[str]:
    """The words of a text but numbers and names, which a capital tells within a sentence."""
    text = fold(text)
    found = []
    end = 0
    for match in _WORD.finditer(text):
        word = match[0].removesuffix("'s")
        opens = not end or _ENDS_SENTENCE.search(text, end, match.start()) is not None
        end = match.end()
        named = word in names or (word[0].isupper() and not opens and word != "I")
        if not named and not any(char.isdigit() for char in word):
            found.append(word.casefold())
    return found


def _shared(words: list[str], runs: set[tuple[str, ...]]) -> list[str]:
    """The first run of words that is too long, as far as it goes; empty where there is none."""
    length = MOST + 1
    for start in range(len(words) - MOST):
        if tuple(words[start : start + length]) not in runs:
            continue
        end = start + length
        while end < len(words) and tuple(words[end - MOST : end + 1]) in runs:
            end += 1
        return words[start:end]
    return []
