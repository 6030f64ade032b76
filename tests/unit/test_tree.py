"""YAML text as written values: nothing guessed, nothing followed, every place exact."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
import yaml

from briefing_tui.briefing import tree
from briefing_tui.briefing.problems import EntryPath
from briefing_tui.briefing.terminal_text import clean
from briefing_tui.briefing.tree import Mapping, Node, Scalar, Sequence, TreeError, find, parse
from tests.briefings import at, unmarked


@pytest.fixture(params=["libyaml", "python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers: which one there is depends on how PyYAML was built."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CLoader", raising=False)
    elif not hasattr(yaml, "CLoader"):
        pytest.skip("PyYAML was built without libyaml")


def scalar(node: Node) -> Scalar:
    assert isinstance(node, Scalar)
    return node


def mapping(node: Node) -> Mapping:
    assert isinstance(node, Mapping)
    return node


def value(text: str, *path: str | int) -> str:
    return scalar(find(parse(text)[0], path)).value


def nodes(node: Node) -> Iterator[Node]:
    yield node
    inside = node.items if isinstance(node, Sequence) else []
    if isinstance(node, Mapping):
        inside = [*node.values.values()]
    for one in inside:
        yield from nodes(one)


def refusal(text: str) -> TreeError:
    with pytest.raises(TreeError) as caught:
        parse(text)
    return caught.value


TRAPS = (
    "NO yes on off y true 12:30 190:20:30 010 0o10 0x1F 1_000 40,000 1e3 .inf .nan +1 1.10 = "
    "2019-01-07 2019-01 2019 2001-12-14t21:59:43.10-05:00"
)


@pytest.mark.parametrize("written", TRAPS.split())
def test_scalars_stay_as_written(written: str) -> None:
    assert value(f"a: {written}\n", "a") == written
    assert value(f"{written}: a\n", written) == "a"


def test_only_yaml_words_for_nothing_are_missing() -> None:
    written = ["", "~", "null", "Null", "NULL", '""', "'~'", '"null"', "nil", "none"]
    found = [scalar(find(parse(f"a: {one}\n")[0], ("a",))).is_null for one in written]
    assert found == [True] * 5 + [False] * 5


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"tab\\tnew\\nline \\u00e9 \\e"', "tab\tnew\nline é \x1b"),
        ("'it''s'", "it's"),
        ("one\n  two", "one two"),
        ("|\n  one\n  two", "one\ntwo\n"),
        (">-\n  one\n  two", "one two"),
        ('"one \\\n  two"', "one two"),
    ],
)
def test_quoting_and_folding(written: str, read: str) -> None:
    assert value(f"a: {written}\n", "a") == read


@pytest.mark.parametrize(
    ("written", "comment"),
    [
        ("b #6850 c", "#6850 c"),
        ("b  # c # d", "# c # d"),
        ("b\n  c #1", "#1"),
        ("b#1", ""),
        ("'b' #1", ""),
        ('"b #1"', ""),
        (">\n  b #1", ""),
        ("#1 b", "#1 b"),
        ("b #1\r", "#1"),
    ],
)
def test_a_plain_value_knows_the_comment_behind_it(written: str, comment: str) -> None:
    text = f"a: {written}\nz: # last\n"
    assert scalar(find(parse(text)[0], ("a",))).comment == comment
    assert scalar(find(parse(f"- {written}\n")[0], (0,))).comment == comment


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("{a: b, c d., e: f}", {"a": [("c d.", "b, c d.")]}),
        (
            "{a: 3,800,000,000, e: f}",
            {"a": [("800", "3,800"), ("000", "3,800,000"), ("000", "3,800,000,000")]},
        ),
        ("{a: b, and c: d e, f: g}", {"a": [("and c", "b, and c: d e")]}),
        ("{a: b,\n c d, e: f}", {"a": [("c d", "b, c d")]}),
        ("{a: b, c: , d: e}", {}),
        ("{a: 'b', c, d: e}", {}),
        ("{a: [b], c, d: e}", {}),
        ("{a, b}", {}),
        ("{a: b, c: {d: e}}", {}),
    ],
)
def test_what_follows_a_comma_in_braces_may_be_the_rest_of_a_value(
    written: str, pieces: dict[str, list[tuple[str, str]]]
) -> None:
    root, problems = parse(f"x: {written}\n")
    assert mapping(find(root, ("x",))).pieces == pieces
    assert problems == []


PLACES: list[tuple[str, EntryPath]] = [
    ("§a: b\n", ()),
    ("a: §b\n", ("a",)),
    ("# comment\n\na:\n  b: §c\n", ("a", "b")),
    ("a:\n  §b: c\n", ("a",)),
    ("a:\n  §- b\n  - c\n", ("a",)),
    ("a:\n  - b\n  - §c\n", ("a", 1)),
    ("a: {b: [x, §y]}\n", ("a", "b", 1)),
    ("a: §{b: c}\n", ("a",)),
    ("a: §|\n  text\n", ("a",)),
    ('a: [é中🚀, §"b"]\n', ("a", 1)),
    ("a: §b\r\nc: d\r\n", ("a",)),
    ("a: b\r\nc: §d\r\n", ("c",)),
    ("a:\n  §b: c\n", ("a", "missing")),
    ("a: §[b]\n", ("a", 7)),
    ("a: §b\n", ("a", "b", "c")),
]


@pytest.mark.parametrize(("marked", "path"), PLACES)
def test_places_are_exact(marked: str, path: EntryPath) -> None:
    text, expected = unmarked(marked)
    node = find(parse(text)[0], path)
    assert [(node.line, node.column)] == expected


def test_keys_have_places_too() -> None:
    text, expected = unmarked("a: b\n  \n§c:\n  {d: e}\n")
    key = mapping(parse(text)[0]).keys["c"]
    assert [(key.line, key.column)] == expected


REPORTED = [
    ("a: b\nc: d\n§a: e\n", "key 'a' was already given on line 1; the first one counts"),
    ("a: {b: 1, §b: 2}\n", "key 'b' was already given on line 1"),
    ("a: 1\n§'a': 2\n", "key 'a' was already given"),
    ("a: §&name b\n", "anchor '&name' is not allowed; remove it"),
    ("a: §&n [b]\n", "anchor '&n' is not allowed"),
    ("§&n a: b\n", "anchor '&n' is not allowed"),
    ("a: §*name\n", "alias '*name' is not followed; write the value out"),
    ("§*name : a\n", "alias '*name' is not followed"),
    ("a: §!!python/object:os.system x\n", "tag '!!python/object:os.system' is not allowed"),
    ("a: §!local [b]\n", "tag '!local' is not allowed; remove it"),
    ("a: §! b\n", "tag '!' is not allowed; remove it"),
    ("a: {§<<: {b: c}}\n", "merge key '<<' is not allowed; write the values out"),
    ("§[a, b]: c\n", "a key must be a plain word"),
    ("§{a: b}: c\n", "a key must be a plain word"),
    ("§\u00a0a: b\n", "an invisible character begins or ends this key; write plain spaces"),
    ("a: §{{ title }}\n".replace("§{{", "{§{"), "a key must be a plain word"),
]


@pytest.mark.parametrize(("marked", "message"), REPORTED)
def test_what_is_reported_and_not_followed(marked: str, message: str) -> None:
    text, expected = unmarked(marked)
    _, problems = parse(text)
    assert [problem.code for problem in problems] == ["E101"]
    assert at(problems) == expected
    assert message in problems[0].message


def test_the_first_of_two_keys_counts() -> None:
    root, problems = parse("a: first\nb: other\na: [second, &x {deep: *x}]\na: third\n")
    assert value("a: first\na: second\n", "a") == "first"
    assert list(mapping(root).values) == ["a", "b"]
    assert [problem.message.split(";")[0] for problem in problems] == [
        "key 'a' was already given on line 1",
        "anchor '&x' is not allowed",
        "alias '*x' is not followed",
        "key 'a' was already given on line 1",
    ]


def test_what_stands_beside_a_bad_key_is_kept() -> None:
    root, problems = parse("a: 1\n? [x, {y: z}]\n: [lost, &n deep]\nb: {{t}: u, c: 2}\n")
    assert list(mapping(root).values) == ["a", "b"]
    assert value("b: {{t}: u, c: 2}\n", "b", "c") == "2"
    assert {problem.code for problem in problems} == {"E101"}


def test_problems_know_the_path_of_their_entry() -> None:
    _, problems = parse("a:\n  - b: 1\n  - b: &x 1\n    c: !t 2\n    b: 3\n")
    assert [problem.location.path for problem in problems] == [
        ("a", 1, "b"),
        ("a", 1, "c"),
        ("a", 1, "b"),
    ]


def test_a_quoted_merge_key_is_a_key() -> None:
    assert parse('"<<": a\n')[1] == []


def test_names_in_messages_are_safe_to_print() -> None:
    texts = ["a: !%1b%5b31m x\n", '"a\\e\\u202e": 1\n"a\\e\\u202e": 2\n', f"{'k' * 900}: 1\n" * 2]
    for text in texts:
        (problem,) = parse(text)[1]
        assert problem.message.isprintable()
        assert len(problem.message) < 120


def test_a_bomb_of_aliases_is_not_expanded() -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 60)]
    root, problems = parse("\n".join(lines))
    assert sum(1 for _ in nodes(root)) == 1 + 60 + 60 * 9
    assert len(problems) == 60 + 59 * 9


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "   ", "--- # begun\n...\n"])
def test_nothing_written(text: str) -> None:
    if text.startswith("---"):
        assert scalar(parse(text)[0]).is_null
    else:
        assert "the file is empty; a briefing starts with 'briefing: 1'" in str(refusal(text))


def test_one_document_may_be_marked_as_such() -> None:
    assert value("---\na: b\n...\n", "a") == "b"


NOT_YAML = [
    ("a: 1\n§---\nb: 2\n", "a second document starts here; a file holds one briefing"),
    ("a: b§: c\n", "put text that holds ': ' in quotation marks"),
    ("a: 1\n b§: 2\n", "fix the indentation"),
    ("a:\n§\tb: 1\n", "indent with spaces, not tabs"),
    ("a: §@home\n", "put text that begins with @, ` or % in quotation marks"),
    ("x: 1\na: §'it's open\nb: 2\n".replace("'s", ""), "close the quotation mark"),
    ('x: 1\na: §"open\nb: 2\nc: 3\n', "close the quotation mark"),
    ("a: §'it's'\n", "text goes on after the closing quotation mark; put all of it in"),
    ('- a: §"Q" and A\n  b: c\n', "text goes on after the closing quotation mark"),
    ('- {a: §"Q" and A, b: c}\n', "text goes on after the closing quotation mark"),
    ("- a: §[Update] The light\n  b: c\n", "text goes on after the closing bracket; put text"),
    ("- a: §{sic} The light\n  b: c\n", "text goes on after the closing bracket; put text"),
    ("- {a: §[Update] The light, b: c}\n", "text goes on after the closing bracket; put text"),
    ("a: *word§* is out\n", "put text that begins with * in quotation marks"),
    ("a: § ? who\n".replace("§ ", " §"), "put text that begins with ? in quotation marks"),
    ("- §text:Hello\n  b: c\n", "a space is missing after a colon; write 'key: value'"),
    ("§tags:[a]\nb: c\n", "a space is missing after a colon; write 'key: value'"),
    ("a: Text\n§that goes on\nb: c\n", "write 'key: value', with a colon and a space"),
    ("- a: b\n§\tc: d\n", "indent with spaces, not tabs"),
    ("- a:§\u00a0b\n  c: d\n", "an invisible character is in place of a space"),
    ("- {a: Team §#1 wins, b: c}\n", "' #' begins a comment, which ends the text; put text that"),
    ("a: [b, Team §#1, c]\nd: e\n", "' #' begins a comment, which ends the text"),
    ("a: [b, # note\n  C §#, c]\n".replace("#, c]", "#\n  c d: e: f]"), "begins a comment"),
    ("- a: Issue §#6850 reports\n    a fault.\n  b: c\n", "' #' begins a comment"),
    ("- {a: 'Team #1', b: c\nd§: e\n", "close the '{' of line 1"),
    ("a:\n  b: 1\n §c: 2\n", "begin the line where its neighbours begin"),
    ("a:\n  - b\n  §c: d\n", "begin the line where its neighbours begin"),
    ("a: [b\nc§: d\n", "close the '[' of line 1"),
    ("x: 1\na: {b: c\nd§: e\n", "close the '{' of line 2"),
    ("a: [b,§, c]\n", "remove the comma"),
    ("a: 1\n§b\nc: 2\n", "write 'key: value', with a colon and a space"),
    ("a: §- b\n", "begin a list on a line of its own"),
    ("a: *§\n", "put text that begins with * in quotation marks"),
    ("a: &§ b\n", "put text that begins with & in quotation marks"),
    ("a: |§x\n  b\n", "begin the text after | or > on a line of its own"),
    ("a: 1\n...\n§b: 2\n", "remove the line that ends the document"),
]


@pytest.mark.parametrize(("marked", "remedy"), NOT_YAML)
def test_what_is_no_yaml_is_refused_with_a_remedy(marked: str, remedy: str) -> None:
    text, expected = unmarked(marked)
    error = refusal(text)
    assert error.problem.code == "E101"
    assert remedy in error.problem.message
    assert at([error.problem]) == expected


def test_unknown_escapes_name_the_backslash() -> None:
    assert "\\\\ for a backslash" in str(refusal('a: "C:\\qed"\n'))


def test_a_surrogate_written_as_an_escape_does_no_harm() -> None:
    # One parser refuses it, the other lets it pass, and cleaning drops it then.
    with contextlib.suppress(TreeError):
        assert clean(value('a: "\\ud800"\n', "a")) == ("", ("U+D800",))


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a: ", "}")])
def test_nesting_is_limited(opened: str, closed: str) -> None:
    deepest = tree.MAX_DEPTH
    assert parse(opened * deepest + "x" + closed * deepest)[1] == []
    error = refusal(opened * (deepest + 1) + "x" + closed * (deepest + 1))
    assert f"nested more than {deepest} deep" in error.problem.message
    assert at([error.problem]) == [(1, len(opened) * deepest + 1)]


@pytest.mark.parametrize("opened", ["[", "{a: ", "- ", "? ", "? - "])
def test_bottomless_nesting_is_refused_at_once(opened: str) -> None:
    assert "nested more than" in str(refusal(opened * 20_000))


def test_the_number_of_values_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_NODES", 6)
    assert parse("a: [1, 2, 3]\n")[1] == []
    text, expected = unmarked("a: [1, 2, 3, §4]\n")
    error = refusal(text)
    assert "more than 6 values; split the file" in error.problem.message
    assert at([error.problem]) == expected


def test_many_keys_of_one_table() -> None:
    count = 5_000
    root, problems = parse("".join(f"key-{number}: {number}\n" for number in range(count)))
    assert (len(mapping(root).values), problems) == (count, [])
