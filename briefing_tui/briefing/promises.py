"""Who promised a milestone for when: the promises of each party, apart from what others report.

Only those who are bound can promise. A promise is a forecast by a party of the commitment, or by
somebody who speaks for one: a member of the party, or of a body that is one, at any remove. For a
country, these are also its public bodies, persons of that country who name no body at all, and if
it performs the companies that make or sell what it owes.

What nobody or somebody else says, what is rated doubtful or improbable, and the briefer's own
judgement are kept, but change neither the first promise nor the present one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, get_args

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.model import Actor, Briefing, Commitment, Forecast, Milestone
from briefing_tui.vocabulary.words import RoleDefinition, RoleDuty

Standing = Literal["promise", "rival", "report", "doubtful", "judgement"]
"""What a forecast counts for; a rival is what a party is also reported to have said that day."""

_DOUBTFUL = (4, 5)
"""Credibility (Admiralty code) of what is doubtful or improbable."""

_PUBLIC = {
    *("state", "public_body", "regulator", "armed_force", "parliament", "electoral_commission"),
    *("court", "prosecutor", "space_agency", "funding_body"),
}
"""Kinds of actors that act for the state of their country."""
_MAKERS = {"company", "subsidiary", "arms_maker", "consortium"}
"""Kinds of actors that act for their country if it performs."""


class Claim(NamedTuple):
    """A forecast, who is bound by it, and what it counts for."""

    forecast: Forecast
    standing: Standing
    party: str | None = None
    """The party that it is a promise of; None if it is not a promise."""


class Series(NamedTuple):
    """The promises of one party, one for each day, in the order in which they were made."""

    party: str
    performs: bool
    """Whether the party does what the milestones are about."""
    promises: tuple[Forecast, ...]
    moves: int
    """How many times the promised date changed."""

    @property
    def first(self) -> Forecast:
        """The first promise."""
        return self.promises[0]

    @property
    def present(self) -> Forecast:
        """The newest promise."""
        return self.promises[-1]


class PromiseRecord(NamedTuple):
    """Everything said about the date of a milestone."""

    claims: tuple[Claim, ...]
    """All forecasts in the order in which they were made."""
    series: tuple[Series, ...]
    """The promises by party: those who perform first, then by who spoke last."""

    @property
    def leading(self) -> Series | None:
        """The promises that the milestone is measured by; None if no party promised anything."""
        return self.series[0] if self.series else None

    @property
    def newest(self) -> Forecast | None:
        """The present promise, or if there is none the newest report, a doubtful one last."""
        if self.series:
            return self.series[0].present
        reports = [claim.forecast for claim in self.claims if claim.standing != "doubtful"]
        return next(reversed(reports or [claim.forecast for claim in self.claims]), None)


def promise_record(
    briefing: Briefing, commitment: Commitment, milestone: Milestone
) -> PromiseRecord:
    """Sort the forecasts of a milestone by who is bound by them."""
    duties = _duties(briefing, commitment)
    claims: list[Claim] = []
    days: set[tuple[str, Edtf]] = set()
    promises: dict[str, list[Forecast]] = {}
    for forecast in sorted(milestone.forecasts, key=lambda forecast: forecast.said.sort_key):
        party = _party_of(briefing.actors, duties, forecast.by) if forecast.by else None
        if forecast.basis == "judgement":
            claims.append(Claim(forecast, "judgement"))
        elif forecast.credibility in _DOUBTFUL:
            claims.append(Claim(forecast, "doubtful"))
        elif party is None or not forecast.said.is_known:
            claims.append(Claim(forecast, "report"))
        elif (party, forecast.said) in days:
            same = is_consistent(promises[party][-1].due, forecast.due)
            claims.append(Claim(forecast, "promise" if same else "rival", party))
        else:
            days.add((party, forecast.said))
            promises.setdefault(party, []).append(forecast)
            claims.append(Claim(forecast, "promise", party))
    series = [
        Series(party, duties[party] == "performs", tuple(made), times_moved(made))
        for party, made in promises.items()
    ]
    series.sort(key=lambda entry: entry.present.said.sort_key, reverse=True)
    series.sort(key=lambda entry: not entry.performs)
    return PromiseRecord(tuple(claims), tuple(series))


def _party_of(
    actors: Mapping[str, Actor], duties: Mapping[str, RoleDuty], speaker: str
) -> str | None:
    """Return the party that a speaker is, or speaks for; None if there is none."""
    by_name = {party: party for party, duty in duties.items() if duty != "none"}
    for party in by_name.copy():
        actor = actors.get(party)
        if actor is not None and actor.kind == "state" and actor.country:
            by_name.setdefault(actor.country, party)
    names = [speaker]
    for name in names:  # grows by the bodies that each belongs to
        if name in by_name:
            return by_name[name]
        actor = actors.get(name)
        if actor is None:
            continue
        home = by_name.get(actor.country or "")
        if home is not None and (
            actor.kind in _PUBLIC
            or (actor.kind in _MAKERS and duties[home] == "performs")
            or (actor.kind == "person" and name == speaker and not actor.member_of)
        ):
            return home
        names += (body for body in actor.member_of if body not in names)
    return None


def times_moved(promises: Iterable[Forecast]) -> int:
    """Return how many times the date of one party's promises changed.

    A date within the one before, or one that it is within, is not a change: ``2025`` and the first
    half of 2025 agree. Nor is what one speaker of the party says between two others who agree.
    """
    stands: list[Forecast] = []
    """What was promised between two changes, each by the most precise promise."""
    for promise in promises:
        if not promise.due.is_known:
            continue
        if stands and is_consistent(stands[-1].due, promise.due):
            stands[-1] = min(stands[-1], promise, key=lambda made: _length(made.due))
        elif (
            len(stands) > 1
            and promise.by != stands[-1].by
            and is_consistent(stands[-2].due, promise.due)
        ):
            stands.pop()
        else:
            stands.append(promise)
    return max(len(stands) - 1, 0)


def is_consistent(first: Edtf, second: Edtf) -> bool:
    """Return whether one of two dates is within the other; for a deadline, its last part counts."""
    (start, end), (other_start, other_end) = due_days(first), due_days(second)
    within = start >= other_start and end <= other_end
    return within or (other_start >= start and other_end <= end)


def due_days(due: Edtf) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of a due date; of ``../2023-04`` those of April 2023."""
    return (due.anchor if due.end is not None else due.lower), due.upper


def _length(due: Edtf) -> datetime.timedelta:
    start, end = due_days(due)
    return end - start


def _duties(briefing: Briefing, commitment: Commitment) -> dict[str, RoleDuty]:
    """Return what each known party has to do with the milestones: of several roles, the most."""
    words = briefing.glossary.roles
    duties: dict[str, RoleDuty] = {}
    for role, parties in commitment.roles.items():
        duty = words.get(role, RoleDefinition()).duty
        for party in parties:
            duties[party] = min(duties.get(party, duty), duty, key=get_args(RoleDuty).index)
    duties.pop("unknown", None)
    return duties
