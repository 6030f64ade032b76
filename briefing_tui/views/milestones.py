"""Milestones: what was promised first and now, what was met, how late, how the date moved."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from briefing_tui.briefing.dates import Edtf, words
from briefing_tui.briefing.model import Evidenced, Forecast, Milestone, Progress
from briefing_tui.briefing.text import cell_width
from briefing_tui.views import glyphs
from briefing_tui.views.labels import voiced
from briefing_tui.views.links import actor_links, deal_links, narrowing
from briefing_tui.views.rows import Chart, Promise, Row, Span, Spans, joined
from briefing_tui.views.scene import Scene, key_of
from briefing_tui.views.slippage import slippage
from briefing_tui.views.unreadable_entries import broken_rows

_METER = 16
"""Cells of the progress bar."""


def milestone_rows(
    scene: Scene, deal: str, milestones: tuple[Milestone, ...], labels: Iterator[str]
) -> Iterator[Row]:
    """The table of milestones, then for each whose date moved a chart of its promises."""
    widths = _columns(milestones)
    for milestone in milestones:
        yield _summary(scene, deal, milestone, next(labels), widths)
        if milestone.place:
            path = milestone.place.path
            for part in (path, (*path, "forecasts"), (*path, "progress")):
                yield from broken_rows(scene, *part, indent=2)
    for milestone in milestones:
        if charted(milestone):
            yield from _trend(scene, deal, milestone)


def promises(milestone: Milestone) -> list[Forecast]:
    """The promises for a milestone, in the order they were made."""
    return sorted(milestone.forecasts, key=lambda one: one.said.sort_key)


def reckoned(milestone: Milestone) -> list[Forecast]:
    """The promises that dates and delays are reckoned by: one for each day and speaker.

    Where sources contradict each other about what was promised, that is no change of the promise;
    the version that is told first counts, and the chart has the others too.
    """
    found: dict[tuple[Edtf, str | None], Forecast] = {}
    for one in promises(milestone):
        found.setdefault((one.said, one.by), one)
    return list(found.values())


def current(milestone: Milestone) -> Forecast | None:
    """The promise that stands: the newest, by whoever made it."""
    made = reckoned(milestone)
    return made[-1] if made else None


def moved(milestone: Milestone) -> int:
    """How many times the promised date changed."""
    dues = [one.due for one in reckoned(milestone)]
    return sum(1 for one, two in pairwise(dues) if one != two)


def charted(milestone: Milestone) -> bool:
    """Whether a chart shows its promises, each as a row; else they are in the milestone's own."""
    told = {one.due for one in milestone.forecasts}
    return len(told) > 1 or len(milestone.forecasts) > 2


def _columns(milestones: tuple[Milestone, ...]) -> tuple[int, int]:
    """Widths of the columns "promised" and "now", over all milestones of a deal."""
    firsts = [_promised(milestone) for milestone in milestones]
    nows = [_now(milestone) for milestone in milestones]
    return (
        max((cell_width(text) for text in firsts), default=0),
        max((cell_width(text) for text in nows), default=0),
    )


def _promised(milestone: Milestone) -> str:
    made = reckoned(milestone)
    return f"promised {words(made[0].due)}" if made else "no date promised"


def _now(milestone: Milestone) -> str:
    made = reckoned(milestone)
    if not made or made[-1].due == made[0].due:
        return ""
    return f"now {words(made[-1].due)}"


def _column(text: str, width: int) -> Spans:
    """A text below others of one width, set off from what stands before it."""
    return (Span(" · " if text else "   ", "muted"), Span(text.ljust(width))) if width else ()


def _summary(
    scene: Scene, deal: str, milestone: Milestone, lead: str, widths: tuple[int, int]
) -> Row:
    met, newest = milestone.met, current(milestone)
    shown: Evidenced | None = met or newest
    columns = [
        Span(_promised(milestone).ljust(widths[0])),
        *_column(_now(milestone), widths[1]),
        Span(" · ", "muted"),
        Span(f"met {words(met.date)}", "strong") if met else Span(_open(scene, newest), "muted"),
    ]
    times = moved(milestone)
    repeats = f"moved {times} time{'' if times == 1 else 's'}" if times else None
    late = _late(milestone)
    details: list[Spans] = [tuple(columns)]
    meter = _meter(milestone)
    if meter or late or repeats:
        details.append((*meter, *joined([late and Span(late, "warning"), repeats])))
    people = actor_links(scene.briefing, [one.by for one in milestone.forecasts if one.by])
    reached = Span(glyphs.OCCURRED, "accent") if met else Span(glyphs.PLANNED, "planned")
    return Row(
        key=_key(milestone),
        indent=2,
        lead=(Span(lead, "muted"),),
        mark=reached,
        body=(Span(milestone.label),),
        tail=voiced(shown, scene.briefing) if shown else (),
        tail_short=voiced(shown, scene.briefing, short=True) if shown else (),
        details=tuple(details),
        entry=milestone,
        problems=scene.problems_of(milestone),
        links=people,
        scope=narrowing((*deal_links(scene.briefing, [deal]), *people)),
    )


def _key(milestone: Milestone) -> str:
    return key_of(*milestone.place.path) if milestone.place else milestone.id


def _open(scene: Scene, newest: Forecast | None) -> str:
    if newest is None:
        return "not met"
    return "not yet due" if newest.due.upper > scene.as_of else "overdue, not known to be met"


def _late(milestone: Milestone) -> str | None:
    """How far the date that was met, or is promised now, lies from the first one promised."""
    made = reckoned(milestone)
    if not made:
        return "no date known" if milestone.met is None else None
    actual = milestone.met.date if milestone.met else made[-1].due
    if actual == made[0].due and milestone.met is None:
        return None
    found = slippage(made[0].due, actual)
    return found.words if found else "no date known"


def _meter(milestone: Milestone) -> Spans:
    """``3 of 5`` with a bar."""
    newest: Progress | None = max(
        milestone.progress, key=lambda one: (one.date.sort_key, one.number), default=None
    )
    if newest is None or not milestone.number or milestone.met is not None:
        return ()
    full = min(newest.number * _METER // milestone.number, _METER)
    count = f"{newest.number} of {milestone.number}  "
    bar = Span(glyphs.FULL * full, "accent"), Span(glyphs.FREE * (_METER - full), "rule")
    return (Span(count, "strong"), *bar, Span("  "))


def _trend(scene: Scene, deal: str, milestone: Milestone) -> Iterator[Row]:
    made = promises(milestone)
    key = _key(milestone)
    points = tuple(
        Promise(_stop_key(one, key), one.said, one.due, _caption(scene, number, made))
        for number, one in enumerate(made)
    )
    met = milestone.met.date if milestone.met else None
    heading = f"How the date moved: {milestone.label}"
    yield Row(key=f"{key}/trend", kind="heading", indent=2, body=(Span(heading, "muted"),))
    chart = Chart(promises=points, met=met, legend=_legend(made, met is not None))
    yield Row(key=f"{key}/chart", kind="chart", indent=2, chart=chart)
    for number, forecast in enumerate(made):
        yield _stop(scene, deal, forecast, _stop_key(forecast, key), points[number].caption)


def _stop_key(forecast: Forecast, milestone: str) -> str:
    return key_of(*forecast.place.path) if forecast.place else f"{milestone}/{forecast.said}"


def _legend(made: list[Forecast], met: bool) -> Spans:
    rivals = len({one.said for one in made}) < len(made)
    return joined(
        [
            f"{glyphs.OCCURRED} promise",
            f"{glyphs.RIVAL} contradicting promises" if rivals else None,
            f"{glyphs.MET} met" if met else None,
            "across: when said, up: due when",
        ]
    )


def _caption(scene: Scene, number: int, made: list[Forecast]) -> Spans:
    one = made[number]
    who = scene.name_of(one.by) if one.by else None
    return joined(
        [
            f"{number + 1}/{len(made)}",
            Span(f"due {words(one.due)}", "strong"),
            Span(f"said {words(one.said)}"),
            who and Span(who),
            one.stated and f"“{one.stated}”",
        ]
    )


def _stop(scene: Scene, deal: str, forecast: Forecast, key: str, caption: Spans) -> Row:
    people = actor_links(scene.briefing, [forecast.by] if forecast.by else [])
    return Row(
        key=key,
        kind="stop",
        indent=4,
        mark=Span(glyphs.OCCURRED, "muted"),
        body=caption,
        tail=voiced(forecast, scene.briefing),
        tail_short=voiced(forecast, scene.briefing, short=True),
        entry=forecast,
        problems=scene.problems_of(forecast),
        links=people,
        scope=narrowing((*deal_links(scene.briefing, [deal]), *people)),
    )
