"""Rules for words of vocabularies (E102, W212)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import get_args, get_origin

import msgspec

from briefing_tui.briefing import model
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Guesses, Problem
from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.vocabulary.catalogue import occurrences
from briefing_tui.vocabulary.words import SECTIONS


def check_words(document: Document) -> Iterator[Problem]:
    """W212: every word is in a vocabulary in force, or declared by the briefing."""
    if any(problem.location.path[:1] in _DECLARING for problem in document.problems):
        return  # words may be missing because of the mistake there
    glossary, guess = document.briefing.glossary, Guesses()
    for entry in document.entries:
        for keys, word, section in _words_of(entry):
            words = glossary.section(section)
            if word not in words:
                hint = _vocabularies_with(word, section) or guess(word, words) or _DECLARE
                message = f"unknown {SECTIONS[section].noun} '{word}'{hint}"
                start = entry.location.path if entry.location else ()
                locate = document.at if keys[-1] != word else document.at_key
                yield Problem("W212", message, locate((*start, *keys)))


def check_signs(document: Document) -> Iterator[Problem]:
    """E102: every declared sign takes one cell."""
    glossary = document.briefing.words
    if glossary is None:
        return
    for section in SECTIONS:
        for word, definition in glossary.section(section).items():
            if definition.sign and cell_width(definition.sign) != 1:
                message = f"'{definition.sign}' is not one cell wide; use another sign"
                location = document.at(("words", section, word, "sign"))
                yield Problem("E102", message, location)


_DECLARING = (("vocabularies",), ("words",))
_DECLARE = "; declare it under 'words'"


def _vocabularies_with(word: str, section: str) -> str:
    """Return a hint at the vocabularies that have a word; empty if there are none."""
    names = [entry.vocabulary for entry in occurrences(word) if entry.section == section]
    quoted = " or ".join(f"'{name}'" for name in names)
    return f"; to use it, add {quoted} to 'vocabularies'" if names else ""


def _words_of(entry: model.Entry) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield the keys of an entry's words, the words, and the sections that have them."""
    for field, section in _word_fields(type(entry)):
        value = getattr(entry, field)
        if isinstance(value, str):
            yield (field,), value, section
        else:
            yield from (((field, word), word, section) for word in value or ())


@cache
def _word_fields(cls: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """Return the fields that take a word, or a table by words, each with its section."""
    sections = (
        (field.name, model.section_of(_key_type(field.type))) for field in model.fields_of(cls)
    )
    return tuple((name, section) for name, section in sections if section)


def _key_type(kind: object) -> object:
    return get_args(kind)[0] if get_origin(kind) is dict else kind
