"""Ignore files, read as git reads them (gitignore(5), and git's wildmatch.c for the rest).

One thing differs: a pattern with a reversed range such as ``[z-a]``, which git reads as its first
character, has no effect, like other patterns that can match nothing.

Patterns are compiled to regular expressions over bytes, since git compares bytes. None of them
backtracks from one ``*`` or ``**`` into another, so that no pattern is slow.
"""

from __future__ import annotations

import codecs
import re
import string
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

MOST_BYTES = 1 << 16
"""Bytes of patterns in one file that have an effect; more take seconds to compile."""

_CLASSES = {
    "alnum": string.ascii_letters + string.digits,
    "alpha": string.ascii_letters,
    "blank": " \t",
    "cntrl": "".join(map(chr, (*range(1, 0x20), 0x7F))),
    "digit": string.digits,
    "graph": string.ascii_letters + string.digits + string.punctuation,
    "lower": string.ascii_lowercase,
    "print": string.ascii_letters + string.digits + string.punctuation + " ",
    "punct": string.punctuation,
    "space": " \t\n\r",
    "upper": string.ascii_uppercase,
    "xdigit": string.hexdigits,
}
"""The characters of ``[:class:]``: ASCII in every locale; git counts no other white space."""

_SPECIAL = re.compile(rb"[*?[\\]")
_CLASS = re.compile(rb"\[:([^\]]*):\]")
_RANGE = re.compile(rb"-[^\]]")
_STAR = b"*"
_DIRECTORIES = b"**/"


class BadPattern(NamedTuple):
    """A line of an ignore file that has no effect."""

    line: int
    """Counted from 1."""
    pattern: bytes
    reason: str


class IgnoreFile:
    """The patterns of one ignore file."""

    def __init__(self, data: bytes) -> None:
        """Read the content of the file; an invalid pattern has no effect."""
        self.bad: list[BadPattern] = []
        self._groups: list[tuple[bool, _Matcher, _Matcher]] = []
        """Whether consecutive patterns are negated, those about names and those about paths."""
        # The last pattern that matches decides.
        patterns = reversed(list(self._patterns(data)))
        for negated, group in groupby(patterns, lambda pattern: pattern.negated):
            members = list(group)
            names = _Matcher([pattern for pattern in members if pattern.on_name])
            paths = _Matcher([pattern for pattern in members if not pattern.on_name])
            self._groups.append((negated, names, paths))

    def ignores(self, path: bytes, base: int) -> bool | None:
        """Return whether the file ignores a path, or None if no pattern matches it.

        Args:
            path: The path; a directory ends with a slash. Its parent directories are not ignored.
            base: The index at which the part relative to the directory of the file begins.
        """
        name = max(path.rfind(b"/", 0, -1) + 1, base)
        for negated, names, paths in self._groups:
            if names.matches(path, name) or paths.matches(path, base):
                return not negated
        return None

    def _patterns(self, data: bytes) -> Iterator[_Pattern]:
        room = MOST_BYTES
        for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
            # In git, a line ends at NUL.
            text = _without_spaces(line.removesuffix(b"\r").partition(b"\0")[0])
            if not text or text.startswith(b"#"):
                continue
            if len(text) > MOST_BYTES:
                self.bad.append(BadPattern(number, text, "too long"))
                continue
            room -= len(text)
            if room < 0:
                self.bad.append(BadPattern(number, text, "too many patterns before it"))
                return
            try:
                yield _Pattern(text)
            except ValueError as error:
                self.bad.append(BadPattern(number, text, str(error)))


def _without_spaces(line: bytes) -> bytes:
    """Return a line without trailing spaces, except one that a backslash escapes."""
    text = line.rstrip(b" ")
    backslashes = len(text) - len(text.rstrip(b"\\"))
    return line[: len(text) + backslashes % 2]


class _Pattern:
    def __init__(self, text: bytes) -> None:
        """Parse a line.

        Raises:
            ValueError: it is invalid; the message says why.
        """
        self.negated = text.startswith(b"!")
        glob = text.removeprefix(b"!")
        self.only_directories = glob.endswith(b"/")
        glob = glob.removesuffix(b"/")
        self.on_name = b"/" not in glob
        """Whether it matches a name in any directory, not a path."""
        self.glob = glob.removeprefix(b"/")
        if not self.glob:
            raise ValueError("empty")
        self.regex = _regex(self.glob) if _SPECIAL.search(self.glob) else None
        """None if the pattern matches its own text."""


class _Matcher:
    """Patterns that match the same part of a path."""

    def __init__(self, patterns: list[_Pattern]) -> None:
        directories = [pattern for pattern in patterns if pattern.only_directories]
        others = [pattern for pattern in patterns if not pattern.only_directories]
        self._texts = {pattern.glob + b"/" for pattern in patterns if pattern.regex is None}
        self._texts.update(pattern.glob for pattern in others if pattern.regex is None)
        # In git, the path of a directory does not include the slash.
        regexes = [*_any_of(directories, b"(?<!/)/"), *_any_of(others, b"(?<!/)/?")]
        self._regex = re.compile(b"|".join(regexes)) if regexes else None

    def matches(self, path: bytes, start: int) -> bool:
        """Return whether a pattern matches a path from an index."""
        return path[start:] in self._texts or (
            self._regex is not None and self._regex.fullmatch(path, start) is not None
        )


def _any_of(patterns: Iterable[_Pattern], end: bytes) -> Iterator[bytes]:
    regexes = [pattern.regex for pattern in patterns if pattern.regex is not None]
    if regexes:
        yield b"(?:%s)%s" % (b"|".join(regexes), end)


def _regex(glob: bytes) -> bytes:
    """Return a regular expression for a glob.

    Raises:
        ValueError: it is invalid; the message says why.
    """
    segments = []
    for segment in _split(_tokens(glob), _DIRECTORIES):
        names = (map(b"".join, _split(name, _STAR)) for name in _split(segment, b"/"))
        segments.append(b"/".join(_joined(b"[^/]*?", list(runs)) for runs in names))
    return _joined(b"(?:[^/]*/)*?", segments)


def _joined(wildcard: bytes, parts: list[bytes]) -> bytes:
    """Join parts by a wildcard that matches as little as possible.

    The earliest match of a part leaves the most room for later parts, so that no other match is
    tried; only the last part has to match at the end.
    """
    first, *others = [parts[0], *(wildcard + part for part in parts[1:])]
    return first + b"".join(b"(?>%s)" % part for part in others[:-1]) + b"".join(others[-1:])


def _split(tokens: Iterable[bytes], separator: bytes) -> list[list[bytes]]:
    parts: list[list[bytes]] = [[]]
    for token in tokens:
        if token == separator:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _tokens(glob: bytes) -> Iterator[bytes]:
    """Yield the regular expressions of single characters, and the wildcards for several."""
    # Git compares the part before the first special character separately: the rest begins there.
    begin = len(_SPECIAL.split(glob, maxsplit=1)[0])
    at = 0
    while at < len(glob):
        char = glob[at : at + 1]
        if char == b"*":
            start = at
            while glob[at : at + 1] == b"*":
                at += 1
            whole = at - start > 1 and (start == begin or glob[start - 1 : start] == b"/")
            if whole and at == len(glob):
                yield b"(?s:.*)"
            elif whole and glob.startswith(b"/", at):
                yield _DIRECTORIES
                at += 1
            elif whole and glob.startswith(b"\\/", at):  # at least one directory
                yield from (_DIRECTORIES, _STAR)
            else:
                yield _STAR
            continue
        at += 1
        if char == b"?":
            yield b"[^/]"
        elif char == b"[":
            characters, at = _set(glob, at)
            yield _one_of(characters)
        elif char == b"\\":
            if at == len(glob):
                raise ValueError("a backslash at the end")
            yield re.escape(glob[at : at + 1])
            at += 1
        else:
            yield re.escape(char)


def _set(glob: bytes, at: int) -> tuple[set[int], int]:
    """Return the characters of a bracket expression, opened before ``at``, and the index after."""
    negated = glob[at : at + 1] in (b"!", b"^")
    at += negated
    begin = at
    characters: set[int] = set()
    previous = 0  # what a range may begin with
    while at == begin or glob[at : at + 1] != b"]":
        if named := _CLASS.match(glob, at):
            characters.update(_class(named[1]))
            previous, at = 0, named.end()
            continue
        ranged = previous and _RANGE.match(glob, at)
        at += bool(ranged)
        at += glob.startswith(b"\\", at)
        if at >= len(glob):
            raise ValueError("[ without ]")
        if ranged and previous > glob[at]:
            raise ValueError(f"the range {previous:c}-{glob[at]:c} is reversed")
        characters.update(range(previous if ranged else glob[at], glob[at] + 1))
        previous = 0 if ranged else glob[at]
        at += 1
    if negated:
        characters = set(range(1, 256)) - characters
    characters.discard(ord("/"))
    if not characters:
        raise ValueError("an empty set of characters")
    return characters, at + 1


def _one_of(characters: set[int]) -> bytes:
    runs = groupby(enumerate(sorted(characters)), lambda item: item[1] - item[0])
    ranges = [[character for _, character in run] for _, run in runs]
    return b"[%s]" % b"".join(b"\\x%02x-\\x%02x" % (run[0], run[-1]) for run in ranges)


def _class(name: bytes) -> bytes:
    characters = _CLASSES.get(name.decode("latin-1"))
    if characters is None:
        raise ValueError(f"no class is called [:{name.decode('utf-8', 'replace')}:]")
    return characters.encode()
