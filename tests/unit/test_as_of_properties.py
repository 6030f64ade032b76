"""No day shows what only a later source says: all days and fields, real and generated briefings."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_tui.briefing import model
from briefing_tui.briefing.document import Document
from briefing_tui.briefing.json_schema import nested_types
from briefing_tui.briefing.load import load, load_path
from briefing_tui.briefing.provenance import has_voice, voice
from briefing_tui.briefing.traversal import walk_entries, walk_evidenced
from briefing_tui.storage.directories import bundled
from briefing_tui.views.evidence import evidence
from briefing_tui.views.pane_registry import PANES
from briefing_tui.views.rows import Row, plain
from briefing_tui.views.scene import Scene, scene_on, unchecked_scene
from briefing_tui.views.source_page import source_page
from briefing_tui.views.sources import sources
from briefing_tui.views.spoken_rows import spoken_evidence, spoken_row

FILES = [*bundled().parent.glob("*.yaml"), *(Path(__file__).parents[1] / "data").glob("*.yaml")]
DOCUMENTS = [load_path(path) for path in FILES]

OF_A_SOURCE = {"stated", "hedge", "quote"}
"""Texts that are a source's own words."""
OF_THE_ENTRY = {
    "headline", "text", "label", "name", "role", "place", "title", "publisher", "url", "field",
    "value", "description", "unit", "per", "of", "aka", "same_units",
}  # fmt: skip
"""Texts that are as old as the entry itself."""
OTHERS = {"sha256", "words", "tags", "language", "worked_out"}
"""Texts that no source has: of the whole briefing, or of nothing that is read."""


def test_every_text_of_the_format_has_a_rule_for_days() -> None:
    entries = (cls for cls in nested_types().values() if issubclass(cls, model.Entry))
    for cls in (model.Briefing, *entries):
        for field in model.fields_of(cls):
            if field.type in (str, tuple[str, ...]):
                assert field.name in OF_A_SOURCE | OF_THE_ENTRY | OTHERS, f"{cls}.{field.name}"


def published(document: Document, name: str) -> datetime.date:
    source = document.briefing.sources.get(name)
    return source.published.date.anchor if source else datetime.date.min


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.stem for path in FILES])
def test_every_day_shows_only_what_its_sources_carry(document: Document) -> None:
    whole = {entry.location: entry for entry in walk_evidenced(document.briefing)}
    scene = unchecked_scene(document)
    for day in scene.steps:
        known = scene_on(scene, day).known
        for source in (part for part in walk_entries(known) if isinstance(part, model.Citation)):
            assert published(document, source.source) <= day
        for entry in walk_evidenced(known):
            check_entry(document, whole[entry.location], entry, day)


def check_entry(
    document: Document, whole: model.Evidenced, entry: model.Evidenced, day: datetime.date
) -> None:
    briefing = document.briefing
    of_article = [briefing.is_article(citation.source) for citation in entry.cite]
    basis = voice(entry, briefing.about) if has_voice(entry) else None
    if whole.cite:
        assert basis not in ("stated", "inferred") or any(of_article)
        assert basis != "external" or not all(of_article)
    origins = [citation.source for citation in whole.cite if briefing.is_article(citation.source)]
    origins = origins or [citation.source for citation in whole.cite[:1]]
    for name in OF_A_SOURCE:
        if getattr(entry, name, None) and origins:
            assert min(published(document, origin) for origin in origins) <= day
    if entry.credibility == 1:
        assert all(published(document, citation.source) <= day for citation in whole.cite)
    if entry.note and entry.note.known:
        assert entry.note.known.anchor <= day
    elif entry.note:
        rivals = (citation for dispute in whole.disputes for citation in dispute.cite)
        for citation in (*whole.cite, *rivals):
            assert published(document, citation.source) <= day


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.stem for path in FILES])
def test_nothing_is_the_articles_before_the_article(document: Document) -> None:
    article = document.briefing.sources[document.briefing.about].published.date.anchor
    scene = unchecked_scene(document)
    for day in (step for step in scene.steps if step < article):
        for text in shown(scene_on(scene, day)):
            assert "by the article" not in text
            assert "from the article" not in text
            assert not re.search(r"\b(article|inferred) [A-F]?[1-6]?$", text.strip()), text


def shown(scene: Scene) -> Iterator[str]:
    """Yield every text that a reader can see of a scene."""
    views = [pane.view(scene) for pane in PANES]
    pages = [source_page(scene, name).view for name in scene.known.sources]
    for view in (*views, sources(scene), *pages):
        yield view.empty
        for row in view.rows:
            yield from texts_of(row)
            yield spoken_row(row)
            for note in evidence(scene, row).rows if row.entry is not None else ():
                yield from texts_of(note)
                yield spoken_evidence(note)


def texts_of(row: Row) -> Iterator[str]:
    yield from (plain(spans) for spans in (row.lead, row.body, row.tail, *row.details))
    yield from (link.label for link in row.links)


# Generated briefings: every text names the source that has it, as in «late».

NAMES = ("a", "b", "c", "d")
_FIRST = datetime.date(2020, 1, 1)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, dict[str, datetime.date]]:
    offsets = draw(st.lists(st.integers(0, 9), min_size=4, max_size=4))
    days = {
        name: _FIRST + datetime.timedelta(days=30 * offset)
        for name, offset in zip(NAMES, offsets, strict=True)
    }
    about = draw(st.sampled_from(NAMES))

    def evidence_of(*, quoted: bool = False) -> str:
        cited = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
        rival = draw(st.sampled_from(NAMES))
        origin = about if about in cited else cited[0]
        last = max((*cited, rival), key=days.__getitem__)
        basis = draw(st.sampled_from(["", "basis: external, ", "basis: judgement, "]))
        citations = ", ".join(f"{{source: {name}, quote: «{name}»}}" for name in cited)
        dispute = f"{{field: x, value: «{rival}», note: «{last}», cite: [{rival}]}}"
        stated = f"stated: «{origin}», " if quoted else ""
        return (
            f"{basis}{stated}hedge: «{origin}», note: «{last}», credibility: 1,"
            f" cite: [{citations}], disputes: [{dispute}]"
        )

    def first_cited(text: str) -> str:
        names = re.findall(r"source: (\w)", text)
        return str(min(names, key=days.__getitem__))

    def entry(fields: str, *, quoted: bool = False) -> str:
        evidenced = evidence_of(quoted=quoted)
        return f"{{{fields.format(first_cited(evidenced))}, {evidenced}}}"

    lines = ["briefing: 1", "title: A", "as_of: 2020-06-01", f"about: {about}"]
    lines += ["bottom_line:", *(f"  - {entry('text: «{}»')}" for _ in range(2))]
    lines += ["open_questions:", f"  - {entry('text: «{}», answered_by: [e1]')}", "sources:"]
    lines += [
        f"  {name}: {{kind: wire, title: «{name}», publisher: «{name}», published: {day},"
        f" reliability: B, descriptor: «{name}»}}"
        for name, day in days.items()
    ]
    held = entry("role: «{}», date: 2019")
    lines += [
        "actors:",
        f"  holm: {entry('name: Holm, kind: person, roles: [HELD]').replace('HELD', held)}",
    ]
    lines.append("timeline:")
    fields = "headline: «{}», text: «{}», type: other, date: 2020-03, actors: [holm]"
    lines.append(
        f"  - {entry('id: e0, status: planned, ' + fields.replace('{}', '{0}'), quoted=True)}"
    )
    lines.append(
        f"  - {entry('id: e1, resolves: [e0], ' + fields.replace('{}', '{0}'), quoted=True)}"
    )
    lines += [
        "deals:",
        "  pier:",
        "    designation: Pier",
        "    supplier: NOR",
        "    recipient: NOR",
    ]
    lines += ["    order: " + entry("number: 3, date: 2019", quoted=True)]
    lines += ["    stages:", f"      - {entry('stage: contracted, date: 2019, text: «{}»')}"]
    lines += ["    values:", f"      - {entry('amount: 5, currency: NOK', quoted=True)}"]
    lines += ["    statements:"]
    lines += [f"      - {entry('date: 2020, speaker: holm, text: «{}»', quoted=True)}"]
    lines += ["    milestones:", "      - id: m", "        label: M", "        forecasts:"]
    lines += [
        f"          - {entry('said: 2020, by: holm, due: 2020-0' + str(n), quoted=True)}"
        for n in (5, 7)
    ]
    lines += ["        met: " + entry("date: 2020-09, text: «{}»")]
    return load("\n".join(lines).encode(), "generated.yaml"), days


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(generated=documents())
def test_no_text_of_a_later_source_is_shown(
    generated: tuple[Document, dict[str, datetime.date]],
) -> None:
    document, days = generated
    assert not document.problems, document.problems[0].message
    scene = unchecked_scene(document)
    article = days[document.briefing.about]
    for day in (*days.values(), _FIRST - datetime.timedelta(days=1)):
        texts = [*shown(scene_on(scene, day))]
        names = set(re.findall("«(.)»", " ".join(texts)))
        assert all(days[name] <= day for name in names)
        if day < article:
            assert not any("by the article" in text for text in texts)
    everything = " ".join(shown(scene_on(scene, max(*days.values(), datetime.date(2020, 6, 1)))))
    assert set(re.findall("«(.)»", everything)) == set(NAMES)
