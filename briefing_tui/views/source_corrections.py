"""Corrections and retractions of sources, as known on the day of a scene."""

from __future__ import annotations

from typing import NamedTuple

from briefing_tui.briefing.dates import format_date
from briefing_tui.briefing.memoization import memoize_last
from briefing_tui.briefing.model import Evidenced, Milestone
from briefing_tui.briefing.provenance import Correction, corrections
from briefing_tui.briefing.traversal import walk_evidenced
from briefing_tui.views import glyphs
from briefing_tui.views.rows import Role, Span
from briefing_tui.views.scene import Scene

_corrections = memoize_last(corrections)


def corrections_of(scene: Scene, source: str) -> tuple[Correction, ...]:
    """Return the known corrections of a source, retractions first."""
    return _corrections(scene.known.sources).get(source, ())


def correction_notice(scene: Scene, source: str) -> Span | None:
    """Return by whom a source was corrected or retracted, and when; None if it was not."""
    text = correction_text(scene, source)
    return Span(f"{glyphs.WARNING} {text}", "warning") if text else None


def correction_text(scene: Scene, source: str) -> str:
    """Return by whom a source was corrected or retracted, and when; empty if it was not."""
    notices = []
    for verb, name in corrections_of(scene, source):
        later = scene.known.sources[name]
        notices.append(f"{verb} by {later.publisher}, {format_date(later.published.date)}")
    return "; ".join(notices)


class RelatedSource(NamedTuple):
    """A source that corrects another one, or is corrected by it."""

    relation: str
    id: str
    text: str
    role: Role


def related_by_correction(scene: Scene, name: str) -> tuple[RelatedSource, ...]:
    """Return the sources by which a source is corrected or retracted, then those it is about."""
    sources = scene.known.sources
    source = sources[name]
    later = [(str(verb), id_) for verb, id_ in corrections_of(scene, name)]
    earlier = [("retracts", id_) for id_ in source.retracts]
    earlier += [("corrects", id_) for id_ in source.corrects]
    related = []
    for number, (relation, id_) in enumerate((*later, *earlier)):
        record = sources.get(id_)
        is_later = number < len(later)
        text = f"{record.publisher}, {format_date(record.published.date)}" if record else id_
        text = f"{glyphs.WARNING} by {text}" if is_later else text
        related.append(RelatedSource(relation, id_, text, "warning" if is_later else "text"))
    return tuple(related)


def citation_states(scene: Scene, entry: object) -> tuple[str, ...]:
    """Return whether sources that an entry cites were retracted or corrected, in this order."""
    by_source = _corrections(scene.known.sources)
    if not by_source:
        return ()
    parts = walk_evidenced(entry) if isinstance(entry, Milestone) else (entry,)
    cited = {item.source for part in parts if isinstance(part, Evidenced) for item in part.cite}
    verbs = {verb for source in cited for verb, _ in by_source.get(source, ())}
    return tuple(sorted(verbs, reverse=True))
