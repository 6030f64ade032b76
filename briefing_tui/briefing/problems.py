"""Problems found in a file, with their location and a remedy.

A problem has a code of the form ``E104`` or ``W210``: ``E`` is an error, ``W`` a warning. Lines and
columns count from 1, as in editors; a column counts characters.
"""

from collections.abc import Iterable

import msgspec

from briefing_tui.briefing.terminal_text import printable

EntryPath = tuple[str | int, ...]
"""The keys and list positions from the root of a file to a value."""


class FileLocation(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Location of an entry in its file."""

    path: EntryPath
    line: int
    column: int


class Contrast(msgspec.Struct, frozen=True):
    """The words of a briefing beside those of a source's text."""

    written: str
    """The words of the briefing."""
    rival: str
    """The words of the passage that contradict them; empty if it has none."""
    passage: str
    """The source and passage with these words, as in a citation; empty if there is none."""


class Problem(msgspec.Struct, frozen=True):
    """A problem at one location in a file."""

    code: str
    message: str
    location: FileLocation
    contrast: Contrast | None = None
    """What differs from a source's text, for a problem that was found by comparing with one."""

    @property
    def is_error(self) -> bool:
        """Whether the problem makes the check of a file fail."""
        return self.code.startswith("E")

    def format(self, name: str) -> str:
        """Return the problem in compiler format: ``name:line:column: code message``."""
        line, column = self.location.line, self.location.column
        return f"{printable(name)}:{line}:{column}: {self.code} {self.message}"


class ExpectedError(Exception):
    """An error that ends the command line with its message and exit code, without a traceback."""

    exit_code = 2


class UnreadableFileError(ExpectedError):
    """A file that is not a briefing at all; the first of its ``problems`` is the reason."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems[0].format(name))


def suggestion(word: str, candidates: Iterable[str], most: int = 1) -> str:
    """Return a "did you mean" suffix for a message, empty if no candidate is close.

    It names the closest candidates, at most ``most`` of them.
    """
    if len(word) > 60:
        return ""  # no name is that long
    from difflib import get_close_matches  # slow to import, and only needed for mistakes

    names = list(candidates)
    near = get_close_matches(word, names, n=most, cutoff=0.6) or get_close_matches(
        word.casefold(), names, n=most, cutoff=0.6
    )
    *others, last = (f"'{name}'" for name in near) if near else ("",)
    guesses = f"{', '.join(others)} or {last}" if others else last
    return f" — did you mean {guesses}?" if near else ""


def with_article(noun: str) -> str:
    """Return a noun with its indefinite article."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


class Guesses:
    """Suggestions for the first mistakes in a file only, since fuzzy matching is slow."""

    def __init__(self, limit: int = 100) -> None:
        self._remaining = limit

    def __call__(self, word: str, candidates: Iterable[str]) -> str:
        """Return `suggestion`, or an empty string once the limit is reached."""
        self._remaining -= 1
        return suggestion(word, candidates) if self._remaining >= 0 else ""
