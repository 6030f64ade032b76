"""The verdict on one atom of a statement, compared with the texts of its sources."""

from __future__ import annotations

from typing import Literal

import msgspec

from briefing_tui.briefing.check.text.cited_text import Cited
from briefing_tui.briefing.model import Entry

Kind = Literal[
    "figure", "date", "name", "role", "place", "quotation", "caution", "negation", "direction",
    "tense", "relevance", "copy",
]  # fmt: skip
"""What is compared; ``relevance`` is that of a cited passage, ``copy`` running words of a text."""

Result = Literal["found", "contradicted", "elsewhere", "absent", "not compared"]
"""Found in the cited passages; another value there; in an uncited passage; in none of the text."""

Reason = Literal["no text", "language", "no rule", "worked out", "own words"]
"""Why something was not compared."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """An atom of an entry, and what the texts of its sources have for it."""

    entry: Entry
    keys: tuple[str | int, ...]
    """The field of the entry, and the way to the value in it."""
    kind: Kind
    written: str
    """The words of the briefing."""
    result: Result
    reason: Reason | None = None
    """Why it was not compared."""
    passage: Cited | None = None
    """Where it was found, or what contradicts it."""
    rival: str = ""
    """The words of the passage that contradict it."""
    code: str = ""
    """Code of the message; empty if there is nothing to report."""
    message: str = ""
