"""Rules for bibliographic records (E110)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.text import excerpt

_WEB = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


def check_urls(document: Document) -> Iterator[Problem]:
    """E110: a URL is one that a browser opens as a page."""
    for name, source in document.briefing.sources.items():
        if source.url is not None and not _WEB.fullmatch(source.url):
            rule = "it begins with http:// or https:// and holds no spaces"
            message = f"'{excerpt(source.url)}' is no web address; {rule}"
            yield Problem("E110", message, document.at(("sources", name, "url")))


def check_dates(document: Document) -> Iterator[Problem]:
    """E110: a source is published before it is retrieved."""
    for name, source in document.briefing.sources.items():
        if source.retrieved and source.published.date.lower > source.retrieved.upper:
            message = f"published {source.published.date} but retrieved {source.retrieved}"
            yield Problem("E110", message, document.at(("sources", name, "published")))
