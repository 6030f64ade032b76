"""What the environment tells of a terminal, and what is chosen for it."""

from __future__ import annotations

import itertools

import pytest

from briefing_tui.driver.capabilities import TRUE_COLOUR, Terminal, detect_terminal

UTF8, LATIN = "en_US.UTF-8", "en_US.ISO-8859-1"

TERMS: dict[str | None, tuple[bool, int, bool]] = {
    # a screen can be drawn · colours without COLORTERM · signs of ours in its fonts
    "xterm-256color": (True, 256, True),
    "xterm-direct": (True, TRUE_COLOUR, True),
    "xterm-direct256": (True, TRUE_COLOUR, True),
    "foot-direct": (True, TRUE_COLOUR, True),
    "screen-256color": (True, 256, True),
    "tmux-256color": (True, 256, True),
    "xterm-kitty": (True, 256, True),
    "xterm": (True, 16, True),
    "screen": (True, 16, True),
    "linux": (True, 16, False),
    "screen.linux": (True, 16, False),
    "vt100": (True, 16, False),
    "vt220": (True, 16, False),
    "ansi": (True, 16, False),
    "dumb": (False, 16, True),
    "unknown": (False, 16, True),
    "": (False, 16, True),
    None: (False, 16, True),
}


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_every_terminal_in_every_environment(term: str | None) -> None:
    screen, colours, signs = TERMS[term]
    for colorterm, locale, no_color in itertools.product(
        ("", "truecolor", "24bit"), (UTF8, "C.UTF-8", "C", "POSIX", LATIN, ""), ("", "1")
    ):
        environ = {"COLORTERM": colorterm, "LANG": locale, "NO_COLOR": no_color}
        if term is not None:
            environ["TERM"] = term
        found = detect_terminal(environ)
        utf8 = locale in (UTF8, "C.UTF-8", "")
        shown = 0 if no_color else TRUE_COLOUR if colorterm else colours
        assert found == Terminal(screen, shown, utf8, utf8 and signs), environ
        assert found.theme == ("dark" if shown > 16 else "ansi")


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
