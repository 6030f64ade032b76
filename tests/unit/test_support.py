"""How many sources an entry has: counted, in words, and the same on the screen of a source."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing_tui.briefing.derivation import Derivation
from briefing_tui.briefing.load import load_path
from briefing_tui.session.outcomes import ShowSources
from briefing_tui.storage.directories import bundled
from briefing_tui.views.evidence import evidence
from briefing_tui.views.rows import Row, plain
from briefing_tui.views.scene import Scene
from briefing_tui.views.spoken_rows import spoken_evidence
from briefing_tui.views.summary import summary
from briefing_tui.views.support import describe_support
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
