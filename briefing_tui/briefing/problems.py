"""What is wrong with a file, where, and what to do about it.

A problem has a code of the form ``E104`` or ``W210``: ``E`` is an error, ``W`` a warning. Lines and
columns count from 1, as editors do; a column counts characters.
"""

from collections.abc import Iterable

import msgspec

Path = tuple[str | int, ...]
"""The keys and list positions that lead from the root of a file to a value."""


class Place(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where in its file an entry stands."""

    path: Path
    line: int
    column: int


class Problem(msgspec.Struct, frozen=True):
    """One finding about one place of a file."""

    code: str
    message: str
    place: Place

    @property
    def is_error(self) -> bool:
        """Whether the finding makes a file fail its check."""
        return self.code.startswith("E")

    def located(self, name: str) -> str:
        """The finding as compilers print it: ``name:line:column: code message``."""
        return f"{name}:{self.place.line}:{self.place.column}: {self.code} {self.message}"


class Refused(Exception):  # noqa: N818 - says what happened to the file, as in StopIteration
    """A file that cannot be opened at all; ``problems`` say why."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.located(name) for problem in self.problems))


def suggestion(word: str, known: Iterable[str]) -> str:
    """The tail of a message that names the nearest known word, or nothing."""
    if len(word) > _LONGEST_GUESSED:
        return ""
    from difflib import get_close_matches  # only files with mistakes pay for it

    names = list(known)
    near = get_close_matches(word, names, n=1, cutoff=0.6) or get_close_matches(
        word.casefold(), names, n=1, cutoff=0.6
    )
    return f" — did you mean '{near[0]}'?" if near else ""


class Guesses:
    """Suggestions for the first mistakes of a file.

    Comparing words takes long, and a file with more mistakes than anybody types by hand is not
    mended word by word.
    """

    def __init__(self, most: int = 100) -> None:
        self._left = most

    def __call__(self, word: str, known: Iterable[str]) -> str:
        """As `suggestion`, until there were too many."""
        self._left -= 1
        return suggestion(word, known) if self._left >= 0 else ""


_LONGEST_GUESSED = 60
