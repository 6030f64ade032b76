"""What a reader sees, as rows: summary, timeline, actors, evidence, focus, search, copies."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from briefing_tui.briefing.document import UnreadableEntry
from briefing_tui.briefing.load import load_path
from briefing_tui.briefing.memoization import memoize_last
from briefing_tui.storage.directories import bundled
from briefing_tui.views import glyphs
from briefing_tui.views.actors import actors
from briefing_tui.views.copy_text import citation, citations_of, row_for_copy, view_for_copy
from briefing_tui.views.evidence import evidence, statement_of
from briefing_tui.views.focus_filter import narrow
from briefing_tui.views.links import cited_sources, points
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.row_search import find_rows, next_hit, occurrences
from briefing_tui.views.rows import Link, Row, RowPosition, Span, View, join_spans, plain, row_text
from briefing_tui.views.scene import Marks, Scene, scene_of, scene_on
from briefing_tui.views.source_page import source_page
from briefing_tui.views.sources import bibliography, sources
from briefing_tui.views.spoken_rows import spoken_row
from briefing_tui.views.summary import summary
from briefing_tui.views.timeline import timeline
from tests.briefings import BOARD, GAZETTE, HOLM, LANTERN, scene, text
from tests.conftest import DATA
from tests.profiles import thorough

RULE = "-- as of --"


@pytest.mark.parametrize("step", [7, pytest.param(1, marks=thorough)])
@pytest.mark.parametrize("day", [None, "2021-12-31", "2026-06-30"])
def test_no_pane_cuts_a_date_of_the_bundled_briefing(day: str | None, step: int) -> None:
    known = datetime.date.fromisoformat(day) if day else None
    shown = scene_of(load_path(bundled()), known)
    views = [*(spec.view(shown) for spec in PANES), sources(shown)]
    for width in (*range(20, 68, step), 70, 80, 109, 110, 120, 160, 200):
        for view in views:
            for one in view.rows:
                lines = lay_out(one, width, view.lead_width)
                said = " ".join(plain(line) for line in lines).split()
                lead = plain(one.lead).split()
                assert said[: len(lead)] == lead, f"{view.title}, {width} columns"


def bodies(view: View, kind: str = "item") -> list[str]:
    return [plain(row.body) for row in view.rows if row.kind == kind]


def row(view: View, words: str) -> Row:
    """The one row that says something."""
    (found,) = [one for one in view.rows if words in row_text(one)]
    return found


def events(*fields: str) -> str:
    """A timeline whose events are named by their position."""
    written = (
        f"{{id: e{number}, headline: Event {number}, cite: [gazette], {one}"
        + ("}" if "type:" in one else ", type: other}")
        for number, one in enumerate(fields, 1)
    )
    return f"[{', '.join(written)}]"


def story(*fields: str, **sections: str) -> Scene:
    return scene(text(timeline=events(*fields), **sections))


def point_row(fields: str, **sections: str) -> tuple[Scene, Row]:
    """A scene with one point, and the row of that point."""
    told = scene(text(key_points=f"[{{text: A light, {fields}}}]", **sections))
    return told, row(summary(told), "A light")


def small() -> Scene:
    return scene_of(load_path(DATA / "small.yaml", "small.yaml"))


def whole() -> Scene:
    return scene_of(load_path(DATA / "whole.yaml", "whole.yaml"))


# Titles, counts, empty panes


@pytest.mark.parametrize(
    ("name", "title", "empty", "narrowed"),
    [
        (
            "summary",
            "Summary",
            "This briefing has no summary.",
            "Nothing in the summary is about this.",
        ),
        ("timeline", "Timeline", "This briefing lists no events.", "No event involves this."),
        ("actors", "Key actors", "This briefing lists no actors.", "No actor is involved in this."),
        ("deals", "Deal tracker", "This briefing lists no deals.", "No deal involves this."),
    ],
)
def test_empty_panes_say_so(name: str, title: str, empty: str, narrowed: str) -> None:
    (view,) = [pane.view for pane in PANES if pane.name == name]
    # Its sources are all that it has, and what is wrong with that is not asked here.
    bare = scene(text(actors=None, timeline=None, deals=None, sources=f"{{gazette: {GAZETTE}}}"))
    found = view(bare)
    assert (found.title, found.rows, found.count, found.empty) == (title, (), 0, empty)
    nobody = narrow(bare, (Link("actors/nobody", "Nobody", "actor"),))
    assert (view(nobody).rows, view(nobody).empty) == ((), narrowed)


@pytest.mark.parametrize(
    ("count", "noun", "words"),
    [(0, "event", "0 events"), (1, "event", "1 event"), (2, "deal", "2 deals")],
)
def test_counts_are_in_words(count: int, noun: str, words: str) -> None:
    assert View(title="", count=count, noun=noun, rows=(), empty="").quantity == words


def test_panes_count_things_and_not_rows() -> None:
    counted = {pane.name: pane.view(small()).quantity for pane in PANES}
    assert counted == {
        "summary": "4 points",
        "timeline": "3 events",
        "actors": "2 actors",
        "deals": "1 deal",
    }
    assert sources(small()).quantity == "2 sources"


@pytest.mark.parametrize("name", ["small.yaml", "whole.yaml", "mistakes.yaml"])
def test_keys_name_one_row_each(name: str) -> None:
    told = scene_of(load_path(DATA / name, name))
    for view in (*(pane.view(told) for pane in PANES), sources(told)):
        keys = [one.key for one in view.rows]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", ["small.yaml", "whole.yaml"])
def test_every_link_leads_to_a_row(name: str) -> None:
    told = scene_of(load_path(DATA / name, name))
    rows = [one for pane in PANES for one in pane.view(told).rows]
    keys = {one.key for one in rows}
    links = {link.key for one in rows for link in (*one.links, *one.scope)}
    assert len(links) > 4
    assert links <= keys


# Summary


def test_the_summary_has_its_sections_in_order() -> None:
    view = summary(small())
    assert bodies(view, "heading") == ["Bottom line", "Key points", "Open questions"]
    marks = [one.mark.text if one.mark else None for one in view.rows if one.kind == "item"]
    assert marks == [None, glyphs.POINT, glyphs.POINT, glyphs.QUESTION]
    assert row(view, "The work is going well").body[0].role == "judged"
    assert row(view, "The harbour board says").body[0].role == "strong"


def test_sections_without_points_are_left_out() -> None:
    told = scene(text(open_questions="[{text: Who?}]"))
    assert bodies(summary(told), "heading") == ["Open questions"]


def test_the_edge_tells_voice_and_grade() -> None:
    cases = {
        "cite: [gazette]": "article C",
        "cite: [board], credibility: 2": "external A2",
        "basis: inferred, cite: [gazette]": "inferred C",
        "basis: judgement, confidence: low, cite: [gazette]": "judgement",
    }
    for fields, edge in cases.items():
        assert plain(point_row(fields)[1].tail).strip() == edge
        assert plain(point_row(fields)[1].tail_short).strip().startswith(edge[:3])


def test_a_bare_question_claims_no_voice() -> None:
    told = scene(text(open_questions="[{text: Who pays?}]"))
    asked = row(summary(told), "Who pays?")
    assert (asked.tail, asked.tail_short) == ((), ())
    assert "no source is cited" in "".join(bodies(evidence(told, asked), "note"))


def test_rival_versions_are_marked() -> None:
    _, found = point_row("cite: [board], disputes: [{field: date, value: B, cite: [gazette]}]")
    assert plain(found.body) == f"A light {glyphs.WARNING}"


def test_points_lead_to_what_they_are_about() -> None:
    _, found = point_row("cite: [board], about: [storm, holm, lantern, holm, nobody]")
    assert [link.key for link in found.links] == ["timeline/storm", "actors/holm", "deals/lantern"]
    assert [link.kind for link in found.scope] == ["actor", "deal"]


def test_problems_of_the_file_stand_below_the_summary() -> None:
    told = scene(text(key_points="[{text: A}, {txt: B}]", title='"A\\e"'))
    view = summary(told)
    assert bodies(view, "heading") == ["Key points", "Problems in the file"]
    broken = row(view, "cannot be read")
    assert isinstance(broken.entry, UnreadableEntry)
    assert (broken.mark, view.count) == (Span(glyphs.BROKEN, "error"), 1)
    assert "test.yaml:9:26: E102" in row_text(broken)
    shown = [one for one in view.rows if one.key.startswith("problems/")]
    assert [one.mark.text for one in shown if one.mark] == [
        glyphs.WARNING if plain(one.body).split()[1][0] == "W" else glyphs.BROKEN for one in shown
    ]
    nobody = narrow(told, (Link("actors/nobody", "Nobody", "actor"),))
    assert summary(nobody).rows == ()


# Timeline


def outline(view: View) -> list[str]:
    """Years, the rule and the numbers of the events, with the glyphs of those ahead."""
    found = []
    for one in view.rows:
        if one.kind == "rule":
            found.append(RULE)
        elif one.kind == "heading":
            found.append(plain(one.body))
        else:
            mark = one.mark.text if one.mark else ""
            found.append(f"{mark} {one.body[0].text}".replace("Event ", ""))
    return found


def test_events_are_in_order_below_their_years() -> None:
    told = story(
        "date: 2021-03", "date: 2019", "date: 2021-03-01", "date: 2019-05/2020-02",
        "date: ../2020-06", "date: 2021-02-28", "date: 2018-12/..",
    )  # fmt: skip
    assert outline(timeline(told)) == [
        *("2018", "● 7", "2019", "● 2", "● 4", "2020", "● 5"),
        *("2021", "● 6", "● 3", "● 1", RULE),
    ]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2020", "2021-06-14"], ["2020", "● 1", "2021", "● 2", RULE]),
        (["2021-06-15"], ["2021", "● 1", RULE]),
        (["2021-06"], ["2021", "● 1", RULE]),
        (["2021"], ["2021", "● 1", RULE]),
        (["2021-06-16"], [RULE, "2021", "○ 1"]),
        (["2021-07", "2022"], [RULE, "2021", "○ 1", "2022", "○ 2"]),
        (["2021-06-14", "2021-06-16"], ["2021", "● 1", RULE, "○ 2"]),
        (["2020", "2022"], ["2020", "● 1", RULE, "2022", "○ 2"]),
        (["2020-01/2023"], ["2020", "● 1", RULE]),
        (["../2023"], [RULE, "2023", "○ 1"]),
        (["../2021-06"], ["2021", "● 1", RULE]),
        (["2020/.."], ["2020", "● 1", RULE]),
        (["2022/.."], [RULE, "2022", "○ 1"]),
        (["unknown", "2020", "2022"], ["Date unknown", "● 1", "2020", "● 2", RULE, "2022", "○ 3"]),
        (["199X", "2021-Q2"], ["1990", "● 1", "2021", "● 2", RULE]),
        (["2021-06-15T23:00-05:00", "2021-06-16T01:00Z"], ["2021", "● 1", RULE, "○ 2"]),
        (
            ["2020-12-31T23:00-05:00", "2021-01-01T01:00Z"],
            ["2020", "● 1", "2021", "● 2", RULE],
        ),
        (
            ["2021-06-15T20:00Z", "2021-06-15", "2021-06-15T19:00"],
            ["2021", "● 2", "● 3", "● 1", RULE],
        ),
    ],
)
def test_a_rule_divides_what_had_happened_from_what_was_ahead(
    dates: list[str], expected: list[str]
) -> None:
    view = timeline(story(*(f"date: {date}" for date in dates)))
    assert outline(view) == expected
    assert bodies(view, "rule") == ["as of 15 Jun 2021"]


@pytest.mark.parametrize(
    ("date", "lead"),
    [
        ("2021-03-01T12:17Z", "1 Mar, 12:17 UTC"),
        ("2021-03-01T12:17:30+05:30", "1 Mar, 12:17:30 UTC+5:30"),
        ("2021-03-01T12:17", "1 Mar, 12:17"),
        ("2021-03-01T12:17Z/2021-03-01T12:30Z", "1 Mar, 12:17–12:30 UTC"),
        ("2020-03-01T12:17Z/2021-03-01T12:30Z", "from 1 Mar, 12:17 UTC"),
        ("2021-Q1", "Q1"),
        ("2020-H2", "second half"),
        ("2020-22", "summer"),
        ("199X", "1990s"),
        ("19XX", "1900–1999"),
        ("199X/200X", "from 1990s"),
        ("2021~", "about"),
        ("2021", " "),
        ("unknown", " "),
    ],
)
def test_the_lead_of_an_event_is_its_date_without_the_year(date: str, lead: str) -> None:
    view = timeline(story(f"date: {date}"))
    (event,) = (row for row in view.rows if row.kind == "item")
    assert plain(event.lead) == lead
    assert view.lead_width >= len(lead.strip())


def test_without_events_there_is_no_rule() -> None:
    assert timeline(scene(text(timeline="[]"))).rows == ()


def test_the_rule_moves_with_the_as_of_date() -> None:
    told = story(
        "date: 2020, known: 2019", "date: 2021, known: 2019", sources=f"{{gazette: {GAZETTE}}}"
    )
    earlier = scene_on(told, told.steps[0])
    assert outline(timeline(earlier)) == [RULE, "2020", "○ 1", "2021", "○ 2"]
    assert bodies(timeline(earlier), "rule") == ["as of 1 Jan 2019"]


def test_glyphs_tell_the_status() -> None:
    told = story(
        *(f"date: 2020-0{n}, status: {one}" for n, one in enumerate(["occurred", "planned"], 1)),
        *(f"date: 2020-0{n}, status: {one}" for n, one in enumerate(["cancelled", "disputed"], 3)),
    )
    marks = [one.mark.text for one in timeline(told).rows if one.mark]
    assert marks == [glyphs.OCCURRED, glyphs.PLANNED, glyphs.CANCELLED, glyphs.DISPUTED]


@pytest.mark.parametrize(
    ("date", "lead"),
    [
        ("2021-01-07", "7 Jan"),
        ("2021-01", "Jan"),
        ("2021-01~", "about Jan"),
        ("2021-01-04/2021-01-05", "4–5 Jan"),
        ("../2021-04", "by Apr"),
    ],
)
def test_dates_below_a_year_do_without_it(date: str, lead: str) -> None:
    assert plain(row(timeline(story(f"date: {date}")), "Event 1").lead).strip() == lead


def test_the_words_of_the_article_stand_beside_the_date() -> None:
    view = timeline(story("date: 2021-06-14, stated: Tuesday"))
    assert "Event 1" in bodies(view)[0]
    assert "“Tuesday”" in bodies(view)[0]


def test_broken_events_stand_behind_their_neighbour_in_the_file() -> None:
    told = scene(
        text(
            timeline="[{headline: First}, "
            + events("date: 2022", "date: 2020")[1:-1]
            + ", {id: last}]"
        )
    )
    assert outline(timeline(told)) == [*("✗ First", "2020", "● 2", "✗ last", RULE, "2022", "○ 1")]
    assert timeline(told).count == 2
    broken = row(timeline(told), "First")
    assert "test.yaml:7:12: E102 'id' is missing" in row_text(broken)
    assert broken.problems


def test_nothing_broken_is_shown_while_narrowed() -> None:
    told = scene(text(timeline="[3]", actors=f"{{holm: {HOLM}, x: 3}}"))
    holm = narrow(told, (Link("actors/holm", "Holm", "actor"),))
    assert timeline(holm).rows == ()
    assert bodies(actors(holm)) == ["Inge Holm"]


# Actors


def people(written: str, **sections: str) -> View:
    return actors(scene(text(actors=f"{{{written}}}", **sections)))


def person(name: str, fields: str) -> str:
    return f"{name.lower()}: {{name: {name}, kind: person, cite: [gazette], {fields}}}"


def test_actors_stand_below_their_countries_in_the_order_of_the_file() -> None:
    view = people(
        ", ".join(
            [
                person("Ada", "country: RUS"), person("Bo", ""), person("Cy", "country: IND"),
                person("Di", "country: RUS"), person("Ed", "country: unknown"),
            ]
        )
    )  # fmt: skip
    shown = [plain(one.body) for one in view.rows]
    assert shown[:5] == ["Russia", "Ada", "Di", "India", "Cy"]
    assert shown[-2:] == ["No country given", "Bo"]
    assert "Ed" in shown


def test_an_actor_is_told_with_role_and_other_names() -> None:
    view = people(person("Ada", "role: Keeper, aka: [the keeper, A. L.]"))
    assert bodies(view) == ["Ada · Keeper · the keeper, A. L."]


def acts(view: View) -> list[str]:
    return [f"{plain(one.lead)} {plain(one.body)}" for one in view.rows if one.lead]


def test_what_an_actor_did_said_and_promised() -> None:
    statements = "statements: [{date: 2021-03, speaker: holm, text: It will shine, cite: [board]}]"
    promise = "{said: 2021-02, by: holm, due: 2022-01, cite: [board]}"
    milestones = f"milestones: [{{id: lit, label: Lit, forecasts: [{promise}]}}]"
    view = actors(
        story(
            "date: 2021-01, actors: [holm]",
            "date: 2021-04, actors: [holm], type: statement",
            "date: 2022, status: planned, actors: [holm]",
            deals=f"{{lantern: {LANTERN[:-1]}, {statements}, {milestones}}}}}",
        )
    )
    assert acts(view) == [
        "Jan 2021 Event 1",
        "Feb 2021 promised: Lit: Jan 2022",
        "Mar 2021 said: It will shine",
        "Apr 2021 said: Event 2",
        "2022 ahead: Event 3",
    ]
    holm = row(view, "Inge Holm")
    assert plain(holm.tail) == "1 did · 2 said · 1 promised"
    assert {link.kind for link in holm.links} == {"event", "deal"}


def test_what_did_not_happen_is_not_what_an_actor_did() -> None:
    view = actors(
        story(
            "date: 2021-01, actors: [holm], status: cancelled",
            "date: 2021-02, actors: [holm], status: disputed, type: statement",
        )
    )
    assert acts(view) == ["Jan 2021 cancelled: Event 1", "Feb 2021 disputed: Event 2"]
    assert plain(row(view, "Inge Holm").tail) == "mentioned"
    assert [spoken_row(one).partition(". ")[0] for one in view.rows if one.lead] == [
        "January 2021, cancelled: Event 1",
        "February 2021, disputed: Event 2",
    ]


def test_an_actor_without_acts_is_mentioned() -> None:
    assert plain(row(people(person("Ada", "")), "Ada").tail) == "mentioned"


def test_nothing_is_told_twice() -> None:
    statement = "{date: 2021-03-01, speaker: holm, text: It will shine, cite: [board]}"
    said = "date: 2021-03-01, type: statement, actors: [holm, holm]"
    told = story(
        f"{said}, deals: [lantern]",
        said,
        f"{said}, deals: [lamp]",
        deals=f"{{lantern: {LANTERN[:-1]}, statements: [{statement}]}}, lamp: {LANTERN}}}",
    )
    assert acts(actors(told)) == [
        "1 Mar 2021 said: It will shine",
        "1 Mar 2021 said: Event 2",
        "1 Mar 2021 said: Event 3",
    ]
    assert plain(row(actors(told), "Inge Holm").tail) == "3 said"


# Evidence


def test_without_a_row_the_evidence_says_what_to_do() -> None:
    view = evidence(small(), None)
    assert (view.rows, view.empty) == ((), "Select a row to see its evidence.")


def test_the_evidence_of_a_point() -> None:
    told, found = point_row(
        "basis: inferred, hedge: perhaps, confidence: low, credibility: 2, note: Beware., "
        "cite: [gazette P1S1, {source: board, quote: in due time}, nobody], "
        "disputes: [{field: due_date, value: 2021-06-10, note: so they say, cite: [board]}]"
    )
    view = evidence(told, found)
    shown = {one.key: row_text(one) for one in view.rows}
    assert shown["statement"] == "A light"
    assert shown["voice"] == (
        "inferred from the article · hedged “perhaps” · low confidence · probably true"
    )
    assert shown["cite/0"] == "C  Karsholm Gazette ¶1 s1 · 15 Jun 2021"
    assert shown["cite/1"] == "A  Harbour Board · 10 Jun 2021 · “in due time” · Minutes"
    assert shown["cite/2"] == "?  unknown source “nobody”"
    assert shown["dispute/0"] == (
        "⚠  Other due date: Thu 10 Jun 2021 · Harbour Board · so they say"
    )
    assert shown["note"] == "Beware."
    assert "E104 unknown source 'nobody'" in shown["problem/0"]
    assert (view.quantity, view.rows[0].key) == ("3 sources", "statement")


def test_a_rival_version_need_not_be_a_date() -> None:
    told, found = point_row("cite: [board], disputes: [{field: place, value: the old pier}]")
    assert row_text(row(evidence(told, found), "Other")).startswith("⚠  Other place: the old pier")


def test_brief_evidence_begins_with_what_a_row_rests_on() -> None:
    told, found = point_row("cite: [board], note: Beware.")
    keys = [one.key for one in evidence(told, found, brief=True).rows]
    assert keys == ["voice", "cite/0", "note"]
    event = timeline(small()).rows[1]
    assert "statement" in [one.key for one in evidence(small(), event, brief=True).rows]


def test_an_inferred_date_of_a_source_is_told() -> None:
    undated = BOARD.replace("2021-06-10", "{date: 2021-06, basis: inferred}")
    told, found = point_row("cite: [board]", sources=f"{{gazette: {GAZETTE}, board: {undated}}}")
    assert "Harbour Board · Jun 2021 (inferred) · Minutes" in "\n".join(
        row_text(one) for one in evidence(told, found).rows
    )


def test_the_words_of_the_article_are_resolved() -> None:
    told = story("date: 2021-06-14, stated: Tuesday")
    shown = "\n".join(row_text(one) for one in evidence(told, row(timeline(told), "Event 1")).rows)
    assert "“Tuesday” = Mon 14 Jun 2021" in shown


def test_a_likelihood_is_in_words() -> None:
    told, found = point_row("basis: judgement, likelihood: roughly_even_chance")
    assert "roughly even chance" in row_text(row(evidence(told, found), "judgement"))


def test_the_evidence_of_a_milestone_is_all_that_was_said_of_it() -> None:
    told = whole()
    keel, sailing = (one for deal in told.briefing.commitments.values() for one in deal.milestones)
    view = evidence(told, Row(key="keel", entry=keel))
    shown = [row_text(one) for one in view.rows if one.key.partition("/")[0] != "cite"]
    assert shown[0] == "Keel laid"
    assert [line.partition(" · ")[0] for line in shown[1:]] == [
        "met Jan – Feb 2031",
        "1 counted about Oct 2030",
        "Sep 2030",
    ]
    assert view.quantity == "3 sources"
    promised = [row_text(one) for one in evidence(told, Row(key="s", entry=sailing)).rows]
    dues = [line.partition(" · ")[0] for line in promised if "said" in line]
    assert dues == ["Oct 2033", "by Oct 2032", "Oct 2031"]
    assert "said 13 Mar 2031 by Vestray Council" in promised[1]


def test_the_evidence_of_something_broken_is_what_is_wrong_with_it() -> None:
    told = scene(text(timeline="[{headline: A call}]"))
    found = [row_text(one) for one in evidence(told, row(timeline(told), "A call")).rows]
    assert found[0] == "A call"
    assert all("test.yaml:7:12: E102" in line for line in found[1:])
    assert len(found) == 4


def test_sources_that_came_later_than_the_news_are_named() -> None:
    """An event can be known before any of its sources came out, by its own word."""
    told = story("date: 2020, known: 2020-02", "date: 2021, known: 2021-03")
    earlier = scene_on(told, told.steps[0])
    assert earlier.as_of < told.as_of
    shown = "\n".join(
        row_text(one) for one in evidence(earlier, row(timeline(earlier), "Event 1")).rows
    )
    assert "Karsholm Gazette" in shown
    assert "unknown" not in shown


def test_every_entry_has_a_statement() -> None:
    told = whole()
    for pane in PANES:
        for one in pane.view(told).rows:
            if one.selectable and one.entry is not None:
                assert statement_of(told, one.entry)
    assert statement_of(told, None) == ""


# Focus


def focus_on(kind: str, name: str) -> Link:
    return Link(f"{kind}s/{name}", name, "deal" if kind == "deal" else "actor")


def seen(told: Scene) -> dict[str, list[str]]:
    briefing = told.briefing
    return {
        "points": [point.text for _, point in points(briefing)],
        "events": [event.id for event in briefing.timeline],
        "actors": [*briefing.actors],
        "deals": [*briefing.commitments],
    }


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2021-05-20", "Inge Holm said on 20 May 2021: due 2022"),
        ("2021-05-20T09:00Z", "Inge Holm said on 20 May 2021, 09:00 UTC: due 2022"),
        ("2021-05", "Inge Holm said May 2021: due 2022"),
        ("1996~", "Inge Holm said about 1996: due 2022"),
    ],
)
def test_a_promise_is_said_on_a_day_if_the_day_is_known(said: str, words: str) -> None:
    forecast = f"{{said: {said}, due: 2022, by: holm, cite: [board]}}"
    lit = f"milestones: [{{id: lit, label: Lit, forecasts: [{forecast}]}}]"
    shown = scene(text(actors=f"{{holm: {HOLM}}}", deals=f"{{lantern: {LANTERN[:-1]}, {lit}}}}}"))
    (milestone,) = shown.briefing.commitments["lantern"].milestones
    assert statement_of(shown, milestone.forecasts[0]) == words


def test_narrowing_to_an_actor() -> None:
    holm = narrow(small(), (focus_on("actor", "holm"),))
    assert seen(holm) == {
        "points": ["The keeper doubts the date."],
        "events": [],
        "actors": ["holm"],
        "deals": ["lantern"],
    }


def test_narrowing_to_a_deal() -> None:
    lantern = narrow(small(), (focus_on("deal", "lantern"),))
    assert seen(lantern)["events"] == ["pledge", "lighting"]
    assert seen(lantern)["actors"] == ["holm", "harbour-board"]
    assert len(seen(lantern)["points"]) == 1


def test_narrowing_twice_shows_what_involves_both() -> None:
    told = whole()
    yard = narrow(told, (focus_on("actor", "yard"),))
    both = narrow(told, (focus_on("actor", "yard"), focus_on("deal", "icebird")))
    assert set(seen(yard)["events"]) == {"launch", "ring"}
    assert seen(both)["events"] == ["launch"]
    for key, found in seen(both).items():
        assert set(found) <= set(seen(yard)[key])
    assert [link.label for link in both.focus] == ["yard", "icebird"]


def test_widening_restores_everything() -> None:
    told = whole()
    narrowed = narrow(told, (focus_on("actor", "yard"), focus_on("deal", "icebird")))
    assert narrow(narrowed, ()) == told
    assert seen(narrow(narrowed, (focus_on("actor", "yard"),))) == seen(
        narrow(told, (focus_on("actor", "yard"),))
    )


def test_narrowing_leaves_sources_and_problems_alone() -> None:
    told = scene(text(key_points="[{text: A}]"))
    nobody = narrow(told, (focus_on("actor", "nobody"),))
    assert seen(nobody) == {"points": [], "events": [], "actors": [], "deals": []}
    assert nobody.problems == told.problems
    assert sources(nobody).count == 2


# Search


def views(told: Scene) -> list[View]:
    return [pane.view(told) for pane in PANES]


def test_search_finds_rows_pane_by_pane() -> None:
    found = views(small())
    hits = find_rows(found, "promise")
    assert hits == sorted(hits)
    assert {hit.pane for hit in hits} == {1, 2, 3}
    for hit in hits:
        assert "promise" in row_text(found[hit.pane].rows[hit.row]).lower()


@pytest.mark.parametrize(
    ("query", "found"),
    [("board", True), ("BOARD", False), ("Board", True), ("bOard", False), ("harbour b", True)],
)
def test_a_query_without_capitals_finds_both_cases(query: str, found: bool) -> None:
    view = View(
        title="", count=1, noun="", empty="", rows=(Row(key="a", body=(Span("Harbour Board"),)),)
    )
    assert bool(find_rows([view], query)) is found
    assert bool(occurrences("Harbour Board", query)) is found


@pytest.mark.parametrize("query", ["", " ", "\t", "no such words"])
def test_nothing_to_find(query: str) -> None:
    assert find_rows(views(small()), query) == []
    assert occurrences("some text", query) == []


def test_only_rows_that_the_cursor_reaches_are_found() -> None:
    rows = (Row(key="a", kind="heading", body=(Span("here"),)), Row(key="b", body=(Span("here"),)))
    view = View(title="", count=1, noun="", rows=rows, empty="")
    assert find_rows([view], "here") == [RowPosition(0, 1)]


@pytest.mark.parametrize(
    ("text", "query", "places"),
    [
        ("a light, a Light", "light", [(2, 7), (11, 16)]),
        ("a light, a Light", "Light", [(11, 16)]),
        ("aaaa", "aa", [(0, 2), (2, 4)]),
        ("İstanbul is", "is", [(0, 2), (9, 11)]),
        ("", "a", []),
    ],
)
def test_occurrences(text: str, query: str, places: list[tuple[int, int]]) -> None:
    assert occurrences(text, query) == places


def test_the_next_hit_goes_round_at_the_end() -> None:
    hits = [RowPosition(0, 3), RowPosition(1, 0), RowPosition(1, 5)]
    places = [RowPosition(0, 0), RowPosition(0, 3), RowPosition(1, 4), RowPosition(1, 5)]
    assert [next_hit(hits, place) for place in places] == [0, 1, 2, 0]
    places = [RowPosition(0, 3), RowPosition(1, 0), RowPosition(3, 0)]
    assert [next_hit(hits, place, back=True) for place in places] == [2, 0, 2]
    assert next_hit([], RowPosition(0, 0)) is next_hit([], RowPosition(0, 0), back=True) is None


# Copies and sources


def test_a_citation_stands_alone() -> None:
    told = small()
    found = citation(told, row(timeline(told), "The board promises a light"))
    assert found == (
        "The board promises a light. Karsholm Gazette, “Light before the ice”, 15 Jun 2021, "
        "https://gazette.example/light, retrieved 20 Jun 2021, ¶1 s1 [C]. "
        "In: “The lighthouse at Karsholm”, briefing as of 15 Jun 2021."
    )


def test_a_citation_names_every_source_once() -> None:
    told, found = point_row("cite: [board, gazette P1S1, board, nobody]")
    cited_text = citation(told, found)
    assert cited_text.count("Harbour Board") == cited_text.count("Karsholm Gazette") == 1
    assert "nobody" not in cited_text


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("Who pays?", "Who pays? Harbour"),
        ("No!", "No! Harbour"),
        ("Yes", "Yes. Harbour"),
        ("So.", "So. Harbour"),
    ],
)
def test_a_citation_ends_its_statement_once(said: str, begins: str) -> None:
    told = scene(text(open_questions=f'[{{text: "{said}", cite: [board]}}]'))
    assert citation(told, row(summary(told), said)).startswith(begins)


def test_a_citation_is_one_line() -> None:
    told = scene(text(key_points='[{text: "A\\nlight\\n", cite: [board]}]', title='"Two\\nlines"'))
    found = citation(told, row(summary(told), "light"))
    assert found.startswith("A light. Harbour Board")
    assert "\n" not in found + row_for_copy(row(summary(told), "light"))


def test_there_is_no_citation_without_a_source() -> None:
    told = scene(text(open_questions="[{text: Who?}]", timeline="[{headline: A call}]"))
    assert citation(told, row(summary(told), "Who?")) == ""
    assert citation(told, row(timeline(told), "A call")) == ""


def test_a_milestone_rests_on_all_that_was_said_of_it() -> None:
    keel = whole().briefing.commitments["icebird"].milestones[0]
    assert [one.source for one in citations_of(keel)] == ["talk", "register", "wire"]


def test_a_copied_pane_is_its_lines() -> None:
    copied = view_for_copy(summary(small()), 60)
    assert copied.startswith("Summary (4 points)\nBottom line\n")
    assert max(map(len, copied.splitlines())) <= 60
    empty = View(
        title="Timeline", count=0, noun="event", rows=(), empty="This briefing lists no events."
    )
    assert view_for_copy(empty) == "Timeline (0 events)\nThis briefing lists no events.\n"


def test_a_copied_row_is_one_line() -> None:
    assert row_for_copy(row(summary(small()), "The keeper doubts")).startswith(
        "The keeper doubts the date. "
    )


@pytest.mark.parametrize(
    ("published", "dated"),
    [("2021-06-10", "10 Jun 2021"), ("{date: 2021, basis: inferred}", "undated, about 2021")],
)
def test_a_bibliographic_record(published: str, dated: str) -> None:
    board = BOARD.replace("2021-06-10", published)
    source = scene(text(sources=f"{{gazette: {GAZETTE}, board: {board}}}")).briefing.sources[
        "board"
    ]
    assert bibliography(source) == f"Harbour Board, “Minutes”, {dated}"


def test_records_of_sources() -> None:
    view = sources(small())
    shown = "\n".join(row_text(one) for one in view.rows)
    for words in (
        "gazette  Light before the ice  [C]",
        "Karsholm Gazette · 15 Jun 2021 · news article",
        "https://gazette.example/light",
        "rated  C fairly reliable",
        "about it  Signed; names its sources.",
        "retrieved  20 Jun 2021",
    ):
        assert words in shown


@pytest.mark.parametrize(
    ("cites", "label"),
    [
        (["board"], "1 statement rests on it"),
        (["board", "gazette, board P1S1"], "2 statements rest on it"),
        (["gazette"], "0 statements rest on it"),
    ],
)
def test_a_source_tells_what_rests_on_it(cites: list[str], label: str) -> None:
    written = ", ".join(f"{{text: A, cite: [{one}]}}" for one in cites)
    told = scene(text(key_points=f"[{written}]", timeline="[]", actors="{}"))
    view = source_page(told, "board").view
    assert bodies(view, "heading")[-1] == label
    assert view.quantity == " ".join(label.split()[:2])


def test_ids_of_sources_are_shown_in_full() -> None:
    long = "minutes-of-the-board-21"
    view = sources(scene(text(sources=f"{{gazette: {GAZETTE}, {long}: {BOARD}}}")))
    assert long in view_for_copy(view)


def test_what_an_entry_cites() -> None:
    deal = whole().briefing.commitments["icebird"]
    assert [*cited_sources(deal)][:3] == ["post", "minutes", "register"]
    assert len([*cited_sources(deal)]) == len({*cited_sources(deal)})


def test_parts_are_joined_where_they_are_there() -> None:
    parts = ["a", None, "", Span("b", "strong"), Span(""), "c"]
    assert plain(join_spans(parts)) == "a · b · c"
    assert join_spans([]) == join_spans([None, ""]) == ()


def test_what_is_made_is_kept_for_the_last_thing_only() -> None:
    made: list[int] = []

    def make(things: list[int]) -> int:
        made.append(len(things))
        return sum(things)

    total = memoize_last(make)
    one, equal = [1, 2], [1, 2]
    assert [total(one), total(one), total(equal), total(one)] == [3, 3, 3, 3]
    assert made == [2, 2, 2]
    alike = memoize_last(make, lambda now, before: now[:1] == before[:1])
    assert [alike([1, 2]), alike([1, 9]), alike([2, 9])] == [3, 3, 11]


def test_scenes_that_differ_in_marks_alone() -> None:
    before = story("date: 2019-05", "date: 2020-06")
    starred = msgspec.structs.replace(before, marks=Marks(stars=frozenset({("timeline", 0)})))
    assert starred.differs_in_marks(before)
    assert not scene_on(before, before.steps[0]).differs_in_marks(before)
    found = PANES[1].view(before), PANES[1].view(starred)
    assert found[0] != found[1]
    assert sum(one is not two for one, two in zip(found[0].rows, found[1].rows, strict=True)) == 1


RULING = "{id: r, headline: The pilot wins, type: ruling, date: 2021-02, cite: [board]}"
UNNAMED = "{id: u, headline: A whale, type: whale_visit, date: 2021-03, cite: [board]}"


def test_a_briefing_that_names_vocabularies_shows_the_type_of_every_event() -> None:
    shown = scene(text(vocabularies="[courts]", timeline=f"[{RULING}, {UNNAMED}]"))
    ruling, unnamed = (row for row in timeline(shown).rows if row.kind == "item")
    assert ruling.type == ("⊢", "ruling")
    assert unnamed.type == ("⋄", "whale visit")
    assert "Feb  ● ⊢ The pilot wins" in plain(lay_out(ruling, 80, 3)[0])
    assert "⊢" not in plain(lay_out(ruling, 40, 3)[0])
    assert spoken_row(ruling).startswith("February 2021, occurred, ruling: The pilot wins.")
    assert "⊢" not in row_text(ruling)
    (voice,) = [row for row in evidence(shown, ruling).rows if row.key == "voice"]
    assert plain(voice.body) == "ruling · from another source"


def test_a_briefing_that_names_no_vocabulary_shows_no_type() -> None:
    shown = scene(text())
    (storm,) = (row for row in timeline(shown).rows if row.kind == "item")
    assert storm.type is None
    assert not [row for row in evidence(shown, storm).rows if "other" in plain(row.body)]


def test_a_declared_word_is_shown_with_its_sign_and_label() -> None:
    own = "{events: {whale_visit: {label: whale, sign: ⌁}}}"
    shown = scene(text(vocabularies="[general]", words=own, timeline=f"[{UNNAMED}]"))
    (row,) = (row for row in timeline(shown).rows if row.kind == "item")
    assert row.type == ("⌁", "whale")
