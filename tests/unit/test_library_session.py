"""The list and the search of a library without a screen: commands in, outcomes and rows out."""

from __future__ import annotations

import msgspec
import pytest

from briefing_tui.annotations.read_state import ReadingStatus
from briefing_tui.library.discovery import Roots
from briefing_tui.library.index.library_index import Index, Listed
from briefing_tui.library.index.search import Hit
from briefing_tui.library.index.sync import Changes, IndexProgress
from briefing_tui.library.saved_arrangement import Arrangement
from briefing_tui.library.service import LibraryService
from briefing_tui.session.library_search import LibrarySearch
from briefing_tui.session.library_session import LibrarySession, open_library
from briefing_tui.session.outcomes import (
    Changed,
    Close,
    Face,
    OpenFile,
    OpenHit,
    Quit,
    Refresh,
    RunSearch,
    Said,
    SearchLibrary,
)
from briefing_tui.views.rows import plain
from tests.shelves import HARBOUR, desk

BASE = "/news"
NOTHING_CHANGED = "Nothing has changed on disk"


def entry(name: str, as_of: str, **fields: object) -> Listed:
    listed = Listed(name.title(), as_of, (), 1, 1, 1, 0, 0, "", "A line.", path=f"{BASE}/{name}")
    return msgspec.structs.replace(listed, **fields)


ANCHOR = entry("anchor", "2019-03-01", tags=("sea",))
BOAT = entry("boat", "2022-01-01", tags=("river", "sea"))
CRANE = entry("crane", "2020-05-05")
BROKEN = entry("broken", "", errors=1, first_error="1:1: E101 no YAML")
ALL = [ANCHOR, BOAT, CRANE, BROKEN]


def session_of(*entries: Listed, **options: object) -> LibrarySession:
    session = LibrarySession(Roots(directories=(BASE,)), BASE, **options)  # type: ignore[arg-type]
    session.refresh_begins()
    session.refreshed(Changes(), entries or ALL, is_asked=False)
    session.update()
    return session


def titles(session: LibrarySession | LibrarySearch) -> list[str]:
    rows = session.rows.view.rows
    return [plain(row.body[:1]).strip() for row in rows if row.selectable]


def title(session: LibrarySession | LibrarySearch) -> str:
    row = session.rows.row
    return plain(row.body[:1]).strip() if row else ""


def run(session: LibrarySession, command: str) -> str:
    outcome = session.do(command)
    assert isinstance(outcome, Changed | Said), outcome
    session.update()
    return outcome.message


# Order and grouping


def test_sorting_goes_through_the_orders_and_the_cursor_stays_with_its_briefing() -> None:
    session = session_of()
    assert titles(session) == ["Boat", "Crane", "Anchor", "broken"]
    session.select_briefing(CRANE.path)
    assert run(session, "sort") == "Sorted by title"
    assert titles(session) == ["Anchor", "Boat", "broken", "Crane"]
    assert title(session) == "Crane"
    assert run(session, "sort") == "Sorted by path"
    assert run(session, "sort") == "Sorted unread first"
    assert run(session, "sort") == "Sorted newest first"
    assert title(session) == "Crane"


def test_at_the_start_of_the_list_the_cursor_stays_at_the_start() -> None:
    session = session_of()
    run(session, "sort")
    assert title(session) == "Anchor"


def test_in_groups_the_cursor_stays_with_its_briefing() -> None:
    session = session_of()
    session.select_briefing(CRANE.path)
    assert run(session, "group") == "Grouped by year"
    assert title(session) == "Crane"
    headings = [plain(row.body) for row in session.rows.view.rows if not row.selectable]
    assert headings == ["2022", "2020", "2019", "none"]
    assert run(session, "group") == "Grouped by tag"
    assert titles(session) == ["Boat", "Boat", "Anchor", "Crane", "broken"]
    assert title(session) == "Crane"
    assert run(session, "group") == "Not grouped"
    assert title(session) == "Crane"


def test_the_arrangement_is_kept() -> None:
    kept: list[Arrangement] = []
    session = session_of(arrangement=Arrangement(order="path"), keep=kept.append)
    assert titles(session) == ["Anchor", "Boat", "broken", "Crane"]
    run(session, "sort")
    run(session, "group")
    assert kept == [Arrangement("unread"), Arrangement("unread", "year")]


def test_rows_that_are_out_of_date_are_refused() -> None:
    session = session_of()
    session.do("sort")
    assert session.is_stale
    outdated = session.listing
    session.do("sort")
    assert not session.show(outdated, outdated.view())
    assert session.is_stale
    assert session.show(session.listing, session.listing.view())
    assert not session.is_stale


# Opening and leaving


def test_what_is_opened_depends_on_the_row() -> None:
    session = session_of(saved={"late": "slips or late"})
    assert session.do("open") == OpenFile(BOAT.path)
    session.rows.select("saved/late")
    assert session.do("open") == SearchLibrary("slips or late")
    assert session.do("search") == SearchLibrary("")
    assert session.do("single-source") == SearchLibrary("sources:1")
    empty = LibrarySession(Roots(directories=(BASE,)), BASE)
    assert empty.do("open") == Said("There is no row to open here")


@pytest.mark.parametrize("session", [session_of(), LibrarySearch(BASE, {})])
def test_commands_that_leave_and_commands_of_the_face(
    session: LibrarySession | LibrarySearch,
) -> None:
    for name in ("back", "escape", "quit-step"):
        assert session.do(name) == Close(name)
    assert session.do("quit") == Quit()
    assert session.do("theme") == Face("theme")


# The index


def test_briefings_are_listed_while_they_are_indexed() -> None:
    session = LibrarySession(Roots(directories=(BASE,)), BASE)
    session.refresh_begins()
    session.update()
    assert session.rows.view.empty == "Reading the briefings…"
    session.progressed(IndexProgress(2, 4, 1.0))
    session.listed([ANCHOR, BOAT])
    session.update()
    assert titles(session) == ["Boat", "Anchor"]
    session.select_briefing(ANCHOR.path)
    assert session.do("rescan") == Said("Indexing is still under way")
    assert session.refreshed(Changes(read=4), ALL, is_asked=False) == ""  # the first time
    session.update()
    assert session.progress is None
    assert title(session) == "Anchor"
    assert session.do("rescan") == Refresh()


def test_changes_on_disk_are_told() -> None:
    session = session_of()
    assert session.refreshed(Changes(), ALL, is_asked=True) == NOTHING_CHANGED
    assert session.refreshed(Changes(), ALL, is_asked=False) == ""
    changes = Changes(read=1_200, moves=[("a", "b")], removed=2)
    message = session.refreshed(changes, ALL, is_asked=False)
    assert message == "1,200 new or changed, 1 moved, 2 gone"


def test_an_empty_library_says_why() -> None:
    session = LibrarySession(Roots(directories=(BASE,), files=("/x.yaml",)), BASE)
    assert session.name == "Library"
    session.refreshed(Changes(), [], is_asked=False)
    session.update()
    assert session.rows.view.empty.startswith("No briefings in /news, /x.yaml: no YAML file")
    session.refreshed(Changes(ignored=True), [], is_asked=False)
    session.update()
    assert "No briefings, apart from what .gitignore leaves out, in" in session.rows.view.empty


def test_a_library_of_one_directory_has_its_name() -> None:
    assert session_of().name == "Library news"


# What is unread


def unread(count: int) -> ReadingStatus:
    return ReadingStatus(opened=True, unread=count)


def surveyed(**counts: int) -> LibrarySession:
    session = session_of(tracks_reading=True)
    session.survey_begins()
    session.surveyed({f"{BASE}/{name}": unread(count) for name, count in counts.items()})
    session.update()
    return session


def test_nothing_is_unread_where_reading_is_not_recorded() -> None:
    session = session_of()
    assert run(session, "next-unread") == "No unread briefing"
    session.left(ANCHOR.path, unread(3))
    assert session.unread_total == ""


def test_unread_briefings_are_stepped_through_and_round() -> None:
    session = surveyed(anchor=2, boat=1_000)
    assert session.unread_total == "1,002 unread in 2 briefings"
    assert run(session, "next-unread") == "2 unread here · 1,002 unread in 2 briefings"
    assert title(session) == "Anchor"
    assert run(session, "next-unread").startswith("1,000 unread here")
    assert title(session) == "Boat"
    assert run(session, "previous-unread").startswith("2 unread here")
    session.left(ANCHOR.path, unread(0))
    assert run(session, "next-unread").startswith("1,000 unread here · 1,000 unread in 1 briefing")
    assert run(session, "next-unread") == "No other unread briefing"


def test_a_briefing_that_was_left_changes_where_it_is() -> None:
    session = surveyed(anchor=2, boat=1)
    for _ in range(3):
        run(session, "sort")
    assert titles(session)[:2] == ["Anchor", "Boat"]
    session.left(ANCHOR.path, unread(0))
    assert not session.is_stale
    assert titles(session)[:2] == ["Anchor", "Boat"]
    assert session.rows.view.rows[0].sign is None
    assert session.unread_total == "1 unread in 1 briefing"
    session.listed(ALL)
    session.update()
    assert titles(session) == ["Boat", "Crane", "Anchor", "broken"]


def test_searches_read_the_annotations_of_a_briefing_that_was_left_again() -> None:
    calls: list[str] = []
    session = session_of(annotations_changed=lambda: calls.append("changed"))
    session.left(ANCHOR.path, unread(0))
    assert calls == ["changed"]


def test_marks_that_need_a_wider_column_need_other_rows() -> None:
    session = surveyed(anchor=1)
    session.left(ANCHOR.path, ReadingStatus(opened=True, stars=3))
    assert session.is_stale
    session.update()
    assert "★3" in plain(session.rows.view.rows[2].tail)


def test_what_was_left_during_a_survey_is_known_better() -> None:
    session = session_of(tracks_reading=True)
    session.survey_begins()
    session.left(ANCHOR.path, unread(0))
    session.surveyed({ANCHOR.path: unread(5), BOAT.path: unread(1)})
    assert session.unread_total == "1 unread in 1 briefing"
    session.survey_begins()
    session.surveyed({ANCHOR.path: unread(5)})
    assert session.unread_total == "5 unread in 1 briefing"


def test_the_tour_goes_round_in_the_order_of_the_list() -> None:
    session = surveyed(anchor=1, boat=1, broken=1)
    onward = [BOAT.path, ANCHOR.path, BROKEN.path]
    assert list(session.unread_from(CRANE.path, back=False)) == [*onward[1:], onward[0]]
    assert list(session.unread_from(CRANE.path, back=True)) == [*onward[:1], *onward[:0:-1]]
    assert list(session.unread_from(ANCHOR.path, back=False)) == [BROKEN.path, BOAT.path]
    assert list(session.unread_from("/elsewhere", back=False)) == onward
    assert list(session.unread_from("/elsewhere", back=True)) == onward[::-1]
    assert session.unread_in_others(BOAT.path) == 2


def test_the_tour_visits_a_briefing_of_several_groups_once() -> None:
    session = surveyed(boat=1, anchor=1)
    run(session, "group")
    run(session, "group")
    assert titles(session).count("Boat") == 2
    assert list(session.unread_from(CRANE.path, back=False)) == [BOAT.path, ANCHOR.path]


def test_details_say_what_is_unread_and_marked() -> None:
    session = surveyed(boat=2)
    assert "2 unread" in "\n".join(plain(row.body) for row in session.details().rows)
    session.select_briefing(CRANE.path)
    assert "Not opened yet" in [plain(row.body) for row in session.details().rows]


# Searching


@pytest.fixture(scope="module")
def index() -> Index:
    library = Index(None)
    library.refresh(Roots.of([HARBOUR]), None, 0)
    return library


def searched(index: Index, *queries: str) -> LibrarySearch:
    session = LibrarySearch(str(HARBOUR), {"late": "slips or late"})
    for query in queries:
        search = session.ask(query)
        assert isinstance(search, RunSearch)
        assert session.found(search, index.search(search.query, 100))
    return session


def test_hits_are_opened_when_they_are_found(index: Index) -> None:
    session = searched(index, "mast")
    count = len(titles(session))
    session.rows.cursor = 1
    search = session.ask("mast raised")
    assert isinstance(search, RunSearch)
    assert len(titles(session)) == count
    assert session.submit() == Said("Still looking")
    assert session.found(search, index.search(search.query, 100))
    assert session.rows.cursor == 0
    assert 0 < len(titles(session)) < count
    outcome = session.submit()
    assert isinstance(outcome, OpenHit)
    assert isinstance(outcome.hit, Hit)
    assert outcome.hit.entry == "timeline/mast"
    assert session.do("rescan") == Said("")
    assert session.do("next-unread") == Said("Ask for is:unread to find what is unread")


def test_hits_are_found_by_the_beginning_of_the_word_that_is_typed(index: Index) -> None:
    assert titles(searched(index, "mas")) == titles(searched(index, "mas*"))
    assert titles(searched(index, "mast")) != []
    assert titles(searched(index, "mas ")) == []


def test_results_of_an_earlier_query_are_refused(index: Index) -> None:
    session = searched(index)
    first = session.ask("mast")
    second = session.ask("crane")
    assert isinstance(first, RunSearch)
    assert isinstance(second, RunSearch)
    assert not session.found(first, index.search(first.query, 100))
    session.failed(first)
    assert session.do("open") == Said("Still looking")
    session.failed(second)
    assert session.do("open") == Said("")


def test_a_mistake_opens_nothing_but_the_hits_before_it_stay(index: Index) -> None:
    session = searched(index, "ferry")
    hits = titles(session)
    assert session.ask("ferry basis:ship") == Changed("")
    assert session.error is not None
    assert session.error.column == 13
    assert session.mistake.startswith("Column 13: 'basis' cannot be 'ship'")
    assert session.submit() == Said(session.mistake)
    assert plain(session.details().rows[0].body) == session.mistake
    assert titles(session) == hits
    assert isinstance(session.do("open"), OpenHit)  # from the list


def test_a_type_in_no_vocabulary_is_pointed_out_if_nothing_has_it(index: Index) -> None:
    session = searched(index, "type:deliverie")
    assert session.rows.view.empty == (
        "No matches: unknown type 'deliverie' — did you mean 'delivery'?"
    )


def test_that_nothing_was_found_is_no_answer_to_a_mistake(index: Index) -> None:
    session = searched(index, "xyzzy")
    assert session.rows.view.empty == "No matches."
    assert session.do("open") == Said("")
    session.ask("xyzzy actr:x")
    assert "What can be asked" in [plain(row.body) for row in session.rows.view.rows]


def test_without_a_query_the_saved_ones_are_offered(index: Index) -> None:
    session = searched(index, "ferry")
    assert session.ask(" ") == Changed("")
    assert titles(session)[0] == "late"
    assert session.results is None
    assert session.submit() == SearchLibrary("slips or late")


def test_a_library_is_opened_with_what_the_service_knows() -> None:
    service = LibraryService(desk(saved={"late": "slips"}))
    session = open_library(service)
    assert session.base == str(HARBOUR)
    assert session.saved == {"late": "slips"}
    assert session.name == "Library harbour"
    service.close()
