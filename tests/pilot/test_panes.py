"""Going from pane to pane; evidence, zoom and theme."""

from __future__ import annotations

import pytest

from tests.briefings import LANTERN, loaded, text
from tests.observatory import document
from tests.pilot.driving import NARROW, PANES, piloted, reading, sizes

Size = tuple[int, int]


@sizes
@piloted
async def test_pane_keys(size: Size) -> None:
    async with reading(document(), size) as reader:
        assert reader.pane == "summary"
        for number in (2, 4, 1, 3):
            await reader.press(str(number))
            assert reader.pane == PANES[number - 1]
            assert reader.rows.has_focus
            assert reader.seen(reader.rows)


@piloted
async def test_next_and_previous_pane_go_round() -> None:
    async with reading(document()) as reader:
        for key in ("tab", "l", "right"):
            seen = [reader.pane]
            for _ in PANES:
                await reader.press(key)
                seen.append(reader.pane)
            assert seen == [*PANES, "summary"], key
        for key in ("shift+tab", "h", "left"):
            seen = [reader.pane]
            for _ in PANES:
                await reader.press(key)
                seen.append(reader.pane)
            assert seen == ["summary", *reversed(PANES)], key


@piloted
async def test_every_pane_keeps_its_row() -> None:
    async with reading(document()) as reader:
        await reader.press("j", "2", "g", "5", "j", "3", "j", "4", "j", "j")
        rows = []
        for number in "1234":
            await reader.press(number)
            rows.append(reader.number)
        assert rows == [2, 6, 2, 3]


@sizes
@piloted
async def test_the_active_pane_can_be_told_without_colour(size: Size) -> None:
    async with reading(document(), size) as reader:
        for number, title in enumerate(("Summary", "Timeline", "Actors", "Deals"), 1):
            await reader.press(str(number))
            heavy = [line for line in reader.lines if f"━ {number} {title} ━" in line]
            assert len(heavy) == 1
            if size == NARROW:
                assert f"[{number} {title}]" in reader.text


@pytest.mark.parametrize(("width", "state"), [(41, "1/2"), (42, "2 commitments · 1/2")])
@piloted
async def test_a_long_title_leaves_out_the_count(width: int, state: str) -> None:
    pact = LANTERN.replace("{", "{kind: agreement, ", 1)
    several = loaded(text(deals=f"{{lantern: {LANTERN}, pact: {pact}}}"))
    async with reading(several, (width, 12)) as reader:
        await reader.press("4")
        rule = next(line for line in reader.lines if "━ 4 Commitments ━" in line)
        assert f"━ {state}" in rule


@piloted
async def test_the_evidence_follows_the_row_of_every_pane() -> None:
    async with reading(document()) as reader:
        assert "Alpine Wire" in reader.evidence
        await reader.press("j")
        assert "Senn Gazette ¶1 s2" in reader.evidence
        assert "Alpine Wire" not in reader.evidence
        await reader.press("2")
        assert "as the paper has it" in reader.evidence
        await reader.press("g")
        assert "Canton of Senn" in reader.evidence
        await reader.press("3")
        assert "Ada Vale" in reader.evidence
        await reader.press("4", "G")
        assert "a hundred francs" in reader.evidence
        await reader.press("1")
        assert "Senn Gazette ¶1 s2" in reader.evidence
        assert "Senn Gazette ¶1 s2" in reader.text


@sizes
@piloted
async def test_evidence_takes_the_keys_and_gives_them_back(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("j", "j", "e")
        evidence = reader.reader.evidence
        assert evidence.has_focus
        assert reader.seen(evidence)
        assert "━ Evidence ━" in reader.text
        # The row stays where it is while the evidence is scrolled.
        await reader.press("j", "j", "G")
        assert reader.place == ("summary", "key_points/1")
        await reader.press("e")
        assert reader.rows.has_focus
        assert reader.place == ("summary", "key_points/1")
        for key in ("escape", "q"):
            await reader.press("e", key)
            assert reader.app.is_running
            assert reader.rows.has_focus


@piloted
async def test_evidence_scrolls() -> None:
    async with reading(document(), (80, 18)) as reader:
        await reader.press("2")
        assert reader.key == "timeline/crack"
        evidence = reader.reader.evidence
        first, last, lines = evidence.lines_seen
        assert last - first < lines, "choose a row with more evidence"
        await reader.press("e", "G")
        assert evidence.lines_seen[1] == lines
        await reader.press("g")
        assert evidence.lines_seen[0] == 0
        await reader.press("j")
        assert evidence.lines_seen[0] == 1
        # Another row's evidence begins at its beginning.
        await reader.press("e", "k", "j")
        assert evidence.lines_seen[0] == 0


@sizes
@piloted
async def test_evidence_from_a_zoomed_pane(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("2", "z", "e")
        evidence = reader.reader.evidence
        assert evidence.has_focus
        assert reader.seen(evidence)
        assert not reader.seen(reader.rows)
        await reader.press("e")
        assert reader.rows.has_focus
        assert not reader.seen(evidence)
        assert evidence.size.area == 0 or not evidence.parent.display  # type: ignore[union-attr]


@sizes
@piloted
async def test_zoom(size: Size) -> None:
    async with reading(document(), size) as reader:
        await reader.press("2", "j")
        before = reader.place, reader.rows.size
        await reader.press("z")
        shown = [pane.id for pane in reader.reader.panes if reader.seen(pane)]
        assert shown == ["timeline"]
        assert not reader.seen(reader.reader.evidence)
        assert reader.rows.size.width == size[0]
        assert reader.rows.size.height > before[1].height
        await reader.press("tab")
        assert reader.pane == "actors"
        assert reader.seen(reader.rows)
        assert reader.rows.size.width == size[0]
        await reader.press("shift+tab", "z")
        assert (reader.place, reader.rows.size) == before


@piloted
async def test_resizing_while_zoomed() -> None:
    async with reading(document(), (200, 60)) as reader:
        await reader.press("2", "k", "z")
        for size in ((80, 24), (20, 5), (59, 40), (120, 36)):
            await reader.resize(*size)
            reader.check()
            assert reader.place == ("timeline", "timeline/again")
            assert reader.rows.has_focus
            assert reader.rows.size.width == size[0]
            assert "▌" in reader.text
        await reader.press("z")
        assert all(reader.seen(pane) for pane in reader.reader.panes)


@piloted
async def test_themes_go_round() -> None:
    async with reading(document()) as reader:
        seen = []
        backgrounds = []
        for _ in range(4):
            seen.append(reader.app.theme)
            style = next(iter(reader.strips[1])).style
            backgrounds.append(style.bgcolor if style else None)
            await reader.press("t")
            assert reader.app.theme in reader.last
            reader.check()
        assert seen == ["dark", "light", "ansi", "dark"]
        assert backgrounds[0] == backgrounds[3]
        assert len(set(map(str, backgrounds))) == 3
