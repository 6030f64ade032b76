"""Lenient loading: from bytes to a document, however many mistakes the file has.

Only a file without a mapping, or of an unknown version, is refused. Of any other, whatever can be
decoded is loaded, with a list of the problems.
"""

from __future__ import annotations

import re
from operator import attrgetter
from pathlib import Path as FilePath
from typing import Any

from briefing_tui.briefing import tree
from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.decode import INVALID, Findings, decode_fields
from briefing_tui.briefing.document import MAX_BYTES, Document, read_bytes
from briefing_tui.briefing.model import VERSION, Briefing
from briefing_tui.briefing.problems import FileLocation, Problem, UnreadableFileError
from briefing_tui.briefing.terminal_text import excerpt

NOT_YAML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that YAML forbids, and those that only YAML treats as line ends."""


def load(data: bytes, name: str) -> Document:
    """Load a briefing leniently.

    Raises:
        UnreadableFileError: the file is not a briefing at all.
    """
    try:
        text, problems = decode_text(data)
        root, tree_problems = tree.parse(text)
    except tree.TreeError as error:
        raise UnreadableFileError(name, [error.problem]) from error
    problems += tree_problems
    root = _require_briefing(root, name, problems)
    findings = Findings()
    values = decode_fields(Briefing, root, (), findings)
    as_of = values.get("as_of")
    if isinstance(as_of, Edtf) and not as_of.is_known:
        message = "'as_of': a briefing opens at a day; write the day it was written, as 2019-01-07"
        values["as_of"] = findings.report("E105", message, root.values["as_of"], ("as_of",))
    briefing = _briefing(values, FileLocation((), root.line, root.column))
    problems += findings.problems
    return Document(name, briefing, tuple(problems), tuple(findings.broken), root)


def load_path(path: FilePath, name: str | None = None) -> Document:
    """Load a briefing from a file.

    Raises:
        OSError: the file cannot be read.
        UnreadableFileError: the file is not a briefing at all.
    """
    return load(read_bytes(path), name or str(path))


def decode_text(data: bytes) -> tuple[str, list[Problem]]:
    """Return the text of a file without the characters that YAML forbids, and a report of these.

    Raises:
        TreeError: the file is too large or not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise tree.TreeError(f"larger than {MAX_BYTES // 1024 // 1024} MiB; split the file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        prefix = error.object[: error.start].decode()
        line, column = prefix.count("\n") + 1, len(prefix) - prefix.rfind("\n")
        raise tree.TreeError("not UTF-8; save the file as UTF-8", line, column) from error
    problems = []
    for match in NOT_YAML.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        message = f"U+{ord(match[0]):04X}, an invisible character, is not shown; remove it"
        problems.append(Problem("W210", message, FileLocation((), line, column)))
        if len(problems) >= 20:
            break
    if problems:
        text = NOT_YAML.sub("", re.sub("[\u2028\u2029]", " ", text))
    return text, problems


def _require_briefing(root: tree.Node, name: str, problems: list[Problem]) -> tree.Mapping:
    if not isinstance(root, tree.Mapping):
        message = "not a briefing: a file is 'key: value' lines that start with 'briefing: 1'"
    elif "briefing" not in root.values:
        message = "not a briefing: the line 'briefing: 1' is missing"
    else:
        version = root.values["briefing"]
        if isinstance(version, tree.Scalar) and version.value == str(VERSION):
            return root
        number = excerpt(version.value, 20) if isinstance(version, tree.Scalar) else "…"
        message = f"format version '{number}' is unknown; this program reads {VERSION}"
        root = version
    problem = Problem("E101", message, FileLocation((), root.line, root.column))
    raise UnreadableFileError(name, [problem, *problems])


def _briefing(values: dict[str, Any], location: FileLocation) -> Briefing:
    valid = {key: value for key, value in values.items() if value is not INVALID}
    defaults: dict[str, Any] = {"briefing": VERSION, "title": "(no title)", "about": "-"}
    if "as_of" not in valid:
        published = [source.published.date for source in valid.get("sources", {}).values()]
        known = filter(attrgetter("is_known"), published)
        defaults["as_of"] = max(known, key=attrgetter("sort_key"), default=LONG_AGO)
    return Briefing(location=location, **(defaults | valid))


LONG_AGO = Edtf.parse("0001-01-01")
"""``as_of`` of a briefing in which neither it nor any source has a date."""
