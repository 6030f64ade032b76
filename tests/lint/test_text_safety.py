"""Text of a file is shown as it is: what the terminal half may not do, found in its syntax trees.

The framework reads strings as markup nearly everywhere, so that a headline with ``[/x]`` ends the
program and one with ``[@click=…]`` runs an action. One module makes styled text; all others hand it
spans. Nothing of ours touches what the framework keeps to itself, or hides it by chance.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache

from textual import events
from textual.geometry import Size
from textual.widget import Widget

from tests.lint.source import Module, modules


def _reader() -> list[Module]:
    """Return the modules that know the terminal library."""
    return [module for module in modules() if module.name.partition(".")[0] in ("tui", "driver")]


BOUNDARY = "strips.py"
"""The one module that makes styled text."""

PRIVATE = "textual_private.py"
"""The one module that may use what the framework keeps to itself; its own tests watch that."""

OVERRIDDEN = {"TerminalApp": {"_fatal_error", "_check_bindings"}, "SizedView": {"_size_updated"}}
"""What classes of ours override of the framework on purpose; tests of the driver watch these."""

STYLED = {"Content", "Text", "Segment"}
STYLED_MODULES = {"textual.content", "textual.markup", "rich.text", "rich.segment", "rich.markup"}
PARSES = {"notify", "Static", "Label", "OptionList", "Placeholder"}
"""What reads its text as markup unless told otherwise."""

LITERAL_WIDGETS = {"Input", "Static", "Label", "OptionList", "Placeholder"}
"""The widgets of the framework that show text as it is, or can be told to."""

PARSED_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip"}
OFFERS = {"Hit": 1, "DiscoveryHit": 0}
"""For what the palette offers, the position of what is displayed."""


def violations(tree: ast.Module, name: str, own: frozenset[str] = frozenset()) -> list[str]:
    """What a module does that it may not, as ``name:line: rule``; ``own`` are private names."""
    found = [*_imports(tree, name), *_calls(tree, name), *_attributes(tree, name, own)]
    return [f"{name}:{line}: {rule}" for line, rule in sorted(found)]


Finding = tuple[int, str]


def _imports(tree: ast.AST, name: str) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [(node.module or "", alias.name) for alias in node.names]
        else:
            continue
        for module, what in names:
            if what == "escape" or module.endswith(".escape"):
                yield node.lineno, "imports an escape: text that needs one is in the wrong place"
            styled = module in STYLED_MODULES or what in STYLED
            if styled and name != BOUNDARY:
                yield node.lineno, f"imports styled text ({module} {what})"
            if module == "textual.widgets" and what not in LITERAL_WIDGETS:
                yield node.lineno, f"imports a widget that reads markup ({what})"
            foreign = module.startswith(("textual", "rich"))
            if (
                name != PRIVATE
                and foreign
                and any(part.startswith("_") for part in (*module.split("."), what))
            ):
                yield node.lineno, f"imports what is private ({module} {what})"


def _calls(tree: ast.AST, name: str) -> Iterator[Finding]:
    offers = _offers(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = _name_of(node.func)
        if called == "from_markup":
            if name != BOUNDARY:
                yield node.lineno, "calls from_markup"
            elif not (node.args and isinstance(node.args[0], ast.Constant)):
                yield node.lineno, "calls from_markup with something else than a literal"
        if called in STYLED and name != BOUNDARY:
            yield node.lineno, f"makes styled text ({called})"
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        markup = keywords.get("markup")
        off = isinstance(markup, ast.Constant) and markup.value is False
        if called in PARSES and not off:
            yield node.lineno, f"{called} without markup=False"
        if called in offers:
            if "help" in keywords:
                yield node.lineno, f"{called} with help, which is read as markup"
            at = OFFERS[called]
            if len(node.args) > at and isinstance(
                node.args[at], (ast.Constant, ast.JoinedStr, ast.BinOp)
            ):
                yield node.lineno, f"{called} displays a string"
        if called == "highlight" and isinstance(node.func, ast.Attribute):
            yield node.lineno, "the matcher's highlight reads markup"
        for parsed in PARSED_ATTRIBUTES & set(keywords):
            if not isinstance(keywords[parsed], ast.Constant):
                yield node.lineno, f"{parsed} that is no literal"


def _offers(tree: ast.AST) -> set[str]:
    """The names of offers that a module has from the palette of the framework."""
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "textual.command"
        for alias in node.names
    } & set(OFFERS)


def _attributes(tree: ast.AST, name: str, own: frozenset[str]) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                set_to = node.value
                parsed = _name_of(target) in PARSED_ATTRIBUTES
                if parsed and not isinstance(set_to, (ast.Constant, ast.Call)):
                    yield node.lineno, f"{_name_of(target)} that is no literal"
        if name == PRIVATE or not isinstance(node, ast.Attribute):
            continue
        if _private(node.attr) and node.attr not in own:
            yield node.lineno, f"uses .{node.attr}, which is not ours"


def _name_of(node: ast.AST) -> str:
    """The last name of a dotted one."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


_PUBLIC = {"_asdict", "_fields", "_make", "_replace"}
"""What named tuples call so, lest it clash with names of fields."""


def _private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in _PUBLIC


def private_names(tree: ast.Module) -> frozenset[str]:
    """The private names that a module defines anywhere, or sets on ``self``."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif _on_self(node):
            found.add(_name_of(node))
    return frozenset(filter(_private, found))


@cache
def _own() -> frozenset[str]:
    return frozenset[str]().union(*(private_names(module.tree) for module in _reader()))


def test_the_reader_shows_text_as_it_is() -> None:
    assert _reader()
    assert [
        f"{module.path.parent}/{violation}"
        for module in _reader()
        for violation in violations(module.tree, module.path.name, _own())
    ] == []


SEEDED = {
    "from textual.content import Content": "imports styled text",
    "from rich.text import Text": "imports styled text",
    "from rich.segment import Segment": "imports styled text",
    "import rich.markup": "imports styled text",
    "from rich.markup import escape": "imports an escape",
    "from xml.sax.saxutils import escape": "imports an escape",
    "from textual.widgets import Button": "imports a widget that reads markup",
    "from textual._compositor import Compositor": "imports what is private",
    "from textual.keys import _character_to_key": "imports what is private",
    "x = Content('a')": "makes styled text",
    "x = rich.text.Text(name)": "makes styled text",
    "x = Content.from_markup('[b]a[/b]')": "calls from_markup",
    "app.notify('Saved')": "notify without markup=False",
    "app.notify('Saved', markup=True)": "notify without markup=False",
    "Static(text)": "Static without markup=False",
    "Label('x', markup=flag)": "Label without markup=False",
    "widgets.OptionList('x')": "OptionList without markup=False",
    "self.border_title = f'{name}'": "border_title that is no literal",
    "pane.border_subtitle = name": "border_subtitle that is no literal",
    "self.tooltip = name + '!'": "tooltip that is no literal",
    "Button(tooltip=f'{name}')": "tooltip that is no literal",
    "from textual.command import Hit; Hit(score, f'{name}', run)": "Hit displays a string",
    "from textual.command import Hit; Hit(score, shown, run, help='x')": "Hit with help",
    "from textual.command import DiscoveryHit; DiscoveryHit(title + kind, run)": (
        "DiscoveryHit displays a string"
    ),
    "matcher.highlight(name)": "the matcher's highlight reads markup",
    "self._nodes.clear()": "uses ._nodes, which is not ours",
    "self.app._driver.write('x')": "uses ._driver, which is not ours",
}


ALLOWED = [
    "app.notify('Saved', markup=False)",
    "Static(text, markup=False)",
    "self.border_title = 'Source'",
    "self.border_title = content(name)",
    "from textual.command import Hit; Hit(score, content(title), run, text=title)",
    "Hit(here.pane, here.row - 1)",
    "self._ours.clear()",
    "super().__init__()",
    "Binding('escape', 'escape')",
    "from textual.widgets import Input",
]


def in_a_function(code: str) -> list[str]:
    """Return the violations of one line in a function of a pane."""
    tree = ast.parse(f"def f():\n    {code}\n")
    return violations(tree, "pane.py", frozenset({"_ours"}))


def test_violations_are_found_at_their_line() -> None:
    violations = {code: in_a_function(code) for code in SEEDED}
    assert [
        code for code, rule in SEEDED.items() if not any(rule in line for line in violations[code])
    ] == []
    assert all(line.startswith("pane.py:2: ") for lines in violations.values() for line in lines)


def test_what_is_allowed_is_not_found() -> None:
    assert {code: lines for code in ALLOWED if (lines := in_a_function(code))} == {}


def test_the_boundary_may_style_but_not_parse() -> None:
    allowed = "from textual.content import Content\nx = Content('a')\n"
    assert violations(ast.parse(allowed), BOUNDARY) == []
    literal = ast.parse("x = Content.from_markup('[b]$x[/b]', x=1)\n")
    assert violations(literal, BOUNDARY) == []
    assert violations(ast.parse("x = Content.from_markup(name)\n"), BOUNDARY) != []


@cache
def members(cls: type) -> frozenset[str]:
    """The private names that a class defines, or sets on ``self``."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(tree, ast.ClassDef)
    found = {_name_of(node) for node in ast.walk(tree) if _on_self(node)}
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found.add(node.name)
        elif isinstance(node, ast.AnnAssign):
            found.add(_name_of(node.target))
        elif isinstance(node, ast.Assign):
            found.update(map(_name_of, node.targets))
    return frozenset(filter(_private, found))


def _on_self(node: ast.AST) -> bool:
    stored = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    return stored and isinstance(node, ast.Attribute) and _name_of(node.value) == "self"


def hidden(cls: type) -> set[str]:
    """The private names of a class that one of the framework below it has too."""
    foreign = [base for base in cls.__mro__ if base.__module__.startswith("textual.")]
    return {name for name in members(cls) if any(name in members(base) for base in foreign)}


def classes() -> Iterator[type]:
    """Every class of the terminal half."""
    for module in _reader():
        loaded = importlib.import_module(f"briefing_tui.{module.name}")
        for value in vars(loaded).values():
            if inspect.isclass(value) and value.__module__ == loaded.__name__:
                yield value


def test_no_private_name_of_the_framework_is_hidden() -> None:
    assert [
        f"{cls.__module__}.{cls.__name__} hides {name}"
        for cls in classes()
        for name in sorted(hidden(cls) - OVERRIDDEN.get(cls.__name__, set()))
    ] == []


def test_a_hidden_name_is_found() -> None:
    class Pane(Widget):
        def _on_hide(self, event: events.Hide) -> None:
            self._size = Size(1, 1)

        def _ours(self) -> None:
            pass

    assert hidden(Pane) == {"_size", "_on_hide"}
