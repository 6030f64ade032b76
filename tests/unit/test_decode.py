"""From written values to the model: every YAML trap, every slip, each with its place."""

from __future__ import annotations

from typing import get_args

import pytest

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.model import Basis, Briefing, Citation, Remark, fields_of
from briefing_tui.briefing.problems import Problem
from tests.briefings import BOARD, GAZETTE, SECTIONS, at, codes, loaded, messages, text, unmarked


def found(**sections: str) -> tuple[list[Problem], list[tuple[int, int]]]:
    """The problems of a briefing with marked sections, and the marked places."""
    plain, places = unmarked(text(**sections))
    return list(loaded(plain).problems), places


def deal(fields: str) -> str:
    return f"{{lantern: {{designation: Lantern, supplier: FRA, recipient: NOR, {fields}}}}}"


def event(fields: str) -> str:
    return f"[{{id: storm, headline: Storm, type: other, cite: [board], {fields}}}]"


def point(fields: str) -> str:
    return f"[{{text: A light, cite: [board], {fields}}}]"


TRAPS = [
    ("actors", "{a: {name: A, kind: state, country: §NO}}", "E102", "'NO': a country is its three"),
    ("actors", "{a: {name: A, kind: state, country: §no}}", "E102", "'no': a country is its three"),
    ("actors", "{a: {name: A, kind: state, country: §nor}}", "E102", "such as IND, or 'unknown'"),
    ("deals", deal("order: {number: §12:30}"), "E102", "takes a whole number, not '12:30'"),
    ("deals", deal("order: {number: §010}"), "E102", "not '010'; write 10"),
    ("deals", deal("order: {number: §1_000}"), "E102", "not '1_000'; write 1000"),
    ("deals", deal("order: {number: §40,000}").replace("40,", "40_"), "E102", "; write 40000"),
    ("deals", deal("order: {number: §'40,000'}"), "E102", "not '40,000'; write 40000"),
    ("deals", deal("order: {number: §'4 00 000'}"), "E102", "; write 400000"),
    ("deals", deal("order: {number: §'5'}"), "E102", "whole number; remove the quotation marks"),
    ("deals", deal("order: {number: §1.5}"), "E102", "takes a whole number, not '1.5'"),
    ("deals", deal("order: {number: §1e3}"), "E102", "takes a whole number, not '1e3'"),
    ("deals", deal("order: {number: §0x1F}"), "E102", "takes a whole number, not '0x1F'"),
    ("deals", deal("order: {number: §²}"), "E102", "takes a whole number, not '²'"),
    ("deals", deal("order: {number: §٣}"), "E102", "takes a whole number, not '٣'"),
    ("deals", deal(f"order: {{number: §{'9' * 5000}}}"), "E102", "takes a whole number, not '999"),
    ("deals", deal("order: {number: §yes}"), "E102", "takes a whole number, not 'yes'"),
    ("deals", deal("order: {number: §-1}"), "E102", "'number' is at least 0"),
    ("deals", deal("order: {number: §[5]}"), "E102", "takes a whole number, not a list"),
    ("timeline", event("date: 2020, credibility: §7"), "E102", "'credibility' is 1 to 6"),
    (
        "timeline",
        event("date: §soon"),
        "E105",
        "'date': not a date; write 2019-01-07, 2019-01, 2019, 2019-Q1",
    ),
    ("timeline", event("date: §2019-02-30"), "E105", "February 2019 has 28 days"),
    ("timeline", event("date: §2023-24"), "E105", "fiscal year; write 2023-04/2024-03"),
    ("timeline", event("date: §2020/2019"), "E105", "ends before it starts"),
    ("timeline", event("date: §[2019]"), "E102", "'date' takes text, not a list"),
    ("timeline", event("date: 2020, §type: call"), "E101", "key 'type' was already given on line"),
    ("timeline", "[{id: §Storm, headline: S, type: other, date: 2020}]", "E103", "lower-case"),
    ("timeline", '[{id: §"a\\n", headline: S, type: other, date: 2020}]', "E103", "'a': an id is"),
    ("key_points", point("about: [§Not_An_Id]"), "E103", "'Not_An_Id': an id is lower-case"),
    ("key_points", "[{text: A, cite: [gazette §4s3]}]", "E102", "'4s3': a passage is written like"),
    ("key_points", "[{text: A, cite: [§gazette P1S1 P1S2]}]", "E102", "a citation is SOURCE or"),
    ("key_points", "[{text: A, cite: §gazette}]", "E102", "'cite' takes a list; start each item"),
    ("key_points", "[{text: A, cite: [§[gazette, P1S1]]}]", "E102", "SOURCE PASSAGE, such as"),
    ("key_points", point("basis: §judgment"), "E102", "'basis' cannot be 'judgment' — did you"),
    ("key_points", point("basis: §x"), "E102", "'x'; one of stated, inferred, external, judgement"),
    ("key_points", point("§bais: stated"), "E102", "unknown key 'bais' — did you mean 'basis'?"),
    ("key_points", point("§zzzzz: stated"), "E102", "unknown key 'zzzzz'; known here: basis"),
    ("key_points", point("hedge: §{a: b}"), "E102", "'hedge' takes text, not a table"),
    ("key_points", "[§{cite: [board]}]", "E102", "'text' is missing"),
    ("key_points", "[{text: §, cite: [board]}]", "E102", "'text' is empty"),
    ("key_points", "[{text: §~, cite: [board]}]", "E102", "'text' is empty"),
    ("key_points", "[§just words]", "E102", "takes 'key: value' lines, not a single value"),
    ("key_points", "[§~]", "E102", "takes 'key: value' lines, not nothing"),
    ("key_points", "§{text: A}", "E102", "'key_points' takes a list; start each item with '- '"),
    ("timeline", "§{}", "E102", "'timeline' takes a list"),
    ("actors", "§[holm]", "E102", "'actors' takes a table of 'id: …', not a list"),
    ("actors", "§nobody", "E102", "'actors' takes a table of 'id: …', not a single value"),
    ("actors", "{§Inge: {name: A, kind: person}}", "E103", "'Inge': an id is lower-case letters"),
    ("actors", '{§"": {name: A, kind: person}}', "E103", "'': an id is lower-case letters"),
    ("tags", "[a, §~]", "E102", "'tags' holds nothing here; remove it, or put it in q"),
    ("tags", "[a, §[b]]", "E102", "'tags' takes text, not a list"),
    ("language", "§[en]", "E102", "'language' takes text, not a list"),
]


@pytest.mark.parametrize(("section", "written", "code", "message"), TRAPS)
def test_slips_are_reported_at_their_place(
    section: str, written: str, code: str, message: str
) -> None:
    if "gazette §" in written:  # the place of a short citation is its beginning
        written = written.replace("gazette §", "§gazette ")
    problems, places = found(**{section: written})
    assert message in messages(problems)
    assert (codes(problems), at(problems)) == ([code], places)


SOURCE_SLIPS = [
    (GAZETTE.replace("'0000", "§'zz00"), "E102", "a SHA-256 is 64 hexadecimal digits"),
    (GAZETTE.replace("[0, 40, 01234567]", "§[0, 40]"), "E102", "'P1S1' is written [start, end, ha"),
    (GAZETTE.replace("[0, 40", "[§a, 40"), "E102", "'P1S1' takes a whole number, not 'a'"),
    (GAZETTE.replace("P1S1:", "§p1s1:"), "E102", "'p1s1': a passage is written like P4S3"),
    (GAZETTE.replace("P1S1:", '§"a\\nb":'), "E102", "'a b': a passage is written like P4S3"),
    (GAZETTE.replace("2021-06-15", "§June"), "E105", "'date': not a date"),
    (GAZETTE.replace("2021-06-15", "§[2021]"), "E102", 'or a date, such as "2019-01-09"'),
    (GAZETTE.replace("2021-06-15", "{date: 2021, basis: §guess}"), "E102", "'basis' cannot be"),
    (GAZETTE.replace("news_article", "§News article"), "E102", "such as press_release"),
    (GAZETTE.replace("reliability: C", "reliability: §c"), "E102", "one of A, B, C, D, E, F"),
    (GAZETTE.replace("retrieved: ", "retrieved: §the "), "E105", "'retrieved': not a date"),
]


@pytest.mark.parametrize(("written", "code", "message"), SOURCE_SLIPS)
def test_slips_in_a_source(written: str, code: str, message: str) -> None:
    problems, places = found(sources=f"{{gazette: {written}, board: {BOARD}}}")
    assert message in messages(problems)
    assert (codes(problems), at(problems)) == ([code], places)


CUT = "put text that holds a comma in quotation marks"
HASH = "which is a comment in YAML; put text that holds ' #' in quotation marks"


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        ({"title": "§Outage #6850 explained"}, f"'title' ends before '#6850 explained', {HASH}"),
        ({"title": "§Notes on C #"}, f"'title' ends before '#', {HASH}"),
        ({"tags": "\n  - §Team #1\n  - b"}, f"'tags' ends before '#1', {HASH}"),
        ({"tags": "\n  -§ #1 in sales\n  - b"}, f"'tags' ends before '#1 in sales', {HASH}"),
        (
            {"key_points": "\n  - note:§ #hashtag\n    text: A\n    cite: [board]"},
            f"'note' ends before '#hashtag', {HASH}",
        ),
        (
            {"key_points": point("note: The board met, §and the bridge closed.")},
            f"'note' ends at the comma before 'and the bridge closed.'; {CUT}",
        ),
        (
            {"key_points": point("note: “A, §b, and c: d” said she, known: 2020")},
            f"'note' ends at the comma before 'b'; {CUT}",
        ),
        (
            {"deals": deal("order: {number: §40,000}")},
            "'number' takes a whole number, not '40,000'; write 40000",
        ),
        (
            {"deals": deal("values: [{amount: §3,800,000,000, currency: INR, stated: A}]")},
            "'amount' cannot be '3,800,000,000': not a number; write 3800000000",
        ),
        (
            {"timeline": event("date: §June 25, 2008")},
            "'date': dates are written in digits, year first; write 2008-06-25",
        ),
        (
            {"timeline": event("date: 2008, status: §planned, maybe")},
            "'status' cannot be 'planned, maybe'",
        ),
    ],
)
def test_text_that_yaml_cuts_off_is_reported_once(sections: dict[str, str], message: str) -> None:
    problems, expected = found(**sections)
    assert at(problems) == expected
    assert message in messages(problems)


@pytest.mark.parametrize("braces", ["<<: a, b c, d", "a: b, <<, c d", "text: [a], text: b, c d"])
def test_pieces_beside_bad_keys_harm_nothing(braces: str) -> None:
    problems, _ = found(key_points=point(braces))
    assert {problem.code for problem in problems} >= {"E101"}


def test_each_passage_in_a_list_has_its_source() -> None:
    problems, expected = found(key_points="[{text: A light, cite: [gazette P1S1, §P1S2]}]")
    assert at(problems) == expected
    assert messages(problems) == "'P1S2' is a passage; write its source before it"


def test_both_forms_of_a_note() -> None:
    def note(value: str) -> Remark | None:
        return loaded(text(key_points=f"[{{text: A, note: {value}}}]")).briefing.key_points[0].note

    plain, dated = note("No mast."), note("{text: No mast., known: 2021-06-16}")
    assert plain is not None
    assert dated is not None
    assert (plain.text, plain.known) == (dated.text, None)
    assert str(dated.known) == "2021-06-16"
    assert note("''") is None


def test_a_note_that_cannot_be_read_is_a_mistake_of_its_entry() -> None:
    problems, expected = found(key_points="[{text: A, note: §[No mast.]}]")
    assert at(problems) == expected
    assert messages(problems) == "'note' takes text, not a list"
    assert [entry.label for entry in loaded(text(key_points="[{text: A, note: []}]")).broken] == [
        "A"
    ]


def test_text_that_a_comma_cut_is_shown_whole() -> None:
    written = text(key_points=point("note: The board met, and the bridge closed."))
    (shown,) = loaded(written).briefing.key_points
    assert shown.note is not None
    assert shown.note.text == "The board met, and the bridge closed."


@pytest.mark.parametrize(
    "sections",
    [
        {"title": "The light # a comment"},
        {"title": "The light ## a comment"},
        {"title": "The light #- a comment"},
        {"title": '"The light #1"'},
        {"title": "The light#1"},
        {"title": "> #1\n  light #2".replace("> #1", ">")},
        {"as_of": "2021-06-15 #about"},
        {"tags": "#some\n  - a"},
        {"timeline": "#none\n  []"},
        {"key_points": "[{text: A light, note, cite: [board]}]"},
        {"key_points": "[{text: 'A, b', cite: [board]}]"},
    ],
)
def test_comments_and_keys_without_a_value_are_no_slips(sections: dict[str, str]) -> None:
    problems, _ = found(**sections)
    assert problems == []


def test_a_number_in_a_block_keeps_its_comma_for_the_hint() -> None:
    block = (
        "\n  lantern:\n    designation: L\n    supplier: FRA\n    recipient: NOR\n"
        "    values:\n      - amount: §40,000\n        currency: NOK\n        stated: 40,000"
    )
    problems, places = found(deals=block)
    assert "'amount' cannot be '40,000': not a number; write 40000" in messages(problems)
    assert at(problems) == places


DATES = ["2019-01-07", "2019-01", "2019", "2019~", "2018/2019-03", "../2019-01-07", "2019-01-07/.."]


@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize("quotes", ["", "'", '"'])
def test_dates_are_kept_as_written(date: str, quotes: str) -> None:
    document = loaded(text(timeline=event(f"date: {quotes}{date}{quotes}"), as_of=date))
    assert document.problems == ()
    assert document.briefing.timeline[0].date == document.briefing.as_of == Edtf.parse(date)


WORDS = ["yes", "No", "on", "OFF", "true", "12:30", "010", "1_000", "3.10", "2019-01-07", ".inf"]


@pytest.mark.parametrize("word", WORDS)
def test_a_text_is_what_was_written(word: str) -> None:
    briefing = loaded(
        text(title=word, tags=f"[{word}]", timeline=event(f"date: 2019, hedge: {word}"))
    )
    assert briefing.problems == ()
    event_found = briefing.briefing.timeline[0]
    assert (briefing.briefing.title, briefing.briefing.tags, event_found.hedge) == (
        word,
        (word,),
        word,
    )


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_nothing_written_is_the_same_as_a_missing_key(nothing: str) -> None:
    document = loaded(
        text(actors=nothing, language=nothing, timeline=event(f"date: 2019, text: {nothing}"))
    )
    assert document.problems == ()
    briefing = document.briefing
    assert (briefing.actors, briefing.language, briefing.timeline[0].text) == ({}, "en", None)


@pytest.mark.parametrize("word", ["'~'", '"null"', "''"])
def test_a_quoted_word_for_nothing_is_a_text(word: str) -> None:
    document = loaded(text(title=word))
    assert (document.problems, document.briefing.title) == ((), word[1:-1])


def test_both_forms_of_a_citation() -> None:
    long = "{source: gazette, at: P1S1, quote: soon}"
    document = loaded(text(key_points=f"[{{text: A, cite: [board, gazette P1S2, {long}]}}]"))
    cited = [(one.source, one.at, one.quote) for one in document.briefing.key_points[0].cite]
    assert cited == [("board", None, None), ("gazette", "P1S2", None), ("gazette", "P1S1", "soon")]
    assert document.problems == ()


def test_both_forms_of_a_publication_date() -> None:
    long = BOARD.replace("2021-06-10", "{date: 2021, basis: inferred, note: no day}")
    published = loaded(text(sources=f"{{gazette: {GAZETTE}, board: {long}}}")).briefing.sources
    assert (str(published["gazette"].published.date), published["gazette"].published.basis) == (
        "2021-06-15",
        "stated",
    )
    board = published["board"].published
    assert (str(board.date), board.note and board.note.text) == ("2021", "no day")


@pytest.mark.parametrize("basis", get_args(Basis))
def test_every_word_of_an_enumeration_is_taken(basis: str) -> None:
    document = loaded(text(key_points=point(f"basis: {basis}")))
    assert (document.problems, document.briefing.key_points[0].basis) == ((), basis)


def test_entries_know_their_place() -> None:
    plain, places = unmarked(
        text(key_points="[{text: A, cite: [board, §gazette P1S1]}, §{text: B}]")
    )
    first, second = loaded(plain).briefing.key_points
    found = [first.cite[1].location, second.location]
    assert [(place.line, place.column) for place in found if place] == places
    assert [place.path for place in found if place] == [
        ("key_points", 0, "cite", 1),
        ("key_points", 1),
    ]


CONTROLS = [
    ('"red \\e[31m"', "red [31m", "U+001B"),
    ('"nul \\0!"', "nul !", "U+0000"),
    ('"c1 \\x9b!"', "c1 !", "U+009B"),
    ('"next \\N!"', "next !", "U+0085"),
    ('"del \\x7f!"', "del !", "U+007F"),
    ('"over \\u202e!"', "over !", "U+202E"),
    ("over \u202e!", "over !", "U+202E"),
    ("mark \u200f!", "mark !", "U+200F"),
    ("tag \U000e0041!", "tag !", "U+E0041"),
]


@pytest.mark.parametrize(("written", "kept", "name"), CONTROLS)
def test_control_characters_are_dropped_and_reported(written: str, kept: str, name: str) -> None:
    problems, places = found(title=f"§{written}")
    assert loaded(text(title=written)).briefing.title == kept
    assert (codes(problems), at(problems)) == (["W210"], places)
    assert f"'title' holds {name}, which is not shown; remove it" in messages(problems)


def test_everything_wrong_is_reported_in_one_run() -> None:
    problems, places = found(
        as_of="§soon",
        tags="[§~, §[]]",
        key_points="[{text: A, bassis: x, cite: [board x]}, §3]".replace("bass", "§bass").replace(
            "[board", "[§board"
        ),
        timeline="[§{headline: §[], type: §X, date: §y}]",
        deals="{§X: {designation: D, supplier: §no, recipient: NOR}}",
    )
    assert sorted(at(problems)) == sorted(places)
    assert sorted(codes(problems)) == ["E102"] * 9 + ["E103", "E105", "E105"]


def test_a_suggestion_is_made_for_the_first_hundred_slips_only() -> None:
    keys = ", ".join(f"txt{number}: x" for number in range(150))
    problems, _ = found(key_points=f"[{{text: A, cite: [board], {keys}}}]")
    assert len(problems) == 150
    assert messages(problems).count("did you mean 'text'?") == 100


ALL_CONTROLS = "".join(f"\\x{point:02x}" for point in [*range(9), *range(0x80, 0xA0)])
HOSTILE = [ALL_CONTROLS, "x" * 900, "\\e" * 500, "\\n", "é" * 300, "\\u202e\\u2066"]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_in_messages_are_short_and_safe_to_print(name: str) -> None:
    source = f'{{gazette: {GAZETTE}, "{name}": {BOARD}}}'
    written = (
        f'[{{text: A, "{name}": "{name}", basis: "{name}", cite: ["a{name}"], about: ["{name}"]}}]'
    )
    problems, _ = found(sources=source, key_points=written, as_of=f'"{name}"')
    assert len(problems) >= 3
    for problem in problems:
        assert problem.message.isprintable()
        assert len(problem.message) < 300


def test_a_citation_tells_its_short_form() -> None:
    assert Citation.from_text("article P4S3") == {"source": "article", "at": "P4S3"}
    assert Citation.from_text("article") == {"source": "article"}
    for wrong in ("", "a b c"):
        with pytest.raises(ValueError, match="a citation is SOURCE or SOURCE PASSAGE"):
            Citation.from_text(wrong)


def test_the_briefing_of_the_tests_is_without_fault() -> None:
    document = loaded(text())
    assert (document.problems, document.broken) == ((), ())
    fields = {name for field in fields_of(Briefing) for name in (field.name, field.former)}
    assert set(SECTIONS) <= fields
