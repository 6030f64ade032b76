"""The command line.

Exit codes: 0 success; 1 the file has errors, or cannot be read as a briefing; 2 wrong usage, a
missing file, or an invalid configuration.

Only the full-screen reader imports the terminal library.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

from briefing_tui import __version__
from briefing_tui.cli.lazy_group import ReaderByDefault

EXAMPLES = """\b
Examples:
  briefing-tui                          the bundled briefing
  briefing-tui my.yaml                  a file of yours
  briefing-tui briefings/               all files of a directory, to search and open
  make-briefing | briefing-tui -        what a program writes
  briefing-tui show my.yaml | less      as plain text
  briefing-tui show --pane deals        one pane of it
  briefing-tui --as-of latest           with all that became known since
  briefing-tui check my.yaml            what is wrong with it, and where
"""


@click.group(
    cls=ReaderByDefault,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="[FILE | COMMAND] …",
)
@click.version_option(__version__, prog_name="briefing-tui")
def cli() -> None:
    """Read a structured briefing in the terminal.

    Without a command, opens FILE, or the bundled briefing, in four panes: summary, timeline, key
    actors and deal tracker, with the evidence of the highlighted row always in view. Prints plain
    text if output is not a terminal. Open a file that is named like a command as ./NAME.
    """


def main() -> None:
    """Run the command line."""
    # Imports and parsing create little garbage; the reader collects after the first frame.
    gc.disable()
    _replace_closed_streams()
    try:
        cli(prog_name="briefing-tui")
    except OSError:
        from briefing_tui.cli.output import put

        put("")  # ends with a message if click cannot write its own output
        raise


def _replace_closed_streams() -> None:
    """Occupy the descriptors of closed standard streams, so that no file gets them."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115
            setattr(sys, f"__{name}__", stream)
            if name != "stdin":  # reading from it has to fail
                setattr(sys, name, stream)
