"""What a bibliographic record must be (E110)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_tui.briefing.load import Document
from briefing_tui.briefing.problems import Problem

_WEB = re.compile(r"https?://[^\s/]+", re.IGNORECASE)


def addresses(document: Document) -> Iterator[Problem]:
    """Only addresses that a browser opens as a page."""
    for name, source in document.briefing.sources.items():
        if source.url is not None and not _WEB.match(source.url):
            message = (
                f"'{source.url[:40]}' is no web address; it must begin with http:// or https://"
            )
            yield Problem("E110", message, document.at(("sources", name, "url")))


def dates(document: Document) -> Iterator[Problem]:
    """Nothing is retrieved before it is published."""
    for name, source in document.briefing.sources.items():
        if source.retrieved and source.published.date.lower > source.retrieved.upper:
            message = f"published {source.published.date} but retrieved {source.retrieved}"
            yield Problem("E110", message, document.at(("sources", name, "published")))
