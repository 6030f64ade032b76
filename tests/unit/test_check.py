"""The rules about form, references and evidence: each fires where it should, and only there."""

from __future__ import annotations

import re

import pytest

from briefing_tui.briefing.check import check
from briefing_tui.briefing.problems import Guesses, Problem, suggestion
from tests.briefings import (
    BOARD,
    GAZETTE,
    HOLM,
    LANTERN,
    MARK,
    NAME,
    STORM,
    at,
    errors,
    loaded,
    messages,
    text,
    unmarked,
)

FRAMES = {
    "actor": ("actors", "{holm: {name: Holm, kind: person, …}}"),
    "actors": ("actors", f"{{holm: {HOLM}, …}}"),
    "board": ("sources", f"{{gazette: {GAZETTE}, board: {BOARD[:-1]}, …}}}}"),
    "deal": ("deals", f"{{lantern: {LANTERN[:-1]}, …}}}}"),
    "party": ("deals", "{lantern: {designation: Lantern, …}}"),
    "event": ("timeline", f"[{STORM}, {{id: call, headline: Call, type: call, …}}]"),
    "events": ("timeline", f"[{STORM}, …]"),
    "happening": ("timeline", f"[{STORM}, {{id: call, headline: Call, …}}]"),
    "point": ("key_points", "[{text: A light, …}]"),
    "lit": ("deals", f"{{lantern: {LANTERN[:-1]}, milestones: [{{id: lit, label: Lit, …}}]}}}}"),
}
"""What stands around a piece of a briefing, so that a case tells only what it is about."""

# A line for each case, with «what is wrong|what is right», and a line for the message. The place
# is where the wrong part begins, unless § marks another.
CASES = """
E101 title: A
«title: B|language: en»
    key 'title' was already given on line 2; the first one counts
E101 title: «&a A|A & a»
    anchor '&a' is not allowed; remove it
E101 title: «*a|'*a'»
    alias '*a' is not followed; write the value out
E101 title: «!!str A|'!!str A'»
    tag '!!str' is not allowed; remove it
E101 actor: «<<: {role: Keeper}|role: Keeper»
    merge key '<<' is not allowed; write the values out
E101 tags: [«{§[a]: b}|'[a]: b'»]
    a key must be a plain word

E102 «tittle|language»: B
    unknown key 'tittle' — did you mean 'title'?
E102 actor: «rol|role»: Keeper
    unknown key 'rol' — did you mean 'role'?
E102 events: §{id: call, headline: Call, type: call«|, date: 2020»}
    'date' is missing
E102 tags: «harbour|[harbour]»
    'tags' takes a list; start each item with '- ' or use [ ]
E102 title: «[A]|A»
    'title' takes text, not a list
E102 point: basis: «oracle|stated»
    'basis' cannot be 'oracle'; one of stated, inferred, external, judgement
E102 actor: country: «NO|NOR»
    'NO': a country is its three-letter ISO 3166-1 code, such as IND, or 'unknown'
E102 actor: country: «NOW|NOR»
    unknown country 'NOW' — did you mean 'NOR'?
E102 actor: country: «EUR|unknown»
    unknown country 'EUR'
E102 party: supplier: «SUN|RUS», recipient: NOR
    unknown country 'SUN' — did you mean
E102 party: supplier: FRA, recipient: «QQQ|unknown»
    unknown country 'QQQ'
E102 deal: sanctions: [{date: 2020, regime: Dues, authority: «UNO|USA», status: none}]
    unknown country 'UNO'

E102 vocabularies: [courts, «busines|business»]
    'vocabularies' cannot be 'busines' — did you mean 'business'?
E102 words: {events: {«Haul|haul»: {meaning: A net is hauled.}}}
    'Haul': a word is lower-case letters, digits and underscores
E102 words: {events: {haul: {«meanin|meaning»: A net is hauled.}}}
    unknown key 'meanin' — did you mean 'meaning'?
E102 words: {stages: {moored: {state: «opn|open»}}}
    'state' cannot be 'opn' — did you mean 'open'?
E102 words: {events: {haul: {sign: «世|⌂»}}}
    '世' is not one cell wide; use another sign
E102 words: {events: {haul: {sign: «⌂⌂|⌂»}}}
    '⌂⌂': a sign is one character

E103 actors: «Inge|inge»: {name: Inge, kind: person}
    'Inge': an id is lower-case letters, digits and hyphens
E103 events: {id: «the_call|the-call», headline: Call, type: call, date: 2020}
    'the_call': an id is lower-case letters, digits and hyphens
E103 events: {id: «storm|call», headline: Call, type: call, date: 2020}
    id 'storm' was already given on line 7
E103 events: {id: «holm|call», headline: Call, type: call, date: 2020}
    id 'holm' was already given on line 6
E103 actors: «board|the-board»: {name: Board, kind: public_body}
    id 'board' was already given on line 5
E103 deals: {«holm|lamp»: {designation: Lamp, supplier: FRA, recipient: NOR}}
    id 'holm' was already given on line 6
E103 deal: milestones: [{id: lit, label: A}, {id: out, label: B}, {id: «lit|lit-2», label: C}]
    milestone 'lit' was already given on line 8

W212 happening: date: 2020, type: «visitt|visit»
    unknown type of event 'visitt' — did you mean 'visit'?
W212 happening: date: 2020, type: «ruling|visit»
    unknown type of event 'ruling'; to use it, add 'courts' to 'vocabularies'
W212 happening: date: 2020, type: «launch|visit»
    unknown type of event 'launch'; to use it, add 'business' or 'space' to 'vocabularies'
W212 happening: date: 2020, type: «zzz|visit»
    unknown type of event 'zzz'; declare it under 'words'
W212 actors: inge: {name: Inge, kind: «persona|person»}
    unknown kind of actor 'persona' — did you mean 'person'?
W212 deal: stages: [{date: 2020, stage: «delivred|delivered»}]
    unknown stage of a commitment 'delivred' — did you mean 'delivered'?
W212 party: supplier: FRA, recipient: NOR, parties: {«suplier|supplier»: [RUS]}
    unknown role of a party 'suplier' — did you mean 'supplier'?

E104 about: «gazete|gazette»
    unknown source 'gazete' — did you mean 'gazette'?
E104 about: «holm|gazette»
    'holm' is an actor; this takes the id of a source
E104 point: cite: [board, «boord|gazette»]
    unknown source 'boord' — did you mean 'board'?
E104 point: cite: [board, «holm|gazette»]
    'holm' is an actor; this takes the id of a source
E104 point: cite: [board, {source: «nobody|gazette»}]
    unknown source 'nobody'
E104 point: cite: [board, §gazette P1«S3|S2»]
    source 'gazette' has no passage 'P1S3' — did you mean 'P1S2'?
E104 point: cite: [§board« P1S1|»]
    source 'board' lists no passages; cite it without 'P1S1'
E104 event: date: 2020, actors: [holm, «hulm|holm»]
    unknown actor 'hulm' — did you mean 'holm'?
E104 event: date: 2020, actors: [«lantern|holm»]
    'lantern' is a deal; this takes the id of an actor
E104 event: date: 2020, deals: [«storm|lantern»]
    'storm' is an event; this takes the id of a deal
E104 event: date: 2020, resolves: [«holm|storm»]
    'holm' is an actor; this takes the id of an event
E104 point: about: [storm, holm, lantern, «stom|storm»]
    unknown event or actor or deal 'stom' — did you mean 'storm'?
E104 point: about: [«board|holm»]
    'board' is a source; this takes the id of an event or actor or deal
E104 actor: member_of: [«guild|holm»]
    unknown actor 'guild'
E104 board: derives_from: [«gazet|gazette»]
    unknown source 'gazet' — did you mean 'gazette'?
E104 deal: statements: [{date: 2020, speaker: «ida|holm», text: A}]
    unknown actor 'ida'
E104 lit: forecasts: [{said: 2020, by: «board|holm», due: 2021}]
    'board' is a source; this takes the id of an actor

E105 as_of: «2021-06-31|2021-06-30»
    'as_of': June 2021 has 30 days, so there is no day 31
E105 event: date: «last year|2020»
    'date': not a date; write 2019-01-07, 2019-01, 2019, 2019-Q1
E105 as_of: «unknown|2021-06-30»
    'as_of': a briefing opens at a day; write the day it was written, as 2019-01-07
E105 event: date: «2021/2020|2020/2021»
    'date': the interval ends before it starts; write 2020/2021
E105 event: date: «../..|../2020»
    'date': an interval cannot be open at both ends; give at least one date
E105 event: date: «2019-00-01|2019-01-01»
    'date': there is no month 00; months run from 01 to 12
E105 board: retrieved: «20 June 2021|2021-06-20»
    'retrieved': dates are written in digits, year first; write 2021-06-20

E106 bottom_line: [§{text: A«|, cite: [board]»}]
    a point needs a citation: add 'cite: [SOURCE PASSAGE]'
E106 events: §{id: call, headline: Call, type: call, date: 2020«|, cite: [board]»}
    an event needs a citation
E106 actors: ida: §{name: Ida, kind: person«|, cite: [board]»}
    an actor needs a citation
E106 actor: cite: [board], roles: [§{role: Keeper, date: 2020«|, cite: [board]»}]
    a role needs a citation
E106 deal: order: §{number: 1«|, cite: [board]»}
    an order needs a citation
E106 deal: stages: [§{stage: approved, date: 2020«|, cite: [board]»}]
    a stage needs a citation
E106 deal: values: [§{amount: 1, currency: NOK, stated: one krone«|, cite: [board]»}]
    a value needs a citation
E106 lit: forecasts: [§{said: 2020, due: 2021«|, cite: [board]»}]
    a forecast needs a citation
E106 lit: progress: [§{date: 2020, number: 1«|, cite: [board]»}]
    a count needs a citation
E106 lit: met: §{date: 2020«|, cite: [board]»}
    an outcome of a milestone needs a citation
E106 deal: payments: [§{date: 2020, stated: a lot«|, cite: [board]»}]
    a payment needs a citation
E106 deal: sanctions: [§{date: 2020, regime: A, authority: NOR, status: none«|, cite: [board]»}]
    a measure needs a citation
E106 deal: statements: [§{date: 2020, speaker: holm, text: A«|, cite: [board]»}]
    a statement needs a citation
E106 point: cite: [board], disputes: [§{field: date, value: B«|, cite: [gazette]»}]
    a rival version needs a citation
E106 point: basis: §external, cite: [gazette, «gazette P1S1|board»]
    'external' but cites only 'gazette'; cite the other source, or drop 'basis'
E106 point: basis: «stated|external», cite: [board]
    'stated' but does not cite 'gazette'; cite it, or use 'external'
E106 point: basis: §inferred, cite: [«board|gazette»]
    'inferred' but does not cite 'gazette'; cite it, or use 'external'
E106 open_questions: [§{text: A, basis: judgement«|, likelihood: likely»}]
    a judgement needs 'confidence: low, moderate or high', or a 'likelihood'
E106 key_points: [§{text: A, basis: judgement, confidence: low«, likelihood: likely|»}]
    give 'confidence' or 'likelihood', not both
E106 key_points: [§{text: A, cite: [board], likelihood: likely«, confidence: low|»}]
    give 'confidence' or 'likelihood', not both

E110 board: url: «ftp://board.example|https://board.example»
    'ftp://board.example' is not a web address; it begins with http:// or https://
E110 board: url: «javascript:alert(1)|HTTP://board.example/a?b=c#d»
    'javascript:alert(1)' is not a web address
E110 board: url: «'https://'|https://board.example/»
    'https://' is not a web address
E110 board: url: «'https://board.example/a b'|https://board.example/a%20b»
    and holds no spaces
E110 board: url: «"https://board.example\\nb"|https://board.example»
    'https://board.example b' is not a web address
E110 sources: {gazette: {kind: blog, title: A, publisher: B, reliability: E,
  retrieved: 2021-06«-09|», published: §2021-06-10}}
    published 2021-06-10 but retrieved 2021-06-09

W210 title: «"A \\e[2J"|A»
    'title' holds U+001B, which is not shown; remove it
W210 title: «"A \\u202e"|"A \\u05d0"»
    'title' holds U+202E, which is not shown; remove it
W210 point: about: [], cite: [board], hedge: «"\\x9bm"|m»
    'hedge' holds U+009B, which is not shown; remove it
"""


def cases() -> list[tuple[str, str, str]]:
    """Code, what is written, and message of each case."""
    pattern = re.compile(r"^([EW]\d{3}) (.*?)\n    (.*?)$", re.DOTALL | re.MULTILINE)
    found = pattern.findall(CASES)
    assert len(found) == len(re.findall(r"^[EW]\d{3} ", CASES, re.MULTILINE))
    return found


def briefing(written: str) -> str:
    """A case with a whole briefing around it."""
    key, _, value = written.partition(": ")
    section, frame = FRAMES.get(key, (key, "…"))
    return text(**{section: frame.replace("…", value)})


def chosen(written: str, *, right: bool) -> str:
    """A case as it is wrong or as it is right; the place is marked in the first alone."""
    marked = written if MARK in written else written.replace("«", f"{MARK}«", 1)
    both = re.sub(r"«(.*?)\|(.*?)»", r"\2" if right else r"\1", marked, flags=re.DOTALL)
    return both.replace(MARK, "") if right else both


def of(code: str, plain: str) -> list[Problem]:
    """What one rule finds in a text, whatever the others find."""
    return [problem for problem in check(loaded(plain)) if problem.code == code]


@pytest.mark.parametrize(("code", "written", "message"), cases())
def test_a_rule_fires_at_its_place_and_not_after_the_repair(
    code: str, written: str, message: str
) -> None:
    plain, places = unmarked(briefing(chosen(written, right=False)))
    found = of(code, plain)
    assert message in messages(found)
    assert at(found) == places
    line, column = places[0]
    assert found[0].format(NAME).startswith(f"{NAME}:{line}:{column}: {code} ")
    assert of(code, briefing(chosen(written, right=True))) == []


def test_the_briefing_of_the_tests_is_without_fault() -> None:
    assert check(loaded(text())) == []


def test_milestones_are_named_apart_within_a_deal_only() -> None:
    lit = "milestones: [{id: lit, label: A}]"
    lamp = "lamp: {designation: Lamp, supplier: FRA, recipient: NOR, "
    assert errors(text(deals=f"{{lantern: {LANTERN[:-1]}, {lit}}}, {lamp}{lit}}}}}")) == []


def test_an_id_given_twice_does_not_break_those_who_refer_to_it() -> None:
    plain = text(
        actors=f"{{holm: {HOLM}, board: {{name: B, kind: public_body, cite: [board]}}}}",
        key_points="[{text: A, cite: [board], about: [board]}]",
    )
    assert [problem.code for problem in errors(plain)] == ["E103"]


def test_the_first_of_two_ids_is_the_first_in_the_file() -> None:
    plain, (first, second) = unmarked(
        f"§a: 1\nbriefing: 1\ntitle: T\nas_of: 2021\nabout: board\ntimeline:\n- {STORM}\n"
        f"actors:\n  §storm: {{name: A, kind: state, cite: [board]}}\nsources: {{board: {BOARD}}}\n"
    )
    (found,) = of("E103", plain)
    assert found.message == f"id 'storm' was already given on line {first[0] + 6}"
    assert (found.location.line, found.location.column) == second


def test_a_judgement_and_a_question_need_no_source() -> None:
    judged = "[{text: A, basis: judgement, confidence: high}]"
    plain = text(key_points=judged, open_questions="[{text: Why?}]")
    assert of("E106", plain) == []


def test_a_deal_needs_no_source_of_its_own() -> None:
    assert of("E106", text(deals=f"{{lantern: {LANTERN}}}")) == []


def test_an_unreadable_citation_is_not_a_missing_one() -> None:
    assert [one.code for one in errors(text(key_points="[{text: A, cite: [gazette 1]}]"))] == [
        "E102"
    ]


def test_a_missing_citation_is_told_beside_another_slip() -> None:
    slips = "[{text: A, disputes: [{field: date}]}]"
    assert [one.code for one in errors(text(key_points=slips))] == ["E106", "E102"]


def test_problems_come_in_the_order_of_lines() -> None:
    plain = text(
        as_of="soon", about="nobody", timeline="[{}, 3]", deals="{a: 1}", key_points="[{text: A}]"
    )
    places = at(check(loaded(plain)))
    assert len(places) > 6
    assert places == sorted(places)


def test_checking_twice_finds_the_same() -> None:
    document = loaded(text(about="nobody", timeline="[{}, 3]"))
    assert check(document) == check(document)


@pytest.mark.parametrize(
    ("word", "known", "tail"),
    [
        ("putni", ["modi", "putin"], " — did you mean 'putin'?"),
        ("Putin", ["putin"], " — did you mean 'putin'?"),
        ("PUTIN", ["putin"], " — did you mean 'putin'?"),
        ("x", ["putin"], ""),
        ("", ["putin"], ""),
        ("putin", [], ""),
        ("p" * 5_000, ["p" * 5_000], ""),
    ],
)
def test_suggestions(word: str, known: list[str], tail: str) -> None:
    assert suggestion(word, known) == tail


def test_suggestions_end_where_there_are_too_many_slips() -> None:
    guess = Guesses(limit=2)
    assert [bool(guess("putni", ["putin"])) for _ in range(4)] == [True, True, False, False]


def test_a_file_of_slips_is_checked_at_once() -> None:
    """Thousands of wrong references to thousands of names, none of them cited."""
    count = 800
    sources = "".join(f"  s{n}: {BOARD}\n" for n in range(count))
    events = "".join(
        f"- {{id: e{n}, headline: A, type: other, date: 2020, actors: [x{n}]}}\n- {n}\n"
        for n in range(count)
    )
    plain = text(sources=f"\n  gazette: {GAZETTE}\n  board: {BOARD}\n{sources}") + "x: 1\n"
    found = errors(plain.replace(f"timeline: [{STORM}]\n", f"timeline:\n{events}"))
    assert sum(problem.code == "E104" for problem in found) == count
    assert sum(problem.code == "E106" for problem in found) == count
