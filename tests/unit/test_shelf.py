"""A library as rows: order, groups, what is told of a briefing and of a hit; words in rows."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from briefing_tui.annotations.read_state import ReadingStatus
from briefing_tui.briefing.load import LONG_AGO
from briefing_tui.library.hit_rows import hit_count, hit_details, hits, marked, questions
from briefing_tui.library.index.library_index import Listed
from briefing_tui.library.index.search import Hit, Results
from briefing_tui.library.list_rows import (
    GROUPINGS,
    ORDERS,
    Column,
    Listing,
    base_of,
    details,
    heading,
    short,
)
from briefing_tui.query.fields import FIELDS
from briefing_tui.query.lexer import QueryError
from briefing_tui.query.nodes import Words
from briefing_tui.query.snippet import Snippet
from briefing_tui.views.glyphs import DASH, UNREAD
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.row_search import field_advice, find_matches, is_query, occurrences
from briefing_tui.views.rows import RowPosition, View, plain, row_text
from tests.briefings import scene as scene_of_text
from tests.briefings import text as whole_text

BASE = "/news"


def listed(path: str, title: str = "", as_of: str = "2020-01-01", **others: object) -> Listed:
    one = Listed(title or path, as_of, (), 3, 2, 1, 0, 0, "", "The line.", path=f"{BASE}/{path}")
    return msgspec.structs.replace(one, **others)


BROKEN = listed("odd\x1b[2J.yaml", "odd.yaml", "", errors=2, first_error="1:1: E101 no YAML")
FEW = [
    listed("b.yaml", "Boats", "2019", tags=("sea", "north")),
    listed("a/a.yaml", "anchors", "2021-05-02", tags=("sea",), warnings=1),
    listed("c.yaml", "Cranes", "2019-12-31"),
    BROKEN,
]


def titles(view: View) -> list[str]:
    return [plain(row.body[:1]).strip() for row in view.rows if row.selectable]


@pytest.mark.parametrize(
    ("base", "told"), [("/news", "a.yaml"), ("/", "news/a.yaml"), ("", "/news/a.yaml")]
)
def test_a_path_is_whole_where_it_is_below_no_directory(base: str, told: str) -> None:
    assert short("/news/a.yaml", base) == told


def test_a_briefing_without_a_date_has_a_dash() -> None:
    undated = listed("u.yaml", "Undated", LONG_AGO.text)
    assert plain(Listing([undated], BASE).view().rows[0].lead).strip() == DASH
    assert "as of" not in "".join(plain(row.body) for row in details(undated, BASE).rows)
    assert titles(Listing([undated, *FEW], BASE).view())[-1] == "Undated"
    grouped = Listing([undated], BASE, grouping="year").view().rows
    assert plain(grouped[0].body) == "none"


def test_orders() -> None:
    wanted = {
        "newest": ["anchors", "Boats", "Cranes", "odd[2J.yaml"],
        "title": ["anchors", "Boats", "Cranes", "odd[2J.yaml"],
        "path": ["anchors", "Boats", "Cranes", "odd[2J.yaml"],
        "unread": ["anchors", "Boats", "Cranes", "odd[2J.yaml"],
    }
    for order in ORDERS:
        assert titles(Listing(FEW, BASE, order=order).view()) == wanted[order]
    later = [listed("z.yaml", "Anchor", "2001"), listed("y.yaml", "Winch", "2022")]
    assert titles(Listing(later, BASE).view()) == ["Winch", "Anchor"]
    assert titles(Listing(later, BASE, order="title").view()) == ["Anchor", "Winch"]
    assert titles(Listing(later, BASE, order="path").view()) == ["Winch", "Anchor"]


def test_groups_have_what_has_none_last() -> None:
    by_year = Listing(FEW, BASE, grouping="year").view()
    headings = [(plain(row.body), plain(row.tail)) for row in by_year.rows if not row.selectable]
    assert headings == [("2021", "1"), ("2019", "2"), ("none", "1")]
    by_tag = Listing(FEW, BASE, grouping="tag").view()
    assert titles(by_tag) == ["Boats", "anchors", "Boats", "Cranes", "odd[2J.yaml"]
    assert by_tag.count == 4
    for grouping in GROUPINGS:
        keys = [row.key for row in Listing(FEW, BASE, grouping=grouping).view().rows]
        assert len(keys) == len(set(keys))


KNOWN = {
    f"{BASE}/a/a.yaml": ReadingStatus(opened=True, unread=12, stars=2),
    f"{BASE}/b.yaml": ReadingStatus(opened=True, notes=31),
    f"{BASE}/c.yaml": ReadingStatus(opened=True),
}


def test_the_most_unread_come_first() -> None:
    known = {**KNOWN, f"{BASE}/c.yaml": ReadingStatus(opened=True, unread=13)}
    view = Listing(FEW, BASE, order="unread", column=Column(known)).view()
    assert titles(view) == ["Cranes", "anchors", "Boats", "odd[2J.yaml"]
    grouped = Listing(FEW, BASE, order="unread", grouping="year", column=Column(known)).view()
    assert titles(grouped) == ["anchors", "Cranes", "Boats", "odd[2J.yaml"]


def test_the_column_tells_what_is_unread_and_marked_and_nothing_of_zero() -> None:
    several = {**KNOWN, f"{BASE}/c.yaml": ReadingStatus(opened=True, stars=1, notes=1)}
    assert [plain(Column(several).of(one)) for one in FEW] == [
        *("       ✎9 ", "    12 ★2 ", "       ★ ✎", " " * 10)
    ]
    assert plain(Column({}).of(FEW[0])) == "   new"
    assert Column(KNOWN).heading == "Unread   "
    assert [plain(Column().of(one)).strip() for one in FEW] == [""] * 4
    assert Column(is_shown=False).of(FEW[0]) == ()
    signs = [
        row.sign and row.sign.text for row in Listing(FEW, BASE, column=Column(KNOWN)).view().rows
    ]
    assert signs == [UNREAD, None, None, None]


def test_commitments_of_several_kinds_are_items() -> None:
    deals, mergers = listed("a.yaml", "A"), listed("b.yaml", "B", noun="merger", commitments=2)
    assert "Deals" in plain(heading(80, Column(), [deals])[1])
    assert "Items" in plain(heading(80, Column(), [deals, mergers])[1])
    assert "2 mergers" in " ".join(plain(row.body) for row in details(mergers, BASE).rows)


@pytest.mark.parametrize("column", [Column(is_shown=False), Column(), Column(KNOWN)])
@pytest.mark.parametrize("width", [40, 46, 47, 60, 66, 67, 80, 122])
def test_columns_stand_below_their_headings(width: int, column: Column) -> None:
    one = listed("a/a.yaml", "Title", events=7, commitments=5, errors=9)
    left, right = heading(width, column, [one])
    line = plain(left) + " " * (width - len(plain(left)) - len(plain(right))) + plain(right)
    row = Listing([one], BASE, column=column).view().rows[0]
    drawn = "  " + plain(lay_out(row, width - 3, len("30 Sep 2020"))[0]).ljust(width - 2)
    assert len(drawn) == width
    assert drawn.index("Title") == line.index("Title")
    known = column.unread(one.path)
    for number, name in (("7", "Events"), ("5", "Deals"), ("9", "Wrong"), (str(known), "Unread")):
        if name in line and number != "0":
            end = line.index(name) + len(name)
            assert drawn[:end].endswith(f" {number}"), name
        else:
            assert f" {number} " not in drawn[20:]


def test_a_standing_is_told_beside_the_list() -> None:
    def told(standing: ReadingStatus | None) -> list[str]:
        rows = details(FEW[0], BASE, standing=standing).rows
        return [plain(row.body) for row in rows if row.key == "yours"]

    assert told(KNOWN[f"{BASE}/a/a.yaml"]) == ["12 unread · 2 stars"]
    assert told(ReadingStatus()) == ["Not opened yet"]
    assert told(ReadingStatus(opened=True)) == []
    assert told(None) == []


@pytest.mark.parametrize("brief", [True, False])
def test_details_tell_the_bottom_line_and_the_first_error(brief: bool) -> None:
    said = [plain(row.body) for row in details(FEW[0], BASE, brief=brief).rows]
    assert "The line." in said
    assert "b.yaml" in said
    assert ("Boats" in said) is not brief
    wrong = [plain(row.body) for row in details(BROKEN, BASE, brief=brief).rows]
    assert "1:1: E101 no YAML  and 1 more" in wrong
    assert not any("\x1b" in text for text in wrong)


def test_paths_are_told_from_the_library_on() -> None:
    assert short("/news/a/b.yaml", "/news") == "a/b.yaml"
    assert short("/newsroom/b.yaml", "/news") == "/newsroom/b.yaml"
    assert base_of([]) == ""


# Hits


HIT = Hit(
    "/news/a.yaml", "Boats", "timeline/x", "timeline", "delivery",
    Snippet("A boat of steel", ((2, 6), (10, 15))), "2020", None, "2020-05-01",
)  # fmt: skip


def test_words_that_were_looked_for_stand_out() -> None:
    spans = marked(HIT.extract)
    assert plain(spans) == "A boat of steel"
    assert [span.text for span in spans if span.role == "match"] == ["boat", "steel"]
    assert marked(Snippet("")) == ()


def test_hits_tell_pane_briefing_and_date() -> None:
    view = hits(Results((HIT, HIT), 2), Words("boat"), BASE)
    assert len({row.key for row in view.rows}) == 2
    assert "Boats · 2020" in row_text(view.rows[0])
    for results, words in (
        (Results((HIT, HIT), 2), "2 hits, best first"),
        (Results((HIT,), 1, is_ranked=False), "1 hit, newest first"),
        (Results((HIT, HIT), 42_495), "the best 2 of 42,495 hits; narrow the search"),
        (Results((HIT, HIT), None, is_ranked=False), "the newest 2 hits; narrow the search"),
        (Results((), 0), ""),
    ):
        assert plain(hit_count(results)).strip() == words
    assert "[timeline]" in row_text(view.rows[0])


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (None, "opens as of 1 May 2020"),
        (datetime.date(2019, 1, 1), "opens as of 1 May 2020"),
        (datetime.date(2021, 2, 3), "opens as of 3 Feb 2021 · when it became known"),
    ],
)
def test_a_hit_tells_the_day_it_opens_at(known: datetime.date | None, told: str) -> None:
    view = hit_details(msgspec.structs.replace(HIT, known=known), BASE)
    assert told in [plain(row.body) for row in view.rows]


def test_every_field_is_explained_before_anything_is_asked() -> None:
    leads = {plain(row.lead) for row in questions({}).rows}
    assert {field.example for field in FIELDS.values()} <= leads


# Queries in the reader


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("type:other", True),
        ("storm -actor:holm", True),
        ("(deal:lantern)", True),
        ("storm AND light", True),
        ("NOT storm", True),
        ("storm and light", False),
        ("sort:title", False),
        ("prototype:x", False),
        ("12:30", False),
        ("", False),
    ],
)
def test_what_is_taken_for_a_query(text: str, wanted: bool) -> None:
    assert is_query(text) is wanted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("actors:rao", "column 1: unknown field 'actors' — did you mean 'actor'?"),
        ("storm -Typ:other", "column 8: unknown field 'Typ' — did you mean 'type'?"),
        ("https://a.example 12:30 xyzzy:x actors: rao", ""),
    ],
)
def test_what_is_perhaps_a_field_is_advised_on(text: str, told: str) -> None:
    assert field_advice(text) == told


def test_answers_are_rows_in_the_order_of_the_panes() -> None:
    scene = scene_of_text(whole_text())
    views = [spec.view(scene) for spec in PANES]

    def keys(query: str) -> list[str]:
        return [views[hit.pane].rows[hit.row].key for hit in find_matches(scene, views, query)]

    assert keys("type:other") == ["timeline/storm"]
    assert keys("type:other -lost") == []
    assert "actors/holm" in keys("actor:holm")
    assert find_matches(scene, views, "type:other") == [RowPosition(1, 1)]
    with pytest.raises(QueryError, match="column 4"):
        find_matches(scene, views, "is:windy")


def test_the_words_of_a_query_are_marked_not_its_fields() -> None:
    assert occurrences("The lantern is lost", "type:other lantern") == [(4, 11)]
    assert occurrences("type:other", "type:other") == []
    assert occurrences("lantern", "is:windy lantern") == []
