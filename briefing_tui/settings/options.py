"""What a user may set: one declaration of every option.

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
"""What values an option takes; an ``auto switch`` is on, off, or ``None`` to be found out."""


class About(NamedTuple):
    """What is to be told of an option besides its name, type and default."""

    help: str
    choices: tuple[str, ...] = ()
    """The words that it takes, where it takes words."""
    flag: str = ""
    """Its flag, as the command line declares it; nothing where there is none."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader can be told to do differently."""

    theme: Annotated[
        str,
        About(
            "Colours: dark, light, ansi (the terminal's own), or auto (dark; ansi where there are "
            "only 16).",
            choices=(*THEMES, "auto"),
            flag="--theme",
        ),
    ] = "auto"
    highlight: Annotated[
        str,
        About(
            "Where you are: row (a bar, and a ground of its own), bar (that alone, in far fewer "
            "bytes), or auto (bar over SSH).",
            choices=(*HIGHLIGHTS, "auto"),
            flag="--highlight",
        ),
    ] = "auto"
    layout: Annotated[
        str,
        About(
            "Panes: tabs (one at a time), grid (the evidence always below), or auto (by width).",
            choices=LAYOUTS,
            flag="--layout",
        ),
    ] = "auto"
    mouse: Annotated[
        bool,
        About("Clicks and the wheel; where off, the terminal has them.", flag="--mouse"),
    ] = True
    ascii: Annotated[
        bool | None,
        About("Lines and signs in ASCII; by itself where UTF-8 is missing.", flag="--ascii"),
    ] = None
    plain: Annotated[
        bool, About("Read line by line, for screen readers and braille.", flag="--plain")
    ] = False
    clipboard: Annotated[
        str,
        About(
            "How copies travel: osc52, tmux, print (shown, to be selected), off, or auto (tmux "
            "where it runs, else OSC 52).",
            choices=ROUTES,
            flag="--clipboard",
        ),
    ] = "auto"
    files: Annotated[
        bool,
        About("Let the reader write files; off for accounts that others share.", flag="--files"),
    ] = True
    marks: Annotated[
        str,
        About(
            "Where stars and notes are kept. data: in your data directory; beside: next to each "
            "briefing, for others and for git.",
            choices=("data", "beside"),
        ),
    ] = "data"
    editor: Annotated[
        bool, About("Let the reader start your editor for notes; off for shared accounts.")
    ] = True
    follow: Annotated[bool, About("Read a briefing again when its file changes.")] = False
    libraries: Annotated[tuple[str, ...], About("Directories in which briefings are kept.")] = ()
    queries: Annotated[
        dict[str, str], About("Saved searches by name; `briefing-tui search @NAME` runs one.")
    ] = {}
    keys: Annotated[
        dict[str, str],
        About("Keys by command id, several separated by commas; `briefing-tui keys` lists them."),
    ] = {}


class Option(NamedTuple):
    """One option, with all that is declared of it."""

    name: str
    kind: Kind
    default: Any
    help: str
    choices: tuple[str, ...]
    flag: str

    @property
    def variable(self) -> str:
        """Its environment variable; nothing for a table, which has no place in one."""
        return "" if self.kind == "table" else f"BRIEFING_TUI_{self.name.upper()}"


def shown(value: Any) -> str:
    """A value as TOML writes it."""
    if value is None:
        return '"auto"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        inside = ", ".join(f"{shown(name)} = {shown(one)}" for name, one in value.items())
        return f"{{{inside}}}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(shown, value))}]"
    # A string of JSON is a basic string of TOML.
    return msgspec.json.encode(str(value)).decode()


def _options() -> tuple[Option, ...]:
    kinds: dict[Any, Kind] = {
        str: "word",
        bool: "switch",
        bool | None: "auto switch",
        tuple[str, ...]: "list",
        dict[str, str]: "table",
    }
    hints = Settings.__annotations__
    defaults = Settings()
    found: list[Option] = []
    for name, hint in hints.items():
        kind, about = get_args(hint)
        found.append(Option(name, kinds[kind], getattr(defaults, name), *about))
    return tuple(found)


OPTIONS = _options()
"""Every option, in the order in which they are shown."""
