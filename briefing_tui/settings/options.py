"""The options: one declaration of everything that a user may set.

The configuration file, the environment, the flags of the command line, what ``config`` prints and
writes, and the reference all come from it.
"""

from typing import Annotated, Any, Literal, NamedTuple, get_args

import msgspec

THEMES = ("dark", "light", "ansi")
HIGHLIGHTS = ("row", "bar")
LAYOUTS = ("auto", "tabs", "grid")
ROUTES = ("auto", "osc52", "tmux", "print", "off")

Kind = Literal["word", "switch", "auto switch", "list", "table"]
"""The values of an option; an ``auto switch`` is on, off, or ``None``: decided at run time."""


class About(NamedTuple):
    """The declaration of an option, besides its name, type and default."""

    help: str
    choices: tuple[str, ...] = ()
    """The valid words, if its value is a word."""
    has_flag: bool = True
    """Whether a word or a switch has a flag; lists and tables have none."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The value of every option."""

    theme: Annotated[
        str,
        About(
            "Colours: dark, light, ansi (the terminal's own), or auto (dark; ansi where there are "
            "only 16).",
            choices=(*THEMES, "auto"),
        ),
    ] = "auto"
    highlight: Annotated[
        str,
        About(
            "Where you are: row (a bar, and a ground of its own), bar (that alone, in far fewer "
            "bytes), or auto (bar over SSH).",
            choices=(*HIGHLIGHTS, "auto"),
        ),
    ] = "auto"
    layout: Annotated[
        str,
        About(
            "Panes: tabs (one at a time), grid (the evidence always below), or auto (by width).",
            choices=LAYOUTS,
        ),
    ] = "auto"
    mouse: Annotated[bool, About("Clicks and the wheel; where off, the terminal has them.")] = True
    ascii: Annotated[
        bool | None, About("Lines and signs in ASCII; by itself where UTF-8 is missing.")
    ] = None
    plain: Annotated[bool, About("Read line by line, for screen readers and braille.")] = False
    clipboard: Annotated[
        str,
        About(
            "How copies travel: osc52, tmux, print (shown, to be selected), off, or auto (tmux "
            "where it runs, else OSC 52).",
            choices=ROUTES,
        ),
    ] = "auto"
    files: Annotated[
        bool, About("Let the reader write files; off for accounts that others share.")
    ] = True
    marks: Annotated[
        str,
        About(
            "Where stars and notes are kept. data: in your data directory; beside: next to each "
            "briefing, for others and for git.",
            choices=("data", "beside"),
            has_flag=False,
        ),
    ] = "data"
    editor: Annotated[
        bool,
        About(
            "Let the reader start your editor for notes; off for shared accounts.", has_flag=False
        ),
    ] = True
    follow: Annotated[
        bool, About("Read a briefing again when its file changes.", has_flag=False)
    ] = False
    libraries: Annotated[tuple[str, ...], About("Directories in which briefings are kept.")] = ()
    queries: Annotated[
        dict[str, str], About("Saved searches by name; `briefing-tui search @NAME` runs one.")
    ] = {}
    keys: Annotated[
        dict[str, str],
        About("Keys by command id, several separated by commas; `briefing-tui keys` lists them."),
    ] = {}


class Option(NamedTuple):
    """One option: its name, type and default, and the rest of its declaration."""

    name: str
    kind: Kind
    default: Any
    help: str
    choices: tuple[str, ...]
    has_flag: bool

    @property
    def flag(self) -> str:
        """Its flag, as the command line declares it; empty if it has none."""
        return f"--{self.name}" if self.has_flag and self.kind not in ("list", "table") else ""

    @property
    def variable(self) -> str:
        """The name of its environment variable; empty for a table, which has none."""
        return "" if self.kind == "table" else f"BRIEFING_TUI_{self.name.upper()}"


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


def _declared_options() -> tuple[Option, ...]:
    kinds: dict[Any, Kind] = {
        str: "word",
        bool: "switch",
        bool | None: "auto switch",
        tuple[str, ...]: "list",
        dict[str, str]: "table",
    }
    defaults = Settings()
    hints = ((name, *get_args(hint)) for name, hint in Settings.__annotations__.items())
    return tuple(
        Option(name, kinds[value_type], getattr(defaults, name), *about)
        for name, value_type, about in hints
    )


OPTIONS = _declared_options()
"""Every option, in display order."""
