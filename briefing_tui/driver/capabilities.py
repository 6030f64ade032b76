"""What a terminal can show, and which control sequences it has.

The nearest terminal decides: ``TERM`` names it, and terminfo describes it. Variables that
describe an outer one, such as ``COLORTERM``, are inherited by multiplexers and emulators inside it.
The terminal itself is not asked here: over SSH an answer may never arrive.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from typing import NamedTuple

_SSH = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
_WITHOUT_SCREEN = ("", "dumb", "unknown", "vt52")
# Beginnings of names rather than patterns, which every start would compile.
_OLD = ("linux", *(f"vt{digit}" for digit in range(10)), "ansi", "cons25", "console", "sun", "wyse")
"""Consoles, and terminals older than Unicode: their fonts lack symbols."""
_FEW_COLOURS = ("eterm", "dvtm", "cygwin", "pcansi", "hurd", "mach", "wsvt")
"""Further terminals that misread 24-bit colours, or have a few colours to show them in."""
_MODERN = (
    "alacritty", "foot", "contour", "rio", "wezterm", "iterm", "mintty", "ms-terminal", "xterm.js",
    "ghostty", "kitty", "xterm-ghostty", "xterm-kitty",
)  # fmt: skip
"""Terminals with 256 colours or more, many of which terminfo does not know on older systems."""
_XTERM_LIKE = ("xterm", "rxvt", "konsole", "vte", "gnome", "linux", "tmux", "screen", "putty")
_WITHOUT_BCE = ("tmux", "screen", "dvtm", "contour")
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""Values of ``LC_CTYPE`` that Python sets instead of the C locale (PEP 538)."""

TRUE_COLOUR = 1 << 24
COLORTERM_VALUES = ("truecolor", "24bit")
_PADDING = rb"\$<[^>]*>"


class Capabilities(NamedTuple):
    """Control sequences that not every terminal with ECMA-48 cursor addressing has.

    The comments name the capabilities of terminfo (terminfo(5)).
    """

    bce: bool = False
    """Whether erasing fills with the current background."""
    moves: bool = True
    """CUF and the like with a count (cuf)."""
    column: bool = True
    """CHA (hpa)."""
    ech: bool = True
    """Erasing characters."""
    scroll: bool = True
    """DECSTBM, IL and DL (csr, il, dl)."""
    italics: bool = True
    """SGR 3 (sitm); others may show it as reverse video."""
    escape_tab: bool = False
    """Escape and Tab for Shift-Tab (kcbt), as the Linux console sends it."""


COMMON = Capabilities()
"""What nearly all terminals have."""
_SCREEN = Capabilities(ech=False, italics=False)
_ETERM = Capabilities(column=False, ech=False, italics=False)
"""Emacs counts the column of CHA from 0."""
_BASIC = Capabilities(column=False, ech=False, scroll=False, italics=False)


class TerminfoEntry(NamedTuple):
    """What the terminfo entry of a terminal says."""

    colours: int
    """-1 if it has none."""
    rgb: bool
    """Whether it has 24-bit colours."""
    addressable: bool
    """Whether the cursor is addressed as in ECMA-48."""
    capabilities: Capabilities


class Terminal(NamedTuple):
    """What a terminal can show."""

    screen: bool
    """Whether a full screen can be drawn."""
    colours: int
    """16, 256 or `TRUE_COLOUR`; 0 if it has none, or the user wants none (``NO_COLOR``)."""
    utf8: bool
    """Whether letters beyond ASCII can be sent."""
    signs: bool
    """Whether lines and symbols beyond ASCII can be shown."""
    remote: bool = False
    """Whether the connection may be slow."""
    capabilities: Capabilities = COMMON

    @property
    def theme(self) -> str:
        """The name of a theme that is legible with these colours."""
        return "dark" if self.colours > 16 else "ansi" if self.colours else "none"


def detect_terminal(
    environ: Mapping[str, str],
    encoding: str | None = "utf-8",
    *,
    coerced: bool = False,
    terminfo: Callable[[str], TerminfoEntry | None] = lambda _: None,
) -> Terminal:
    """Return what the terminal of an environment can show.

    ``encoding`` is that of the output stream; ``coerced`` says that Python chose the locale;
    ``terminfo`` returns the entry of a name, and names decide without one.
    """
    name = environ.get("TERM", "")
    utf8 = _is_utf8(encoding or "") and _locale_is_utf8(environ, coerced=coerced)
    entry = None if name in _WITHOUT_SCREEN else terminfo(name)
    return Terminal(
        screen=name not in _WITHOUT_SCREEN and (entry is None or entry.addressable),
        colours=_colours(environ, name, entry),
        utf8=utf8,
        signs=utf8 and not _is_old(name),
        remote=is_remote(environ),
        capabilities=_capabilities(environ, name, entry),
    )


def is_remote(environ: Mapping[str, str]) -> bool:
    """Return whether the program runs in an SSH session."""
    return any(environ.get(name) for name in _SSH)


def this_terminal() -> Terminal:
    """Return what the terminal of this process can show."""
    stream = sys.__stderr__ or sys.__stdout__  # `TtyDevice` draws on standard error
    coerced = bool(sys.flags.utf8_mode)
    encoding = stream.encoding if stream else None
    return detect_terminal(os.environ, encoding, coerced=coerced, terminfo=terminfo_entry)


_loaded: list[str] = []
"""The name whose entry ncurses has loaded: the first one of a process is the only one."""


def terminfo_entry(name: str) -> TerminfoEntry | None:
    """Return the terminfo entry of a terminal; None if there is none, or it cannot be read."""
    try:
        import _curses as curses  # the wrapper around it takes longer to load

        if name not in _loaded:
            if _loaded:
                return None
            curses.setupterm(name, 1)
            _loaded.append(name)
    except (ImportError, ValueError, UnicodeError, curses.error):
        return None

    def has(capability: str, value: bytes = b"") -> bool:
        sequence = curses.tigetstr(capability) or b""
        if b"$<" in sequence:
            sequence = re.sub(_PADDING, b"", sequence)
        return sequence == value if value else bool(sequence)

    return TerminfoEntry(
        colours=curses.tigetnum("colors"),
        rgb=curses.tigetflag("RGB") > 0 or curses.tigetflag("Tc") > 0,
        addressable=has("cup", b"\x1b[%i%p1%d;%p2%dH"),
        capabilities=Capabilities(
            bce=curses.tigetflag("bce") > 0,
            moves=has("cuf", b"\x1b[%p1%dC"),
            column=has("hpa", b"\x1b[%i%p1%dG"),
            ech=has("ech", b"\x1b[%p1%dX"),
            scroll=has("csr") and has("il") and has("dl"),
            italics=has("sitm"),
            escape_tab=has("kcbt", b"\x1b\t"),
        ),
    )


def in_screen(environ: Mapping[str, str]) -> bool:
    """Return whether GNU screen is, or may be, the nearest terminal or the one around it."""
    is_named = environ.get("TERM", "").startswith("screen") and not environ.get("TMUX")
    return bool(environ.get("STY")) or is_named


def _in_eterm(environ: Mapping[str, str]) -> bool:
    return ",term:" in environ.get("INSIDE_EMACS", "")


def ignores_colorterm(environ: Mapping[str, str]) -> bool:
    """Return whether ``COLORTERM`` does not count, as the nearest terminal has fewer colours."""
    name = environ.get("TERM", "")
    lower = name.lower()
    limited = _is_old(name) or lower.startswith(_FEW_COLOURS)
    limited = limited or "-88color" in lower or "-mono" in lower
    return limited or _in_eterm(environ) or in_screen(environ)


def _is_old(name: str) -> bool:
    return name.lower().removeprefix("screen.").startswith(_OLD)


def _has_direct_colour(name: str) -> bool:
    """Return whether a name is that of a terminal with RGB colours in terminfo."""
    ending = name.lower().rpartition("-")[2]
    return "-" in name and (ending == "truecolor" or ending.rstrip("0123456789") == "direct")


def _is_modern(name: str) -> bool:
    return name.lower().startswith(_MODERN) or "256color" in name.lower()


def _colours(environ: Mapping[str, str], name: str, entry: TerminfoEntry | None) -> int:
    if environ.get("NO_COLOR"):
        return 0
    if entry is not None and entry.addressable and entry.colours < 2:
        return 0
    ignored = ignores_colorterm(environ)
    claimed = environ.get("COLORTERM", "").strip().lower() in COLORTERM_VALUES
    if not ignored and (claimed or _has_direct_colour(name) or (entry and entry.rgb)):
        return TRUE_COLOUR
    many = entry.colours >= 256 if entry else _is_modern(name) or _has_direct_colour(name)
    return 256 if many and (not _in_eterm(environ) or "eterm" in name) else 16


def _capabilities(
    environ: Mapping[str, str], name: str, entry: TerminfoEntry | None
) -> Capabilities:
    if entry is not None:
        capabilities = entry.capabilities
    elif name.lower().startswith("eterm"):
        capabilities = _ETERM
    elif _is_modern(name) or name.lower().startswith(_XTERM_LIKE) or name == "st":
        has_bce = not name.lower().startswith(_WITHOUT_BCE)
        capabilities = Capabilities(bce=has_bce, escape_tab=name.startswith("linux"))
    else:
        capabilities = _BASIC
    if in_screen(environ) and (environ.get("STY") or entry is None):
        capabilities = _common(capabilities, _SCREEN)
    return _common(capabilities, _ETERM) if _in_eterm(environ) else capabilities


def _common(first: Capabilities, second: Capabilities) -> Capabilities:
    return Capabilities(*map(bool.__and__, first, second))


def _locale_is_utf8(environ: Mapping[str, str], *, coerced: bool) -> bool:
    """Return whether the locale uses UTF-8; without a locale, assume so."""
    for variable in ("LC_ALL", "LC_CTYPE", "LANG"):
        value = environ.get(variable, "")
        if value and not (coerced and variable == "LC_CTYPE" and value in _COERCED):
            return _is_utf8(value)
    return True


def _is_utf8(name: str) -> bool:
    charset = name.rpartition(".")[2].partition("@")[0]
    return charset.lower() in ("utf-8", "utf8")
