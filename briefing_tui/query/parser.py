"""Reading a query: recursive descent, ``not`` before ``and`` before ``or``, ``and`` understood.

```
query = any
any   = all { "or" all }
all   = one { [ "and" ] one }
one   = ( "not" | "-" ) one | "(" any ")" | term
term  = [ field ":" [ "<" | "<=" | ">" | ">=" ] ] ( word | word "*" | '"' words '"' )
```
"""

from __future__ import annotations

from briefing_tui.query.fields import read_field, words_of
from briefing_tui.query.lexer import QueryError, Token, shown, tokens
from briefing_tui.query.nodes import And, Node, Not, Or

DEEPEST = 20
MOST_TERMS = 64


def parse(text: str) -> Node:
    """The tree of a query.

    Raises:
        QueryError: it cannot be understood; the message names the column.
    """
    return _Parser(list(tokens(text))).query()


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._next = 0
        self._depth = 0
        self._terms = 0

    def query(self) -> Node:
        first = self._peek
        if first.kind == "end":
            raise QueryError("expected words to look for", first.column)
        node, rest = self._any(), self._peek
        if rest.kind != "end":
            raise QueryError(f"expected 'and', 'or' or the end, not {shown(rest)}", rest.column)
        return node

    @property
    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _any(self) -> Node:
        parts = [self._all()]
        while self._peek.kind == "or":
            self._take()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Node:
        parts = [self._one()]
        while self._peek.kind in ("and", "not", "(", "term"):
            if self._peek.kind == "and":
                self._take()
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self) -> Node:
        token = self._take()
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(f"nested more than {DEEPEST} deep", token.column)
        node = self._what(token)
        self._depth -= 1
        return node

    def _what(self, token: Token) -> Node:
        if token.kind == "not":
            return Not(self._one())
        if token.kind == "(":
            node = self._any()
            closing = self._take()
            if closing.kind != ")":
                raise QueryError(f"expected ')', not {shown(closing)}", closing.column)
            return node
        if token.kind == "term":
            self._terms += 1
            if self._terms > MOST_TERMS:
                raise QueryError(f"a query has at most {MOST_TERMS} terms", token.column)
            return read_field(token) if token.field else words_of(token)
        raise QueryError(
            f"expected words, a field or '(', not {shown(token)}"
            + ("; put it in quotation marks to look for it" if token.text else ""),
            token.column,
        )
