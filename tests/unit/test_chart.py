"""The trend chart draws the numbers of the file, no others."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.briefing.ascii_text import to_ascii
from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.load import load_path
from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.storage.directories import bundled
from briefing_tui.views import glyphs
from briefing_tui.views.commitments import WINDOW_SIGNS, commitments
from briefing_tui.views.milestone_chart import Scale, draw
from briefing_tui.views.milestones import chart_rows, milestone_rows
from briefing_tui.views.rows import Chart, Promise, Row, Span, plain
from briefing_tui.views.scene import Scene, scene_of, scene_on
from briefing_tui.views.time_axis import axis_day
from tests.conftest import DATA

DOT = Span(glyphs.OCCURRED, "accent")
RIVAL = Span(glyphs.RIVAL, "warning")


def promise(key: str, said: str, due: str, sign: Span = DOT, *, in_line: bool = True) -> Promise:
    caption = (Span(f"caption of {key}"),)
    dates = Edtf.parse(said), Edtf.parse(due)
    return Promise(key, *dates, sign, voice="Norway", in_line=in_line, caption=caption)


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
    assert text_of(nowhere) == ["legend"]


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


def test_the_distance_from_the_first_promise_is_between_it_and_a_dotted_line() -> None:
    lines = text_of(SLIPS)
    (baseline,) = [line for line in lines if glyphs.BASELINE in line]
    assert baseline.index(glyphs.OCCURRED) < baseline.index(glyphs.BASELINE)
    assert baseline.rstrip().endswith(glyphs.BASELINE)


def names_of(said: list[str], due: list[str]) -> tuple[list[str], list[str]]:
    """The ticks of the vertical axis, from the top, and of the horizontal one."""
    dates = enumerate(zip(said, due, strict=True))
    chart = Chart(promises=tuple(promise(str(at), *pair) for at, pair in dates), met=None)
    lines = text_of(chart, 64)
    vertical = [line.partition("┤")[0].strip() for line in lines if "┤" in line]
    return vertical, re.split("  +", lines[-2].strip())


def test_ticks_fit_the_span_of_the_data() -> None:
    years = ["2011-03-01", "2014-07-01", "2019-05-05"]
    assert names_of(years, years)[1] == [str(year) for year in range(2012, 2020)]
    vertical, across = names_of(["2019-01-02", "2019-02-18", "2019-07"], ["2020-10"] * 3)
    assert vertical == ["Oct 2020"]
    assert across == ["Apr 2019", "Jul 2019"]
    vertical, _ = names_of(["2019", "2020"], ["2020-10", "2020-12"])
    assert vertical == ["Dec 2020", "Nov 2020", "Oct 2020"]
    days = ["2021-09-08", "2021-09-10", "2021-09-12"]
    assert names_of(days, days)[0][0] == "12 Sep 2021"


def test_no_row_is_empty_if_there_are_few_dates() -> None:
    level = [promise("a", "2019", "2020-10"), promise("b", "2020", "2020-10")]
    assert len(text_of(Chart(promises=tuple(level), met=None))) == 1 + 3
    both = (level[0], promise("c", "2020", "2020-12"))
    assert len(text_of(Chart(promises=both, met=None))) == 3 + 3


def test_the_as_of_day_is_on_the_horizontal_axis() -> None:
    chart = msgspec.structs.replace(KEPT, as_of=datetime.date(2020, 7, 1))
    (axis,) = [line for line in text_of(chart) if "└" in line]
    assert axis.endswith(glyphs.BAR_AS_OF)
    assert glyphs.BAR_AS_OF not in "".join(text_of(KEPT))


def test_the_chosen_point_stands_out_and_is_told() -> None:
    lines = text_of(SLIPS, chosen="b")
    assert sum(line.count(glyphs.CHOSEN) for line in lines) == 1
    assert lines[-1].strip() == "caption of b"
    assert len(lines) == len(text_of(SLIPS))


def test_promises_of_one_day_that_contradict_are_drawn_as_such() -> None:
    dues = {"a": "2021", "b": "2024"}
    made = [promise(key, "2020-05-05", due, RIVAL, in_line=False) for key, due in dues.items()]
    chart = Chart(promises=tuple(made), met=None)
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
    lines = draw(chart, max(width, 20), "0")
    assert all(cell_width(plain(line)) <= max(width, 20) for line in lines)
    assert len(lines) <= chart.max_rows + 2 + max(1, 24 // max(width, 20) + 1)


@given(st.lists(st.tuples(DATES, DATES), min_size=1, max_size=9), st.integers(20, 200))
def test_captions_wrap_and_the_height_never_changes(
    dates: list[tuple[str, str]], width: int
) -> None:
    points = tuple(promise(str(at), said, due) for at, (said, due) in enumerate(sorted(dates)))
    legend = (Span("a legend that is longer than one line of a narrow terminal"),)
    chart = Chart(promises=points, met=None, legend=legend)
    heights = {len(draw(chart, width, chosen)) for chosen in ("", *(each.key for each in points))}
    assert len(heights) == 1
    assert "".join("".join(text_of(chart, width)).split()).endswith("anarrowterminal")


@pytest.fixture(scope="module")
def latest() -> Scene:
    return scene_of(load_path(bundled()), datetime.date.max)


def rows_of(scene: Scene) -> list[Row]:
    deal = scene.briefing.commitments["s-400"]
    return [*milestone_rows(scene, "s-400", deal), *chart_rows(scene, "s-400", deal)]


def test_every_promise_of_the_file_is_a_point_where_its_dates_say(latest: Scene) -> None:
    charts = [row.chart for row in rows_of(latest) if row.chart]
    milestones = [one for one in latest.briefing.commitments["s-400"].milestones if one.forecasts]
    assert len(charts) == len(milestones) == 2
    for chart, milestone in zip(charts, milestones, strict=True):
        made = sorted(milestone.forecasts, key=lambda forecast: forecast.said.sort_key)
        assert [(one.said, one.due) for one in chart.promises] == [
            (one.said, one.due) for one in made
        ]
        lines = [plain(line) for line in draw(chart, 90)]
        scale = Scale(chart, 90)
        signs = {point.sign.text for point in chart.promises} | {glyphs.MET}
        for point in chart.promises:
            row, column = scale.row(axis_day(point.due)), scale.column(axis_day(point.said))
            assert lines[row][scale.label_width + 3 + column] in signs


def test_every_point_can_be_stopped_at(latest: Scene) -> None:
    rows = rows_of(latest)
    stops = [row for row in rows if row.kind == "stop"]
    points = [point.key for row in rows if row.chart for point in row.chart.promises]
    assert [row.key for row in stops] == points
    assert all(row.selectable and row.entry for row in stops)


@pytest.fixture(scope="module", params=[bundled(), DATA / "whole.yaml"])
def legends(request: pytest.FixtureRequest) -> list[str]:
    """The legends of all charts and bars of a briefing on all of its days."""
    path: Path = request.param
    document = load_path(path)
    found = set()
    for day in scene_of(document).steps:
        for row in commitments(scene_on(scene_of(document), day)).rows:
            if row.chart:
                found.add(plain(row.chart.legend))
            elif row.key.endswith("/legend"):
                found.add(plain(row.body).replace("  ", " · "))
    return sorted(found)


def test_no_two_things_of_a_legend_have_one_sign_in_ascii(legends: list[str]) -> None:
    assert legends
    for legend in legends:
        parts = [part for part in to_ascii(legend).split(" / ") if ":" not in part[1:]]
        signs = [part.partition(" ")[0] for part in parts]
        assert len(set(signs)) == len(signs), legend
        assert all(len(sign) == 1 for sign in signs)
        frame = {"-", "+", "|"} if "across" in legend else {"-", "+"}
        assert not {*signs} & frame - {"|"}, legend


def test_all_signs_of_a_chart_differ_in_ascii() -> None:
    points = (*glyphs.PARTIES, glyphs.PLANNED, glyphs.CANCELLED, glyphs.RIVAL, glyphs.QUESTION)
    signs = (*points[:-1], glyphs.MET, glyphs.CHOSEN, glyphs.BASELINE, glyphs.RIVAL_LINE)
    drawn = [to_ascii(sign) for sign in (*signs, glyphs.BAR_AS_OF)]
    assert len({*drawn}) == len(drawn)
    assert not {*drawn} & {to_ascii(line) for line in "─╯╮╰╭┤├┴┬┼└"}
    bar = (*WINDOW_SIGNS, glyphs.BAR_EMPTY, glyphs.BAR_START)
    assert len({to_ascii(sign) for sign in bar}) == len(bar)
    statuses = (glyphs.OCCURRED, glyphs.PLANNED, glyphs.CANCELLED, glyphs.DISPUTED)
    assert len({to_ascii(sign) for sign in (*statuses, glyphs.UNCONFIRMED)}) == 5


def told(row: Row) -> list[str]:
    return [" ".join(plain(line).split()) for line in row.details]


def test_each_party_has_a_line_of_what_it_promised_and_what_came_of_it(latest: Scene) -> None:
    first, every = (row for row in rows_of(latest) if row.kind == "item")
    assert told(first) == [
        "met Nov – Dec 2021",
        "Russia: first promised for Dec 2020 – about Jan 2021 · last promised by Dec 2021"
        " · 9 to 12 months late · moved 3 times",
        "India: first promised for Oct 2020 · last promised by Dec 2021"
        " · 12 to 14 months late · moved once",
    ]
    assert told(every)[1] == (
        "Russia: first promised for 2024–2025 · now 2027"
        " · 12 to 47 months later than first promised · moved 5 times"
        " · overdue; no report that it was met"
    )
    assert "3 of 5" in told(every)[0]


def test_a_report_or_a_doubtful_line_changes_no_promise() -> None:
    whole = load_path(bundled())
    before, after = (scene_of(whole, datetime.date(2019, 7, day)) for day in (16, 18))
    assert told(rows_of(before)[0]) == told(rows_of(after)[0])
