"""The words that a briefing's vocabularies have for its commitments and their parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefing_tui.briefing.memoization import memoize_last
from briefing_tui.briefing.model import DEFAULT_KIND, Briefing, Commitment, Stage
from briefing_tui.views.labels import label, party
from briefing_tui.vocabulary.words import KindDefinition, StageState, label_of, plural_of


def kind_of(briefing: Briefing, commitment: Commitment) -> KindDefinition:
    """Return what the kind of a commitment means; a bare definition if the kind is unknown."""
    return briefing.glossary.commitments.get(commitment.kind_word, KindDefinition())


def kind_label(briefing: Briefing, commitment: Commitment) -> str:
    """Return what readers see for the kind of a commitment, such as ``incident response``."""
    return label(briefing, "commitments", commitment.kind_word)


def stage_label(briefing: Briefing, stage: Stage) -> str:
    """Return what readers see for a stage, such as ``in delivery``."""
    return label(briefing, "stages", stage.stage)


def stage_of(commitment: Commitment) -> Stage | None:
    """Return the newest stage of a commitment."""
    return max(commitment.stages, key=lambda stage: stage.date.sort_key, default=None)


def state_of(briefing: Briefing, commitment: Commitment) -> StageState:
    """Return whether a commitment is under way, held, ended or done, by its newest stage."""
    stage = stage_of(commitment)
    found = briefing.glossary.stages.get(stage.stage) if stage else None
    return found.state if found else "open"


def sides(briefing: Briefing, commitment: Commitment) -> str:
    """Return the parties of the two leading roles, such as ``Russia → India``."""
    roles = commitment.roles
    leading = [role for role in _leading_roles(briefing, commitment) if role in roles]
    return kind_of(briefing, commitment).between.join(
        ", ".join(party(briefing, name) for name in roles[role]) for role in leading
    )


def other_parties(briefing: Briefing, commitment: Commitment) -> Iterator[str]:
    """Yield the parties of each further role, such as ``regulator Ferry Board``."""
    leading = _leading_roles(briefing, commitment)
    for role, names in commitment.roles.items():
        if role not in leading:
            parties = ", ".join(party(briefing, name) for name in names)
            yield f"{label(briefing, 'roles', role)} {parties}"


def _leading_roles(briefing: Briefing, commitment: Commitment) -> tuple[str, ...]:
    """Return the first two roles of a kind, or of the commitment if its kind has none."""
    return (kind_of(briefing, commitment).roles or tuple(commitment.roles))[:2]


class Tracker(NamedTuple):
    """What the pane of a briefing's commitments is called, and what it lists."""

    title: str
    tab: str
    noun: str


def kinds_of(briefing: Briefing) -> set[str]:
    """Return the words for the kinds of a briefing's commitments."""
    return {commitment.kind_word for commitment in briefing.commitments.values()}


@memoize_last
def tracker(briefing: Briefing) -> Tracker:
    """Return the names of the pane: those of the one kind of commitment, or general ones."""
    kinds = kinds_of(briefing)
    if not kinds and not briefing.vocabularies:
        kinds = {DEFAULT_KIND}
    if len(kinds) != 1:
        return Tracker("Commitments", "Commitments", "commitment")
    (word,) = kinds
    kind = briefing.glossary.commitments.get(word, KindDefinition())
    tab = plural_of(word, kind).capitalize()
    return Tracker(kind.title or tab, tab, label_of(word, kind))
