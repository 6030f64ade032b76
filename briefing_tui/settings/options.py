"""The options: one declaration of everything that a user may set.

The configuration file, the environment, the flags of the command line, what ``config`` prints and
writes, and the reference all come from it.
"""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, NamedTuple, get_args

import msgspec

THEMES = ("dark", "light", "ansi")
HIGHLIGHTS = ("row", "bar")
LAYOUTS = ("auto", "tabs", "grid")
ROUTES = ("auto", "osc52", "tmux", "print", "off")

Kind = Literal["word", "switch", "auto switch", "list", "table"]
"""The values of an option; an ``auto switch`` is on, off, or ``None``: decided at run time."""

TYPES: dict[Kind, tuple[Any, str]] = {
    "word": (str, "a word in quotes"),
    "switch": (bool, "true or false"),
    "auto switch": (bool | None, 'true, false or "auto"'),
    "list": (tuple[str, ...], "a list of words in quotes"),
    "table": (dict[str, str], "a table"),
}
"""The type of each kind's values, and what messages call it."""


class Option(NamedTuple):
    """The declaration of an option; its name, kind and default are those of the field."""

    help: str
    choices: tuple[str, ...] = ()
    has_flag: bool = True
    """Whether a word or a switch has a flag; lists and tables have none."""
    name: str = ""
    kind: Kind = "word"
    default: Any = None

    @property
    def flag(self) -> str:
        """Its flag as typed, the negative one if it is on by default; empty if it has none."""
        if not self.has_flag or self.kind in ("list", "table"):
            return ""
        return f"--no-{self.name}" if self.default is True else f"--{self.name}"

    @property
    def variable(self) -> str:
        """The name of its environment variable; empty for a table, which has none."""
        return "" if self.kind == "table" else f"BRIEFING_TUI_{self.name.upper()}"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The value of every option."""

    theme: Annotated[
        str,
        Option(
            "Colours: dark, light, ansi (the terminal's own), or auto (dark; ansi where there are "
            "only 16).",
            choices=(*THEMES, "auto"),
        ),
    ] = "auto"
    highlight: Annotated[
        str,
        Option(
            "The highlighted row: row (a bar and a background), bar (only a bar, far fewer "
            "bytes), or auto (bar over SSH).",
            choices=(*HIGHLIGHTS, "auto"),
        ),
    ] = "auto"
    layout: Annotated[
        str,
        Option(
            "Panes: tabs (one at a time), grid (the evidence always below), or auto (by width).",
            choices=LAYOUTS,
        ),
    ] = "auto"
    mouse: Annotated[bool, Option("Clicks and the wheel; off leaves them to the terminal.")] = True
    ascii: Annotated[
        bool | None,
        Option(
            "Lines and signs in ASCII; automatic without UTF-8, or if signs are two cells wide."
        ),
    ] = None
    plain: Annotated[bool, Option("Read line by line, for screen readers and braille.")] = False
    clipboard: Annotated[
        str,
        Option(
            "How copies travel: osc52, tmux, print (shown, to be selected), off, or auto (tmux "
            "where it runs, else OSC 52).",
            choices=ROUTES,
        ),
    ] = "auto"
    files: Annotated[
        bool,
        Option("Let the reader write panes to files; off for accounts that others share."),
    ] = True
    marks: Annotated[
        str,
        Option(
            "Where stars and notes are kept. data: in your data directory; beside: next to each "
            "briefing, for others and for git; off: nowhere.",
            choices=("data", "beside", "off"),
            has_flag=False,
        ),
    ] = "data"
    reader: Annotated[
        str,
        Option(
            "Whose positions and marks are kept. account: the user's; ssh-key: each SSH key has "
            "its own, and without a key nothing is kept.",
            choices=("account", "ssh-key"),
            has_flag=False,
        ),
    ] = "account"
    editor: Annotated[
        bool,
        Option(
            "Let the reader start your editor for notes; off for shared accounts.", has_flag=False
        ),
    ] = True
    follow: Annotated[
        bool, Option("Read a briefing again when its file changes.", has_flag=False)
    ] = False
    libraries: Annotated[tuple[str, ...], Option("Directories in which briefings are kept.")] = ()
    queries: Annotated[
        dict[str, str], Option("Saved searches by name; `briefing-tui search @NAME` runs one.")
    ] = {}
    keys: Annotated[
        dict[str, str],
        Option("Keys by command id, several separated by commas; `briefing-tui keys` lists them."),
    ] = {}

    @property
    def keeps_marks(self) -> bool:
        """Whether stars and notes outlast the session."""
        return self.marks != "off"


def to_toml(value: Any) -> str:
    """Return a value in TOML."""
    if value is None:
        return '"auto"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        pairs = ", ".join(f"{to_toml(key)} = {to_toml(item)}" for key, item in value.items())
        return f"{{{pairs}}}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(to_toml, value))}]"
    # A JSON string is a valid basic string in TOML.
    return msgspec.json.encode(str(value)).decode()


def _declared_options() -> Iterator[Option]:
    kinds = {value_type: kind for kind, (value_type, _) in TYPES.items()}
    defaults = Settings()
    for name, annotation in Settings.__annotations__.items():
        value_type, option = get_args(annotation)
        yield option._replace(name=name, kind=kinds[value_type], default=getattr(defaults, name))


OPTIONS = tuple(_declared_options())
"""In display order."""

_TEMPLATE_HEAD = """\
## The options of briefing-tui; flags and environment variables override them.
## Lines that begin with a single # show the defaults; remove it to change them.
"""


def config_template(keys: Iterable[tuple[str, str, str]]) -> str:
    """Return a configuration file in comments; ``keys`` are ids, keys and titles of commands."""
    parts = [_TEMPLATE_HEAD]
    # In TOML, what follows a table's header belongs to the table.
    for option in sorted(OPTIONS, key=lambda option: option.kind == "table"):
        if option.kind == "table":
            lines = [f"{_comment(option)}[{option.name}]"]
            if option.name == "keys":
                lines += [f"# {name} = {to_toml(key)}  # {title}" for name, key, title in keys]
            parts.append("\n".join(lines) + "\n")
        else:
            parts.append(f"{_comment(option)}# {option.name} = {to_toml(option.default)}\n")
    return "\n".join(parts)


def _comment(option: Option) -> str:
    lines = textwrap.wrap(option.help, 96)
    if names := ", ".join(filter(None, (option.flag, option.variable))):
        lines.append(f"Also: {names}.")
    return "".join(f"## {line}\n" for line in lines)
