"""Where a briefing opens: at a hit of a search, or at entries of another briefing."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from briefing_tui.commands.registry import effective_keys
from briefing_tui.library.index.search import Hit
from briefing_tui.session.target_positions import (
    day_notice,
    position_of_entries,
    position_of_hit,
)
from briefing_tui.storage.positions import Position
from briefing_tui.views.focus_filter import scene_at
from tests.observatory import document
from tests.unit.test_shelf import HIT

LATER = datetime.date(2020, 9, 1)
"""The day on which the delay becomes known, after the briefing's own date."""
KEYS = effective_keys({})


def hit(pane: str, entry: str, known: datetime.date | None = None) -> Hit:
    return msgspec.structs.replace(HIT, pane=pane, entry=entry, known=known)


def test_a_hit_opens_at_its_row() -> None:
    position = position_of_hit(hit("timeline", "timeline/crack"), document())
    assert position == Position(pane="timeline", rows={"timeline": "timeline/crack"})


def test_a_hit_in_a_part_opens_at_the_row_that_has_it() -> None:
    position = position_of_hit(hit("timeline", "timeline/crack/disputes/0"), document())
    assert position.rows == {"timeline": "timeline/crack"}


def test_a_hit_that_became_known_later_opens_on_that_day() -> None:
    position = position_of_hit(hit("timeline", "timeline/delay", LATER), document())
    assert position == Position(pane="timeline", rows={"timeline": "timeline/delay"}, as_of=LATER)
    assert day_notice(position, KEYS, "when this became known") == (
        "As of 1 Sep 2020, when this became known; = goes to the briefing's own date"
    )


def test_a_hit_that_is_gone_opens_its_pane() -> None:
    assert position_of_hit(hit("deals", "deals/never"), document()) == Position(pane="deals")


@pytest.mark.parametrize(
    ("path", "day", "as_of"),
    [
        (("deals", "dome"), None, None),
        (("deals", "dome"), LATER, LATER),
        (("timeline", 37), None, LATER),
    ],
)
def test_entries_open_on_a_day_or_the_next_that_has_one(
    path: tuple[str | int, ...], day: datetime.date | None, as_of: datetime.date | None
) -> None:
    position = position_of_entries(document(), [path], day)
    assert position.as_of == as_of
    assert position.pane == path[0]
    scene = scene_at(document(), position.as_of, position.focus)
    assert day_notice(position, KEYS) == (
        "As of 1 Sep 2020; = goes to the briefing's own date" if as_of else ""
    )
    assert scene.as_of == (as_of or document().briefing.as_of.upper)


def test_entries_that_are_gone_open_the_briefing() -> None:
    assert position_of_entries(document(), [("deals", "never")]) == Position()
