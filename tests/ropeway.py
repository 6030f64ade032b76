"""A briefing with the text of its article, both in ``data``, and the same with other texts."""

from __future__ import annotations

import datetime

from msgspec import structs

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load
from briefing_tui.briefing.model import Passage, SourceText
from briefing_tui.views.scene import Scene, scene_of
from tests.conftest import DATA

FILE = "ropeway.yaml"
ARTICLE = (DATA / "ropeway.txt").read_bytes().decode()
LATEST = datetime.date(2031, 5, 21)
"""The day on which the last of it is known."""


def bare() -> Document:
    """The briefing without the text."""
    return load((DATA / FILE).read_bytes(), FILE)


def document() -> Document:
    """The briefing with the text attached."""
    return structs.replace(bare(), texts={"courier": ARTICLE})


def scene(day: datetime.date | None = None) -> Scene:
    """The briefing with the text, as known on a day."""
    return scene_of(document(), day)


def written(text: str, passages: dict[str, tuple[int, int]]) -> Document:
    """The briefing with another text for the article; its passages are taken on trust."""
    found = bare()
    marks = {at: Passage(start, end, "00000000") for at, (start, end) in passages.items()}
    source = structs.replace(
        found.briefing.sources["courier"], text=SourceText(sha256="0" * 64, passages=marks)
    )
    sources = {**found.briefing.sources, "courier": source}
    briefing = structs.replace(found.briefing, sources=sources)
    return structs.replace(found, briefing=briefing, texts={"courier": text})
