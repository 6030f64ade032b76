"""Rules for what is said twice (W225, W226)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Event
from briefing_tui.briefing.problems import Problem

_NEAR = 3
"""Days between the dates of two reports of one event."""
_MOST_COMPARED = 20
"""Later events of its type that an event is compared with."""
_LEAST_WORDS = 3
_LEAST_SHARE = 0.7
"""Share of the words of two headlines that both have, if they are of one event."""
_STEM_LENGTH = 5
_WORD = re.compile(r"\w+")
_STOP = frozenset(
    {
        *("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "it", "its"),
        *("of", "on", "or", "that", "the", "to", "with"),
    }
)
_COUNTING = frozenset(
    {
        *("first", "second", "third", "fourth", "fifth", "sixth", "last", "another"),
        *("one", "two", "three", "four", "five", "six"),
    }
)
"""Words that tell apart the events of a series."""


def check_repeated_events(document: Document) -> Iterator[Problem]:
    """W225: no event is listed twice, with the same words for about the same day."""
    by_type: defaultdict[str, list[Event]] = defaultdict(list)
    for event in document.briefing.timeline:
        if event.date.is_known:
            by_type[event.type].append(event)
    for events in by_type.values():
        events.sort(key=lambda event: event.date.lower)
        for index, event in enumerate(events):
            for other in events[index + 1 : index + 1 + _MOST_COMPARED]:
                if (other.date.lower - event.date.lower).days > _NEAR:
                    break
                if _is_same(event, other):
                    first, second = sorted((event, other), key=_line)
                    message = (
                        f"has the words of '{first.id}' ({first.date}); remove one of the two, or"
                        " say in the headlines how they differ"
                    )
                    yield document.problem("W225", message, second, "headline")
                    break


def _line(event: Event) -> int:
    return event.location.line if event.location else 0


def _is_same(event: Event, other: Event) -> bool:
    clocks = [date.start.clock for date in (event.date, other.date) if date.start is not None]
    if event.status != other.status or len(set(clocks)) > 1 or not _is_day(event, other):
        return False
    if any(two.id in _related(one) for one, two in ((event, other), (other, event))):
        return False
    words, others = _words(event.headline), _words(other.headline)
    shared, different = words & others, words ^ others
    return (
        len(shared) >= _LEAST_WORDS
        and len(shared) >= _LEAST_SHARE * len(words | others)
        and not any(word in _COUNTING or not word.islower() for word in different)
    )


def _is_day(event: Event, other: Event) -> bool:
    """Return whether both events are dated to a few days: a year has room for two alike."""
    return all((each.date.upper - each.date.lower).days <= _NEAR for each in (event, other))


def _related(event: Event) -> tuple[str, ...]:
    return (*event.contradicts, *event.resolves, *event.part_of, *event.because_of)


def _words(headline: str) -> frozenset[str]:
    """Return the words of a headline by their beginnings, names with their capitals."""
    first, *rest = _WORD.findall(headline) or [""]
    words = (word for word in (first.casefold(), *rest) if word not in _STOP)
    return frozenset(_stem(word) for word in words)


def _stem(word: str) -> str:
    is_kept = word in _COUNTING or not word.islower()
    return word if is_kept else word[:_STEM_LENGTH]


def check_rival_versions(document: Document) -> Iterator[Problem]:
    """W226: a rival version of a field differs from the preferred one."""
    for entry in document.evidenced:
        for index, rival in enumerate(entry.disputes):
            value = getattr(entry, rival.field, None)
            if isinstance(value, (str, int, Edtf)) and _is_equal(value, rival.value):
                message = (
                    f"the rival value '{rival.value}' is that of '{rival.field}' itself;"
                    " correct one of the two"
                )
                yield document.problem("W226", message, entry, "disputes", index, "value")


def _is_equal(value: str | int | Edtf, rival: str) -> bool:
    if isinstance(value, int):
        return re.sub(r"[,_ ]", "", rival) == str(value)
    return " ".join(str(value).split()).casefold() == " ".join(rival.split()).casefold()
