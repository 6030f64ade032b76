"""What was known on a day."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.briefing.check import check
from briefing_tui.briefing.dates import DateError
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load, load_path
from briefing_tui.briefing.model import Briefing, Event
from briefing_tui.briefing.named_dates import named_dates
from briefing_tui.briefing.problems import FileLocation
from briefing_tui.briefing.provenance import has_voice, voice
from briefing_tui.briefing.traversal import walk_evidenced
from briefing_tui.session.target_positions import position_of_hit
from briefing_tui.storage.directories import bundled
from briefing_tui.views.as_of_filter import briefing_on, known_day, parse_as_of, steps
from briefing_tui.views.evidence import evidence, statement_of
from briefing_tui.views.focus_filter import narrow
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.rows import Link, plain
from briefing_tui.views.scene import day_at_step, scene_of, scene_on
from briefing_tui.views.spoken_rows import spoken_row
from tests.unit.test_shelf import HIT

FILES = [bundled(), *(Path(__file__).parents[1] / "data").glob("*.yaml")]
BRIEFINGS = [load_path(path).briefing for path in FILES]

LATER = """\
briefing: 1
title: A tower
as_of: 2020-01-10
about: paper
sources:
  paper: {kind: wire, title: A, publisher: A, published: 2020-01-05, reliability: B}
  late: {kind: wire, title: B, publisher: B, published: 2021-03, reliability: B}
actors:
  mason: {name: The mason, kind: person, cite: [paper]}
timeline:
  - {id: plan, headline: To be built, type: other, date: 2021, status: planned, cite: [paper]}
  - id: built
    headline: Built
    type: other
    date: 2021-02
    resolves: [plan]
    cite: [late]
  - {id: quoted, headline: Quoted, type: other, date: 2020, known: 2020-02-01, cite: [late]}
  - id: seen
    headline: Seen
    type: other
    date: 2019
    cite: [paper, late]
    disputes: [{field: date, value: "2018", cite: [late]}]
deals:
  tower:
    designation: Tower
    supplier: NOR
    recipient: NOR
    order: {number: 3, unit: stone, date: 2019, cite: [paper]}
    stages:
      - {stage: contracted, date: 2019, cite: [paper]}
      - {stage: delivered, date: 2021, cite: [late]}
    milestones:
      - id: top
        label: Topped out
        forecasts:
          - {said: 2020-01, by: mason, due: 2020-06, cite: [paper]}
          - {said: 2021-03, by: mason, due: 2021-09, cite: [late]}
      - id: flag
        label: Flag raised
        forecasts: [{said: 2021-03, due: 2021-10, cite: [late]}]
  annexe: {designation: Annexe, supplier: NOR, recipient: NOR, cite: [late]}
"""


def document(text: str) -> Document:
    return load(text.encode(), "test.yaml")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def ended(briefing: Briefing, on: datetime.date) -> set[FileLocation | None]:
    """Return the locations of the points that no longer hold on a day."""
    points = (*briefing.bottom_line, *briefing.key_points, *briefing.open_questions)
    return {point.location for point in points if point.until and point.until.anchor <= on}


def ids(briefing: Briefing) -> list[str]:
    return [event.id for event in briefing.timeline]


def test_later_knowledge_is_left_out_with_all_that_rests_on_it() -> None:
    briefing = briefing_on(document(LATER).briefing, day("2020-01-10"))
    assert ids(briefing) == ["plan", "seen"]
    assert [cited.source for cited in briefing.timeline[1].cite] == ["paper"]
    assert briefing.timeline[1].disputes == ()
    assert list(briefing.commitments) == ["tower"]
    assert [stage.stage for stage in briefing.commitments["tower"].stages] == ["contracted"]
    assert [milestone.id for milestone in briefing.commitments["tower"].milestones] == ["top"]
    assert len(briefing.commitments["tower"].milestones[0].forecasts) == 1
    assert list(briefing.sources) == ["paper"]


def test_known_goes_before_the_sources() -> None:
    briefing = document(LATER).briefing
    assert "quoted" not in ids(briefing_on(briefing, day("2020-01-31")))
    early = briefing_on(briefing, day("2020-02-01"))
    assert "quoted" in ids(early)
    quoted = early.timeline[1]
    assert quoted.cite == (), "its only source was not published yet"
    assert not has_voice(quoted)
    scene = scene_of(document(LATER), day("2020-02-01"))
    (row,) = (row for row in PANES[1].view(scene).rows if row.entry == quoted)
    notes = ["".join(span.text for span in note.body) for note in evidence(scene, row).rows]
    assert notes == ["Quoted", "its source was not published yet"]


def test_a_source_with_a_time_is_known_that_day_and_one_without_a_date_always() -> None:
    timed = LATER.replace("published: 2021-03,", "published: 2021-03-05T23:30-05:00,")
    assert [str(one) for one in steps(document(timed).briefing)][-1] == "2021-03-05"
    briefing = document(timed.replace("known: 2020-02-01", "known: 2020-02-01T14:00Z")).briefing
    assert "built" not in ids(briefing_on(briefing, day("2021-03-04")))
    assert "built" in ids(briefing_on(briefing, day("2021-03-05")))
    assert "quoted" in ids(briefing_on(briefing, day("2020-02-01")))
    undated = document(LATER.replace("published: 2021-03,", "published: unknown,")).briefing
    assert "built" in ids(briefing_on(undated, day("2020-01-01")))
    assert [str(one) for one in steps(undated)] == ["2020-01-05", "2020-01-10", "2020-02-01"]


def test_the_earliest_source_is_that_of_the_earliest_day_in_any_zone() -> None:
    zones = LATER.replace("published: 2020-01-05,", "published: 2020-01-04T23:30Z,").replace(
        "published: 2021-03,", "published: 2020-01-05T05:00+09:00,"
    )
    (*_, seen) = document(zones).briefing.timeline
    assert known_day(seen, document(zones).briefing) == day("2020-01-04")


def test_a_lower_bound_is_enough() -> None:
    briefing = document(LATER).briefing
    assert "built" not in ids(briefing_on(briefing, day("2021-02-28")))
    assert "built" in ids(briefing_on(briefing, day("2021-03-01")))


def test_steps_are_the_days_something_became_known_and_the_own_one() -> None:
    assert [str(one) for one in steps(document(LATER).briefing)] == [
        "2020-01-05",
        "2020-01-10",
        "2020-02-01",
        "2021-03-01",
    ]


ARTICLE_LATER = LATER.replace("about: paper", "about: late")


def supported(fields: str, on: str, about: str = "late") -> Event:
    """Return the event that cites both sources, with other fields, as known on a day."""
    text = LATER.replace("about: paper", f"about: {about}")
    text = text.replace("    cite: [paper, late]\n", f"    cite: [paper, late]\n    {fields}\n")
    return briefing_on(document(text).briefing, day(on)).timeline[-1]


@pytest.mark.parametrize(
    ("basis", "about", "early", "late"),
    [
        ("", "late", "external", "stated"),
        ("basis: stated", "late", "external", "stated"),
        ("basis: inferred", "late", "external", "inferred"),
        ("basis: external", "paper", "stated", "external"),
        ("basis: judgement", "late", "judgement", "judgement"),
    ],
)
def test_the_voice_is_that_of_the_citations_known_on_the_day(
    basis: str, about: str, early: str, late: str
) -> None:
    assert voice(supported(basis, "2020-02-01", about), about) == early
    assert voice(supported(basis, "2021-03-01", about), about) == late


def test_words_of_the_article_wait_for_the_article() -> None:
    fields = "stated: next year\n    hedge: reportedly\n    credibility: 1"
    early = supported(fields, "2020-02-01")
    assert (early.stated, early.hedge, early.credibility) == (None, None, None)
    late = supported(fields, "2021-03-01")
    assert (late.stated, late.hedge, late.credibility) == ("next year", "reportedly", 1)


def test_words_of_another_source_wait_for_the_one_cited_first() -> None:
    fields = "stated: next year\n    credibility: 5"
    assert supported(fields, "2020-02-01", "nobody").stated == "next year"
    assert supported(fields, "2020-02-01", "nobody").credibility == 5
    other_order = "cite: [late, paper]\n    hedge: perhaps"
    text = LATER.replace("about: paper", "about: nobody")
    text = text.replace("cite: [paper, late]", other_order)
    assert briefing_on(document(text).briefing, day("2020-02-01")).timeline[-1].hedge is None


def test_a_figure_without_its_words_is_shown_as_a_number() -> None:
    value = "    values: [{amount: 12, currency: NOK, stated: a dozen, cite: [paper, late]}]\n"
    text = ARTICLE_LATER.replace("    stages:\n", value + "    stages:\n")
    scene = scene_of(document(text), day("2020-02-01"))
    (price,) = scene.briefing.commitments["tower"].values
    assert price.stated == ""
    assert statement_of(scene, price) == "NOK 12, reported"


def note_on(note: str, on: str) -> str | None:
    """Return a note on the event that cites both sources, as shown on a day."""
    known = supported(f"note: {note}", on, "paper").note
    return known.text if known else None


def test_a_note_waits_for_the_last_source_of_its_entry() -> None:
    assert note_on("Only seen from afar.", "2021-02-28") is None
    assert note_on("Only seen from afar.", "2021-03-01") == "Only seen from afar."


def test_a_note_with_a_date_of_its_own_is_known_from_then() -> None:
    note = "{text: Only seen from afar., known: 2020-01-20}"
    assert note_on(note, "2020-01-19") is None
    assert note_on(note, "2020-01-20") == "Only seen from afar."
    assert day("2020-01-20") in steps(
        document(LATER.replace("headline: Seen", f"headline: Seen\n    note: {note}")).briefing
    )


@pytest.mark.parametrize(
    ("note", "visible"),
    [
        ("It fell on 3 February 2021.", False),
        ("It fell in February 2021.", False),
        ("It fell on 2021-02-03.", False),
        ("It was built in January 2020.", True),
        ("The mason spoke of June 2020.", True),
        ("It is a plan for 2021.", True),
        ("It has 2021 stones, and 3,2021 steps.", True),
        ("It is to stand until 2090.", True),
    ],
)
def test_a_note_is_not_shown_before_a_date_that_nothing_looked_ahead_to(
    note: str, visible: bool
) -> None:
    text = LATER.replace(
        "status: planned, cite: [paper]", f"status: planned, note: {note!r}, cite: [paper]"
    )
    plan = briefing_on(document(text).briefing, day("2020-01-10")).timeline[0]
    assert (plan.note is not None) == visible
    everything = briefing_on(document(text).briefing, steps(document(text).briefing)[-1])
    assert everything.timeline[0].note is not None


def test_a_note_without_a_source_is_not_older_than_the_article() -> None:
    text = LATER.replace(
        "  annexe:",
        "  quay: {designation: Quay, supplier: NOR, recipient: NOR, comments: Low.}\n  annexe:",
    )
    briefing = document(text).briefing
    assert briefing_on(briefing, day("2020-01-04")).commitments["quay"].comments is None
    assert briefing_on(briefing, day("2020-01-05")).commitments["quay"].comments is not None


def test_remarks_on_sources_and_rivals_are_dated_too() -> None:
    text = LATER.replace("  paper: {kind", "  paper: {descriptor: Withdrawn on 1 May 2020., kind")
    text = text.replace(
        'value: "2018", cite: [late]', 'value: "2018", note: A slip., cite: [paper]'
    )
    early = briefing_on(document(text).briefing, day("2020-02-01"))
    assert early.sources["paper"].descriptor is None
    assert early.timeline[-1].disputes[0].note is None
    whole = briefing_on(document(text).briefing, day("2021-03-01"))
    assert whole.sources["paper"].descriptor is not None
    assert whole.timeline[-1].disputes[0].note is not None


def test_the_check_asks_when_a_note_with_hindsight_was_known() -> None:
    def codes(note: str) -> list[str]:
        text = LATER.replace(
            "status: planned, cite: [paper]", f"status: planned, note: {note}, cite: [paper]"
        )
        return [problem.code for problem in check(document(text)) if problem.code == "W215"]

    assert codes("It fell on 3 February 2021.") == ["W215"]
    assert codes("The mason spoke of June 2020.") == []
    assert codes("{text: It fell on 3 February 2021., known: 2021-03-01}") == []


def test_the_dates_that_a_text_names() -> None:
    def spans(text: str) -> list[str]:
        return [f"{date.first}/{date.last}" for date in named_dates(text)]

    assert spans("On 5 October 2018, Oct. 6, 2018 and 2018-10-07.") == [
        "2018-10-05/2018-10-05",
        "2018-10-06/2018-10-06",
        "2018-10-07/2018-10-07",
    ]
    assert spans("By mid-April 2023, or 31 February 2023") == [
        "2023-04-01/2023-04-30",
        "2023-02-01/2023-02-28",
    ]
    assert spans("In 2018–2019, not 1,2020 or $2020 or 2020s or 2020.5") == [
        "2018-01-01/2018-12-31",
        "2019-01-01/2019-12-31",
    ]
    assert spans("On 5 October, a Monday") == []


def test_a_commitment_is_known_with_the_first_thing_in_it() -> None:
    cited = LATER.replace(
        "    recipient: NOR\n",
        "    recipient: NOR\n    description: of stone\n    cite: [late]\n",
        1,
    )
    tower = briefing_on(document(cited).briefing, day("2020-01-10")).commitments["tower"]
    assert (tower.cite, tower.description) == ((), None)
    assert known_day(tower, document(cited).briefing) == day("2020-01-05")


@pytest.mark.parametrize("briefing", BRIEFINGS, ids=[path.name for path in FILES])
def test_the_last_step_is_the_whole_file(briefing: Briefing) -> None:
    last = steps(briefing)[-1]
    if not ended(briefing, last):
        assert briefing_on(briefing, datetime.date.max) is briefing
    kept = {entry.location for entry in walk_evidenced(briefing_on(briefing, last))}
    assert kept == {entry.location for entry in walk_evidenced(briefing)} - ended(briefing, last)


@pytest.mark.parametrize("briefing", BRIEFINGS, ids=[path.name for path in FILES])
def test_going_forward_hides_nothing(briefing: Briefing) -> None:
    before: set[FileLocation | None] = set()
    for one in steps(briefing):
        known = {entry.location for entry in walk_evidenced(briefing_on(briefing, one))}
        assert before - ended(briefing, one) <= known
        before = known


@given(data=st.data())
def test_the_order_of_entries_does_not_matter(data: st.DataObject) -> None:
    briefing = data.draw(st.sampled_from(BRIEFINGS))
    on = data.draw(st.sampled_from(steps(briefing)))
    shuffled = msgspec.structs.replace(
        briefing, timeline=tuple(data.draw(st.permutations(briefing.timeline)))
    )
    assert sorted(ids(briefing_on(shuffled, on))) == sorted(ids(briefing_on(briefing, on)))


@given(data=st.data())
def test_nothing_is_shown_before_it_is_known(data: st.DataObject) -> None:
    briefing = data.draw(st.sampled_from(BRIEFINGS))
    on = data.draw(st.dates(datetime.date(2016, 1, 1), datetime.date(2032, 1, 1)))
    for entry in walk_evidenced(briefing_on(briefing, on)):
        known = known_day(entry, briefing)
        assert known is None or known <= on


def test_days_are_named_in_any_form() -> None:
    briefing = document(LATER).briefing
    assert parse_as_of(briefing, "2021-03") == day("2021-03-31")
    assert parse_as_of(briefing, " 2020 ") == day("2020-12-31")
    assert parse_as_of(briefing, "latest") == day("2021-03-01")
    with pytest.raises(DateError):
        parse_as_of(briefing, "next week")


def test_stepping_and_what_is_new() -> None:
    scene = scene_of(document(LATER))
    assert (str(scene.as_of), scene.since) == ("2020-01-10", None)
    assert day_at_step(scene, -2) == day_at_step(scene, -1) == day("2020-01-05")
    assert day_at_step(scene, 1) == day("2020-02-01")
    assert day_at_step(scene, 9) == day("2021-03-01")
    later = scene_on(scene, day("2020-02-01"))
    assert [event.id for event in later.briefing.timeline if later.is_new(event)] == ["quoted"]
    assert day_at_step(scene_on(scene, day("2021-03-01")), 1) is None
    back = scene_on(later, day("2020-01-10"))
    assert not any(back.is_new(event) for event in back.briefing.timeline)


def test_every_pane_marks_what_is_new() -> None:
    scene = scene_on(scene_of(document(LATER)), day("2021-03-01"))
    timeline, actors, deals = (pane.view(scene).rows for pane in PANES[1:])
    assert {row.key for row in timeline if row.new} == {"timeline/built", "timeline/quoted"}
    assert [row.key for row in actors if row.new] == [
        "actors/mason/deals/tower/milestones/0/forecasts/1"
    ]
    assert "deals/tower/stages/1" in {row.key for row in deals if row.new}


def test_a_plan_tells_what_came_of_it() -> None:
    def plan(on: str) -> str:
        rows = PANES[1].view(scene_of(document(LATER), day(on))).rows
        return next(
            "".join(span.text for span in (row.mark, *row.body) if span)
            for row in rows
            if row.key == "timeline/plan"
        )

    assert plan("2020-01-10") == "○To be built"
    assert plan("2021-03-01") == "○To be built · came about Feb 2021, on time"
    unresolved = LATER.replace("    resolves: [plan]\n", "")
    rows = PANES[1].view(scene_of(document(unresolved), day("2022-01-01"))).rows
    assert any("date passed" in span.text for row in rows for span in row.body)


@pytest.mark.parametrize(
    ("planned", "outcome", "words"),
    [
        ("2020-06", "date: 2021-02", "came about Feb 2021, 7 to 8 months late"),
        ("2021-06", "date: 2021-02", "came about Feb 2021, 3 to 4 months early"),
        ("2021-02-01", "date: 2021-02-03", "came about 3 Feb 2021, less than a month late"),
        ("2021", "date: 2021-02", "came about Feb 2021, on time"),
        ("2021", "date: unknown", "came about"),
        ("2021", "date: 2021-02, status: cancelled", "cancelled Feb 2021"),
        ("2020-06", "date: 2022-01, status: planned", "now planned for Jan 2022"),
        (
            "2020-06",
            "date: 2021-02, status: disputed",
            "said to have come about Feb 2021, disputed",
        ),
    ],
)
def test_an_outcome_has_its_date_and_lateness(planned: str, outcome: str, words: str) -> None:
    text = LATER.replace("type: other, date: 2021, status", f"type: other, date: {planned}, status")
    text = text.replace("    date: 2021-02\n", "    " + outcome.replace(", ", "\n    ") + "\n")
    scene = scene_of(document(text), day("2021-03-01"))
    rows = {row.key: row for row in PANES[1].view(scene).rows}
    assert plain(rows["timeline/plan"].body) == f"To be built · {words}"
    shown = "; ".join(plain(note.body) for note in evidence(scene, rows["timeline/plan"]).rows)
    assert "Outcome: Built" in shown
    lateness = words.partition(", ")[2]
    assert (lateness in shown) or "disputed" in words
    early = PANES[1].view(scene_of(document(text), day("2020-02-01"))).rows
    assert [plain(row.body) for row in early if row.key == "timeline/plan"] == ["To be built"]


@pytest.mark.parametrize(
    ("name", "nouns"), [("timeline", "events"), ("actors", "actors"), ("deals", "deals")]
)
def test_an_empty_pane_says_what_was_not_known_yet(name: str, nouns: str) -> None:
    (pane,) = (pane for pane in PANES if pane.name == name)
    view = pane.view(scene_of(document(LATER), day("2020-01-04")))
    when = "known yet on 4 Jan 2020; the first became known on 5 Jan 2020"
    assert (view.rows, view.empty) == ((), f"No {nouns} were {when}.")


def test_a_focus_on_what_is_known_later_says_as_of_when_nothing_involves_it() -> None:
    scene = narrow(
        scene_of(document(LATER), day("2020-01-04")), (Link("actors/mason", "", "actor"),)
    )
    assert PANES[1].view(scene).empty == "No event involves this as of 4 Jan 2020."


AGEING = LATER.replace(
    "sources:\n",
    """\
bottom_line:
  - {text: The tower is to be built in 2021., cite: [paper], until: 2021-03-01}
  - {text: The mason is hired., cite: [paper]}
  - {text: The tower is built., cite: [late]}
open_questions:
  - {text: Will it be built?, cite: [paper], answered_by: [built]}
  - {text: Who pays?, cite: [paper], until: 2020-02-15}
sources:
""",
    1,
)


def summary_lines(on: str) -> list[str]:
    rows = PANES[0].view(scene_of(document(AGEING), day(on))).rows
    return [plain(part) for row in rows for part in (row.body, *row.details)]


def test_the_summary_of_a_day_has_what_holds_on_that_day() -> None:
    assert summary_lines("2020-01-10") == [
        "Bottom line",
        "The tower is to be built in 2021.",
        "The mason is hired.",
        "Open questions",
        "Will it be built?",
        "Who pays?",
    ]
    assert "Who pays?" not in summary_lines("2020-02-15")
    assert day("2020-02-15") in steps(document(AGEING).briefing)


def test_a_later_summary_begins_with_the_latest_and_names_the_answers() -> None:
    assert summary_lines("2021-03-01") == [
        "Bottom line",
        "The tower is built.",
        "The mason is hired.",
        "Answered",
        "Will it be built?",
        "Built · Feb 2021",
    ]
    scene = scene_on(scene_of(document(AGEING)), day("2021-03-01"))
    (row,) = (row for row in PANES[0].view(scene).rows if plain(row.body) == "Will it be built?")
    assert row.new
    assert row.links[0].key == "timeline/built"
    assert "Built, February 2021" in spoken_row(row)


def test_a_point_does_not_end_before_it_is_known() -> None:
    def codes(old: str, new: str) -> list[str]:
        problems = check(document(AGEING.replace(old, new)))
        return [problem.code for problem in problems if problem.code in ("E102", "E104", "E107")]

    assert codes("until: 2020-02-15", "until: 2020-01-06") == []
    assert codes("until: 2020-02-15", "until: 2020-01-05") == ["E107"]
    assert codes("[built]", "[bild]") == ["E104"]
    assert codes("until: 2021-03-01", "answered_by: [built]") == ["E102"]


@pytest.mark.parametrize(
    ("undated", "held", "on", "role"),
    [
        ("mason", "", "2020-06-01", "mason"),
        ("", "mason, date: 2019/2021, cite: [paper]", "2020-06-01", "mason"),
        ("", "mason, date: 2019/.., cite: [paper]", "2026-06-01", "mason"),
        ("", "mason, date: 2019/2021-03, cite: [paper]", "2022-06-01", "mason until Mar 2021"),
        ("", "mason, date: 2021, cite: [paper]", "2020-06-01", ""),
        ("", "mason, date: 2020-02, cite: [paper]", "2020-02-09", "mason"),
        ("", "mason, date: 2020-02, cite: [paper]", "2020-06-01", "mason as of Feb 2020"),
        ("", "mayor, date: 2020, cite: [late]", "2020-06-01", ""),
        ("Mason", "mason, date: 2019/2020, cite: [paper]", "2021-06-01", "mason until 2020"),
        ("builder", "mayor, date: 2019/2020, cite: [paper]", "2020-06-01", "mayor"),
        ("builder", "mayor, date: 2019/2020, cite: [paper]", "2021-06-01", "builder"),
    ],
)
def test_an_actor_has_the_role_of_the_day(undated: str, held: str, on: str, role: str) -> None:
    fields = f"role: {undated}, " if undated else ""
    fields += f"roles: [{{role: {held}}}], " if held else ""
    text = LATER.replace("{name: The mason,", f"{{name: The mason, {fields}")
    scene = scene_of(document(text), day(on))
    (row,) = (row for row in PANES[2].view(scene).rows if row.key == "actors/mason")
    assert plain(row.body) == " · ".join(filter(None, ["The mason", role]))
    assert statement_of(scene, row.entry) == ", ".join(filter(None, ["The mason", role]))


def codes_of(text: str) -> list[str]:
    return [problem.code for problem in check(document(text))]


def test_a_day_without_a_year_is_reported_if_the_briefing_spans_more_than_one() -> None:
    def point(words: str, published: str = "2021-03") -> str:
        text = LATER.replace("published: 2021-03", f"published: {published}")
        return text.replace(
            "sources:\n", f"key_points: [{{text: {words}, cite: [paper]}}]\nsources:\n", 1
        )

    assert "W216" in codes_of(point("It was sold on 7 January."))
    assert "W216" in codes_of(point("It was sold on January 7th."))
    assert "W216" not in codes_of(point("It was sold on 7 January 2020."))
    assert "W216" not in codes_of(point("Sold on 7 January, it was built by 2021."))
    assert "W216" not in codes_of(point("It may be sold in May."))
    assert "W216" not in codes_of(point("It was sold on 7 January.", published="2020-03"))


def test_a_briefing_that_opens_before_its_article_says_how_much_is_hidden() -> None:
    assert "W217" not in codes_of(LATER)
    early = document(ARTICLE_LATER)
    (problem,) = (problem for problem in check(early) if problem.code == "W217")
    assert ": 6 of 13 entries are hidden" in problem.message
    assert problem.location.path == ("as_of",)


def test_a_hit_on_a_point_that_has_ended_opens_on_a_day_that_has_it() -> None:
    text = AGEING.replace("{text: Who pays?, cite: [paper]", "{text: Who pays?, known: 2020-01-06")
    ending = document(text.replace("until: 2020-02-15", "until: 2020-01-08"))
    known = day("2020-01-06")
    hit = msgspec.structs.replace(HIT, pane="summary", entry="open_questions/1", known=known)
    position = position_of_hit(hit, ending)
    assert (position.rows, position.as_of) == ({"summary": "open_questions/1"}, known)


def test_the_focus_stays_while_the_date_moves() -> None:
    scene = scene_of(document(LATER))
    (link,) = (row.scope[0] for row in PANES[3].view(scene).rows if row.key == "deals/tower")
    later = narrow(scene_on(scene, day("2021-03-01")), (link,))
    assert (list(later.briefing.commitments), later.focus) == (["tower"], (link,))
