"""The support of an entry: its sources, counted, and in words how they depend on each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from briefing_tui.briefing.derivation import Derivation, Support
from briefing_tui.briefing.model import Briefing, Evidenced, Source
from briefing_tui.briefing.terminal_text import one_line
from briefing_tui.briefing.traversal import walk_evidenced
from briefing_tui.views.labels import quantity
from briefing_tui.views.memoization import memoize_last
from briefing_tui.views.scene import Scene

_ORDINALS = {3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}
_MOST_NAMES = 2
_DEEPEST = 4
"""Levels of origins that are written one inside the other."""


def _derivation(sources: Mapping[str, Source]) -> Derivation:
    return Derivation(sources)


derivation = memoize_last(_derivation)
"""Return what the sources of a briefing derive from."""


def support_of(scene: Scene, entry: object) -> Support:
    """Return the known sources that the evidence of an entry lists, as they depend on each other.

    An entry that cites nothing has those of its parts. What only a rival version cites is left out.
    """
    cited = (citation.source for part in _parts(entry) for citation in part.cite)
    return derivation(scene.known.sources).support(cited)


def sources_of(scene: Scene, entry: object) -> tuple[str, ...]:
    """Return the ids of an entry's known sources; last those that only rival versions cite."""
    return (*support_of(scene, entry).sources, *_rivals(scene, entry))


def sources_in_words(scene: Scene, entry: object) -> str:
    """Return how many sources an entry has, and how they depend on each other."""
    text = describe_support(support_of(scene, entry), lambda name: source_name(scene, name))
    rivals = len(_rivals(scene, entry))
    return f"{text}; {rivals} more for another version" if rivals else text


def counts_in_words(scene: Scene, entry: object) -> tuple[str, ...]:
    """Return how many sources an entry has, in words for much room and for little."""
    long = sources_in_words(scene, entry)
    plain = quantity(len(sources_of(scene, entry)), "source")
    if long == plain:
        return (plain,)
    return long, f"{plain}, {support_of(scene, entry).independent or 'none'} independent"


def origins_in_words(scene: Scene, source: str) -> str:
    """Return what a source is directly based on; empty if on nothing."""
    origins = derivation(scene.known.sources).parents(source)
    return f"based on {_names(source_name(scene, name) for name in origins)}" if origins else ""


def describe_support(support: Support, name_of: Callable[[str], str]) -> str:
    """Return how many sources there are, how they depend on each other, and how many remain."""
    text = ", ".join([quantity(len(support.sources), "source"), *_dependence(support, name_of)])
    if len(support.left) == len(support.sources):
        return text
    return f"{text}; {len(support.left) or 'none'} left after a retraction"


def _dependence(support: Support, name_of: Callable[[str], str]) -> list[str]:
    count, dependent, shared = map(len, (support.sources, support.dependent, support.shared))
    origins = _names(map(name_of, support.origins))
    if support.is_circular:
        return [_rest("which", "each other")]
    if count == dependent + 1 > 1:
        return [_rest(dependent, f"the {_ORDINALS.get(count, 'other')}")]
    if origins and count == dependent + shared:
        return [_rest("both" if count == 2 else "all", origins)]
    clauses = []
    if dependent:
        clauses.append(_rest(dependent, "another" if dependent == 1 else "others"))
    if shared:
        clauses.append(_rest(shared, origins) if origins else f"{shared} share origins")
    return clauses


def _rest(subject: int | str, origin: str) -> str:
    return f"{subject} {'rests' if subject == 1 else 'rest'} on {origin}"


def grades_in_words(scene: Scene, entry: object) -> str:
    """Return who rates the sources of an entry, and how each is rated."""
    names = sources_of(scene, entry)
    by_letter: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name in names:
        source = scene.known.sources[name]
        by_letter[source.reliability][one_line(source.publisher)] = None
    if len(by_letter) == 1:
        each = {1: "", 2: "both "}.get(len(names), "all ")
        return f"{each}rated {next(iter(by_letter))} by the briefer"
    rated = [f"{letter} of {_names(by_letter[letter])}" for letter in sorted(by_letter)]
    return f"rated by the briefer: {', '.join(rated)}"


def _names(names: Iterable[str]) -> str:
    """Join names, of which there may be too many."""
    unique = list(dict.fromkeys(names))
    if len(unique) > _MOST_NAMES + 1:
        unique = [*unique[:_MOST_NAMES], f"{len(unique) - _MOST_NAMES} more"]
    return " and ".join(filter(None, (", ".join(unique[:-1]), *unique[-1:])))


def _parts(entry: object) -> Iterator[Evidenced]:
    """Return the entry itself, or, if it cites nothing, everything in it that has evidence."""
    return iter((entry,)) if isinstance(entry, Evidenced) and entry.cite else walk_evidenced(entry)


def _rivals(scene: Scene, entry: object) -> list[str]:
    """Return the known sources that only rival versions of an entry cite."""
    disputes = (rival for part in _parts(entry) for rival in part.disputes)
    cited = dict.fromkeys(citation.source for rival in disputes for citation in rival.cite)
    supporting = support_of(scene, entry).sources
    return [name for name in cited if name in scene.known.sources and name not in supporting]


def source_name(scene: Scene, name: str) -> str:
    """Return the publisher of a source, or its id if there is no record of it."""
    source = scene.known.sources.get(name)
    if source is not None:
        return one_line(source.publisher)
    is_later = name in scene.document.briefing.sources
    return "a source that is not known yet" if is_later else f"“{name}”"


def origins_tree(scene: Scene, name: str) -> str:
    """Return what a source is based on, each with what that is based on in parentheses."""
    return ", ".join(dict.fromkeys(_origin_trees(scene, (name,))))


def _origin_trees(scene: Scene, path: tuple[str, ...]) -> list[str]:
    """Return the origins of the last source of a path, without those that are on it."""
    parents = [
        parent for parent in derivation(scene.known.sources).parents(path[-1]) if parent not in path
    ]
    is_nested = len(path) > 1 and len(parents) > _MOST_NAMES + 1
    if is_nested or (parents and len(path) > _DEEPEST):
        return ["others"]
    texts = []
    for parent in parents:
        inner = _names(_origin_trees(scene, (*path, parent)))
        texts.append(f"{source_name(scene, parent)}{inner and f' (based on {inner})'}")
    return texts


def without(scene: Scene, name: str) -> str:
    """Return how many statements based on a source keep another one if it is disregarded.

    Sources that are based on it alone are disregarded as well, and named. It is empty if no
    statement is based on it.
    """
    graph = derivation(scene.known.sources)
    fallen = graph.fallen_with({name})
    gone = graph.fallen_with({name, *graph.retracted})
    concerned = [cited for cited in _cited(scene.known) if not fallen.isdisjoint(cited)]
    if not concerned:
        return ""
    left, count = sum(not cited <= gone for cited in concerned), len(concerned)
    statements = {0: f"none of {count} statements", count: f"all {count} statements"}
    if count == 1:
        statements = {0: "no statement", 1: "its statement"}
    verb = "keep" if left > 1 else "keeps"
    text = f"{statements.get(left, f'{left} of {count} statements')} {verb} another source"
    others = [source_name(scene, id_) for id_ in scene.known.sources if id_ in fallen - {name}]
    if not others:
        return text
    return f"{text}; {_names(others)} {'falls' if len(others) == 1 else 'fall'} with it"


def _cited_by_statement(briefing: Briefing) -> list[frozenset[str]]:
    """Return the sources with a record that each statement cites, if there are any."""
    known = briefing.sources.keys()
    cited = (
        frozenset(citation.source for citation in entry.cite) & known
        for entry in walk_evidenced(briefing)
    )
    return [sources for sources in cited if sources]


_cited = memoize_last(_cited_by_statement)
