"""Quantities with explicit precision, written with the signs that dates have.

```
text   = number [ "~" | "?" ] | number "/" number | "../" number | number "/.."
number = digits [ "." digits ]
```

``36~`` is about 36, ``36?`` is uncertain, ``4/6`` is a range, ``../6`` is at most 6, and ``6/..``
is at least 6.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from decimal import Decimal

_NUMBER = r"(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,12})?"
GRAMMAR = re.compile(rf"{_NUMBER}[~?]?|{_NUMBER}/(?:{_NUMBER}|\.\.)|\.\./{_NUMBER}")
"""Syntax of a quantity."""

_GROUPED = re.compile(r"[0-9]{1,3}(?:[,_ '][0-9]{2,3})+(?:\.[0-9]+)?")
_FORM = "write a number such as 36 or 33.50, 36~ for about 36, 4/6 for a range, ../6 for at most 6"


class QuantityError(ValueError):
    """A text that is not a quantity; the message says what to write."""


class Quantity:
    """An immutable quantity from `Quantity.parse`, compared by its text: `36` is not `36.0`."""

    text: str

    def __init__(self, text: str) -> None:
        self.__dict__["text"] = text

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """Parse a quantity such as `36`, `33.50`, `36~`, `4/6`, `../6` or `6/..`.

        Raises:
            QuantityError: it is none, is 0, or is a range that ends before it starts.
        """
        return _parse(text)

    @cached_property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest amount; None if it is open."""
        from decimal import Decimal  # most amounts are whole numbers

        ends = self.text.rstrip("~?").split("/")
        least, greatest = (None if end == ".." else Decimal(end) for end in (ends[0], ends[-1]))
        return least, greatest

    @property
    def whole(self) -> int | None:
        """The amount as a whole number; None if it is a fraction, a range or not exact."""
        return int(self.text) if self.text.isdecimal() else None

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a quantity is immutable: cannot set {name!r}")

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Quantity) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Quantity({self.text!r})"


def format_quantity(quantity: Quantity) -> str:
    """Format a quantity: "5,430,000,000", "about 36", "4 to 6", "at most 6"."""
    first, slash, last = quantity.text.partition("/")
    if slash and ".." in (first, last):
        return f"at most {_grouped(last)}" if first == ".." else f"at least {_grouped(first)}"
    if slash:
        return f"{_grouped(first)} to {_grouped(last)}"
    number = _grouped(first.rstrip("~?"))
    if first.endswith("~"):
        return f"about {number}"
    return f"{number} (uncertain)" if first.endswith("?") else number


def _grouped(number: str) -> str:
    whole, point, decimals = number.partition(".")
    return f"{int(whole):,}{point}{decimals}"


@lru_cache(maxsize=1024)
def _parse(text: str) -> Quantity:
    if not GRAMMAR.fullmatch(text):
        plain = re.sub(r"[,_ ']", "", text)
        if _GROUPED.fullmatch(text) and GRAMMAR.fullmatch(plain):
            raise QuantityError(f"not a number; write {plain}")
        raise QuantityError(f"not a number; {_FORM}")
    quantity = Quantity(text)
    least, greatest = quantity.bounds if quantity.whole is None else (None, None)
    if quantity.whole == 0 or (greatest is not None and greatest == 0):
        raise QuantityError("an amount is more than 0")
    if least is not None and greatest is not None and least > greatest:
        raise QuantityError(f"the range ends before it starts; write {greatest}/{least}")
    return quantity
