"""Rows as lines: as wide as asked, nothing lost, nothing broken."""

from __future__ import annotations

import datetime

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.terminal_text import cell_width, clean
from briefing_tui.views import glyphs
from briefing_tui.views.line_layout import crop, merge_spans, wrap
from briefing_tui.views.row_lines import lay_out
from briefing_tui.views.rows import Bar, BarMark, Role, Row, Span, Spans, join_spans, plain
from tests.hostile import NASTY
from tests.profiles import examples

WIDE = "漢"


def spans(*texts: str) -> Spans:
    roles: tuple[Role, ...] = ("text", "strong")
    return tuple(Span(text, roles[number % 2]) for number, text in enumerate(texts))


def wrapped(text: str, width: int) -> list[str]:
    return [plain(line) for line in wrap((Span(text),), width)]


def laid_out(row: Row, width: int, lead_width: int = 0) -> list[str]:
    return [plain(line).rstrip() for line in lay_out(row, width, lead_width)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("one", 3, ["one"]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("one  two", 8, ["one  two"]),
        ("one \t two three", 8, ["one two", "three"]),
        ("one\ntwo", 20, ["one", "two"]),
        ("one\n\ntwo\n", 20, ["one", "", "two", ""]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a bcdefgh i", 3, ["a", "bcd", "efg", "h i"]),
        (WIDE * 3, 4, [WIDE * 2, WIDE]),
        (WIDE * 2, 1, [WIDE, WIDE]),
        ("ab" + WIDE, 3, ["ab", WIDE]),
        ("e\u0301" * 4, 2, ["e\u0301e\u0301", "e\u0301e\u0301"]),
        ("no\u00a0break", 5, ["no\u00a0br", "eak"]),
        ("https://a.example/one-two", 20, ["https://a.example/", "one-two"]),
        ("see https://a.example/one-two?x=1", 23, ["see", "https://a.example/one-", "two?x=1"]),
        ("https://abcdefghijklmnop", 12, ["https://abcd", "efghijklmnop"]),
        ("one two", 0, [*"onetwo"]),
        ("one two", -7, [*"onetwo"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def test_roles_are_kept_across_lines() -> None:
    assert wrap(spans("one two ", "three", " four five"), 10) == [
        (Span("one two"),),
        (Span("three", "strong"), Span(" four")),
        (Span("five"),),
    ]


def test_a_word_of_many_thousand_characters_is_cut_at_once() -> None:
    lines = wrapped("x" * 100_000 + WIDE * 20_000, 40)
    assert len(lines) == 2_500 + 1_000
    assert {len(line) for line in lines} == {40, 20}


@pytest.mark.parametrize(
    ("texts", "width", "cut"),
    [
        (["short"], 5, "short"),
        (["longer"], 5, "long…"),
        (["one", "two"], 5, "onet…"),
        (["one", "two"], 4, "one…"),
        (["one", "two"], 1, "…"),
        (["one", "two"], 0, ""),
        ([WIDE * 3], 4, WIDE + "…"),
        ([WIDE * 3], 5, WIDE * 2 + "…"),
        ([], 3, ""),
    ],
)
def test_crop(texts: list[str], width: int, cut: str) -> None:
    assert plain(crop(spans(*texts), width)) == cut


def test_white_space_keeps_its_own_role() -> None:
    line = (Span("the "), Span("ferry", "match"), Span(" slips to the winter"))
    for width in (80, 20):
        words = [span for span in wrap(line, width)[0] if span.role == "match"]
        assert words == [Span("ferry", "match")]
    assert wrap((Span("a", "match"), Span(" b")), 2) == [(Span("a", "match"),), (Span("b"),)]


def test_neighbours_of_one_role_become_one_span() -> None:
    line = (Span("a"), Span("b"), Span("c", "muted"), Span("d", "muted"), Span("e"))
    assert merge_spans(line) == (Span("ab"), Span("cd", "muted"), Span("e"))


def test_columns_of_a_row() -> None:
    row = Row(
        key="a",
        indent=2,
        lead=(Span("7 Jan"),),
        mark=Span("●"),
        body=(Span("A telephone call about the lighthouse, and what was said in it"),),
        tail=(Span("article C"),),
        tail_short=(Span("art C"),),
        details=((Span("below"),),),
    )
    assert laid_out(row, 70, 8) == [
        "  7 Jan     ● A telephone call about the lighthouse, and     article C",
        "              what was said in it",
        "              below",
    ]
    assert laid_out(row, 50, 8) == [
        "  7 Jan     ● A telephone call about the     art C",
        "              lighthouse, and what was said",
        "              in it",
        "              below",
    ]
    narrow = laid_out(row, 30, 8)
    assert narrow[0] == "7 Jan     ● A telephone call"
    assert "art" not in "".join(narrow)


def test_a_lead_that_is_too_long_has_a_line_of_its_own() -> None:
    row = Row(key="a", indent=2, lead=(Span("from about November"),), body=(Span("A storm"),))
    assert laid_out(row, 60, 8) == ["  from about November", "            A storm"]
    assert laid_out(row, 20, 19) == ["from about November", "  A storm"]
    assert laid_out(row, 14, 19) == ["from about", "November", "  A storm"]
    marked = msgspec.structs.replace(row, mark=Span("●"), tail=(Span("external"),))
    assert laid_out(marked, 64, 8)[1] == f"{'':12}● A storm{'external':>43}"
    cropped = msgspec.structs.replace(row, cropped=True)
    assert laid_out(cropped, 60, 8) == ["  from ab…  A storm"]


def test_a_cropped_row_keeps_to_one_line() -> None:
    row = Row(key="a", body=(Span("one two three four five"),), cropped=True)
    assert laid_out(row, 14) == ["one two three…"]
    assert laid_out(Row(key="a", body=(Span("one\ntwo"),), cropped=True), 14) == ["one", "two"]


def test_a_row_without_anything_is_one_line() -> None:
    assert laid_out(Row(key="a"), 10) == [""]


def test_a_rule_spans_the_width() -> None:
    row = Row(key="as-of", kind="rule", body=(Span("as of 9 Jan"),))
    (line,) = laid_out(row, 30)
    assert line == f"{glyphs.AS_OF * 2} as of 9 Jan {glyphs.AS_OF * 15}"
    (short,) = laid_out(row, 10)
    assert cell_width(short) <= 10


def day(ordinal: int) -> Edtf:
    return Edtf.parse(datetime.date.fromordinal(ordinal).isoformat())


def bar(*marks: tuple[int, str], window: tuple[int, ...] = ()) -> Row:
    drawn = Bar(
        label="bar",
        start=START,
        end=START + 100,
        marks=tuple(BarMark(day(at), sign) for at, sign in marks),
        window=tuple(map(day, window)),
    )
    return Row(key="bar", kind="bar", bar=drawn)


START = datetime.date(2020, 1, 1).toordinal()
AROUND = len("bar  ") + 2
"""Cells of the label, and of the ends."""


def cells_of(line: str) -> str:
    return line.partition(glyphs.BAR_START)[2].partition(glyphs.BAR_END)[0]


def test_a_bar_is_drawn_to_scale_above_its_ticks() -> None:
    """A hundred and one days in 101 cells: a cell a day."""
    marks = (START, "o"), (START + 50, "!"), (START + 100, "x")
    line, names = laid_out(bar(*marks, window=(START + 60, START + 69)), AROUND + 101, 3)
    assert cell_width(line) == AROUND + 101
    assert line.startswith(f"bar  {glyphs.BAR_START}")
    assert line.endswith(glyphs.BAR_END)
    expected = list(glyphs.BAR_EMPTY * 101)
    expected[60:70] = glyphs.BAR_WINDOW * 10
    expected[0], expected[50], expected[100] = "o", "!", "x"
    assert cells_of(line) == "".join(expected)
    assert names.split("  ") != [""]
    for month, days in {"Jan 2020": 0, "Feb 2020": 31, "Mar 2020": 60, "Apr 2020": 91}.items():
        assert names.index(month) == len("bar  ") + 1 + days


@pytest.mark.parametrize("width", range(24, 140))
def test_a_bar_keeps_its_order_and_ends_at_any_width(width: int) -> None:
    marks = (START, "o"), (START + 50, "!")
    line, names = laid_out(bar(*marks, window=(START + 80, START + 100)), width, 3)
    assert cell_width(line) == width
    assert cell_width(names) <= width
    assert line.index("o") < line.index("!") < line.index(glyphs.BAR_WINDOW)
    middle = cells_of(line)
    assert abs(middle.index("!") - (len(middle) - 1) / 2) <= 1
    assert middle.endswith(glyphs.BAR_WINDOW)


def test_marks_outside_a_bar_are_at_its_ends() -> None:
    line, _ = laid_out(bar((1, "<"), (START + 9999, ">"), window=(1, 2)), 40)
    assert (cells_of(line)[0], cells_of(line)[-1]) == ("<", ">")


def test_a_bar_of_one_day_and_one_without_room() -> None:
    drawn = Bar(label="a", start=5, end=5, marks=(BarMark(day(5), "o"),), window=(day(5),))
    assert laid_out(Row(key="bar", kind="bar", bar=drawn), 24)[0].count("o") == 1
    assert laid_out(bar((START, "o")), 15) == ["bar 2020 – 2020"]


def test_no_line_begins_or_ends_with_a_separator() -> None:
    parts = join_spans(["first promised 2020", "now 2021", "moved twice", "3", "overdue"])
    for width in range(1, 60):
        lines = [plain(line) for line in wrap(parts, width)]
        assert not [line for line in lines if line.strip("·") != line or line.strip() != line]
        words = " ".join(lines).replace("· ", "").split()
        if width > len("promised"):
            assert words == plain(parts).replace("· ", "").split()


def test_the_width_is_counted_by_the_measure_given() -> None:
    def double(text: str) -> int:
        return 2 * len(text)

    assert [plain(line) for line in wrap((Span("one two"),), 8, double)] == ["one", "two"]
    assert plain(crop((Span("text"),), 6, double)) in ("te…", "t…")
    (line,) = lay_out(Row(key="a", body=(Span("one"),)), 8, 0, double)
    assert plain(line) == "one"


# Whatever the text and the width

ALPHABET = "ab \t\n\u00a0-漢é\u0301\u200d\ufe0f👍\U0001f3fd🇮🇳\u0915\u094d\u1112\u1161"
TEXTS = (st.text() | st.text(ALPHABET, max_size=40) | st.sampled_from([*NASTY.values()])).map(
    lambda text: clean(text)[0]
)
LINES = TEXTS.map(lambda text: text.replace("\n", " "))
ROLES: st.SearchStrategy[Role] = st.sampled_from(["text", "strong", "muted", "accent"])
SPANS = st.lists(st.builds(Span, TEXTS, ROLES), max_size=5).map(tuple)
ONE_LINE = st.lists(st.builds(Span, LINES, ROLES), max_size=3).map(tuple)
WIDTHS = st.integers(1, 200) | st.integers(1, 12)
ROWS = st.builds(
    Row,
    key=st.just("a"),
    indent=st.integers(0, 20),
    lead=ONE_LINE,
    mark=st.none() | st.sampled_from([Span("●"), Span("○")]),
    body=SPANS,
    tail=st.sampled_from([(), (Span("external B2"),)]),
    tail_short=st.sampled_from([(), (Span("ext B2"),)]),
    details=st.lists(SPANS, max_size=2).map(tuple),
    cropped=st.booleans(),
)
MANY = settings(deadline=None, max_examples=examples(60))


def visible(text: str) -> str:
    return "".join(char for char in text if not char.isspace())


def assert_fits(line: str, width: int) -> None:
    """A line is no wider than asked, but for one character that is."""
    assert "\n" not in line
    assert cell_width(line) <= (2 if width == 1 else width)


@MANY
@given(SPANS, WIDTHS)
@example((Span("\u200d"), Span("\u200d000")), 2)  # alone, each of them joins what follows it
def test_wrapping_keeps_to_the_width_and_loses_nothing(text: Spans, width: int) -> None:
    lines = [plain(line) for line in wrap(text, width)]
    assert lines
    for line in lines:
        assert_fits(line, width)
    assert visible("".join(lines)) == visible(plain(text))


@MANY
@given(SPANS, WIDTHS)
def test_wrapping_keeps_the_role_of_every_character(text: Spans, width: int) -> None:
    before = [(char, span.role) for span in text for char in visible(span.text)]
    lines = wrap(text, width)
    assert [
        (char, span.role) for line in lines for span in line for char in visible(span.text)
    ] == before


@MANY
@given(ONE_LINE, st.integers(0, 200) | st.integers(0, 8))
def test_cropping_never_exceeds_the_width(text: Spans, width: int) -> None:
    cut = crop(text, width)
    assert cell_width(plain(cut)) <= width
    assert plain(cut) == plain(text) or plain(text).startswith(plain(cut).removesuffix("…"))


@MANY
@given(ROWS, WIDTHS, st.integers(0, 20))
def test_every_line_of_a_row_keeps_to_the_width(row: Row, width: int, lead_width: int) -> None:
    lines = [plain(line) for line in lay_out(row, width, lead_width)]
    assert lines
    for line in lines:
        assert_fits(line, width)
    if not row.cropped:
        shown = visible("".join(lines))
        for detail in row.details:
            assert visible(plain(detail)) in shown


@MANY
@given(
    st.integers(1, 3_652_059),
    st.integers(0, 9_000),
    st.lists(st.tuples(st.integers(1, 3_652_059), st.sampled_from("●┃"))).map(tuple),
    st.lists(st.integers(1, 3_652_059), max_size=3).map(tuple),
    WIDTHS,
)
def test_every_bar_keeps_to_the_width(
    start: int,
    days: int,
    marks: tuple[tuple[int, str], ...],
    window: tuple[int, ...],
    width: int,
) -> None:
    drawn = Bar(
        label="bar",
        start=start,
        end=min(start + days, datetime.date.max.toordinal()),
        marks=tuple(BarMark(day(at), sign) for at, sign in marks),
        window=tuple(map(day, window)),
    )
    for line in lay_out(Row(key="bar", kind="bar", bar=drawn, indent=2), width, 10):
        assert_fits(plain(line), width)
