"""Text in the characters that comparisons are made in."""

from __future__ import annotations

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u1680\u2007\u2009\u200a\u202f\u205f\u3000\t\n\r", " "),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4\u02bc", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    }
)


def fold(text: str) -> str:
    """Replace typographic spaces, quotation marks and hyphens by ASCII; drop invisible ones."""
    return text.translate(_FOLDED)
