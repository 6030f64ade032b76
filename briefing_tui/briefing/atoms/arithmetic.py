"""Sums in a file, such as ``4.2e9 / 6``: parsed and computed without evaluating any code.

```
sums    = sum { ";" sum }
sum     = product { ( "+" | "-" ) product }
product = factor { ( "*" | "/" ) factor }
factor  = [ "-" ] ( number | "(" sum ")" )
number  = digits [ "." digits ] [ "e" digits ] [ "%" ]
```
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

_TOKEN = re.compile(r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][0-9]+)?)|(?P<sign>[-+*/()%]))")
_SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-"})
_LONGEST = 200
_LARGEST = 30
"""Digits of the largest number."""
_POWERS = {3: "thousand", 6: "million", 9: "billion", 12: "trillion"}


class SumError(ValueError):
    """A text that is not a sum; the message says why."""


class Sum(NamedTuple):
    """The result of a sum and the numbers in it."""

    result: Fraction
    operands: tuple[Fraction, ...]


def parse_sums(text: str) -> tuple[Sum, ...]:
    """Compute the sums of a field.

    Raises:
        SumError: one of them is not in the grammar, is too long, or divides by 0.
    """
    return tuple(parse_sum(part) for part in text.split(";"))


def parse_sum(text: str) -> Sum:
    """Compute a sum.

    Raises:
        SumError: it is not in the grammar, is too long, or divides by 0.
    """
    if len(text) > _LONGEST:
        raise SumError(f"a sum has at most {_LONGEST} characters")
    parser = _Parser(_tokens(text.translate(_SIGNS)))
    result = parser.sum(0)
    if parser.rest:
        raise SumError(f"'{parser.rest[0]}' is out of place")
    if not parser.operators:
        raise SumError("there is nothing to work out; write a sum such as 4.2e9 / 6")
    return Sum(result, tuple(parser.operands))


def format_sum(text: str) -> str:
    """Format a sum for readers: ``4.2e9 / 6`` is "4.2 billion / 6"."""

    def words(match: re.Match[str]) -> str:
        power = _POWERS.get(int(match[2]))
        return f"{match[1]} {power}" if power else match[0]

    return re.sub(r"([0-9.]+)[eE]([0-9]{1,2})\b", words, text)


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            rest = text[at:].split()[0]
            raise SumError(f"'{rest}' cannot be in a sum; write 4200 or 4.2e9, and + - * / ( )")
        tokens.append(match[0].strip())
        at = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens
        self.operands: list[Fraction] = []
        self.operators = 0

    def sum(self, depth: int) -> Fraction:
        total = self._product(depth)
        while self._next() in ("+", "-"):
            self.operators += 1
            sign = 1 if self.rest.pop(0) == "+" else -1
            total += sign * self._product(depth)
        return total

    def _product(self, depth: int) -> Fraction:
        product = self._factor(depth)
        while self._next() in ("*", "/"):
            self.operators += 1
            operator, factor = self.rest.pop(0), self._factor(depth)
            if operator == "/" and not factor:
                raise SumError("it divides by 0")
            product = product * factor if operator == "*" else product / factor
        return product

    def _factor(self, depth: int) -> Fraction:
        if depth > 20:
            raise SumError("it has too many brackets")
        token = self.rest.pop(0) if self.rest else ""
        if token == "-":
            return -self._factor(depth + 1)
        if token == "(":
            value = self.sum(depth + 1)
            if self._next() != ")":
                raise SumError("a bracket is not closed")
            self.rest.pop(0)
            return value
        if not token[:1].isdecimal():
            raise SumError(f"'{token}' is out of place" if token else "it ends too early")
        number = self._number(token)
        self.operands.append(number)
        if self._next() == "%":
            self.rest.pop(0)
            number /= 100
        return number

    def _number(self, token: str) -> Fraction:
        digits, _, power = token.lower().partition("e")
        if len(digits) > _LARGEST or (power and int(power[:3]) > _LARGEST):
            raise SumError(f"'{token[:20]}' is too large")
        return Fraction(digits) * Fraction(10) ** int(power or 0)

    def _next(self) -> str:
        return self.rest[0] if self.rest else ""
