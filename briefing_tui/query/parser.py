"""Reading a query: recursive descent, ``not`` before ``and`` before ``or``, ``and`` understood.

```
query = any
any   = all { "or" all }
all   = one { [ "and" ] one }
one   = ( "not" | "-" ) one | "(" any ")" | term
term  = "@" name | [ field ":" [ "<" | "<=" | ">" | ">=" ] ] ( word | word "*" | '"' words '"' )
```
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefing_tui.briefing.problems import suggestion
from briefing_tui.query.fields import read_field, words_of
from briefing_tui.query.lexer import QueryError, Token, shown, tokens
from briefing_tui.query.nodes import And, Node, Not, Or

DEEPEST = 20
MOST_TERMS = 64


def parse(text: str, saved: Mapping[str, str] | None = None) -> Node:
    """The tree of a query.

    Args:
        text: The query.
        saved: The queries that ``@name`` stands for; without them it is a word like any other.

    Raises:
        QueryError: it cannot be understood; the message names the column.
    """
    found = tokens(text)
    if saved is not None:
        whole = text.strip()
        if whole.removeprefix("@") != whole and whole[1:] in saved:  # which may hold spaces
            found = iter([Token("term", 1, whole), Token("end", len(text) + 1)])
        found = _spliced(found, saved)
    return _Parser(list(found)).query()


def _spliced(found: Iterable[Token], saved: Mapping[str, str]) -> Iterator[Token]:
    """The tokens of a query with those of saved ones, in parentheses, where it names them."""
    for token in found:
        name = token.text.removeprefix("@")
        if name == token.text or token.quoted or token.field:
            yield token
            continue
        if name not in saved:
            known = f"; saved: {', '.join(saved)}" if saved else "; none is saved"
            near = suggestion(name, saved) or known
            raise QueryError(f"no saved query '{name}'{near}", token.column)
        others = {other: query for other, query in saved.items() if other != name}
        try:
            parse(saved[name], others)
        except QueryError as error:
            raise QueryError(f"in @{name}, {error}", token.column) from error
        yield Token("(", token.column)
        yield from (
            one._replace(column=token.column, at=token.column)
            for one in _spliced(tokens(saved[name]), others)
            if one.kind != "end"
        )
        yield Token(")", token.column)


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
