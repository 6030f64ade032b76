"""The query language: what it reads, what it refuses and where, and what a query finds."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.query.fact import LAST
from briefing_tui.query.fields import FIELDS, type_advice
from briefing_tui.query.lexer import MAX_LENGTH, QueryError
from briefing_tui.query.matching import predicate, rank
from briefing_tui.query.nodes import And, Days, Facet, Mark, Not, Or, Words, search_terms
from briefing_tui.query.parser import MAX_DEPTH, MAX_TERMS, parse
from briefing_tui.query.snippet import make_snippet, matches
from briefing_tui.query.words import fold_words, token_spans, tokens
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.query_facts import facts, key_ancestors, matching_facts, unfiltered_scene
from briefing_tui.views.scene import scene_of, scene_on
from tests.briefings import BOARD, GAZETTE, loaded, text
from tests.conftest import DATA

WHOLE = loaded((DATA / "whole.yaml").read_text(encoding="utf-8"))

FACTS = facts(unfiltered_scene(WHOLE))[:5]
a, b, c = Words("a"), Words("b"), Words("c")


# reading


@pytest.mark.parametrize(
    ("written", "node"),
    [
        ("a", a),
        ("a b", And((a, b))),
        ("a AND b", And((a, b))),
        ("a b or c", Or((And((a, b)), c))),
        ("a (b or c)", And((a, Or((b, c))))),
        ("not a b", And((Not(a), b))),
        ("a -b", And((a, Not(b)))),
        ("a -", a),
        ("→ a – b …", And((a, b))),
        ("-(a or b)", Not(Or((a, b)))),
        ("not not a", Not(Not(a))),
        ('"a b"', Words("a b")),
        ("“a b”", Words("a b")),
        ("S-400", Words("s 400")),
        ("deliver*", Words("deliver", prefix=True)),
        ('"on ti"*', Words("on ti", prefix=True)),
        ('"or"', Words("or")),
        ("actor:putin", Words("putin", where="actors")),
        ('Actor:"Inge Holm"', Words("inge holm", where="actors")),
        ("deal:s-400", Words("s 400", where="deals")),
        ("deal:patrol*", Words("patrol", prefix=True, where="deals")),
        ("type:delivery,payment", Facet(("type·delivery", "type·payment"))),
        ("type:combat-use", Facet(("type·combat_use",))),
        ("reliability:<=b", Facet(("reliability·A", "reliability·B"))),
        ("reliability:>E", Facet(("reliability·F",))),
        ("sources:1", Facet(("sources·1",))),
        ("sources:0,1", Facet(("sources·0", "sources·1"))),
        ("sources:<3", Facet(("sources·0", "sources·1", "sources·2"))),
        ("sources:>=8", Facet(("sources·8", "sources·9"))),
        ("sources:>9", Facet(())),
        ("tag:arms-transfers", Facet(("tag·arms·transfers",))),
        ("is:planned", Facet(("is·planned",))),
        ("is:unread", Mark(("is·unread",))),
        ("is:new,starred", Or((Facet(("is·new",)), Mark(("is·starred",))))),
        ('note:"call back"', Words("call back", where="note")),
        ("mark:ver*", Mark(("mark·ver",), prefix=True)),
    ],
)
def test_reads(written: str, node: object) -> None:
    assert parse(written) == node


DAY = 24 * 60 * 60


def day(year: int, month: int = 1, of_month: int = 1, second: int = 0) -> int:
    return datetime.date(year, month, of_month).toordinal() * DAY + second


@pytest.mark.parametrize(
    ("written", "lower", "upper"),
    [
        ("after:2019", day(2020), LAST),
        ("before:2023-04", 1, day(2023, 4) - 1),
        ("date:2019-02", day(2019, 2), day(2019, 3) - 1),
        ("date:>=2019-02", day(2019, 2), LAST),
        ("date:<2019-02-03", 1, day(2019, 2, 3) - 1),
        ("date:2019/2020", day(2019), day(2021) - 1),
        ("date:../2020-05", 0, day(2020, 6) - 1),
        ("date:2024-Q3", day(2024, 7), day(2024, 10) - 1),
        ("after:199X", day(2000), LAST),
        ("after:2023-07-20T12:17Z", day(2023, 7, 20, 12 * 3600 + 18 * 60), LAST),
        ("before:2023-07-20T14:17+02:00", 1, day(2023, 7, 20, 12 * 3600 + 17 * 60) - 1),
    ],
)
def test_reads_dates(written: str, lower: int, upper: int) -> None:
    assert parse(written) == Days(lower, upper)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ferr", "ferr*"),
        ("ice ferr", "ice ferr*"),
        ("ice or S-40", "ice or s-40*"),
        ("actor:put", "actor:put*"),
        ("tag:ar", "tag:ar*"),
        ("@late x ferr", "(is:planned) x ferr*"),
        # A word is finished by what follows it.
        ("ferry ", "ferry"),
        ('"on ti"', '"on ti"'),
        ("(ferr)", "ferr"),
        ("ferr*", "ferr*"),
        # One letter begins too many words, and an excluded prefix would hide too much.
        ("s", "s"),
        ("S-4", "s-4"),
        ("ice -ferr", "ice -ferr"),
        ("ice not ferr", "ice not ferr"),
        ("type:delivery", "type:delivery"),
        ("after:2019", "after:2019"),
    ],
)
def test_the_last_word_is_a_prefix_while_it_is_typed(written: str, meant: str) -> None:
    assert parse(written, {"late": "is:planned"}, typing=True) == parse(meant)


@pytest.mark.parametrize(
    ("written", "column", "told"),
    [
        ("", 1, "words"),
        ("  ", 3, "words"),
        ("a or", 5, "not the end"),
        ("or a", 1, "quotation marks"),
        ("(a", 3, "expected ')'"),
        ("a)", 2, "not ')'"),
        ("-", 1, "letters or digits"),
        ('a "-"', 3, "letters or digits"),
        ('a "b c', 3, "not closed"),
        ("actr:x", 1, "did you mean 'actor'"),
        ("a typ:x", 3, "did you mean 'type'"),
        ("zzzzz:x", 1, "expected one of actor, deal"),
        ("type:delivery,x.y", 15, "'type' takes a word, such as delivery"),
        ("type:a,,b", 8, "expected a value"),
        ("tag:a,,b", 7, "expected a value"),
        ("after:", 7, "such as after:2019"),
        ("after:2019-13", 7, "no month 13"),
        ("after:soon", 7, "expected a date"),
        ("after:<2019", 8, "leave out '<'"),
        ("actor:<x", 8, "not compared"),
        ("is:planned*", 4, "leave out the star"),
        ("is:unread*", 4, "leave out the star"),
        ("is:unred", 4, "did you mean 'unread'"),
        ("is:read,stared", 9, "did you mean 'starred'"),
        ("note:<x", 7, "not compared"),
        ("mark:", 6, "such as mark:verify"),
        ("sources:1,12", 11, "from 0 to 9, which includes more"),
        ("sources:<many", 10, "is a number"),
        ("a*", 1, "two letters"),
        ("x" * (MAX_LENGTH + 1), MAX_LENGTH + 1, "characters"),
        ("(" * 30 + "a" + ")" * 30, MAX_DEPTH + 1, "deep"),
        ("a " * (MAX_TERMS + 1), 2 * MAX_TERMS + 1, "terms"),
    ],
)
def test_refuses_at_the_column(written: str, column: int, told: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(written)
    assert (refused.value.column, told in str(refused.value)) == (column, True), refused.value
    assert str(refused.value).startswith(f"column {column}: ")
    assert "\n" not in str(refused.value)


PIECES = [*FIELDS, ":", "(", ")", '"', "“", "-", "not ", " or ", "and", "*", "<=", ">", ",", " "]
PIECES += ["2019", "2019-02", "putin", "s-400", "\x00", "\ud800", "é", "नमस्ते", "·", "‡", "*:"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=24).map("".join))
def test_any_text_is_read_or_refused(written: str) -> None:
    column = 1
    try:
        answers = predicate(parse(written))
        assert all(answers(fact) in (True, False) for fact in FACTS)
    except QueryError as error:
        column = error.column
    assert 1 <= column <= len(written) + 1


# words


SAVED = {
    "late": "is:planned or is:cancelled",
    "very late": "@late before:2020",
    "round": "@circle",
    "circle": "x @round",
    "wrong": "is:plannd",
}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("@late", "is:planned or is:cancelled"),
        (
            "contract -@late @late",
            "contract -(is:planned or is:cancelled) (is:planned or is:cancelled)",
        ),
        ("@very late", "(is:planned or is:cancelled) before:2020"),
        ('"@late" actor:@late a@late', '"late" actor:late "a late"'),
    ],
)
def test_a_saved_query_stands_for_what_it_says(written: str, meant: str) -> None:
    assert parse(written, SAVED) == parse(meant)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("a @lat", "column 3: no saved query 'lat' — did you mean 'late'?"),
        ("@other", "column 1: no saved query 'other'; saved: late, very late, round"),
        ("a (@wrong)", "column 4: in @wrong, column 4: 'is' cannot be 'plannd'"),
        ("@round", "column 1: in @round, column 1: in @circle, column 3: no saved query 'round'"),
        ("@late " * (MAX_TERMS // 2) + "a", f"a query has at most {MAX_TERMS} terms"),
    ],
)
def test_a_saved_query_that_is_none(written: str, told: str) -> None:
    with pytest.raises(QueryError) as error:
        parse(written, SAVED)
    assert told in str(error.value)


def test_words_are_compared_without_case_accents_and_signs() -> None:
    assert tokens("S-400’s Łódź, Bjørn_Kovač: ½") == [
        *("s", "400", "s", "lodz", "bjorn", "kovac", "1", "2")
    ]
    assert tokens("नमस्ते दुनिया") == ["नमस्ते", "दुनिया"]
    assert tokens("") == []


@given(st.text())
def test_folding_again_changes_nothing(written: str) -> None:
    assert fold_words(fold_words(written)) == fold_words(written)
    if written.isascii():
        assert tokens(written) == tokens(f"{written} é")[:-1]


@given(st.text(alphabet="aéß-½न्म ,.X\u0301’"))
def test_places_of_words_are_those_of_their_letters(written: str) -> None:
    for word, start, end in next(token_spans(written)):
        assert word in tokens(written[start:end])


def test_extract_shows_the_words_that_were_looked_for() -> None:
    long = "word " * 60 + "the Ferry sails" + " word" * 60
    found = make_snippet(long, search_terms(parse("ferry")), 60)
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert [found.text[start:end] for start, end in found.matches] == ["Ferry"]
    assert len(found.text) <= 62
    assert make_snippet("short", ()).text == "short"
    assert matches("S-400 and s 400", search_terms(parse("s-400 400"))) == [(0, 5), (10, 15)]


def test_rank_likes_many_words_in_little_text() -> None:
    looked_for = search_terms(parse("ferry ice"))
    texts = ["ferry ice", "ferry", "ferry ice" + " x" * 80, "x"]
    ranks = [rank(one, looked_for) for one in texts]
    assert ranks == sorted(ranks, reverse=True)
    assert ranks[-1] == 0


# asking


def keys(query: str, **sections: str) -> list[str]:
    document = loaded(text(**sections)) if sections else WHOLE
    return [fact.key for fact in matching_facts(unfiltered_scene(document), parse(query))]


STORM = "{id: storm, headline: The lantern is lost, type: other, date: 2020-11, cite: [gazette]"


def test_fields_ask_what_they_say() -> None:
    assert keys('actor:"inge holm" type:other', title="x") == ["timeline/storm"]
    assert keys("actor:holm pane:timeline", title="x") == ["timeline/storm"]
    assert keys("reliability:A type:other", title="x") == []
    assert keys("title:karsholm type:actor", tags="[a]") == ["actors/holm"]
    assert keys("tag:two-words type:actor", tags="[Two Words]") == ["actors/holm"]
    assert keys("id:storm", title="x") == ["timeline/storm"]
    assert keys("after:2020-10 before:2020-12", title="x") == ["timeline/storm"]
    assert keys("after:2020-11", title="x") == []
    assert keys("known:2021-06-10", title="x") == ["timeline/storm"]
    assert keys("is:disputed", timeline=f"[{STORM}, status: disputed}}]") == ["timeline/storm"]
    assert keys("type:unreadable", timeline="[{id: storm, headline: 3 storms}]") == [
        "broken/timeline/0"
    ]


DERIVED = (
    f"{{gazette: {GAZETTE}, board: {BOARD}, copy: {{kind: blog, title: A, publisher: B, "
    "published: 2021-06-16, reliability: D, derives_from: [board]}}"
)


@pytest.mark.parametrize(
    ("cite", "number"),
    [
        ("", 0),
        ("nobody", 0),
        ("board", 1),
        ("board, board", 1),
        ("copy, board", 1),
        ("gazette, copy", 2),
        ("gazette, copy, board", 2),
    ],
)
def test_sources_are_counted_by_what_they_are_based_on(cite: str, number: int) -> None:
    storm = f"[{STORM.replace('[gazette]', f'[{cite}]')}}}]"
    for query, is_match in (
        (f"sources:{number}", True),
        (f"sources:<{number}", False),
        (f"sources:<={number}", True),
        (f"sources:>{number}", False),
    ):
        found = keys(f"{query} id:storm", timeline=storm, sources=DERIVED)
        assert found == (["timeline/storm"] if is_match else []), query


def test_an_event_is_planned_until_it_could_be_known_to_have_happened() -> None:
    late = STORM.replace("2020-11", "2022-03")
    assert keys("is:planned", timeline=f"[{late}}}]") == ["timeline/storm"]
    after = f"{late}, known: 2022-04-01}}"
    assert keys("is:planned", timeline=f"[{after}]") == []
    assert keys("is:occurred is:new", timeline=f"[{after}]") == ["timeline/storm"]


def test_every_key_is_that_of_a_row_or_of_what_holds_it() -> None:
    scene = scene_on(scene_of(WHOLE), scene_of(WHOLE).steps[-1])
    rows = {pane.name: {row.key for row in pane.view(scene).rows} for pane in PANES}
    found = [fact for fact in facts(scene) if fact.kind != "title"]
    assert len(found) > 60
    for fact in found:
        nearest = next((key for key in key_ancestors(fact.key) if key in rows[fact.pane]), None)
        assert nearest is not None, fact
    exact = [fact for fact in found if fact.key in rows[fact.pane]]
    assert len(exact) == len(found)


def test_facts_follow_the_day_and_the_focus() -> None:
    scene = scene_of(WHOLE)
    early, late = scene_on(scene, scene.steps[0]), scene_on(scene, scene.steps[-1])
    assert len(facts(early)) < len(facts(late))
    news = {fact.key for fact in matching_facts(late, parse("is:new"))}
    assert news
    assert news <= {fact.key for fact in facts(late)} - {fact.key for fact in facts(early)}


def test_the_type_that_no_vocabulary_has_is_named() -> None:
    assert type_advice(parse("type:delivery (type:ruling or type:milestone)")) == ""
    assert type_advice(parse("type:market-move")) == ""
    assert type_advice(parse("lantern -type:delivry")) == (
        "unknown type 'delivry' — did you mean 'delivery'?"
    )
