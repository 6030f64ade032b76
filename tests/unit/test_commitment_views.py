"""The deal tracker: sections, stage, the window to scale, milestones, what could not be read."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from briefing_tui.briefing.document import UnreadableEntry
from briefing_tui.briefing.load import load_path
from briefing_tui.query.parser import parse
from briefing_tui.views import glyphs
from briefing_tui.views.commitments import commitments
from briefing_tui.views.labels import quantity
from briefing_tui.views.links import deal_links
from briefing_tui.views.query_facts import matching_facts
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.rows import Bar, Row, View, plain, row_text
from briefing_tui.views.scene import scene_of
from briefing_tui.views.terms import stage_of
from tests.briefings import LANTERN, loaded, scene, text

CITED = "cite: [board]"


def tracker(fields: str = "", **sections: str) -> View:
    """The pane of one deal with these fields."""
    joined = f"{LANTERN[:-1]}, {fields}}}" if fields else LANTERN
    return commitments(scene(text(deals=f"{{lantern: {joined}}}", **sections)))


def leads(view: View) -> list[str]:
    return [plain(row.lead) for row in view.rows if row.lead]


def bodies(view: View) -> list[str]:
    return [plain(row.body) for row in view.rows if row.kind == "item"]


def bar_of(view: View) -> Bar:
    (found,) = [row.bar for row in view.rows if row.bar]
    return found


def forecast(said: str, due: str, more: str = "by: holm, ") -> str:
    return f"{{said: {said}, due: {due}, {more}{CITED}}}"


def milestone(fields: str, name: str = "lit") -> str:
    return f"{{id: {name}, label: Lantern {name}, {fields}}}"


def promised(*dues: str) -> str:
    """A milestone with promises that follow one another."""
    made = ", ".join(forecast(f"2021-0{n}", due) for n, due in enumerate(dues, 1))
    return milestone(f"forecasts: [{made}]")


def test_the_header_tells_who_sells_what_to_whom() -> None:
    view = tracker("description: lens and lamp, condition: second_hand")
    header = view.rows[0]
    assert plain(header.body) == f"Fresnel lantern  France {glyphs.ARROW} Norway"
    assert [plain(detail) for detail in header.details] == ["lens and lamp · second hand"]
    assert plain(header.tail) == "stage not known"
    assert view.quantity == "1 deal"


def test_a_party_may_be_unknown() -> None:
    written = "{lantern: {designation: Lamp, supplier: unknown, recipient: XXX}}"
    view = commitments(scene(text(deals=written)))
    assert plain(view.rows[0].body) == f"Lamp  unknown {glyphs.ARROW} XXX"


def test_every_section_has_its_name_on_its_first_row() -> None:
    view = tracker(
        f"order: {{number: 2, date: 2021-01, {CITED}}}, "
        f"stages: [{{stage: approved, date: 2020, {CITED}}}, "
        f"{{stage: contracted, date: 2021-01, {CITED}}}], "
        f"values: [{{amount: 5, currency: NOK, stated: five, {CITED}}}, "
        f"{{amount: 6, currency: NOK, stated: six, {CITED}}}], "
        f"milestones: [{promised('2022')}, {milestone('', 'out')}], "
        f"payments: [{{date: 2021-02, stated: a half, {CITED}}}], "
        f"sanctions: [{{date: 2020, regime: Dues, authority: NOR, status: none, {CITED}}}], "
        f"statements: [{{date: 2020, speaker: holm, text: It will shine, {CITED}}}]"
    )
    named = [lead for lead in leads(view) if lead]
    expected = ["ordered", "milestones", "stage", "value", "payments", "sanctions", "statements"]
    assert sorted(named) == sorted(expected)
    assert leads(view).count("") == 3
    assert named[0] == "ordered"
    assert bodies(view)[1] == "2 units · Jan 2021"
    assert "five · NOK 5" in bodies(view)
    assert "a half · Feb 2021" in bodies(view)
    assert "Dues (Norway) · none · 2020" in bodies(view)
    assert "Inge Holm, 2020: It will shine" in bodies(view)


def test_figures_are_neither_converted_nor_merged() -> None:
    view = tracker(
        f"values: [{{amount: 400000000000, currency: INR, stated: 'Rs 40,000 crore', {CITED}}}, "
        "{amount: 5430000000, currency: USD, stated: 'USD 5.43 billion', kind: estimate, "
        f"{CITED}}}]"
    )
    assert bodies(view)[1:] == [
        "Rs 40,000 crore · INR 400,000,000,000",
        "USD 5.43 billion · USD 5,430,000,000 · estimate",
    ]


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (1, "system", "1 system"),
        (5, "system", "5 systems"),
        (5, "battery", "5 batteries"),
        (3, "bay", "3 bays"),
        (2, "aircraft", "2 aircraft"),
        (2, "box", "2 boxes"),
        (1200, "shell", "1,200 shells"),
    ],
)
def test_what_was_ordered_is_counted(number: int, noun: str, words: str) -> None:
    assert quantity(number, noun) == words


WORDS = (
    "words: {units: {tide: {label: spring tide}, ox: {plural: oxen}},"
    " values: {toll: {label: lives lost}}}\n"
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("amount: 1, unit: tide", "1 spring tide"),
        ("amount: 3~, unit: tide", "about 3 spring tides"),
        ("amount: 2100000, unit: ox", "2,100,000 oxen"),
        ("amount: 12, unit: person", "12 people"),
        ("amount: 12, unit: person, kind: toll", "12 people · lives lost"),
    ],
)
def test_words_of_a_value_are_as_their_definitions_have_them(value: str, words: str) -> None:
    values = f"values: [{{stated: so many, {value}, {CITED}}}]"
    view = commitments(scene(text(deals=f"{{lantern: {LANTERN[:-1]}, {values}}}}}") + WORDS))
    assert f"so many · {words}" in bodies(view)


def test_the_newest_stage_is_the_stage_of_the_deal() -> None:
    stages = ["proposed, date: 2020", "delivered, date: 2021-03", "contracted, date: 2021-01-05"]
    written = ", ".join(f"{{stage: {stage}, {CITED}}}" for stage in stages)
    view = tracker(f"stages: [{written}]")
    assert plain(view.rows[0].tail) == "delivered"
    assert bodies(view)[1:] == [
        "delivered · Mar 2021",
        "contracted · 5 Jan 2021",
        "proposed · 2020",
    ]
    deal = scene(text(deals=f"{{lantern: {LANTERN}}}")).briefing.commitments["lantern"]
    assert stage_of(deal) is None


def ordinal(day: str) -> int:
    return datetime.date.fromisoformat(day).toordinal()


def test_the_window_goes_from_the_order_to_the_last_promise() -> None:
    order = f"order: {{date: 2021-03-01, {CITED}}}"
    view = tracker(f"{order}, milestones: [{promised('2021-10-01/2021-12-31')}]")
    bar = bar_of(view)
    assert (bar.start, bar.end) == (ordinal("2021-03-01"), ordinal("2021-12-31"))
    assert {mark.sign: str(mark.date) for mark in bar.marks} == {
        glyphs.OCCURRED: "2021-03-01",
        glyphs.BAR_AS_OF: "2021-06-15",
    }
    assert [str(date) for date in bar.window] == ["2021-10-01/2021-12-31"]


def test_order_as_of_and_window_are_to_scale_on_the_bar() -> None:
    """A hundred days on a hundred and one cells: the order, the as-of date, ten days of window."""
    order = f"order: {{date: 2021-06-05, {CITED}}}"
    view = tracker(f"{order}, milestones: [{promised('../2021-09-13')}]")
    (row,) = [row for row in view.rows if row.bar]
    bar = bar_of(view)
    line, names = lay_out(row, 2 + len("window") + 2 + 2 + 101, len("window"))
    cells = plain(line).partition(glyphs.BAR_START)[2].partition(glyphs.BAR_END)[0]
    assert (bar.end - bar.start, len(cells)) == (100, 101)
    assert cells.index(glyphs.OCCURRED) == 0
    assert cells.index(glyphs.BAR_AS_OF) == 10
    assert cells.index(glyphs.BAR_WINDOW) == 100
    assert plain(names).split() == ["Jul", "2021", "Aug", "2021", "Sep", "2021"]


@pytest.mark.parametrize(
    "fields",
    [
        "",
        f"order: {{date: 2021, {CITED}}}",
        f"milestones: [{promised('2022')}]",
        f"order: {{number: 1, {CITED}}}, milestones: [{milestone('')}]",
    ],
)
def test_there_is_no_window_without_two_dates(fields: str) -> None:
    assert [row for row in tracker(fields).rows if row.bar] == []


@pytest.mark.parametrize(
    "due", ["2022/..", "9999-12-31", "../9999", "0001", "../0001-01-01", "unknown", "9999-24"]
)
@pytest.mark.parametrize("ordered", ["2021", "../2021", "2021/..", "0001/9999", "unknown"])
@pytest.mark.parametrize("as_of", ["2021-06-15", "0001-01-01", "2021/.."])
def test_dates_without_an_end_harm_nothing(due: str, ordered: str, as_of: str) -> None:
    fields = f"order: {{date: {ordered}, {CITED}}}, milestones: [{promised('2021-12', due)}]"
    for row in tracker(fields, as_of=as_of).rows:
        assert lay_out(row, 80)


def test_a_milestone_that_was_met() -> None:
    met = f"forecasts: [{forecast('2021-01', '2021-03')}], met: {{date: 2021-05, {CITED}}}"
    row = lit(tracker(f"milestones: [{milestone(met)}]"))
    assert row.mark is not None
    assert row.mark.text == glyphs.OCCURRED
    told = " ".join(row_text(row).split())
    assert "promised for Mar 2021" in told
    assert "met May 2021" in told


def lit(view: View) -> Row:
    (found,) = [row for row in view.rows if plain(row.body) == "Lantern lit"]
    return found


def test_a_milestone_that_is_open_tells_first_and_present_promise() -> None:
    told = " ".join(
        row_text(lit(tracker(f"milestones: [{promised('2021-03', '2022-01')}]"))).split()
    )
    assert "Norway: first promised for Mar 2021 · now Jan 2022" in told
    assert "9 to 10 months later than first promised" in told
    assert " late " not in told
    assert "met" not in told


def test_a_due_date_of_which_nothing_is_known_is_not_said_to_lie_ahead() -> None:
    view = tracker(f"milestones: [{promised('2021-03', 'unknown')}]")
    told = " ".join(row_text(lit(view)).split())
    assert "promised for Mar 2021 · now date unknown · no report that it was met" in told
    assert "due yet" not in told
    order = f"order: {{date: unknown, {CITED}}}"
    years = [row.bar for row in tracker(f"{order}, milestones: [{promised('2022')}]").rows]
    assert years == [None] * len(years)


def test_a_milestone_without_promises_says_so() -> None:
    row = lit(tracker(f"milestones: [{milestone('')}]"))
    assert "no date promised" in row_text(row)
    assert row.mark is not None
    assert row.mark.text == glyphs.PLANNED


def test_progress_is_counted() -> None:
    counts = ", ".join(
        f"{{date: {date}, {CITED}}}" for date in ("2021-03, number: 3", "2021, number: 1")
    )
    counts = f"number: 5, progress: [{counts}]"
    assert "3 of 5" in row_text(lit(tracker(f"milestones: [{milestone(counts)}]")))


BROKEN = [
    ("order: {number: five, stated: five}", "five"),
    ("stages: [{stage: approved}]", "stages 1"),
    ("values: [{amount: 0, stated: one}]", "one"),
    ("milestones: [{label: Lit}]", "Lit"),
    (f"milestones: [{milestone('forecasts: [{said: 2021}]')}]", "forecasts 1"),
    (f"milestones: [{milestone('progress: [{date: 2021}]')}]", "progress 1"),
    (f"milestones: [{milestone('met: {date: soon}')}]", "met"),
    ("payments: [{stated: a lot, amount: 0}]", "a lot"),
    ("sanctions: [{regime: Dues}]", "Dues"),
    ("statements: [{text: It will shine}]", "It will shine"),
]


@pytest.mark.parametrize(("fields", "label"), BROKEN)
def test_what_could_not_be_read_has_its_row(fields: str, label: str) -> None:
    (row,) = [one for one in tracker(fields).rows if isinstance(one.entry, UnreadableEntry)]
    assert plain(row.body) == f"{label}  cannot be read"
    assert row.problems
    assert "test.yaml:8:" in plain(row.details[0])


def test_a_broken_deal_has_its_row() -> None:
    view = commitments(
        scene(text(deals=f"{{lamp: {{designation: Lamp, condition: old}}, lantern: {LANTERN}}}"))
    )
    assert bodies(view)[-1] == "Lamp  cannot be read"
    assert view.quantity == "1 deal"


def test_a_deal_leads_to_its_people_and_events(data: Path) -> None:
    view = commitments(scene_of(load_path(data / "small.yaml")))
    keys = [link.key for link in view.rows[0].links]
    assert keys == [
        "actors/holm",
        "actors/harbour-board",
        "timeline/pledge",
        "timeline/lighting",
    ]
    assert [link.key for link in view.rows[0].scope] == ["deals/lantern"]


def test_a_kind_is_named_only_among_others() -> None:
    implied = "lamp: {name: Lamp, supplier: FRA, recipient: NOR}"
    explicit = implied.replace("lamp: {", "oil: {kind: deal, ")
    promise = "pledge: {kind: promise, name: Pledge, parties: {party: [holm]}}"
    alike = text(deals=f"{{{implied}, {explicit}}}")
    mixed = text(deals=f"{{{implied}, {explicit}, {promise}}}")
    assert commitments(scene(alike)).title == "Deal tracker"
    assert all(not row.details for row in commitments(scene(alike)).rows)
    details = [plain(detail) for row in commitments(scene(mixed)).rows for detail in row.details]
    assert details == ["deal", "deal", "promise"]
    calls = [link.called for link in deal_links(loaded(mixed).briefing, ["oil", "pledge"])]
    assert calls == ["deal", "promise"]


def test_a_commitment_is_found_by_its_kind(data: Path) -> None:
    found = matching_facts(scene_of(load_path(data / "merger.yaml")), parse("type:merger"))
    assert [fact.key for fact in found] == ["commitments/merger"]
    deals = matching_facts(scene_of(load_path(data / "whole.yaml")), parse("type:deal"))
    assert [fact.key for fact in deals] == ["deals/icebird", "deals/old-goose"]
