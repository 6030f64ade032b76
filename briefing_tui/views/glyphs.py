"""The glyphs that the program draws with, each one cell wide in every terminal font."""

from __future__ import annotations

OCCURRED = "●"
PLANNED = "○"
CANCELLED = "✕"
DISPUTED = "◐"
POINT = "•"
QUESTION = "?"
WARNING = "⚠"
BROKEN = "✗"
ARROW = "→"
CURSOR = "▌"
NEW = "+"
UNREAD = "•"
STAR = "★"
NOTE = "✎"
RULE = "─"
RULE_STRONG = "━"
AS_OF = "┄"
UP = "▴"
DOWN = "▾"
BAR_EMPTY = "─"
BAR_WINDOW = "▒"
BAR_AS_OF = "┃"
BAR_START = "├"
BAR_END = "┤"
DASH = "—"
FULL = "█"
FREE = "░"
RIVAL = "◇"
MET = "■"
CHOSEN = "◉"
RIVAL_LINE = "┊"
CITED = "◆"

_ASCII = str.maketrans(
    "●○✕◐•★✎⚠✗→▌─━┄▴▾▒┃├┤█░◇◆■◉┊│╭╮╰╯┬┴┼└·¶–—…×›‘’“”",
    "*ox%-SN!X>|-=-^v#|||#.?*#@:|++++++++-P--~x>''\"\"",
)


def to_ascii(text: str) -> str:
    """Replace our glyphs by ASCII, cell for cell; the letters of a file are not changed."""
    return text.translate(_ASCII)
