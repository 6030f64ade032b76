"""Skeleton of a new briefing: valid, with every section and examples in comments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template

from briefing_tui.briefing.json_schema import FILE_NAME
from briefing_tui.briefing.model import Passage
from briefing_tui.briefing.sentences import passages
from briefing_tui.briefing.source_verification import decode, digest, text_entry
from briefing_tui.writer.article_notes import notes
from briefing_tui.writer.values import quote

MAX_PASSAGES = 20_000
"""Sentences in an article."""

_WIDTH = 100


class SkeletonError(ValueError):
    """A briefing that cannot be created; the message says why."""


def file_name(name: str) -> str:
    """Return the file name of a briefing: lower-case letters, digits and hyphens, then ``.yaml``.

    Raises:
        SkeletonError: the name has no usable character.
    """
    folded = unicodedata.normalize("NFKD", name.removesuffix(".yaml").removesuffix(".yml"))
    ascii_only = folded.encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    if not stem:
        message = "a name needs a letter from a to z or a digit, such as 'karsholm-light'"
        raise SkeletonError(message)
    return f"{stem}.yaml"


def skeleton(file: str, day: str, article: bytes | None = None) -> str:
    """Return the text of a new briefing, with a title derived from the name of its file.

    Raises:
        SkeletonError: the article has no sentences, or too many.
        NoTextError: the article is not text.
    """
    title = quote(file.removesuffix(".yaml").replace("-", " ").capitalize())
    values = {"schema": FILE_NAME, "file": file, "title": title, "day": day}
    values |= _article_values(article) if article is not None else {"cite": "article", "text": ""}
    template = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    return Template(template).substitute(values)


def _article_values(article: bytes) -> dict[str, str]:
    text = decode(article)
    spans = passages(text)
    if not spans:
        raise SkeletonError("there is no text in it")
    if len(spans) > MAX_PASSAGES:
        raise SkeletonError(f"more than {MAX_PASSAGES:,} sentences; take a part of it")
    lines = "".join(f"{line}\n" for line in _notes(text, spans))
    entry = text_entry(digest(article), len(text), spans)
    return {"cite": f"article {next(iter(spans))}", "text": entry + lines}


def _notes(text: str, spans: Mapping[str, Passage]) -> Iterator[str]:
    groups = notes(text, spans)
    if not any(groups):
        return
    yield ""
    yield "# Found automatically in the article, as a starting point; some may be missing."
    for heading, group in zip(("Dates", "Figures", "Names"), groups, strict=True):
        if group:
            yield "#"
            yield f"# {heading}"
        width = min(max(map(len, group), default=0), 40)
        for words, passage_ids in group.items():
            ids = " ".join(passage_ids)
            if len(ids) > _WIDTH - width - 6:
                ids = f"{' '.join(passage_ids[:6])} …"
            yield f"#   {words:<{width}}  {ids}"
