"""Whether the figures of two texts agree: the same value of the same thing, in the same unit."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from briefing_tui.briefing.atoms.figures import Bound, Figure, measurement
from briefing_tui.briefing.atoms.unit_words import is_same_currency
from briefing_tui.briefing.dates import Clock

_COUNTED = ("number", "amount", "percent", "points", "fraction")
_LARGE = 1000
"""Least number that may be a sum without its currency."""
_ENDS = {
    "early": ("January", "April"),
    "mid": ("May", "June", "July", "August"),
    "late": ("September", "December"),
}
"""Months with which a part of a year begins or ends; the middle may be meant by any of its own."""
_LOWER: frozenset[Bound] = frozenset({"over", "least"})
_UPPER: frozenset[Bound] = frozenset({"under", "most"})


def agreeing(figure: Figure, candidates: tuple[Figure, ...]) -> list[Figure]:
    """Return the figures of a passage that support a figure."""
    match figure.kind:
        case "month" if figure.clock is None:
            return _months(figure, candidates)
        case "month" | "time":
            return _times(figure, candidates)
        case "period":
            return _periods(figure, candidates)
        case "weekday":
            return [
                other
                for other in candidates
                if other.kind == "weekday" and other.unit == figure.unit
            ]
        case "score":
            return [
                other
                for other in candidates
                if other.kind == "score" and _score(other) == _score(figure)
            ]
        case _:
            return [
                other for other in _without_strangers(figure, candidates) if _is_same(figure, other)
            ]


def having_number(value: Decimal, candidates: Iterable[Figure]) -> list[Figure]:
    """Return the figures of a passage that have a number of a sum, with or without its scale."""
    return [
        other
        for other in candidates
        if value in (abs(other.value), abs(other.value.scaleb(-other.scale)), Decimal(other.day))
    ]


def is_flipped(figure: Figure, agreeing: Iterable[Figure]) -> bool:
    """Return whether a figure is a lower bound and all that support it are upper ones, or so."""
    for near, far in ((_LOWER, _UPPER), (_UPPER, _LOWER)):
        if figure.bound in near:
            return all(other.bound in far for other in agreeing)
    return False


def is_in_other_part(figure: Figure, agreeing: Iterable[Figure]) -> bool:
    """Return whether all that support an early, middle or late year are of another part of it."""
    if not figure.part:
        return False
    return all(other.part not in ("", figure.part) for other in agreeing)


def rival(figure: Figure, candidates: Iterable[Figure]) -> Figure | None:
    """Return the figure of a passage that most likely answers the same question otherwise."""
    others = [other for other in candidates if not agreeing(figure, (other,))]
    for test in (_is_other_unit, _is_other_score, _is_other_value):
        if rivals := [other for other in others if test(figure, other)]:
            return min(rivals, key=lambda other: abs(other.value - figure.value))
    return None


def counts_otherwise(figure: Figure, candidates: Iterable[Figure]) -> Figure | None:
    """Return the figure of a passage that counts the same thing as another number."""
    return next(
        (
            other
            for other in candidates
            if other.kind == figure.kind
            and other.value != figure.value
            and set(other.nouns) & set(figure.nouns)
        ),
        None,
    )


def grain(value: Decimal) -> Decimal:
    """Return the place value of the last digit of a number that is not zero."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _without_strangers(figure: Figure, candidates: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Leave out bare numbers beside sums of another currency than that of a figure."""
    if figure.kind != "amount":
        return candidates
    currencies = [other.unit for other in candidates if other.kind == "amount"]
    if not currencies or any(is_same_currency(figure.unit, unit) for unit in currencies):
        return candidates
    return tuple(other for other in candidates if other.kind == "amount")


def _is_same(figure: Figure, other: Figure) -> bool:
    kinds = {figure.kind, other.kind}
    if figure.kind == "year":
        is_dated = other.kind in ("year", "month", "period") and other.value == figure.value
        is_end = other.kind == "fiscal" and other.value in (figure.value, figure.value + 1)
        return is_dated or is_end
    if kinds == {"number", "year"}:
        return figure.value == other.value
    if figure.kind == "label":
        return other.kind in ("label", "number") and other.value == figure.value
    if figure.kind == "ordinal":
        is_day = other.kind == "month" and other.day == figure.value
        return is_day or (other.kind in ("ordinal", "label") and other.value == figure.value)
    if figure.kind == "fiscal":
        return other.kind == "fiscal" and other.value == figure.value
    if kinds <= {"percent", "fraction"}:
        return _is_same_share(figure, other)
    if figure.kind == "points" or other.kind == "points":
        is_points = all(each.kind == "points" or "point" in each.nouns for each in (figure, other))
        return is_points and _is_same_value(figure, other)
    if not kinds <= {"number", "amount"}:
        return False
    return _is_same_quantity(figure, other)


def _is_same_share(figure: Figure, other: Figure) -> bool:
    if figure.kind == other.kind:
        return _is_same_value(figure, other)
    percent, share = (figure, other) if figure.kind == "percent" else (other, figure)
    return abs(abs(percent.value) - 100 * share.value) <= Decimal("0.5")


def _is_same_quantity(figure: Figure, other: Figure) -> bool:
    if "amount" in (figure.kind, other.kind):
        if figure.kind == other.kind:
            is_same_unit = is_same_currency(figure.unit, other.unit)
        else:
            number = figure if figure.kind == "number" else other
            is_same_unit = not number.unit and abs(figure.value) >= _LARGE
        return is_same_unit and _is_same_value(figure, other)
    units = _unit(figure), _unit(other)
    if units[0] == units[1]:
        return _is_same_value(figure, other)
    if "" in units:
        bare = figure if not units[0] else other
        return not bare.nouns and _is_same_value(figure, other)
    one, two = map(measurement, units)
    if one is None or two is None or one.dimension != two.dimension:
        return False
    return figure.value * one.size.numerator == other.value * two.size.numerator


def _unit(figure: Figure) -> str:
    """Return the unit of a number, which may be apart from it, as in "24 calendar months"."""
    if figure.unit:
        return figure.unit
    return next((noun for noun in figure.nouns if measurement(noun)), "")


def _is_same_value(figure: Figure, other: Figure) -> bool:
    value, rival_value = figure.value, other.value
    if value == rival_value:
        return True
    if figure.kind in ("percent", "amount", "points"):
        value, rival_value = abs(value), abs(rival_value)
    if value == rival_value:
        return True
    if abs(value - rival_value) <= Decimal("1e-9") and figure.kind == "fraction":
        return True
    return _is_rounded(value, rival_value, figure.bound)


def _is_rounded(value: Decimal, exact: Decimal, bound: Bound) -> bool:
    """Return whether a number is given with "about" or "over" for a more exact one."""
    step = grain(value)
    match bound:
        case "about":
            return abs(value - exact) * 2 <= step
        case "over" | "least":
            return value <= exact < value + step
        case "under" | "most":
            return value - step < exact <= value
    return False


def _score(figure: Figure) -> tuple[Decimal, ...]:
    return figure.value, *figure.others


def _is_other_score(figure: Figure, other: Figure) -> bool:
    """Return whether a score is another one's reverse, or has one of its numbers."""
    if not figure.kind == other.kind == "score":
        return False
    one, two = _score(figure), _score(other)
    return two == one[::-1] or one[0] == two[0] or one[1] == two[1]


def _is_other_unit(figure: Figure, other: Figure) -> bool:
    """Return whether a number is the same and its unit is not: months and years, $ and €."""
    if figure.kind not in _COUNTED or other.kind not in _COUNTED:
        return False
    is_measured = all(each.unit or each.kind != "number" or each.nouns for each in (figure, other))
    return figure.value == other.value and is_measured and figure.value != 0


def _is_other_value(figure: Figure, other: Figure) -> bool:
    if figure.kind != other.kind:
        return False
    match figure.kind:
        case "month":
            return figure.value == other.value and figure.unit != other.unit
        case "amount":
            near = max(figure.value, other.value) <= 2 * min(figure.value, other.value)
            digits = figure.value.scaleb(-figure.scale) == other.value.scaleb(-other.scale)
            return is_same_currency(figure.unit, other.unit) and (near or digits)
        case "number" | "ordinal":
            units = _unit(figure), _unit(other)
            return bool(set(figure.nouns) & set(other.nouns)) or (
                units[0] != "" and units[0] == units[1]
            )
        case "percent" | "points" | "fraction" | "fiscal":
            return True
        case "period":
            return figure.value in (0, other.value) or other.value == 0
    return False


def _times(figure: Figure, candidates: tuple[Figure, ...]) -> list[Figure]:
    """Return the times that support a time, unless the passage has another day.

    The day may be in the heading above the passage. A time in a zone with a name is compared
    without its hour, and without its day: the name does not say how far it is from UTC.
    """
    clock = figure.clock
    assert clock is not None, "a time has its clock"
    times = [(other, other.clock) for other in candidates if other.kind == "time" and other.clock]
    same = [other for other, rival_clock in times if _is_same_time(clock, rival_clock)]
    if same:
        days = [other for other in candidates if other.kind == "month" and other.day]
        is_day = figure.kind == "time" or not days or _months(figure, candidates)
        return same if is_day else []
    return [
        other
        for other, rival_clock in times
        if other.unit
        and rival_clock.offset is None
        and (clock.minute - rival_clock.minute) % 30 == 0
    ]


def _is_same_time(clock: Clock, other: Clock) -> bool:
    if other.second is None or clock.second is None:
        clock, other = clock._replace(second=None), other._replace(second=None)
    if other.offset == 0 and clock.offset:
        return (clock.seconds - other.seconds - 60 * clock.offset) % (24 * 60 * 60) == 0
    return clock.seconds == other.seconds


def _periods(figure: Figure, candidates: tuple[Figure, ...]) -> list[Figure]:
    """Return the parts of a year, or several years, that support one; the year may be apart."""
    apart = any(other.kind == "year" and other.value == figure.value for other in candidates)
    years = (figure.value, Decimal(0)) if apart else (figure.value,)
    return [
        other
        for other in candidates
        if other.kind == "period"
        and other.unit == figure.unit
        and (not figure.value or other.value in years)
    ]


def _months(figure: Figure, candidates: tuple[Figure, ...]) -> list[Figure]:
    """Return the months that support one, of the same year and day if it has them.

    The year may be apart from the month ("in 2023 … by April"), unless it belongs to another month.
    """
    loose_years = {other.value for other in candidates if other.kind == "year"}
    days = {
        other.value
        for other in candidates
        if other.kind in ("number", "ordinal") and 1 <= other.value <= 31
    }
    months = []
    for other in candidates:
        if other.kind == "year" and other.part and other.value == figure.value and not figure.day:
            months += [other] if figure.unit in _ENDS[other.part] else []
        if other.kind != "month" or other.unit != figure.unit:
            continue
        is_same_year = not figure.value or other.value == figure.value
        is_same_year |= not other.value and figure.value in loose_years
        is_same_day = figure.day in (0, other.day) or (
            not other.day and Decimal(figure.day) in days
        )
        if is_same_year and is_same_day:
            months.append(other)
    return months
