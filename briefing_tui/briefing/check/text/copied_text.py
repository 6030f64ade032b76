"""Rule for text copied from a source (E123).

Running words are counted without numbers and names, which no paraphrase can change: "the S-400
Triumf air defence systems in September 2019" counts as "the air defence systems in".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.check.text.cited_text import Cited
from briefing_tui.briefing.check.text.verdict import Verdict
from briefing_tui.briefing.dates import MONTHS, WEEKDAYS
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Actor, Citation, Commitment, Entry

MAX_RUNNING_WORDS = 7

_EXEMPT = {"location", "id", "url", "title", "publisher", "name", "aka", "quote", "regime", "unit"}
"""Fields with names or quotations."""

_WORD = re.compile(r"[^\W_]+(?:['.\-/,&][^\W_]+)*")
_DIGIT = re.compile(r"\d")
_ENDS_SENTENCE = re.compile(r"[.!?:\n]")


def compare_copying(document: Document) -> Iterator[Verdict]:
    """E123: find more than seven running words of an attached text in a field."""
    if not document.texts:
        return
    names = _names(document)
    texts = {name: _runs(text, names) for name, text in document.texts.items()}
    for entry in document.entries:
        for key, text in _prose(entry):
            words = _words(text, names)
            shared = ((name, _first_shared_run(words, runs)) for name, runs in texts.items())
            name, run = next((item for item in shared if item[1]), ("", []))
            if run:
                copied = " ".join(run)
                yield Verdict(
                    entry=entry,
                    keys=(key,),
                    kind="copy",
                    written=copied,
                    result="found",
                    passage=Cited(name, None, document.texts[name]),
                    code="E123",
                    message=(
                        f"'{copied}' are {len(run)} running words of '{name}'; put it in words of"
                        f" your own, with at most {MAX_RUNNING_WORDS} in a row"
                    ),
                )


def _prose(entry: Entry) -> Iterator[tuple[str, str]]:
    if isinstance(entry, Citation):
        return
    for field in entry.__struct_fields__:
        value = getattr(entry, field)
        if isinstance(value, str) and len(value) > 2 * MAX_RUNNING_WORDS and field not in _EXEMPT:
            yield field, value


def _names(document: Document) -> frozenset[str]:
    """Return the capitalised words of all names in the briefing and the calendar."""
    names = [*MONTHS, *WEEKDAYS]
    for entry in document.entries:
        if isinstance(entry, Actor):
            names += [entry.name, *entry.aka]
        elif isinstance(entry, Commitment):
            names.append(entry.name)
    words = (word for name in names for word in _WORD.findall(fold(name)))
    return frozenset(word for word in words if word[0].isupper())


def _runs(text: str, names: frozenset[str]) -> set[tuple[str, ...]]:
    """Return every run of words that is one word too long."""
    words = _words(text, names)
    length = MAX_RUNNING_WORDS + 1
    return {tuple(words[end - length : end]) for end in range(length, len(words) + 1)}


def _words(text: str, names: frozenset[str]) -> list[str]:
    """Return the words of a text without numbers and names (capitalised within a sentence)."""
    text = fold(text)
    words = []
    end = 0
    for match in _WORD.finditer(text):
        word = match[0].removesuffix("'s")
        is_name = word[0].isupper() and (
            word in names
            or (word != "I" and end > 0 and not _ENDS_SENTENCE.search(text, end, match.start()))
        )
        if not is_name and not _DIGIT.search(word):
            words.append(word.casefold())
        end = match.end()
    return words


def _first_shared_run(words: list[str], runs: set[tuple[str, ...]]) -> list[str]:
    length = MAX_RUNNING_WORDS + 1
    for start in range(len(words) - MAX_RUNNING_WORDS):
        if tuple(words[start : start + length]) not in runs:
            continue
        end = start + length
        while end < len(words) and tuple(words[end + 1 - length : end + 1]) in runs:
            end += 1
        return words[start:end]
    return []
