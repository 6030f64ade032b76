"""How many sources an entry has: counted, in words, and the same on the screen of a source."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from briefing_tui.briefing.derivation import Derivation
from briefing_tui.briefing.load import load_path
from briefing_tui.briefing.model import Citation, Point, Source
from briefing_tui.session.outcomes import ShowSources
from briefing_tui.storage.directories import bundled
from briefing_tui.views.evidence import evidence, statement_of
from briefing_tui.views.rows import Row, plain
from briefing_tui.views.scene import Scene
from briefing_tui.views.source_page import source_page
from briefing_tui.views.spoken_rows import spoken_evidence
from briefing_tui.views.summary import summary
from briefing_tui.views.support import describe_support, origins_tree, without
from tests.briefings import scene, text
from tests.sessions import session_of
from tests.unit.test_derivation import sources

SHAPES = [
    # graph, cited, in words; sources are published by their ids in capitals
    ("a", "a", "1 source"),
    ("a", "a a a", "1 source"),
    ("a", "a unknown", "1 source"),
    ("a", "", "0 sources"),
    ("a b", "a b", "2 sources"),
    ("a b c d", "a b c d", "4 sources"),
    # Based on one of them.
    ("a b<a", "a b", "2 sources, 1 rests on the other"),
    ("a b<a c<a", "a b c", "3 sources, 2 rest on the third"),
    ("a b<a c<a", "b a c b", "3 sources, 2 rest on the third"),
    ("a b<a c<a d<b", "a b c d", "4 sources, 3 rest on the fourth"),
    ("a b<a c<a d<a e<a f<a g<a", "a b c d e f g", "7 sources, 6 rest on the other"),
    # Chains, whether all of it is cited or not.
    ("a b<a c<b", "a b c", "3 sources, 2 rest on the third"),
    ("a b<a c<b", "a c", "2 sources, 1 rests on the other"),
    ("a b<a c<b", "b c", "2 sources, 1 rests on the other"),
    ("a b<a c<b", "c", "1 source"),
    # Based on one that is not cited.
    ("a b<a c<a", "b c", "2 sources, both rest on A"),
    ("a b<a c<a d<a", "b c d", "3 sources, all rest on A"),
    ("a b<a c<b d<a e<d", "c e", "2 sources, both rest on A"),
    ("a b<a c<b d<a", "b c d", "3 sources, all rest on A"),
    ("p q b<p,q c<p,q", "b c", "2 sources, both rest on P and Q"),
    ("p q r s b<p,q,r,s c<p,q,r,s", "b c", "2 sources, both rest on P, Q and 2 more"),
    ("b<pti c<pti", "b c", "2 sources, both rest on “pti”"),
    # Part of them.
    ("a b<a c", "a b c", "3 sources, 1 rests on another"),
    ("a b<a c<b d", "a b c d", "4 sources, 2 rest on others"),
    ("a b<a c<a d", "b c d", "3 sources, 2 rest on A"),
    ("a b<a c<a d e<d", "b c d e", "4 sources, 1 rests on another, 2 rest on A"),
    ("p q b<p c<p d<q e<q", "b c d e", "4 sources, 4 share origins"),
    # An origin of several, and what is based on several.
    ("a b c<a,b", "a b c", "3 sources, 1 rests on another"),
    ("a b c<a,b", "c", "1 source"),
    ("a b c<a,b", "a c", "2 sources, 1 rests on the other"),
    # Circles are mistakes of the file.
    ("a<a", "a", "1 source"),
    ("a<b b<a", "a b", "2 sources, which rest on each other"),
    ("a<b b<c c<a", "a b c", "3 sources, which rest on each other"),
    ("a<b b<a c<a", "a b c", "3 sources, 2 rest on the third"),
    ("a<b b<a c<a d<b", "c d", "2 sources, both rest on A and B"),
    ("a<b b<a c", "a b c", "3 sources, 1 rests on another"),
]


@pytest.mark.parametrize(("graph", "cited", "words"), SHAPES)
def test_sources_are_counted_with_what_they_are_based_on(
    graph: str, cited: str, words: str
) -> None:
    records = sources(graph)
    names: Callable[[str], str] = lambda name: name.upper() if name in records else f"“{name}”"  # noqa: E731
    assert describe_support(Derivation(records).support(cited.split()), names) == words


@pytest.mark.parametrize(
    ("graph", "retracted", "cited", "words"),
    [
        ("a", "a", "a", "1 source; none left after a retraction"),
        ("a b", "a", "a b", "2 sources; 1 left after a retraction"),
        ("a b<a c", "a", "a b c", "3 sources, 1 rests on another; 1 left after a retraction"),
        ("a b<a c<a", "a", "b c", "2 sources, both rest on A; none left after a retraction"),
        ("a b c<a,b", "a", "b c", "2 sources, 1 rests on the other"),
    ],
)
def test_what_is_left_after_a_retraction(
    graph: str, retracted: str, cited: str, words: str
) -> None:
    records = {**sources(graph), **sources("late", retracts=retracted)}
    assert describe_support(Derivation(records).support(cited.split()), str.upper) == words


SOURCES = "\n".join(
    f"  {name}: {{kind: wire, title: T, publisher: {name.upper()}, published: {day},"
    f" reliability: {letter}, derives_from: [{above}]}}"
    for name, day, letter, above in (
        ("gazette", "2021-06-15", "C", "wire, board"),
        ("board", "2021-06-10", "A", ""),
        ("wire", "2021-06-11", "B", ""),
        ("daily", "2021-06-12", "D", "wire"),
    )
)


def pointed(fields: str) -> tuple[Scene, Row]:
    told = scene(text(sources=f"\n{SOURCES}", key_points=f"[{{text: A light, {fields}}}]"))
    return told, next(row for row in summary(told).rows if row.key == "key_points/0")


@pytest.mark.parametrize(
    ("fields", "line", "strip"),
    [
        ("cite: [board]", "1 source · rated A by the briefer", ("1 source",)),
        (
            "cite: [gazette, daily, wire]",
            "3 sources, 2 rest on the third"
            " · rated by the briefer: B of WIRE, C of GAZETTE, D of DAILY",
            ("3 sources, 2 rest on the third", "3 sources, 1 independent"),
        ),
        (
            "cite: [gazette, daily], disputes: [{field: place, value: P, cite: [board, daily]}]",
            "2 sources, both rest on WIRE; 1 more for another version"
            " · rated by the briefer: A of BOARD, C of GAZETTE, D of DAILY",
            (
                "2 sources, both rest on WIRE; 1 more for another version",
                "3 sources, 1 independent",
            ),
        ),
    ],
)
def test_the_evidence_counts_sources(fields: str, line: str, strip: tuple[str, ...]) -> None:
    told, row = pointed(fields)
    lines = {note.key: plain(note.body) for note in evidence(told, row).rows}
    assert lines["sources"] == line
    brief = evidence(told, row, brief=True)
    assert brief.counts == strip
    assert "sources" not in {note.key for note in brief.rows}, "a strip has it in its count"


def test_a_citation_says_what_its_source_is_based_on() -> None:
    told, row = pointed("cite: [daily]")
    assert "DAILY · 12 Jun 2021 · based on WIRE · T" in [
        plain(note.body) for note in evidence(told, row).rows
    ]


def test_the_count_is_read_out() -> None:
    told, row = pointed("cite: [daily, wire]")
    assert "2 sources, 1 rests on the other, rated by the briefer: B of WIRE, D of DAILY." in [
        spoken_evidence(note) for note in evidence(told, row).rows
    ]


@pytest.mark.parametrize(
    ("graph", "tree"),
    [
        ("a", ""),
        ("a<a", ""),
        ("a<b b", "B"),
        ("a<b,c b<d c d", "B (based on D), C"),
        ("a<b b<c c<d d<e e<f f", "B (based on C (based on D (based on E (based on others))))"),
        ("a<b b<c c<d d<e e", "B (based on C (based on D (based on E)))"),
        ("a<b b<w,x,y,z w x y z", "B (based on others)"),
        ("a<b b<a", "B"),
        ("a<b,c b<d c<d d", "B (based on D), C (based on D)"),
        ("a<pti", "“pti”"),
    ],
)
def test_what_a_source_is_based_on(graph: str, tree: str) -> None:
    assert origins_tree(with_records(sources(graph)), "a") == tree


@pytest.mark.parametrize(
    ("graph", "cites", "words"),
    [
        ("a b", ["b"], ""),
        ("a b", ["a"], "no statement keeps another source"),
        ("a b", ["a b"], "its statement keeps another source"),
        ("a b", ["a", "a", "b"], "none of 2 statements keeps another source"),
        ("a b", ["a", "a b", "b"], "1 of 2 statements keeps another source"),
        ("a b", ["a", "a b", "a b"], "2 of 3 statements keep another source"),
        ("a b", ["a b", "b a"], "all 2 statements keep another source"),
        ("a b<a c", ["b", "b c"], "1 of 2 statements keeps another source; B falls with it"),
        ("a b<a c<b d", ["c"], "no statement keeps another source; B and C fall with it"),
        ("a b<a,c c", ["b"], ""),
        ("a b<a,c c", ["a b"], "its statement keeps another source"),
    ],
)
def test_what_remains_without_a_source(graph: str, cites: list[str], words: str) -> None:
    points = tuple(
        Point(text="A", cite=tuple(Citation(source=name) for name in cited.split()))
        for cited in cites
    )
    assert without(with_records(sources(graph), points), "a") == words


def with_records(records: dict[str, Source], points: tuple[Point, ...] = ()) -> Scene:
    told = scene(text())
    published = {name: replace(source, publisher=name.upper()) for name, source in records.items()}
    known = replace(told.known, sources=published, key_points=points, timeline=(), actors={})
    return replace(told, known=known, briefing=known)


def test_the_screen_of_sources_has_as_many_as_the_evidence_counts() -> None:
    session = session_of(load_path(bundled()))
    for pane in session.panes:
        session.active = session.panes.index(pane)
        for number in range(1, len(pane.stops) + 1):
            pane.cursor = pane.stops.at(number)
            view = evidence(session.scene, session.row, brief=True)
            opened = session.do("source")
            shown = len(opened.sources) if isinstance(opened, ShowSources) else 0
            assert shown == view.count, session.row
            listed = {note.key for note in view.rows if note.key.startswith("cite")}
            assert (shown > 0) == bool(listed)


def test_the_page_of_a_source_shows_both_trees() -> None:
    told = with_records(sources("a<b b<c c<a,d d e<a f<e,g g h"))
    rows = [plain(row.lead) + "|" + plain(row.body) for row in source_page(told, "a").view.rows]
    assert [row for row in rows if row.endswith("”")] == [
        "based on|B · “b”",
        " |  C · “c”",
        " |    D · “d”",
        "used by|C · “c”",
        " |  B · “b”",
        "used by|E · “e”",
        " |  F · “f”",
    ]


@pytest.mark.parametrize(
    ("sentences", "uncited", "words"),
    [
        (0, 0, ""),
        (1, 0, "its sentence is cited"),
        (1, 1, "its sentence is uncited"),
        (11, 0, "all 11 sentences cited"),
        (11, 3, "3 of 11 sentences uncited"),
        (11, 11, "none of 11 sentences cited"),
    ],
)
def test_how_much_of_a_text_is_cited(sentences: int, uncited: int, words: str) -> None:
    page = source_page(scene(text()), "gazette")
    assert replace(page, sentences=sentences, uncited=uncited).coverage == words


@pytest.mark.parametrize(
    ("actor", "statement"),
    [
        ("name: Norway, country: NOR", "Norway"),
        ("name: I. Holm, role: Minister, country: NOR, member_of: [norway]",
         "I. Holm, Minister, Norway"),
    ],
)  # fmt: skip
def test_an_actor_is_described_without_repetition(actor: str, statement: str) -> None:
    actors = f"{{norway: {{name: Norway, kind: state}}, one: {{kind: person, {actor}}}}}"
    told = scene(text(actors=actors))
    assert statement_of(told, told.known.actors["one"]) == statement
