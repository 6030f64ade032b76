"""The fields of the query language and their values."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Literal, NamedTuple, get_args

from briefing_tui.briefing.dates import DateError, Edtf
from briefing_tui.briefing.model import Basis, EventStatus, Reliability
from briefing_tui.briefing.problems import suggestion
from briefing_tui.briefing.terminal_text import excerpt
from briefing_tui.query.fact import FIRST, LAST, SEPARATOR, facet
from briefing_tui.query.lexer import QueryError, Token
from briefing_tui.query.nodes import Days, Facet, Mark, Node, Or, Words, facet_names
from briefing_tui.query.words import tokens
from briefing_tui.vocabulary.catalogue import all_words
from briefing_tui.vocabulary.words import is_word

KINDS = (
    "title", "point", "question", "actor", "role", "deal", "order", "stage", "value", "milestone",
    "forecast", "progress", "met", "missed", "dropped", "replaced",
    "payment", "sanction", "statement", "unreadable",
)  # fmt: skip
"""Kinds of entries other than events."""

PANES = ("summary", "timeline", "actors", "deals")
STATES = (*get_args(EventStatus), "new", "corrected", "retracted")
MARKS = ("unread", "withdrawn", "read", "starred", "noted")
"""Annotations and read states; in a briefing never opened, an entry is neither read nor unread."""

COUNTS = tuple("0123456789")
"""Numbers of independent sources; the last one stands for more as well."""
SINGLE_SOURCE = "sources:1"
"""The query for what has one source alone."""

Where = Literal["text", "actors", "deals", "title", "note"]
Parser = Callable[[Token], Node]


class QueryField(NamedTuple):
    """A field of the query language."""

    about: str
    example: str
    parse: Parser
    is_compared: bool = False
    """Whether the value may have a sign such as ``<``."""


def parse_words(token: Token, where: Where = "text") -> Words:
    """Build the node of words to search.

    Raises:
        QueryError: there is no word, or too short a prefix.
    """
    words = tokens(token.text)
    if not words:
        raise QueryError("expected a word of letters or digits", token.at)
    if token.prefix and len(words[-1]) == 1 and words[-1].isascii():
        raise QueryError("expected two letters or more before a star", token.at)
    return Words(" ".join(words), token.prefix, where)


def _words(where: Where) -> Parser:
    return lambda token: parse_words(token, where)


def _free(kind: type[Facet]) -> Parser:
    def parse(token: Token) -> Node:
        values = [SEPARATOR.join(tokens(value)) for value, _ in _values(token)]
        return kind(tuple(facet(token.field, value) for value in values), token.prefix)

    return parse


def _state(token: Token) -> Node:
    name = token.field
    values = [_choice(name, value, (*STATES, *MARKS)) for value in _values(token)]
    states = tuple(facet(name, value) for value in values if value in STATES)
    marks = tuple(facet(name, value) for value in values if value in MARKS)
    parts: list[Node] = [*([Facet(states)] if states else []), *([Mark(marks)] if marks else [])]
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def _one_of(choices: tuple[str, ...]) -> Parser:
    return lambda token: Facet(
        tuple(facet(token.field, _choice(token.field, value, choices)) for value in _values(token))
    )


def _type(token: Token) -> Node:
    """Accept any word: a briefing can have types of its own."""
    words = [(value.lower().replace("-", "_"), column) for value, column in _values(token)]
    for word, column in words:
        if not is_word(word):
            raise QueryError("'type' takes a word, such as delivery", column)
    return Facet(tuple(facet(token.field, word) for word, _ in words))


def _compared(choices: tuple[str, ...]) -> Parser:
    """Accept one or several of some ordered values, or those on one side of one."""

    def parse(token: Token) -> Node:
        name = token.field
        if not token.sign:
            return _one_of(choices)(token)
        index = choices.index(_choice(name, (token.text, token.at), choices))
        matching = {
            "<": choices[:index],
            "<=": choices[: index + 1],
            ">": choices[index + 1 :],
            ">=": choices[index:],
        }[token.sign]
        return Facet(tuple(facet(name, value) for value in matching))

    return parse


def _sources(token: Token) -> Node:
    for value, column in _values(token):
        if value not in COUNTS:
            message = f"'{token.field}' is a number from 0 to {COUNTS[-1]}, which includes more"
            raise QueryError(message, column)
    return _compared(COUNTS)(token)


def _days(sign: str, of: Literal["date", "known"] = "date") -> Parser:
    def parse(token: Token) -> Node:
        date = _date(token)
        lower, upper = date.instants
        if of == "known":
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

    return parse


def _date(token: Token) -> Edtf:
    try:
        date = Edtf.parse(token.text)
        if not date.is_known:
            raise DateError("an unknown date is neither before nor after another")
        return date
    except DateError as error:
        message = f"expected a date such as 2019, 2019-03 or 2019-03-14: {error}"
        raise QueryError(message, token.at) from error


def _values(token: Token) -> list[tuple[str, int]]:
    """Return the values of a comma-separated list with their columns."""
    parts = [token.text] if token.quoted else token.text.split(",")
    values, column = [], token.at
    for part in parts:
        if not tokens(part):
            raise QueryError(f"expected a value after '{token.field}:'", column)
        values.append((part, column))
        column += len(part) + 1
    return values


def _choice(name: str, value: tuple[str, int], choices: tuple[str, ...]) -> str:
    text, column = value
    for choice in choices:
        if choice.lower() == text.lower().replace("-", "_"):
            return choice
    hint = suggestion(text, choices) or f"; expected one of {', '.join(choices)}"
    raise QueryError(f"'{name}' cannot be '{excerpt(text, 30)}'{hint}", column)


def known_types() -> tuple[str, ...]:
    """Return the types of events in all vocabularies, and the kinds of other entries."""
    events = (entry.word for entry in all_words() if entry.section == "events")
    return tuple(dict.fromkeys((*events, *KINDS)))


def type_advice(node: Node) -> str:
    """Return advice for a query without matches: which type in it no vocabulary has."""
    prefix = facet("type", "")
    words = [name.removeprefix(prefix) for name in facet_names(node) if name.startswith(prefix)]
    types = known_types() if words else ()
    unknown = next((word for word in words if word not in types), "")
    if not unknown:
        return ""
    return f"unknown type '{excerpt(unknown, 30)}'{suggestion(unknown, types)}"


FIELDS = {
    "actor": QueryField("involves an actor of that id or name", "actor:putin", _words("actors")),
    "deal": QueryField("belongs to a deal of that id or name", "deal:s-400", _words("deals")),
    "type": QueryField("is an event or entry of that type", "type:delivery", _type),
    "after": QueryField("some of it later than a date", "after:2019", _days(">")),
    "before": QueryField("some of it earlier than a date", "before:2023-04", _days("<")),
    "date": QueryField("some of it within a date", "date:2020-10/2023-04", _days(""), True),
    "known": QueryField("could be known since a date", "known:<=2019-01", _days("", "known"), True),
    "basis": QueryField("whose voice it is", "basis:external", _one_of(get_args(Basis))),
    "reliability": QueryField(
        "Admiralty letter of one of its sources",
        "reliability:<=B",
        _compared(get_args(Reliability)),
        True,
    ),
    "sources": QueryField("independent sources that it has", "sources:1", _sources, True),
    "is": QueryField(f"{', '.join((*STATES, *MARKS[:-1]))} or {MARKS[-1]}", "is:planned", _state),
    "note": QueryField("with those words in your note", 'note:"call back"', _words("note")),
    "mark": QueryField("with that #tag in your note", "mark:verify", _free(Mark)),
    "tag": QueryField("in a briefing with that tag", "tag:india", _free(Facet)),
    "pane": QueryField("in that pane", "pane:timeline", _one_of(PANES)),
    "id": QueryField("has that id", "id:first-delivery", _free(Facet)),
    "title": QueryField(
        "in a briefing with those words in its title", "title:frigates", _words("title")
    ),
}


def parse_field(token: Token) -> Node:
    """Build the node of a field with its value.

    Raises:
        QueryError: the field is unknown, or cannot have that value.
    """
    name = token.field.lower()
    field = FIELDS.get(name)
    if field is None:
        hint = suggestion(name, FIELDS) or f"; expected one of {', '.join(FIELDS)}"
        raise QueryError(f"unknown field '{excerpt(name, 30)}'{hint}", token.column)
    if not token.text:
        raise QueryError(f"expected a value after '{name}:', such as {field.example}", token.at)
    if token.sign and not field.is_compared:
        raise QueryError(f"'{name}' is not compared; leave out '{token.sign}'", token.at)
    node = field.parse(token._replace(field=name))
    if token.prefix and not (isinstance(node, (Words, Facet)) and node.prefix):
        raise QueryError(f"'{name}' takes a whole value; leave out the star", token.at)
    return node


def day_from_ordinal(ordinal: int) -> datetime.date | None:
    """Return the day of `Fact.known`; None for 0."""
    return datetime.date.fromordinal(ordinal) if ordinal else None
