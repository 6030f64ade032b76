"""The fields of the query language: what each can be asked, and what its values are."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Literal, NamedTuple, get_args

from briefing_tui.briefing.dates import DateError, Edtf
from briefing_tui.briefing.problems import suggestion
from briefing_tui.briefing.text import excerpt
from briefing_tui.briefing.vocabulary import Basis, EventStatus, EventType, Reliability
from briefing_tui.query.fact import FIRST, LAST, SEPARATOR, facet
from briefing_tui.query.lexer import QueryError, Token
from briefing_tui.query.nodes import Days, Facet, Mark, Node, Or, Words
from briefing_tui.query.words import tokens

KINDS = (
    "title", "point", "question", "actor", "role", "deal", "order", "stage", "value", "milestone",
    "forecast", "progress", "met", "payment", "sanction", "statement", "unreadable",
)  # fmt: skip
"""Kinds of entries that are no events."""

PANES = ("summary", "timeline", "actors", "deals")
STATES = (*get_args(EventStatus), "new")
MARKS = ("unread", "withdrawn", "read", "starred", "noted")
"""What the reader did with an entry; in a briefing that was never opened it is neither of two."""
TYPES = tuple(dict.fromkeys((*get_args(EventType), *KINDS)))


Where = Literal["text", "actors", "deals", "title", "note"]


class Field(NamedTuple):
    """One field."""

    about: str
    """What it asks, for helps."""
    example: str
    read: Callable[[str, Token], Node]
    """Makes a node of its name and value."""


def _named(where: Where) -> Callable[[str, Token], Node]:
    def read(name: str, token: Token) -> Node:
        _unsigned(name, token)
        return words_of(token, where)

    return read


def words_of(token: Token, where: Where = "text") -> Words:
    """The node of words to look for."""
    found = tokens(token.text)
    if not found:
        raise QueryError("expected a word of letters or digits", token.at)
    if token.prefix and len(found[-1]) == 1 and found[-1].isascii():
        raise QueryError("expected two letters or more before a star", token.at)
    return Words(" ".join(found), token.prefix, where)


def _free(kind: type[Facet | Mark]) -> Callable[[str, Token], Node]:
    def read(name: str, token: Token) -> Node:
        _unsigned(name, token)
        values = [SEPARATOR.join(tokens(value)) for value, _ in _values(token)]
        return kind(tuple(facet(name, value) for value in values), token.prefix)

    return read


def _state(name: str, token: Token) -> Node:
    _unsigned(name, token)
    chosen = [_choice(name, one, (*STATES, *MARKS)) for one in _values(token)]
    told = tuple(facet(name, one) for one in chosen if one in STATES)
    own = tuple(facet(name, one) for one in chosen if one in MARKS)
    parts: list[Node] = [*([Facet(told)] if told else []), *([Mark(own)] if own else [])]
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _one_of(choices: tuple[str, ...]) -> Callable[[str, Token], Node]:
    def read(name: str, token: Token) -> Node:
        _unsigned(name, token)
        return Facet(tuple(facet(name, _choice(name, one, choices)) for one in _values(token)))

    return read


def _reliability(name: str, token: Token) -> Node:
    letters = get_args(Reliability)
    if not token.sign:
        return _one_of(letters)(name, token)
    at = letters.index(_choice(name, (token.text, token.at), letters))
    kept = {
        "<": letters[:at],
        "<=": letters[: at + 1],
        ">": letters[at + 1 :],
        ">=": letters[at:],
    }[token.sign]
    return Facet(tuple(facet(name, letter) for letter in kept))


def _days(sign: str, of: Literal["date", "known"] = "date") -> Callable[[str, Token], Node]:
    def read(name: str, token: Token) -> Node:
        if sign:
            _unsigned(name, token)
        date = _date(token)
        lower, upper = date.lower.toordinal(), date.upper.toordinal()
        match sign or token.sign:
            case ">":
                return Days(upper + 1, LAST, of)
            case ">=":
                return Days(lower, LAST, of)
            case "<":
                return Days(FIRST, lower - 1, of)
            case "<=":
                return Days(FIRST, upper, of)
        return Days(lower, upper, of)

    return read


def _date(token: Token) -> Edtf:
    try:
        return Edtf.parse(token.text)
    except DateError as error:
        raise QueryError(
            f"expected a date such as 2019, 2019-03 or 2019-03-14: {error}", token.at
        ) from error


def _values(token: Token) -> list[tuple[str, int]]:
    """The values of a list, each with its column."""
    parts = [token.text] if token.quoted else token.text.split(",")
    found, column = [], token.at
    for part in parts:
        if not tokens(part):
            raise QueryError(f"expected a value after '{token.field}:'", column)
        found.append((part, column))
        column += len(part) + 1
    return found


def _choice(name: str, value: tuple[str, int], choices: tuple[str, ...]) -> str:
    written, column = value
    for choice in choices:
        if choice.lower() == written.lower().replace("-", "_"):
            return choice
    near = suggestion(written, choices) or f"; expected one of {', '.join(choices)}"
    raise QueryError(f"'{name}' cannot be '{excerpt(written, 30)}'{near}", column)


def _unsigned(name: str, token: Token) -> None:
    if token.sign:
        raise QueryError(f"'{name}' is not compared; leave out '{token.sign}'", token.at)


FIELDS = {
    "actor": Field("involves an actor of that id or name", "actor:putin", _named("actors")),
    "deal": Field("belongs to a deal of that id or name", "deal:s-400", _named("deals")),
    "type": Field("is an event or entry of that type", "type:delivery", _one_of(TYPES)),
    "after": Field("some of it later than a date", "after:2019", _days(">")),
    "before": Field("some of it earlier than a date", "before:2023-04", _days("<")),
    "date": Field("some of it within a date", "date:2020-10/2023-04", _days("")),
    "known": Field("could be known since a date", "known:<=2019-01", _days("", "known")),
    "basis": Field("whose voice it is", "basis:external", _one_of(get_args(Basis))),
    "reliability": Field("Admiralty letter of its source", "reliability:<=B", _reliability),
    "is": Field(f"{', '.join((*STATES, *MARKS[:-1]))} or {MARKS[-1]}", "is:planned", _state),
    "note": Field("with those words in your note", 'note:"call back"', _named("note")),
    "mark": Field("with that #tag in your note", "mark:verify", _free(Mark)),
    "tag": Field("in a briefing with that tag", "tag:india", _free(Facet)),
    "pane": Field("in that pane", "pane:timeline", _one_of(PANES)),
    "id": Field("has that id", "id:first-delivery", _free(Facet)),
    "title": Field(
        "in a briefing with those words in its title", "title:frigates", _named("title")
    ),
}


def read_field(token: Token) -> Node:
    """The node of a field with its value.

    Raises:
        QueryError: nobody knows the field, or it cannot have that value.
    """
    name = token.field.lower()
    field = FIELDS.get(name)
    if field is None:
        near = suggestion(name, FIELDS) or f"; expected one of {', '.join(FIELDS)}"
        raise QueryError(f"unknown field '{excerpt(name, 30)}'{near}", token.column)
    if not token.text:
        raise QueryError(f"expected a value after '{name}:', such as {field.example}", token.at)
    node = field.read(name, token)
    if (
        token.prefix
        and not isinstance(node, Words)
        and not (isinstance(node, (Facet, Mark)) and node.prefix)
    ):
        raise QueryError(f"'{name}' takes a whole value; leave out the star", token.at)
    return node


def day_of(ordinal: int) -> datetime.date | None:
    """The day of a known-day ordinal; nothing for what was always known."""
    return datetime.date.fromordinal(ordinal) if ordinal else None
