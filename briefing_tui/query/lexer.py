"""The lexer of queries: tokens with their start column, counted from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from briefing_tui.briefing.terminal_text import excerpt

MAX_LENGTH = 1000
"""Characters in a query."""


class QueryError(ValueError):
    """An invalid query; the message says where, by column from 1, and what was expected."""

    def __init__(self, message: str, column: int) -> None:
        self.column = column
        super().__init__(f"column {column}: {message}")


class Token(NamedTuple):
    """A token of a query."""

    kind: Literal["(", ")", "not", "and", "or", "term", "end"]
    column: int
    text: str = ""
    """The words, or the value of a field, without quotation marks."""
    field: str = ""
    at: int = 0
    """Column of the value."""
    sign: str = ""
    """``<``, ``<=``, ``>`` or ``>=`` before the value."""
    prefix: bool = False
    """Whether a star follows."""
    quoted: bool = False


_TOKEN = re.compile(
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
    """Yield the tokens of a query, the last of kind ``end``.

    Raises:
        QueryError: a quotation mark is not closed, or the query is too long.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"a query has at most {MAX_LENGTH:,} characters", MAX_LENGTH + 1)
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        match = _TOKEN.match(text, position)
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
        # The quotation mark precedes the group: its column, counted from 1, is the group's start.
        raise QueryError("this quotation mark is not closed", match.start("quoted"))
    bare, field = match["bare"] or "", match["field"] or ""
    if not field and bare.lower() in _OPERATORS:
        return Token(_OPERATORS[bare.lower()], column, bare)
    quoted = match["quoted"] is not None
    start = match.start("quoted") - 1 if quoted else match.start("bare") if bare else match.end()
    return Token(
        "term",
        column,
        match["quoted"] if quoted else bare.rstrip("*"),
        field=field,
        at=start + 1,
        sign=(match["sign"] or "").removeprefix("="),
        prefix=bare.endswith("*") or match["star"] is not None,
        quoted=quoted,
    )


def describe(token: Token) -> str:
    """Return the name of a token in messages."""
    if token.kind == "end":
        return "the end"
    return f"'{excerpt(token.text or token.field or token.kind, 30)}'"
