"""The trend chart draws the numbers of the file, no others."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.briefing.ascii_text import to_ascii
from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.load import load_path
from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.storage.directories import bundled
from briefing_tui.views import glyphs
from briefing_tui.views.milestone_chart import Scale, axis_day, draw
from briefing_tui.views.milestones import milestone_rows, promises, times_moved
from briefing_tui.views.rows import Chart, Promise, Row, Span, plain
from briefing_tui.views.scene import Scene, scene_of

AXIS = 7


def promise(key: str, said: str, due: str) -> Promise:
    return Promise(key, Edtf.parse(said), Edtf.parse(due), (Span(f"caption of {key}"),))


KEPT = Chart(
    promises=(promise("a", "2019-01", "2021-06"), promise("b", "2020-01", "2021-06")), met=None
)
SLIPS = Chart(
    promises=(
        promise("a", "2019-01-01", "2020-06"),
        promise("b", "2020-01-01", "2021-06"),
        promise("c", "2021-01-01", "2022-06"),
    ),
    met=Edtf.parse("2022-12-31"),
    legend=(Span("legend"),),
)


def text_of(chart: Chart, width: int = 60, chosen: str = "") -> list[str]:
    return [plain(line) for line in draw(chart, width, chosen)]


def test_a_promise_that_is_kept_stays_level() -> None:
    rows = [line for line in text_of(KEPT) if glyphs.OCCURRED in line]
    assert len(rows) == 1
    assert rows[0].count(glyphs.OCCURRED) == 2
    between = rows[0].partition(glyphs.OCCURRED)[2].partition(glyphs.OCCURRED)[0]
    assert set(between) == {"─"}


def test_a_date_of_which_nothing_is_known_has_no_place_but_a_caption() -> None:
    promises = (*KEPT.promises, promise("c", "2021-01", "unknown"))
    chart = Chart(promises=promises, met=Edtf.parse("unknown"), legend=KEPT.legend)
    assert text_of(chart) == text_of(KEPT)
    assert text_of(chart, chosen="c")[-1].strip() == "caption of c"
    nowhere = Chart(promises=promises[2:], met=None, legend=(Span("legend"),))
    assert text_of(nowhere) == [" " * AXIS + "legend"]


def test_one_that_slips_climbs_and_ends_where_it_was_met() -> None:
    lines = text_of(SLIPS)
    at = {
        row: line.index(glyphs.OCCURRED)
        for row, line in enumerate(lines)
        if glyphs.OCCURRED in line
    }
    assert [at[row] for row in sorted(at)] == sorted(at.values(), reverse=True)
    assert glyphs.MET in lines[0]
    assert lines[-1].strip() == "legend"


def test_axes_are_calendar_years() -> None:
    lines = text_of(SLIPS)
    assert [line[:4] for line in lines if "┤" in line] == ["2022", "2021", "2020"]
    assert lines[-2].split() == ["2019", "2020", "2021", "2022"]
    ticks = [at for at, sign in enumerate(lines[-3]) if sign == "┬"]
    assert [lines[-2][at : at + 4] for at in ticks] == ["2019", "2020", "2021", "2022"]


def test_the_chosen_point_stands_out_and_is_told() -> None:
    lines = text_of(SLIPS, chosen="b")
    assert sum(line.count(glyphs.CHOSEN) for line in lines) == 1
    assert lines[-1].strip() == "caption of b"
    assert len(lines) == len(text_of(SLIPS))


def test_promises_of_one_day_that_contradict_are_drawn_as_such() -> None:
    chart = Chart(
        promises=(promise("a", "2020-05-05", "2021"), promise("b", "2020-05-05", "2024")), met=None
    )
    lines = text_of(chart)
    columns = {line.index(glyphs.RIVAL) for line in lines if glyphs.RIVAL in line}
    assert sum(line.count(glyphs.RIVAL) for line in lines) == 2
    assert len(columns) == 1
    assert any(glyphs.RIVAL_LINE in line for line in lines)


def test_readable_from_50_columns_and_in_ascii() -> None:
    for line in text_of(SLIPS, 50):
        assert cell_width(line) <= 50
        assert to_ascii(line).isascii()
        assert len(to_ascii(line)) == len(line)


DATES = st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 1, 1)).map(str)


@given(
    st.lists(st.tuples(DATES, DATES), min_size=1, max_size=20), st.integers(1, 200), st.booleans()
)
def test_any_promises_at_any_width(dates: list[tuple[str, str]], width: int, met: bool) -> None:
    points = tuple(promise(str(at), said, due) for at, (said, due) in enumerate(sorted(dates)))
    chart = Chart(promises=points, met=Edtf.parse(dates[0][1]) if met else None)
    lines = draw(chart, max(width, 12), "0")
    assert all(cell_width(plain(line)) <= max(width, 12) for line in lines)
    assert len(lines) <= chart.max_rows + 3


@pytest.fixture(scope="module")
def latest() -> Scene:
    return scene_of(load_path(bundled()), datetime.date.max)


def rows_of(scene: Scene) -> list[Row]:
    deal = scene.briefing.commitments["s-400"]
    return list(milestone_rows(scene, "s-400", deal, ""))


def test_every_promise_of_the_file_is_a_point_where_its_dates_say(latest: Scene) -> None:
    charts = [row.chart for row in rows_of(latest) if row.chart]
    milestones = [one for one in latest.briefing.commitments["s-400"].milestones if one.forecasts]
    assert len(charts) == len(milestones) == 2
    for chart, milestone in zip(charts, milestones, strict=True):
        made = promises(milestone)
        assert [(one.said, one.due) for one in chart.promises] == [
            (one.said, one.due) for one in made
        ]
        lines = [plain(line) for line in draw(chart, 90)]
        scale = Scale(chart, 90)
        for one in made:
            row, column = scale.row(axis_day(one.due)), scale.column(axis_day(one.said))
            drawn = lines[row][AXIS + column]
            assert drawn in (glyphs.OCCURRED, glyphs.RIVAL, glyphs.MET), one
            year = int(next(line[:4] for line in lines[row:] if line[:4].strip()))
            assert year <= datetime.date.fromordinal(axis_day(one.due)).year <= year + 1


def test_every_point_can_be_stopped_at(latest: Scene) -> None:
    rows = rows_of(latest)
    stops = [row for row in rows if row.kind == "stop"]
    points = [point.key for row in rows if row.chart for point in row.chart.promises]
    assert [row.key for row in stops] == points
    assert all(row.selectable and row.entry for row in stops)


def test_the_table_says_first_now_met_and_how_late(latest: Scene) -> None:
    first, every = (row for row in rows_of(latest) if row.kind == "item")
    told = " ".join(" ".join(plain(line).split()) for line in first.details)
    assert told.startswith("promised Oct 2020 · now by Dec 2021 · met Nov – Dec 2021")
    assert "12 to 14 months late" in told
    told = " ".join(" ".join(plain(line).split()) for line in every.details)
    assert "3 of 5" in told
    assert "now Dec 2026" in told
    milestone = latest.briefing.commitments["s-400"].milestones[1]
    assert f"moved {times_moved(milestone)} times" in told


def test_a_forecast_stands_until_anyone_makes_a_newer_one() -> None:
    whole = load_path(bundled())
    scene = scene_of(whole, datetime.date(2019, 9, 1))
    milestone = scene.briefing.commitments["s-400"].milestones[1]
    assert str(promises(milestone)[-1].said) <= "2019-09"
    early = scene_of(whole)
    assert [
        str(one.due) for one in promises(early.briefing.commitments["s-400"].milestones[1])
    ] == ["../2023-04"]
