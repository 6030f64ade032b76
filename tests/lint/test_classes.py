"""Classes are shallow, and screens are complete once they are constructed."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from functools import cache

from textual.screen import Screen

from tests.lint.source import Module, modules

MOST_ANCESTORS = 3
"""The number of classes of the package that a class of it may inherit from."""


@cache
def classes() -> tuple[type, ...]:
    """Every class of the package."""
    names = [f"briefing_tui.{module.name}" for module in modules() if module.name != "__main__"]
    loaded = [importlib.import_module(name.removesuffix(".__init__")) for name in names]
    return tuple(
        value
        for module in loaded
        for value in vars(module).values()
        if inspect.isclass(value) and value.__module__ == module.__name__
    )


def ancestors(cls: type) -> list[str]:
    """The names of the classes of the package that a class inherits from."""
    return [base.__name__ for base in cls.__mro__[1:] if base.__module__.startswith("briefing_tui")]


def test_classes_have_few_ancestors() -> None:
    assert {
        f"{cls.__module__}.{cls.__name__}": ancestors(cls)
        for cls in classes()
        if len(ancestors(cls)) > MOST_ANCESTORS
    } == {}


def assigned(tree: ast.AST) -> Iterator[ast.Attribute]:
    """The attributes that are assigned anywhere in a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node


def is_own(attribute: ast.Attribute) -> bool:
    """Whether an object sets the attribute itself."""
    return isinstance(attribute.value, ast.Name) and attribute.value.id == "self"


def attributes_of(module: Module, names: set[str]) -> tuple[set[str], set[str]]:
    """The attributes that classes of some names set on themselves, and those of the others."""
    inside: set[str] = set()
    outside: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            attributes = {target.attr for target in assigned(node) if is_own(target)}
            attributes |= {
                statement.target.id
                for statement in node.body
                if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
            }
            (inside if node.name in names else outside).update(attributes)
    return inside, outside


def set_from_outside(terminal: list[Module], screens: set[str]) -> list[str]:
    """The places where an attribute that only screens have is set on another object than self."""
    attributes = [attributes_of(module, screens) for module in terminal]
    of_screens = set().union(*(inside for inside, _ in attributes))
    of_others = set().union(*(outside for _, outside in attributes))
    return [
        f"{module.path}:{target.lineno} {ast.unparse(target)}"
        for module in terminal
        for target in assigned(module.tree)
        if not is_own(target) and target.attr in of_screens - of_others
    ]


def test_screens_set_their_attributes_themselves() -> None:
    terminal = [module for module in modules() if module.path.parts[0] == "tui"]
    screens = {cls.__name__ for cls in classes() if issubclass(cls, Screen)}
    assert screens
    assert set_from_outside(terminal, screens) == []


def test_an_attribute_that_is_set_from_outside_is_found() -> None:
    source = """
class Reader:
    def __init__(self, session):
        self.session, self.left = session, None
        self.footer.right = ()

class Line:
    right = ()
    def __init__(self):
        self.right = ()

def open(app):
    screen = Reader(None)
    screen.left = app
    screen.line.right = ()
"""
    module = Module.parse("tui.reader", source)
    assert set_from_outside([module], {"Reader"}) == ["tui/reader.py:14 screen.left"]
