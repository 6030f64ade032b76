"""Names say what they name: variables what they hold, modules what is in them, classes one thing.

The bounds are those of well-known programs of the kind.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from tests.lint.source import Module, modules

VAGUE = {
    *("one", "found", "told", "kept", "some"),
    *("made", "shown", "wanted", "given", "left"),
}
"""Names that any variable could have."""
VAGUE_SHARE = 0.005
"""The share of all bindings that may have such a name."""
MOST_GERUNDS = 3
"""The number of modules that may be named after an activity."""
NOUNS = {"briefing", "string"}
"""Words that end like an activity and are none."""


def bindings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the name of every variable and parameter that a module binds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
            yield node.lineno, node.name


def public_classes(module: Module) -> Iterator[str]:
    """The names of the classes at the top of a module that others may use."""
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


def is_gerund(module: str) -> bool:
    """Whether the last word of a module's name is an activity."""
    word = module.rpartition(".")[2].rpartition("_")[2]
    return word.endswith("ing") and word not in NOUNS


def test_variables_say_what_they_hold() -> None:
    named = [
        (f"{module.path}:{line} {name}", name)
        for module in modules()
        for line, name in bindings(module.tree)
    ]
    vague = [place for place, name in named if name in VAGUE]
    assert len(vague) <= VAGUE_SHARE * len(named), "\n".join(
        [f"{len(vague)} of {len(named)}", *vague]
    )


def test_modules_are_nouns() -> None:
    gerunds = [module.name for module in modules() if is_gerund(module.name)]
    assert len(gerunds) <= MOST_GERUNDS, gerunds


def test_public_classes_have_names_of_their_own() -> None:
    places: dict[str, list[str]] = {}
    for module in modules():
        for name in public_classes(module):
            places.setdefault(name, []).append(str(module.path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_all_bindings_are_counted() -> None:
    source = """
def f(one, *found, told=1, **kept):
    some = made = [shown for shown in (wanted := one)]
    with open("x") as given:
        pass
    try:
        pass
    except OSError as left:
        pass
    match some:
        case [one, *found]:
            pass
        case {"x": told}:
            pass
"""
    names = Counter(name for _, name in bindings(ast.parse(source)))
    assert names == Counter([*VAGUE, "one", "found", "told"])
