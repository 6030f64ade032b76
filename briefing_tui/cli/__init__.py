"""The command line: options, exit codes, and the choice between the reader and plain text.

Exit codes: 0 all is well; 1 the file has errors, or cannot be read as a briefing; 2 wrong usage,
a file that is not there, or a configuration that cannot be used.

The terminal half is imported only where it is shown: every other command answers without it.
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
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Read a structured briefing in the terminal.

    Without a command, opens FILE, or the bundled briefing, in four panes: summary, timeline, key
    actors and deal tracker, with the evidence of the highlighted row always in view. Where output
    is no terminal, prints plain text. A file whose name is that of a command is opened as ./NAME.
    """
    from briefing_tui.surroundings import process_surroundings

    ctx.obj = process_surroundings()


def main() -> None:
    """Run the command line."""
    # Imports and parsing make many objects and little garbage; the reader collects once it shows.
    gc.disable()
    _take_closed_streams()
    try:
        cli(prog_name="briefing-tui")
    except OSError:
        from briefing_tui.cli.output import put

        put("")  # ends in words where it is the framework's own output that cannot be written
        raise


def _take_closed_streams() -> None:
    """Let nothing else get the descriptors of streams that whoever started the program closed."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115
            setattr(sys, f"__{name}__", stream)
            if name != "stdin":  # what is to be read from there is told to be missing
                setattr(sys, name, stream)
