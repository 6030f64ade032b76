"""Rules for sources: their records (E110, W214), and whether they are independent (W209)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.derivation import Derivation
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.model import Event
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.provenance import corrections
from briefing_tui.briefing.terminal_text import excerpt

_WEB = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


def check_urls(document: Document) -> Iterator[Problem]:
    """E110: a URL is one that a browser opens as a page."""
    for source in document.briefing.sources.values():
        if source.url is not None and not _WEB.fullmatch(source.url):
            rule = "it begins with http:// or https:// and holds no spaces"
            message = f"'{excerpt(source.url)}' is not a web address; {rule}"
            yield document.problem("E110", message, source, "url")


def check_dates(document: Document) -> Iterator[Problem]:
    """E110: a source is published before it is retrieved."""
    for source in document.briefing.sources.values():
        if source.retrieved and source.published.date.lower > source.retrieved.upper:
            message = f"published {source.published.date} but retrieved {source.retrieved}"
            yield document.problem("E110", message, source, "published")


def check_updates(document: Document) -> Iterator[Problem]:
    """E110: a source is not updated before it is published."""
    for source in document.briefing.sources.values():
        if source.updated and source.published.date.lower > source.updated.upper:
            message = f"published {source.published.date} but updated {source.updated}"
            yield document.problem("E110", message, source, "updated")


def check_corrections(document: Document) -> Iterator[Problem]:
    """E110: a source neither corrects nor retracts itself."""
    for name, source in document.briefing.sources.items():
        for field in ("corrects", "retracts"):
            for index, target in enumerate(getattr(source, field)):
                if target == name:
                    message = f"a source cannot {field[:-1]} itself; name the other source"
                    yield document.problem("E110", message, source, field, index)


def check_retractions(document: Document) -> Iterator[Problem]:
    """W214: a statement cites a source that is not retracted by the day of ``as_of``.

    Not reported are statements that are disputed, and events that contradict another one.
    """
    briefing = document.briefing
    known = {
        name: source
        for name, source in briefing.sources.items()
        if source.published.date.anchor <= briefing.as_of.upper
    }
    by_source = corrections(known)
    retracted = {name for name, found in by_source.items() if found[0].verb == "retracted"}
    if not retracted:
        return
    contradicted = {name for event in briefing.timeline for name in event.contradicts}
    for entry in document.evidenced:
        cited = {citation.source for citation in entry.cite}
        is_doubted = bool(entry.disputes) or (
            isinstance(entry, Event)
            and (entry.status == "disputed" or bool(entry.contradicts) or entry.id in contradicted)
        )
        if cited and cited <= retracted and not is_doubted:
            message = (
                "all sources that this cites are retracted;"
                " cite another one, give the other version under 'disputes', or remove it"
            )
            yield document.problem("W214", message, entry, "cite")


def check_confirmation(document: Document) -> Iterator[Problem]:
    """W209: credibility 1 needs two sources that share no origin.

    The 1 of the Admiralty code is "confirmed by other sources". A report and its reprints are one
    source, and so are two outlets that both rewrite the same wire.
    """
    sources = document.briefing.sources
    confirmed = [entry for entry in document.evidenced if entry.credibility == 1]
    derivation = Derivation(sources if confirmed else {})
    for entry in confirmed:
        cited = {citation.source for citation in entry.cite}
        if not cited or not cited <= sources.keys() or derivation.independent(cited) > 1:
            continue
        reason = "there is one source" if len(cited) == 1 else "these draw on each other"
        message = (
            f"credibility 1 means confirmed by another source, but {reason};"
            " cite an independent one, or use 2"
        )
        yield document.problem("W209", message, entry, "credibility")
