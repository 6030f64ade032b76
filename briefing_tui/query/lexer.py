"""Query text as tokens, each with the column it begins at, counted from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from briefing_tui.briefing.text import excerpt

LONGEST = 1000
"""Characters that a query may have."""


class QueryError(ValueError):
    """A query that cannot be understood; the message tells where and what was expected."""

    def __init__(self, message: str, column: int) -> None:
        self.column = column
        """Where, counted from 1."""
        super().__init__(f"column {column}: {message}")


class Token(NamedTuple):
    """A piece of a query."""

    kind: Literal["(", ")", "not", "and", "or", "term", "end"]
    column: int
    text: str = ""
    """The words, or the value of a field, without quotation marks."""
    field: str = ""
    at: int = 0
    """Column of the value of a field."""
    sign: str = ""
    """``<``, ``<=``, ``>`` or ``>=`` before the value."""
    prefix: bool = False
    """Whether a star follows."""
    quoted: bool = False


_PIECE = re.compile(
    r"""
    (?P<paren>[()])
    | (?P<minus>-)(?=[^\s)])
    | (?:(?P<field>[^\W\d]\w*):(?P<sign>[<>]=?|=)?)?
      (?: ["“”„] (?P<quoted>[^"“”„]*) (?P<close>["“”„])? | (?P<bare>[^\s()"“”„]+) )?
      (?P<star>(?<=["“”„])\*)?
    """,
    re.VERBOSE,
)
_OPERATORS: dict[str, Literal["and", "or", "not"]] = {"and": "and", "or": "or", "not": "not"}


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query, the last of kind ``end``.

    Raises:
        QueryError: a quotation mark is not closed, or there is too much text.
    """
    if len(text) > LONGEST:
        raise QueryError(f"a query has at most {LONGEST:,} characters", LONGEST + 1)
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        match = _PIECE.match(text, position)
        assert match is not None, "every group is optional"
        yield _token(match)
        position = match.end()
    yield Token("end", len(text) + 1)


def _token(match: re.Match[str]) -> Token:
    column = match.start() + 1
    if match["paren"]:
        return Token("(" if match["paren"] == "(" else ")", column)
    if match["minus"]:
        return Token("not", column)
    if match["quoted"] is not None and not match["close"]:
        opened = match.start("quoted")
        raise QueryError("this quotation mark is not closed", opened)
    bare, field = match["bare"] or "", match["field"] or ""
    if not field and bare.lower() in _OPERATORS:
        return Token(_OPERATORS[bare.lower()], column, bare)
    quoted = match["quoted"] is not None
    begin = match.start("quoted") - 1 if quoted else match.start("bare") if bare else match.end()
    return Token(
        "term",
        column,
        match["quoted"] if quoted else bare.rstrip("*"),
        field=field,
        at=begin + 1,
        sign=(match["sign"] or "").removeprefix("="),
        prefix=bare.endswith("*") or match["star"] is not None,
        quoted=quoted,
    )


def shown(token: Token) -> str:
    """A token as messages call it."""
    if token.kind == "end":
        return "the end"
    return f"'{excerpt(token.text or token.field or token.kind, 30)}'"
