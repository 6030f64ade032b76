"""The part of a text that answers a query, with the words that do."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from briefing_tui.query.nodes import Words
from briefing_tui.query.words import placed

WIDTH = 160
"""Characters of an extract, at most, without the ellipses."""


class Extract(msgspec.Struct, frozen=True):
    """A part of a text."""

    text: str
    """On one line, with an ellipsis where something was left out."""
    matches: tuple[tuple[int, int], ...] = ()
    """Start and end, exclusive, of the words in it that were looked for."""


def extract(text: str, wanted: Iterable[Words], width: int = WIDTH) -> Extract:
    """The part of a text around the first of the words that are wanted; its start without any."""
    found = matches(text, wanted)
    begin = 0
    if len(text) > width and found:
        first = found[0][0]
        begin = text.rfind(" ", 0, max(first - width // 4, 0)) + 1 if first > width // 2 else 0
    end = begin + width
    if end < len(text):
        space = text.rfind(" ", begin + width // 2, end)
        end = space if space > 0 else end
    before, after = ("…" if begin else ""), ("…" if end < len(text) else "")
    shift = len(before) - begin
    inside = tuple((a + shift, b + shift) for a, b in found if a >= begin and b <= end)
    return Extract(f"{before}{text[begin:end]}{after}", inside)


def matches(text: str, wanted: Iterable[Words]) -> list[tuple[int, int]]:
    """Where words that are wanted stand in a text: start and end, in order, none overlapping."""
    words = list(placed(text))
    found: list[tuple[int, int]] = []
    for one in wanted:
        phrase = one.phrase.split(" ")
        for index in range(len(words) - len(phrase) + 1):
            window = [word for word, _, _ in words[index : index + len(phrase)]]
            last = window[-1].startswith(phrase[-1]) if one.prefix else window[-1] == phrase[-1]
            if window[:-1] == phrase[:-1] and last:
                found.append((words[index][1], words[index + len(phrase) - 1][2]))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(set(found)):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
