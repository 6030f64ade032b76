"""What a bibliographic record must be (E110)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.problems import Problem
from briefing_tui.briefing.text import excerpt

_WEB = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


def addresses(document: Document) -> Iterator[Problem]:
    """Only addresses that a browser opens as a page."""
    for name, source in document.briefing.sources.items():
        if source.url is not None and not _WEB.fullmatch(source.url):
            rule = "it begins with http:// or https:// and holds no spaces"
            message = f"'{excerpt(source.url)}' is no web address; {rule}"
            yield Problem("E110", message, document.at(("sources", name, "url")))


def dates(document: Document) -> Iterator[Problem]:
    """Nothing is retrieved before it is published."""
    for name, source in document.briefing.sources.items():
        if source.retrieved and source.published.date.lower > source.retrieved.upper:
            message = f"published {source.published.date} but retrieved {source.retrieved}"
            yield Problem("E110", message, document.at(("sources", name, "published")))
