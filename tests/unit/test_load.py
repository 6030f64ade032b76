"""From bytes to a document: what is refused, and how much is kept of what is not."""

from __future__ import annotations

import inspect
import os
from itertools import chain
from pathlib import Path
from typing import Literal, get_args, get_origin

import msgspec
import pytest
import yaml

from briefing_tui.briefing import model
from briefing_tui.briefing.check import check
from briefing_tui.briefing.document import MAX_BYTES, Document, read_bytes
from briefing_tui.briefing.load import load, load_path
from briefing_tui.briefing.problems import FileLocation, Problem, UnreadableFileError
from briefing_tui.briefing.traversal import walk_entries
from briefing_tui.vocabulary.words import VocabularyName
from tests.briefings import (
    BOARD,
    GAZETTE,
    HOLM,
    LANTERN,
    NAME,
    STORM,
    at,
    codes,
    errors,
    loaded,
    messages,
    text,
    unmarked,
)


def refusal(data: bytes | str) -> Problem:
    """The one reason for which a file is refused."""
    with pytest.raises(UnreadableFileError) as caught:
        load(data if isinstance(data, bytes) else data.encode(), NAME)
    (problem, *_) = caught.value.problems
    assert str(caught.value).startswith(problem.format(NAME))
    return problem


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("", "the file is empty; a briefing starts with 'briefing: 1'"),
        ("# nothing\n", "the file is empty"),
        ("§- briefing: 1\n", "not a briefing: a file is 'key: value' lines that start with"),
        ("§just words\n", "not a briefing: a file is 'key: value' lines"),
        ("\n§title: A\n", "not a briefing: the line 'briefing: 1' is missing"),
        ("title: A\nbriefing: §2\n", "format version '2' is unknown; this program reads 1"),
        ("briefing: §1.0\n", "format version '1.0' is unknown"),
        ("briefing: §01\n", "format version '01' is unknown"),
        ("briefing: §[1]\n", "format version '…' is unknown"),
        ('briefing: §"2\\e[31m\\n"\n', "format version '2[31m' is unknown"),
        ("briefing: 1\ntitle: a§: b\n", "put text that holds ': ' in quotation marks"),
        ("briefing: 1\n§---\nbriefing: 1\n", "a second document starts here"),
    ],
)
def test_what_is_no_briefing_is_refused(marked: str, message: str) -> None:
    plain, places = unmarked(marked)
    problem = refusal(plain)
    assert problem.code == "E101"
    assert message in problem.message
    assert problem.message.isprintable()
    assert at([problem]) == (places or [(1, 1)])


def test_the_reason_comes_first_and_the_rest_after() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        load(b"title: &a A\ntitle: B\n", NAME)
    assert [one.message.split("'")[0] for one in caught.value.problems] == [
        "not a briefing: the line ",
        "anchor ",
        "key ",
    ]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"briefing: 1\ntitle: caf\xe9\n", (2, 11)),
        ("briefing: 1\ntitle: café ".encode() + b"\xff", (2, 13)),
        (b"\xef\xbb\xbfab\n\xff", (2, 1)),
        (b"\xef\xbb\xbf\n\n\xe9t\xe9", (3, 1)),
        ("briefing: 1\n".encode("utf-16"), (1, 1)),
        (b"\xff" * 100, (1, 1)),
    ],
)
def test_what_is_not_utf_8_is_refused_at_its_line(data: bytes, place: tuple[int, int]) -> None:
    problem = refusal(data)
    assert (problem.code, at([problem])) == ("E101", [place])
    assert problem.message == "not UTF-8; save the file as UTF-8"


def test_too_many_bytes() -> None:
    room = MAX_BYTES - len(text().encode())
    assert load(text().encode() + b"#" * room, NAME).problems == ()
    assert "larger than 8 MiB; split the file" in refusal(b"#" * (MAX_BYTES + 1)).message


def test_no_more_is_read_than_shows_that_it_is_too_much(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(10 * MAX_BYTES)
    assert len(read_bytes(path)) == MAX_BYTES + 1


def test_a_byte_order_mark_and_windows_line_ends_are_taken() -> None:
    data = b"\xef\xbb\xbf" + text(as_of="someday").replace("\n", "\r\n").encode()
    document = load(data, NAME)
    assert (codes(document.problems), at(document.problems)) == (["E105"], [(3, 8)])


RAW = "\x00\x07\x1b\x7f\x80\x85\x9b\ufeff\u2028\u2029\ufffe"


@pytest.mark.parametrize("char", RAW)
def test_characters_that_no_yaml_holds_are_dropped_and_reported(char: str) -> None:
    plain, places = unmarked(text(title="one§two", tags="§nothing"))
    document = loaded(plain.replace("onetwo", f"one{char}two"))
    assert document.briefing.title in ("onetwo", "one two")
    assert (codes(document.problems), at(document.problems)) == (["W210", "E102"], places)
    assert f"U+{ord(char):04X}, an invisible character, is not shown" in messages(document.problems)


def test_a_file_of_control_characters_is_not_reported_forever() -> None:
    document = loaded(text(title="a" + "\x00" * 5_000))
    assert (document.briefing.title, set(codes(document.problems))) == ("a", {"W210"})
    assert len(document.problems) == 20


TOP = [
    (text(title=None), "(no title)", "'title' is missing"),
    (text(title="~"), "(no title)", "'title' is empty"),
    (text(title="[a]"), "(no title)", "'title' takes text, not a list"),
    (text(as_of=None), None, "'as_of' is missing"),
    (text(as_of="soon"), None, "'as_of': not a date"),
    (text(about=None), None, "'about' is missing"),
    (text(about="The Gazette"), None, "'The Gazette': an id is lower-case"),
    (text(briefing='"1"'), None, "'briefing' takes a whole number; remove the quotation marks"),
    (text(sources="[]"), None, "'sources' takes a table of 'id: …', not a list"),
    (text(timeline="{}"), None, "'timeline' takes a list"),
    (text(tags="a, b"), None, "'tags' takes a list"),
    (text(nonsense="[1, {a: b}]"), None, "unknown key 'nonsense'; known here: briefing, title"),
    (text() + "tittle: A\n", None, "unknown key 'tittle' — did you mean 'title'?"),
]


@pytest.mark.parametrize(("written", "title", "message"), TOP)
def test_mistakes_at_the_top_do_not_keep_a_briefing_shut(
    written: str, title: str | None, message: str
) -> None:
    document = loaded(written)
    assert message in messages(document.problems)
    assert document.briefing.title == (title or "The lighthouse at Karsholm")
    assert "holm" in document.briefing.actors


def test_without_a_date_it_opens_at_its_newest_source() -> None:
    assert str(loaded(text(as_of=None)).briefing.as_of) == "2021-06-15"
    assert str(loaded(text(as_of="", sources="")).briefing.as_of) == "0001-01-01"


def test_a_missing_key_is_reported_once_and_no_reference_besides() -> None:
    assert codes(errors("briefing: 1\n")) == ["E102"] * 3


def test_an_empty_table_is_as_good_as_none() -> None:
    document = loaded(text(actors="~", timeline="[]", deals="{}", key_points=""))
    assert (document.problems, document.broken) == ((), ())
    assert (document.briefing.actors, document.briefing.timeline) == ({}, ())


def listed(*items: str) -> str:
    return f"[{', '.join(items)}]"


def deal(fields: str) -> str:
    return f"{{lantern: {LANTERN[:-1]}, {fields}}}}}"


def milestone(fields: str) -> str:
    return deal(f"milestones: [{{id: lit, label: Lit, {fields}}}]")


POINT = "{text: A light, cite: [board]}"
BROKEN: list[tuple[str, str, str, str]] = [
    ("bottom_line", listed(POINT, "§{txt: Dark}"), "bottom_line 2", "bottom_line"),
    ("key_points", listed("§{text: Dark, basis: guess}", POINT), "Dark", "key_points"),
    ("open_questions", listed("§42", POINT), "42", "open_questions"),
    ("key_points", "[{text: A, cite: [§gazette 1, board]}]", "gazette 1", "key_points.0.cite"),
    ("key_points", "[{text: A, cite: [§{at: P1S1}, board]}]", "cite 1", "key_points.0.cite"),
    (
        "key_points",
        f"[{POINT[:-1]}, disputes: [§{{value: B}}, {{field: date, value: C}}]}}]",
        "disputes 1",
        "key_points.0.disputes",
    ),
    ("sources", f"{{gazette: {GAZETTE}, board: §{{title: Minutes}}}}", "Minutes", "sources"),
    ("sources", f"{{gazette: {GAZETTE}, board: §~}}", "board", "sources"),
    (
        "sources",
        f"{{board: {BOARD}, gazette: {GAZETTE.replace('[0, 40,', '§[a, 40,')}}}",
        "P1S1",
        "sources.gazette.text.passages",
    ),
    (
        "sources",
        f"{{board: {BOARD}, gazette: {GAZETTE.replace('text: {', 'text: §{length: long, ')}}}",
        "text",
        "sources.gazette",
    ),
    ("actors", f"{{holm: {HOLM}, ida: §{{name: Ida}}}}", "Ida", "actors"),
    ("actors", f"{{holm: {HOLM}, ida: §[]}}", "ida", "actors"),
    ("timeline", listed(STORM, "§{id: call, headline: A call, date: 2021}"), "A call", "timeline"),
    ("timeline", listed(STORM, "§{id: call}"), "call", "timeline"),
    ("timeline", listed("§{headline: '', date: 2021-13}", STORM), "", "timeline"),
    (
        "deals",
        f"{{lantern: {LANTERN}, lamp: §{{designation: Lamp, condition: old}}}}",
        "Lamp",
        "deals",
    ),
    ("deals", deal("order: §{number: five, stated: five}"), "five", "deals.lantern"),
    ("deals", deal("order: §five"), "five", "deals.lantern"),
    (
        "deals",
        deal("stages: [{stage: approved, date: 2020}, §{stage: Approved, date: 2021}]"),
        "stages 2",
        "deals.lantern.stages",
    ),
    (
        "deals",
        deal("values: [§{amount: 0, currency: NOK, stated: nothing}]"),
        "nothing",
        "deals.lantern.values",
    ),
    (
        "deals",
        deal("values: [§{amount: 1, currency: kroner, stated: one}]"),
        "one",
        "deals.lantern.values",
    ),
    ("deals", deal("milestones: [§{id: lit}]"), "lit", "deals.lantern.milestones"),
    (
        "deals",
        milestone("forecasts: [§{said: 2021}, {said: 2021, due: 2022}]"),
        "forecasts 1",
        "deals.lantern.milestones.0.forecasts",
    ),
    (
        "deals",
        milestone("progress: [§{date: 2021, number: -1}]"),
        "progress 1",
        "deals.lantern.milestones.0.progress",
    ),
    ("deals", milestone("met: §{date: yesterday}"), "met", "deals.lantern.milestones.0"),
    ("deals", deal("payments: [§{date: 2021}]"), "payments 1", "deals.lantern.payments"),
    (
        "deals",
        deal("sanctions: [§{date: 2021, regime: Dues, authority: NOR, status: On}]"),
        "Dues",
        "deals.lantern.sanctions",
    ),
    (
        "deals",
        deal("statements: [§{date: 2021, speaker: holm}]"),
        "statements 1",
        "deals.lantern.statements",
    ),
]


@pytest.mark.parametrize(("section", "written", "label", "where"), BROKEN)
def test_a_broken_entry_costs_only_itself(
    section: str, written: str, label: str, where: str
) -> None:
    plain, places = unmarked(text(**{section: written}))
    document = loaded(plain)
    (broken,) = document.broken
    assert (broken.label, [(broken.location.line, broken.location.column)]) == (label, places)
    assert ".".join(map(str, broken.location.path[:-1])) == where
    assert {len(one.location.path) >= len(broken.location.path) for one in document.problems} == {
        True
    }
    whole = loaded(text()).briefing
    for name in whole.__struct_fields__:
        if section not in (name, model.Briefing.FORMER.get(name)):
            assert getattr(document.briefing, name) == getattr(whole, name)


def test_a_broken_entry_leaves_its_neighbours(data: Path) -> None:
    """Every entry of a large file is broken in turn."""
    lines = (data / "small.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    whole = sum(1 for _ in walk_entries(load_path(data / "small.yaml").briefing))
    entries = [
        number
        for number, line in enumerate(lines)
        if line.lstrip().startswith("- {") and "forecasts" not in line
    ]
    assert len(entries) > 9
    for number in entries:
        spoilt = lines[number].replace("- {", "- [{", 1).rstrip() + "]\n"
        document = loaded("".join([*lines[:number], spoilt, *lines[number + 1 :]]))
        assert [one.location.line for one in document.broken] == [number + 1]
        assert whole - 12 < sum(1 for _ in walk_entries(document.briefing)) < whole


def test_what_is_broken_is_not_missed_by_those_who_refer_to_it() -> None:
    document = text(
        sources=f"{{gazette: {GAZETTE.replace('[41, 80', '[80')}, board: {{title: Minutes}}}}",
        actors=f"{{holm: {HOLM}, ida: {{name: Ida}}}}",
        timeline=listed(STORM, "{id: call, headline: A call, date: 2021, actors: [ida]}"),
        deals=f"{{lantern: {LANTERN}, lamp: {{designation: [Lamp]}}}}",
        key_points="[{text: A, cite: [board, gazette P1S2], about: [call, ida, lamp, storm]}]",
    )
    assert set(codes(errors(document))) == {"E102"}


@pytest.mark.parametrize("table", ["actors", "deals", "timeline", "sources"])
def test_an_unreadable_table_is_one_mistake(table: str) -> None:
    written = text(
        **{table: "nothing"}, key_points="[{text: A, cite: [board], about: [storm, holm, lantern]}]"
    )
    assert codes(errors(written)) == ["E102"]


def test_values_are_found_again_by_their_path() -> None:
    plain, places = unmarked(text(actors="{§holm: {§name: A, kind: person, cite: [§board]}}"))
    document = loaded(plain)
    found = [
        document.at_key(("actors", "holm")),
        document.at(("actors", "holm", "nothing")),
        document.at(("actors", "holm", "cite", 0)),
    ]
    assert [(place.line, place.column) for place in found] == [
        places[0],
        (places[1][0], places[1][1] - 1),
        places[2],
    ]
    assert document.at_key(("actors", "nobody")) == FileLocation(("actors", "nobody"), 6, 9)


def test_the_whole_format_loads(data: Path) -> None:
    document = load_path(data / "whole.yaml")
    assert (document.problems, document.broken, check(document)) == ((), (), [])
    assert document.name == str(data / "whole.yaml")
    assert load_path(data / "whole.yaml", "other").name == "other"


def declared() -> list[tuple[str, str]]:
    """Every field that the format declares, by the class that declares it."""
    classes = [one for _, one in inspect.getmembers(model, inspect.isclass)]
    return [
        (one.__name__, field.name)
        for one in classes
        if issubclass(one, msgspec.Struct) and one.__module__ == model.__name__
        for field in msgspec.structs.fields(one)
        if field.name in one.__annotations__ and field.name != "location"
    ]


def test_the_whole_format_is_in_the_example(data: Path) -> None:
    used: set[tuple[str, str]] = set()
    examples = (load_path(data / name).briefing for name in ("whole.yaml", "merger.yaml"))
    for part in chain.from_iterable(map(walk_entries, examples)):
        for field in msgspec.structs.fields(type(part)):
            if getattr(part, field.name) != field.default or field.required:
                owners = [
                    one.__name__ for one in type(part).__mro__ if issubclass(one, msgspec.Struct)
                ]
                used.update((owner, field.name) for owner in owners)
    assert [field for field in declared() if field not in used] == []


def choices(kind: object) -> list[object]:
    """The words of an enumeration, wherever they stand in a type."""
    if get_origin(kind) is Literal:
        return [kind]
    return [one for part in get_args(kind) for one in choices(part)]


def test_every_word_of_every_enumeration_is_in_the_example(data: Path) -> None:
    wanted: set[tuple[str, str]] = set()
    used: set[tuple[str, str]] = set()
    for part in walk_entries(load_path(data / "whole.yaml").briefing):
        for field in msgspec.structs.fields(type(part)):
            # An example of one story does not name the vocabularies of others.
            for literal in set(choices(field.type)) - {VocabularyName}:
                key = repr(literal)
                wanted.update((key, str(word)) for word in get_args(literal))
                used.add((key, str(getattr(part, field.name))))
    assert len(wanted) > 20
    assert sorted(wanted - used) == []


@pytest.mark.parametrize(
    "name", ["small.yaml", "whole.yaml", "merger.yaml", "mistakes.yaml", "bare.yaml"]
)
def test_both_parsers_read_the_same(name: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = load_path(data / name)
    monkeypatch.delattr(yaml, "CLoader", raising=False)
    slow = load_path(data / name)
    assert (slow.briefing, slow.problems, slow.broken) == (
        fast.briefing,
        fast.problems,
        fast.broken,
    )


def test_the_small_example_is_without_fault(data: Path) -> None:
    document: Document = load_path(data / "small.yaml")
    assert check(document) == []


def test_what_may_never_be_written_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "a.yaml"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="Not a regular file"):
        read_bytes(pipe)
    with pytest.raises(IsADirectoryError):
        read_bytes(tmp_path)
    with pytest.raises(OSError, match="Not a regular file"):
        read_bytes(Path(os.devnull))


def test_a_pipe_is_read_where_one_will_do() -> None:
    end, begin = os.pipe()
    os.write(begin, b"briefing: 1\n")
    os.close(begin)
    assert read_bytes(Path(f"/dev/fd/{end}"), piped=True) == b"briefing: 1\n"
    os.close(end)
