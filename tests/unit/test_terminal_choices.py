"""What the environment tells of a terminal, and what is chosen for it."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing_tui.driver.capabilities import (
    TRUE_COLOUR,
    Capabilities,
    TerminfoEntry,
    detect_terminal,
)

UTF8, LATIN = "en_US.UTF-8", "en_US.ISO-8859-1"
FULL = Capabilities(bce=True)

TERMS: dict[str | None, tuple[bool, int, bool, bool]] = {
    # a screen can be drawn · colours by the name · 24 bits by COLORTERM · signs in its fonts
    "xterm-256color": (True, 256, True, True),
    "xterm-256color-italic": (True, 256, True, True),
    "xterm-direct": (True, TRUE_COLOUR, True, True),
    "xterm-direct256": (True, TRUE_COLOUR, True, True),
    "foot-direct": (True, TRUE_COLOUR, True, True),
    "tmux-256color": (True, 256, True, True),
    "alacritty": (True, 256, True, True),
    "contour": (True, 256, True, True),
    "foot": (True, 256, True, True),
    "ghostty": (True, 256, True, True),
    "iTerm2.app": (True, 256, True, True),
    "mintty": (True, 256, True, True),
    "ms-terminal": (True, 256, True, True),
    "rio": (True, 256, True, True),
    "wezterm": (True, 256, True, True),
    "xterm-ghostty": (True, 256, True, True),
    "xterm-kitty": (True, 256, True, True),
    "xterm.js": (True, 256, True, True),
    "xterm": (True, 16, True, True),
    "screen": (True, 16, False, True),
    "screen-256color": (True, 256, False, True),
    "screen-256color-bce": (True, 256, False, True),
    "screen.xterm-256color": (True, 256, False, True),
    "screen.linux": (True, 16, False, False),
    "eterm-color": (True, 16, False, True),
    "dvtm-256color": (True, 256, False, True),
    "cygwin": (True, 16, False, True),
    "linux": (True, 16, False, False),
    "vt100": (True, 16, False, False),
    "vt220": (True, 16, False, False),
    "ansi": (True, 16, False, False),
    "../../etc/passwd": (True, 16, True, True),
    "\x1b[31mred": (True, 16, True, True),
    "x" * 5000: (True, 16, True, True),
    "dumb": (False, 16, True, True),
    "unknown": (False, 16, True, True),
    "": (False, 16, True, True),
    None: (False, 16, True, True),
}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: str(term)[:24])
def test_every_terminal_in_every_environment(term: str | None) -> None:
    screen, colours, colorterm_counts, signs = TERMS[term]
    for colorterm, locale, no_color in itertools.product(
        ("", "truecolor", "24bit"), (UTF8, "C.UTF-8", "C", "POSIX", LATIN, ""), ("", "1")
    ):
        environ = {"COLORTERM": colorterm, "LANG": locale, "NO_COLOR": no_color}
        if term is not None:
            environ["TERM"] = term
        found = detect_terminal(environ)
        utf8 = locale in (UTF8, "C.UTF-8", "")
        shown = TRUE_COLOUR if colorterm and colorterm_counts else colours
        shown = 0 if no_color else shown
        assert found[:4] == (screen, shown, utf8, utf8 and signs), environ
        assert found.theme == ("dark" if shown > 16 else "ansi" if shown else "none")


XTERM = TerminfoEntry(256, rgb=False, addressable=True, capabilities=FULL)
DIRECT = TerminfoEntry(TRUE_COLOUR, rgb=True, addressable=True, capabilities=FULL)
VT100 = TerminfoEntry(-1, rgb=False, addressable=True, capabilities=Capabilities(*[False] * 6))
VT52 = TerminfoEntry(-1, rgb=False, addressable=False, capabilities=VT100.capabilities)
TRUE = "truecolor"


@pytest.mark.parametrize(
    ("environ", "entry", "colours"),
    [
        ({"TERM": "new", "COLORTERM": ""}, XTERM, 256),
        ({"TERM": "new", "COLORTERM": ""}, XTERM._replace(colours=8), 16),
        ({"TERM": "new", "COLORTERM": ""}, XTERM._replace(colours=88), 16),
        ({"TERM": "new", "COLORTERM": ""}, XTERM._replace(rgb=True), TRUE_COLOUR),
        ({"TERM": "new", "COLORTERM": ""}, DIRECT, TRUE_COLOUR),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, XTERM._replace(colours=8), 16),
        ({"TERM": "xterm", "COLORTERM": TRUE}, XTERM._replace(colours=8), TRUE_COLOUR),
        ({"TERM": "vt100", "COLORTERM": TRUE}, VT100, 0),
        ({"TERM": "xterm-mono", "COLORTERM": TRUE}, VT100, 0),
        # GNU screen is the nearest terminal, or around it.
        ({"TERM": "xterm-256color", "COLORTERM": TRUE, "STY": "1.a"}, XTERM, 256),
        ({"TERM": "xterm-direct", "COLORTERM": TRUE, "STY": "1.a"}, DIRECT, 256),
        ({"TERM": "screen", "COLORTERM": TRUE, "STY": "1.a"}, XTERM._replace(colours=8), 16),
        ({"TERM": "screen-256color", "COLORTERM": TRUE, "STY": "1", "TMUX": "x"}, XTERM, 256),
        ({"TERM": "tmux-256color", "COLORTERM": TRUE, "STY": "1", "TMUX": "x"}, XTERM, 256),
        ({"TERM": "screen-256color", "COLORTERM": TRUE}, XTERM, 256),
        ({"TERM": "screen-256color", "COLORTERM": TRUE, "TMUX": "x"}, XTERM, TRUE_COLOUR),
        ({"TERM": "tmux-256color", "COLORTERM": TRUE, "TMUX": "x"}, XTERM, TRUE_COLOUR),
        # The terminal of Emacs in a terminal with all colours.
        ({"TERM": "eterm-color", "COLORTERM": TRUE}, XTERM._replace(colours=8), 16),
        ({"TERM": "xterm-256color", "COLORTERM": TRUE, "INSIDE_EMACS": "29,term:0.96"}, XTERM, 16),
        ({"TERM": "xterm-256color", "COLORTERM": TRUE, "INSIDE_EMACS": "vterm"}, XTERM, 1 << 24),
        ({"TERM": "xterm-256color", "COLORTERM": "256"}, XTERM, 256),  # of Vim
    ],
)
def test_the_nearest_terminal_decides_on_colours(
    environ: dict[str, str], entry: TerminfoEntry, colours: int
) -> None:
    assert detect_terminal(environ, terminfo=lambda _: entry).colours == colours
    assert detect_terminal({**environ, "NO_COLOR": "1"}, terminfo=lambda _: entry).colours == 0


ALL = "bce moves column ech scroll italics"


@pytest.mark.parametrize(
    ("environ", "entry", "capabilities"),
    [
        ({"TERM": "xterm-256color"}, XTERM, ALL),
        ({"TERM": "vt100"}, VT100, ""),
        ({"TERM": "xterm-256color", "STY": "1.a"}, XTERM, "moves column scroll"),
        ({"TERM": "screen-256color-bce", "STY": "1.a"}, XTERM, "moves column scroll"),
        ({"TERM": "screen-256color-bce"}, XTERM, ALL),
        ({"TERM": "xterm", "INSIDE_EMACS": "29,term:0.96"}, XTERM, "moves scroll"),
        # Without an entry, by the name.
        ({"TERM": "xterm-kitty"}, None, ALL),
        ({"TERM": "alacritty"}, None, ALL),
        ({"TERM": "tmux-256color"}, None, "moves column ech scroll italics"),
        ({"TERM": "screen"}, None, "moves column scroll"),
        ({"TERM": "eterm-color"}, None, "moves scroll"),
        ({"TERM": "vt100"}, None, "moves"),
        ({"TERM": "of the future"}, None, "moves"),
    ],
)
def test_a_terminal_has_what_terminfo_says_and_the_nearest_one_has(
    environ: dict[str, str], entry: TerminfoEntry | None, capabilities: str
) -> None:
    found = detect_terminal(environ, terminfo=lambda _: entry).capabilities
    has = [name for name, value in found._asdict().items() if value]
    assert " ".join(has) == capabilities


def test_a_terminal_with_another_way_to_move_the_cursor_gets_plain_text() -> None:
    assert not detect_terminal({"TERM": "wy60"}, terminfo=lambda _: VT52).screen
    assert detect_terminal({"TERM": "vt100"}, terminfo=lambda _: VT100).screen


_ENTRIES = """
full|a terminal with everything,
    bce, am, colors#256,
    cup=\\E[%i%p1%d;%p2%dH$<5>, cuf=\\E[%p1%dC, hpa=\\E[%i%p1%dG, ech=\\E[%p1%dX,
    csr=\\E[%i%p1%d;%p2%dr, il=\\E[%p1%dL, dl=\\E[%p1%dM, sitm=\\E[3m,
few|a terminal with little,
    am, cup=\\E[%i%p1%d;%p2%dH, hpa=\\E[%i%p1%d`, csr=\\E[%i%p1%d;%p2%dr,
other|a terminal that moves the cursor in another way,
    am, cup=\\E=%p1%' '%+%c%p2%' '%+%c,
"""


@pytest.mark.parametrize("name", ["full", "few", "other", "none", "../few", "\x1b[2J", "x" * 5000])
def test_terminfo_is_read(name: str, tmp_path: Path) -> None:
    if shutil.which("tic") is None:
        pytest.skip("tic is not installed")
    source = tmp_path / "source"
    source.write_text(_ENTRIES)
    directory = tmp_path / "terminfo"
    subprocess.run(["tic", "-x", "-o", directory, source], check=True)
    # A process can read one entry only.
    code = "import sys, briefing_tui.driver.capabilities as c; print(c.terminfo_entry(sys.argv[1]))"
    environ = {**os.environ, "TERMINFO": str(directory)}
    ran = subprocess.run(
        [sys.executable, "-c", code, name], env=environ, capture_output=True, text=True, check=True
    )
    basic = Capabilities(*[False] * 6)
    assert ran.stdout.strip() == str(
        {
            "full": TerminfoEntry(256, rgb=False, addressable=True, capabilities=FULL),
            "few": TerminfoEntry(-1, rgb=False, addressable=True, capabilities=basic),
            "other": TerminfoEntry(-1, rgb=False, addressable=False, capabilities=basic),
        }.get(name)
    )


@pytest.mark.parametrize(
    ("environ", "utf8"),
    [
        ({"LANG": UTF8, "LC_ALL": "C"}, False),
        ({"LANG": "C", "LC_ALL": UTF8}, True),
        ({"LANG": "C", "LC_CTYPE": UTF8}, True),
        ({"LANG": UTF8, "LC_CTYPE": LATIN}, False),
        ({"LANG": UTF8, "LC_ALL": "", "LC_CTYPE": ""}, True),
        ({"LC_CTYPE": "UTF-8"}, True),
        ({"LANG": "de_DE.utf8"}, True),
        ({"LANG": "de_DE.UTF-8@euro"}, True),
        ({"LANG": "de_DE"}, False),
        ({"LANG": "de_DE@euro"}, False),
        ({"LANG": "ja_JP.eucJP"}, False),
    ],
)
def test_the_locale_that_counts(environ: dict[str, str], utf8: bool) -> None:
    assert detect_terminal({"TERM": "xterm", **environ}).utf8 is utf8


@pytest.mark.parametrize(
    ("environ", "coerced", "utf8"),
    [
        # Python writes LC_CTYPE itself where it finds the C locale.
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True, False),
        ({"LANG": "POSIX", "LC_CTYPE": "C.utf8"}, True, False),
        ({"LC_CTYPE": "C.UTF-8"}, True, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False, True),
        ({"LANG": "C", "LC_CTYPE": UTF8}, True, True),
    ],
)
def test_what_python_put_in_place_of_the_c_locale(
    environ: dict[str, str], coerced: bool, utf8: bool
) -> None:
    assert detect_terminal({"TERM": "xterm", **environ}, coerced=coerced).utf8 is utf8


@pytest.mark.parametrize("variable", ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"])
def test_a_slow_line_is_expected_over_ssh(variable: str) -> None:
    far = detect_terminal({"TERM": "xterm", variable: "192.0.2.1 5 22"})
    near = detect_terminal({"TERM": "xterm", variable: ""})
    assert (far.remote, near.remote) == (True, False)
    assert far._replace(remote=False) == near


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "iso8859-1", "ANSI_X3.4-1968", "", None])
def test_a_stream_that_cannot_take_utf8(encoding: str | None) -> None:
    found = detect_terminal({"TERM": "xterm-256color", "LANG": UTF8}, encoding)
    assert (found.utf8, found.signs) == (False, False)
    assert detect_terminal({"LANG": UTF8}, "utf8").utf8
