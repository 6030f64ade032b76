"""Snippets: the part of a text around the first match of a query."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from briefing_tui.query.folding import merged
from briefing_tui.query.nodes import Words
from briefing_tui.query.words import token_spans

WIDTH = 160
"""Maximum length of a snippet in characters, without the ellipses."""


class Snippet(msgspec.Struct, frozen=True):
    """A part of a text."""

    text: str
    """One line, with an ellipsis at each end that is cut."""
    matches: tuple[tuple[int, int], ...] = ()
    """Start and end, exclusive, of the matching words in it."""


def make_snippet(text: str, terms: Iterable[Words], width: int = WIDTH) -> Snippet:
    """Return the part of a text around the first match, or its start if there is none."""
    spans = matches(text, terms)
    begin = 0
    if len(text) > width and spans:
        first = spans[0][0]
        begin = text.rfind(" ", 0, max(first - width // 4, 0)) + 1 if first > width // 2 else 0
    end = begin + width
    if end < len(text):
        space = text.rfind(" ", begin + width // 2, end)
        end = space if space > 0 else end
    head, tail = ("…" if begin else ""), ("…" if end < len(text) else "")
    shift = len(head) - begin
    inside = tuple((a + shift, b + shift) for a, b in spans if a >= begin and b <= end)
    return Snippet(f"{head}{text[begin:end]}{tail}", inside)


def matches(text: str, terms: Iterable[Words]) -> list[tuple[int, int]]:
    """Return the spans of a text that match, as start and end, in order and without overlap."""
    spans: list[tuple[int, int]] = []
    phrases = [(term.phrase.split(" "), term.prefix) for term in terms]
    for words in token_spans(text):
        for phrase, prefix in phrases:
            for index in range(len(words) - len(phrase) + 1):
                window = [word for word, _, _ in words[index : index + len(phrase)]]
                last = window[-1].startswith(phrase[-1]) if prefix else window[-1] == phrase[-1]
                if window[:-1] == phrase[:-1] and last:
                    spans.append((words[index][1], words[index + len(phrase) - 1][2]))
    return merged(spans)
