"""Messages for invalid YAML: the parser's own words, followed by a remedy."""

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
    """Return a message for the file's author, with its line and column."""
    message = ", ".join(part for part in (error.context, error.problem) if part)
    start = error.context_mark
    mark = error.problem_mark or start
    if start is not None and "unexpected end of stream" in message:
        mark = start  # point at the opening quotation mark, not at the end of the file
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    remedy = next((remedy for words, remedy in _REMEDIES if words in message), "")
    if remedy:
        message = f"{message}; {remedy.format(line=start.line + 1 if start else line)}"
    return f"this is not YAML: {message}", line, column
