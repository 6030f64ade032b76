"""The role of an actor on a day."""

from __future__ import annotations

import datetime

from briefing_tui.briefing.dates import Edtf, format_date
from briefing_tui.briefing.model import Actor


def role_on(actor: Actor, day: datetime.date) -> str:
    """Return the roles that an actor has on a day, or the last one with its date; may be empty.

    A dated role is one for its whole period. A single day or month only says when somebody had it,
    so later it is said to be as of then. The undated role counts if it is none of the dated ones,
    and if no dated one is current.
    """
    begun = [held for held in actor.roles if held.date.is_known and held.date.anchor <= day]
    current = [held.role for held in begun if held.date.upper >= day]
    if current:
        return ", ".join(dict.fromkeys(current))
    if actor.role and actor.role.casefold() not in {held.role.casefold() for held in actor.roles}:
        return actor.role
    if not begun:
        return ""
    last = max(begun, key=lambda held: held.date.upper)
    if last.date.start == last.date.end:
        return f"{last.role} as of {format_date(last.date)}"
    end = last.date.text.rpartition("/")[2]
    return f"{last.role} until {format_date(Edtf.parse(end))}"
