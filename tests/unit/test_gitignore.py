"""Ignore files: the same answers as git, mistakes told, and no pattern that takes long."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_tui.library.discovery import Roots, discover, notice
from briefing_tui.library.gitignore import MOST_BYTES, IgnoreFile
from tests.profiles import examples

FILES = (
    *("a", "b", "ab", "aab", "abc", "1", "x", "foo", "foobar", "fooX/bar", "foo.yaml"),
    *("a/b", "a/c", "a/b/c", "a/x/b", "a/x/y/b", "foo/bar", "foo/x/bar", "b/a/x", "x/foo.yaml"),
    *(
        "[",
        "]",
        "a]",
        "a[",
        "-",
        "a-b",
        "^",
        "!a",
        "#a",
        "a ",
        " a",
        "*",
        "a*b",
        "\\",
        ":",
        "{a,b}",
    ),
    *("é", "aéb", "a\tb", "a\x0cb", "x/ab"),
)
"""Names; one that is the directory of others is that."""

ODD = (
    *(
        b"[a-c]",
        b"[!a]",
        b"[^a]",
        b"[]a]",
        b"[!]a]",
        b"[a-]",
        b"[-a]",
        b"[a\\]]",
        b"[[]",
        b"[\\a-c]",
    ),
    *(b"[[:alpha:]]", b"[[:alpha:]-c]", b"[[:foo:]]", b"[[:space:]]", b"[[:a]", b"[:alpha:]"),
    *(b"[", b"[!", b"a[", b"**[", b"a/**/[", b"[a-", b"[[:alpha:]", b"[a/b]", b"[/]", b"a[/]b"),
    *(
        b"\\",
        b"a\\",
        b"\\a",
        b"\\*",
        b"\\!a",
        b"\\#a",
        b"a\\ ",
        b"a ",
        b" a",
        b"\\[",
        b"\\\\",
        b"a/\\",
    ),
    *(b"!", b"!!", b"!!a", b"/", b"//", b"///", b"a//", b"//a", b"a//b", b"#a", b"", b"   "),
    *(
        b"*",
        b"**",
        b"***",
        b"*/",
        b"**/",
        b"/*",
        b"/**",
        b"/**/",
        b"a/**",
        b"a/*",
        b"a/**/",
        b"*/b",
    ),
    *(
        b"**/b",
        b"a/**/b",
        b"a/**/**/b",
        b"a**b",
        b"a/**b",
        b"a**/b",
        b"foo**/bar",
        b"/foo**",
        b"**\\/b",
    ),
    *(
        b"?",
        b"??",
        b"?/b",
        b"*.yaml",
        b"foo.*",
        b"x/*.yaml",
        b"/a",
        b"a/",
        b"/a/",
        b"a/b",
        b"/a/b/",
    ),
    *(b"a\0b", b"\0", b"\xff", b"\xef\xbb\xbfa", b"a\r\nb\r\n", b"a\r", b"\r", b"a\r\r", b"a\x0cb"),
    *(b"a\x85b\nfoo", b"\xc3\xa9", b"[\xc3\xa9]", b"a\xc3?b", b"{a,b}", b"(a", b"a|b", b"a+", b"$"),
    *(
        b"*\n!a",
        b"*\n!*/\n!a",
        b"a/\n!a/b",
        b"*\n!foo/\n!foo/**",
        b"!a\na",
        b"[\na",
        b"a\n[",
        b"\\\n*b",
    ),
)
"""Ignore files that have something odd in them."""

_PARTS = (
    *("a", "b", "foo", "*", "*", "**", "/", "/", "**/", "/**", "?", "[a-c]", "[!a]", "[]a]", "[a-"),
    *(
        "[[:alpha:]]",
        "[[:foo:]]",
        "[a/b]",
        "[",
        "]",
        "\\",
        "\\*",
        "\\/",
        "!",
        "#",
        " ",
        "-",
        "é",
        "\n",
    ),
)


def patterns(number: int) -> list[bytes]:
    """Ignore files of chance, always the same."""
    chance = random.Random(7)
    return ["".join(chance.choices(_PARTS, k=chance.randint(1, 7))).encode() for _ in range(number)]


def entries(base: Path) -> list[bytes]:
    """Make the files; the paths of all that is there, of directories with a slash at the end."""
    for path in (base / name for name in sorted(FILES, reverse=True)):  # the inmost first
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch()
    paths = sorted(base.rglob("*"))
    return [os.fsencode(path.relative_to(base)) + b"/" * path.is_dir() for path in paths]


def ignored(file: IgnoreFile, paths: list[bytes]) -> set[bytes]:
    """Ask about every path, unless a directory above it is ignored."""
    found: set[bytes] = set()
    for path in paths:
        parents = {path[: at + 1] for at in range(len(path) - 1) if path[at : at + 1] == b"/"}
        if parents & found or file.ignores(b"lib/" + path, len(b"lib/")):
            found.add(path)
    return found


def ignored_by_git(contents: list[bytes], paths: list[bytes], base: Path) -> list[set[bytes]]:
    """Ask git about every path, below each ignore file."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", "init", "-q", base], env=environment, check=True)
    asked = []
    for number, content in enumerate(contents):
        directory = base / str(number)
        directory.mkdir()
        # Git looks for directories, and asks of no file whether it is there.
        for path in paths:
            if path.endswith(b"/"):
                (directory / os.fsdecode(path)).mkdir()
        # Git knows itself what is a directory; with a slash it would compare an empty name.
        asked += [b"%d/%s" % (number, path.rstrip(b"/")) for path in paths]
        (directory / ".gitignore").write_bytes(content)
    said = subprocess.run(
        ["git", "-C", base, "check-ignore", "--no-index", "--stdin", "-z"],
        input=b"\0".join(asked),
        stdout=subprocess.PIPE,
        env=environment,
        check=False,
    )
    found: list[set[bytes]] = [set() for _ in contents]
    for path in said.stdout.split(b"\0")[:-1]:
        number_in_ascii, _, name = path.partition(b"/")
        found[int(number_in_ascii)].add(name)
    return found


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_same_is_ignored_as_by_git(tmp_path: Path) -> None:
    contents = [*ODD, *patterns(examples(40))]
    paths = entries(tmp_path / "files")
    answers = ignored_by_git(contents, paths, tmp_path / "git")
    for content, by_git in zip(contents, answers, strict=True):
        file = IgnoreFile(content)
        # Git makes something of a reversed range.
        if not any("reversed" in bad.reason for bad in file.bad):
            assert {path.rstrip(b"/") for path in ignored(file, paths)} == by_git, content


def test_names_that_are_not_text_are_compared_byte_by_byte() -> None:
    file = IgnoreFile(b"\xff\na[\x80-\x90]\n")
    assert [file.ignores(name, 0) for name in (b"\xff", b"a\x85", b"a\x91")] == [True, True, None]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (b"[z-a]", "the range z-a is reversed"),
        (b"[!b\\z-a]*", "the range z-a is reversed"),
        (b"[", "[ without ]"),
        (b"[!", "[ without ]"),
        (b"**[", "[ without ]"),
        (b"a/**/[", "[ without ]"),
        (b"[[:alpha:]", "[ without ]"),
        (b"[[:foo:]]", "no class is called [:foo:]"),
        (b"[/]", "an empty set of characters"),
        (b"\\", "a backslash at the end"),
        (b"a\\", "a backslash at the end"),
        (b"!", "empty"),
        (b"/", "empty"),
        (b"//", "empty"),
        (b"*" * (MOST_BYTES + 1), "too long"),
    ],
)
def test_a_mistaken_pattern_is_told_and_the_others_apply(pattern: bytes, reason: str) -> None:
    file = IgnoreFile(b"# a comment\n*.draft\n%s\n\nb.yaml\n" % pattern)
    assert file.bad == [(3, pattern, reason)]
    assert [name for name in (b"a.draft", b"b.yaml", b"z") if file.ignores(name, 0)] == [
        b"a.draft",
        b"b.yaml",
    ]


def test_no_more_patterns_apply_than_are_compiled_soon() -> None:
    number = MOST_BYTES // 64
    file = IgnoreFile((b"?" * 64 + b"\n") * number + b"a\nb\n")
    assert file.ignores(b"x" * 64, 0)
    assert file.ignores(b"a", 0) is None
    assert file.bad == [(number + 1, b"a", "too many patterns before it")]


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        (b"*a" * 1000 + b"*b", b"a" * 255),
        (b"?*" * 200 + b"b", b"a" * 255),
        (b"*" + b"[ab]*" * 200 + b"c", b"ab" * 127),
        (b"**/a/" * 500 + b"b", b"a/" * 2000),
        (b"**/*a*/" * 300 + b"b", b"aaaaaaaaa/" * 400),
        (b"/**/" + b"*/" * 200 + b"b", b"a/" * 2000),
        (b"**/" * 1000 + b"b", b"a/" * 2000),
    ],
    ids=["stars", "question marks", "sets", "directories", "both", "names", "only directories"],
)
def test_no_pattern_takes_long(pattern: bytes, path: bytes) -> None:
    begun = time.process_time()
    file = IgnoreFile(pattern)
    assert file.ignores(path, 0) is None
    assert not file.bad
    # Backtracking through any of these would take years.
    assert time.process_time() - begun < 5


_PIECES = st.sampled_from(
    [
        *(
            b"[",
            b"]",
            b"[z-a]",
            b"[[:alpha:]",
            b"[[:x:]]",
            b"[!",
            b"[^]-a]",
            b"\\",
            b"**",
            b"*",
            b"?",
        ),
        *(
            b"/",
            b"!",
            b"#",
            b" ",
            b"\t",
            b"\r",
            b"\0",
            b"\n",
            b"\xff",
            b"\xe9",
            b"-",
            b"a",
            b"(?P<",
        ),
        *(b"{", b"}", b"+", b"$", b"^", b"|", b".yaml", "\u202e".encode(), b"\xef\xbb\xbf"),
    ]
)
_CONTENT = st.one_of(st.binary(max_size=80), st.lists(_PIECES, max_size=20).map(b"".join))


@given(_CONTENT, st.lists(_PIECES, max_size=4).map(b"".join))
def test_no_content_of_an_ignore_file_is_fatal(content: bytes, name: bytes) -> None:
    file = IgnoreFile(content)
    for path in (name, name + b"/", b"a/" + name, b"a.yaml", b"\xff\n.yaml"):
        assert file.ignores(b"/library/" + path, len(b"/library/")) in (True, False, None)
    for bad in file.bad:
        assert bad.reason
        assert 1 <= bad.line <= content.count(b"\n") + 1


def test_an_endless_ignore_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"briefing: 1\n")
    (tmp_path / ".gitignore").write_bytes(b"*.yaml\n" * 2_000_000)
    discovery = discover(Roots.of([tmp_path]))
    assert [os.path.basename(file.path) for file in discovery.files] == [b"a.yaml"]
    assert "larger than 2 MiB" in notice(discovery.skipped)
