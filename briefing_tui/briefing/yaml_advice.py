"""What to do about text that is not YAML: the parser's own words, and a remedy after them."""

from __future__ import annotations

import yaml

_QUOTE = "put text that holds ': ' in quotation marks"
_ALIGN = "begin the line where its neighbours begin, with nothing after a closing quotation mark"
_REMEDIES = (
    ("document start", "remove the line that ends the document"),
    ("mapping values are not allowed", f"{_QUOTE}, and mend the indentation"),
    ("sequence entries are not allowed", "begin a list on a line of its own"),
    (
        "cannot start any token",
        "indent with spaces, not tabs; put text that begins with @, ` or % in quotation marks",
    ),
    ("unexpected end of stream", "close the quotation mark"),
    ("flow sequence", f"close the '[' of line {{line}}, and {_QUOTE}"),
    ("flow mapping", f"close the '{{{{' of line {{line}}, and {_QUOTE}"),
    ("flow node", "remove the comma that has nothing before it"),
    ("block mapping", _ALIGN),
    ("block collection", _ALIGN),
    ("simple key", "write 'key: value', with a colon and a space"),
    ("escape", "write \\\\ for a backslash, or use single quotation marks"),
    ("an alias", "put text that begins with * in quotation marks"),
    ("an anchor", "put text that begins with & in quotation marks"),
    ("a tag", "put text that begins with ! in quotation marks"),
    ("block scalar", "begin the text after | or > on a line of its own"),
)


def explain(error: yaml.MarkedYAMLError) -> tuple[str, int, int]:
    """A message for the writer of the file, with the line and column to look at."""
    what = ", ".join(part for part in (error.context, error.problem) if part)
    begun = error.context_mark
    mark = error.problem_mark or begun
    if begun is not None and "unexpected end of stream" in what:
        mark = begun  # the end of the file is no place to look for a quotation mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    remedy = next((remedy for words, remedy in _REMEDIES if words in what), "")
    if remedy:
        what = f"{what}; {remedy.format(line=begun.line + 1 if begun else line)}"
    return f"this is not YAML: {what}", line, column
