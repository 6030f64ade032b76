"""Whether what is called confirmed was told twice (W209)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, islice

from briefing_tui.briefing.check.rule_helpers import evidenced, finding
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Source
from briefing_tui.briefing.problems import Problem

_MOST_COMPARED = 64
"""Sources of one entry; more are not written by hand, and comparing all with all takes long."""


def confirmation(document: Document) -> Iterator[Problem]:
    """W209: credibility 1 rests on two sources that do not draw on each other or on a third.

    The 1 of the Admiralty code is "confirmed by other sources". A report and its reprints are one
    source, and so are two outlets that both rewrite the same wire.
    """
    known = document.briefing.sources
    origins = _origins(known)
    for entry in evidenced(document.briefing):
        if entry.credibility != 1:
            continue
        cited = {citation.source: None for citation in entry.cite}
        if not cited or not all(name in known for name in cited):
            continue
        pairs = combinations(islice(cited, _MOST_COMPARED), 2)
        if any(not origins[one] & origins[other] for one, other in pairs):
            continue
        trouble = "there is one source" if len(cited) == 1 else "these draw on each other"
        message = (
            f"credibility 1 means confirmed by another source, but {trouble};"
            " cite an independent one, or use 2"
        )
        yield finding(document, "W209", entry, "credibility", message)


def _origins(sources: Mapping[str, Source]) -> dict[str, int]:
    """Each source with all that it draws on, directly or not, as the bits of a number.

    Bits, because a long chain of reprints would fill the memory with sets.
    """
    origins = {name: 1 << index for index, name in enumerate(sources)}
    done: set[str] = set()
    waiting = [(name, False) for name in sources]
    while waiting:
        name, is_ready = waiting.pop()
        before = [other for other in sources[name].derives_from if other in sources]
        if is_ready:
            for other in before:
                origins[name] |= origins[other]
        elif name not in done:
            done.add(name)
            waiting.append((name, True))
            waiting.extend((other, False) for other in before if other not in done)
    return origins
