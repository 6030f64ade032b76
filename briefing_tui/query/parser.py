"""The parser of queries, by recursive descent; ``not`` binds tighter than ``and`` than ``or``.

```
query = or
or    = and { "or" and }
and   = unary { [ "and" ] unary }
unary = ( "not" | "-" ) unary | "(" or ")" | term
term  = "@" name | [ field ":" [ "<" | "<=" | ">" | ">=" ] ] ( word | word "*" | '"' words '"' )
```
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping

from briefing_tui.briefing.problems import suggestion
from briefing_tui.query.fields import parse_field, parse_words
from briefing_tui.query.lexer import QueryError, Token, describe, tokens
from briefing_tui.query.nodes import And, Node, Not, Or
from briefing_tui.query.words import fold_words

MAX_DEPTH = 20
MAX_TERMS = 64


def parse(text: str, saved: Mapping[str, str] | None = None, *, typing: bool = False) -> Node:
    """Parse a query; ``saved`` has the queries for ``@name``, without it an ordinary word.

    With ``typing``, the last word may be the beginning of one. Signs between words, such as an
    arrow, are ignored.

    Raises:
        QueryError: the query is invalid; the message names the column.
    """
    stream = tokens(text)
    if saved is not None:
        query = text.strip()
        if query.startswith("@") and query[1:] in saved:  # the name may contain spaces
            stream = iter([Token("term", 1, query), Token("end", len(text) + 1)])
        stream = _expand(stream, saved)
    parts = list(stream)
    if any(part.kind == "term" and not _is_sign(part) for part in parts):
        parts = [part for part in parts if not _is_sign(part)]
    if typing and not text[-1:].isspace() and _may_be_unfinished(parts):
        with contextlib.suppress(QueryError):
            return _Parser([*parts[:-2], parts[-2]._replace(prefix=True), parts[-1]]).query()
    return _Parser(parts).query()


def _is_sign(token: Token) -> bool:
    """Return whether a token is punctuation, which texts are compared without."""
    is_bare = token.kind == "term" and not token.field and not token.quoted
    return is_bare and not fold_words(token.text)


def _may_be_unfinished(tokens: list[Token]) -> bool:
    """Return whether the last word is not quoted, and not excluded: that would hide more."""
    if len(tokens) < 2 or tokens[-2].kind != "term" or tokens[-2].quoted:
        return False
    return len(tokens) < 3 or tokens[-3].kind != "not"


def _expand(stream: Iterable[Token], saved: Mapping[str, str]) -> Iterator[Token]:
    """Replace the names of saved queries by the queries' tokens in parentheses."""
    for token in stream:
        name = token.text.removeprefix("@")
        if name == token.text or token.quoted or token.field:
            yield token
            continue
        if name not in saved:
            names = f"; saved: {', '.join(saved)}" if saved else "; none is saved"
            hint = suggestion(name, saved) or names
            raise QueryError(f"no saved query '{name}'{hint}", token.column)
        rest = {other: query for other, query in saved.items() if other != name}
        try:
            parse(saved[name], rest)
        except QueryError as error:
            raise QueryError(f"in @{name}, {error}", token.column) from error
        yield Token("(", token.column)
        for inner in _expand(tokens(saved[name]), rest):
            if inner.kind != "end":
                yield inner._replace(column=token.column, at=token.column)
        yield Token(")", token.column)


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0
        self._terms = 0

    def query(self) -> Node:
        first = self._peek
        if first.kind == "end":
            raise QueryError("expected words to look for", first.column)
        node, token = self._or(), self._peek
        if token.kind != "end":
            message = f"expected 'and', 'or' or the end, not {describe(token)}"
            raise QueryError(message, token.column)
        return node

    @property
    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _or(self) -> Node:
        parts = [self._and()]
        while self._peek.kind == "or":
            self._take()
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _and(self) -> Node:
        parts = [self._unary()]
        while self._peek.kind in ("and", "not", "(", "term"):
            if self._peek.kind == "and":
                self._take()
            parts.append(self._unary())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _unary(self) -> Node:
        token = self._take()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise QueryError(f"nested more than {MAX_DEPTH} deep", token.column)
        node = self._operand(token)
        self._depth -= 1
        return node

    def _operand(self, token: Token) -> Node:
        if token.kind == "not":
            return Not(self._unary())
        if token.kind == "(":
            node = self._or()
            closing = self._take()
            if closing.kind != ")":
                raise QueryError(f"expected ')', not {describe(closing)}", closing.column)
            return node
        if token.kind == "term":
            self._terms += 1
            if self._terms > MAX_TERMS:
                raise QueryError(f"a query has at most {MAX_TERMS} terms", token.column)
            return parse_field(token) if token.field else parse_words(token)
        raise QueryError(
            f"expected words, a field or '(', not {describe(token)}"
            + ("; put it in quotation marks to look for it" if token.text else ""),
            token.column,
        )
