"""Skeleton of a new briefing: valid, with every section and examples in comments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from briefing_tui.briefing.model import Passage
from briefing_tui.briefing.schema import FILE_NAME
from briefing_tui.briefing.sentences import passages
from briefing_tui.briefing.source_verification import decode, digest, text_entry
from briefing_tui.writer.article_notes import notes
from briefing_tui.writer.values import quote

MAX_PASSAGES = 20_000
"""Maximum number of sentences in the article."""

_WIDTH = 100

_HEAD = """\
# yaml-language-server: $schema={schema}
# Fill in the fields below, and uncomment what you need. While you write,
# "briefing-tui check --watch {file}" reports problems, and "briefing-tui --follow {file}"
# shows how it reads.

briefing: 1
title: {title}
as_of: "{day}" # the day the reader opens at: YYYY-MM-DD
language: en
# tags: [one, another]
about: article # the source that is briefed, by its id below

# One or two sentences in words of your own, 50 words in all, and no judgement.
bottom_line:
  - text: Say here what it comes down to.
    cite: [{cite}]
    # about: [first-event] # ids of events, actors and deals; Enter follows them

# At most seven. A judgement has "confidence" (low, moderate, high) or "likelihood", never both.
# key_points:
#   - text: Something else that matters.
#     hedge: reportedly # the source's own word of caution
#     cite: [{cite}]
#   - text: What you make of it.
#     basis: judgement # stated, inferred, external or judgement
#     confidence: low
#     cite: [{cite}]

# open_questions:
#   - text: What do the sources leave open?

sources:
  article:
    kind: news_article # news_article, wire, official, readout, dataset, aggregator or blog
    title: {title}
    publisher: Who published it
    # url: https://…
    published: "{day}"
    retrieved: "{day}"
    reliability: C # Admiralty code: A completely reliable to E unreliable; F cannot be judged
    # descriptor: What affects its quality; signed or not, who is quoted, whose view it gives.
    # derives_from: [wire] # sources that it reprints or rewrites
"""

_TAIL = """\

# actors:
#   somebody:
#     name: Some Body
#     kind: person # person, organisation, public_body or state
#     role: What they do
#     country: NOR # ISO 3166-1, three letters
#     cite: [{cite}]

# Dates are as precise as they are known: 2018, 2019-01, 2019-01~, 2020-10/2023-04, ../2023-04
# timeline:
#   - id: first-event
#     headline: What happened
#     type: statement # or call, meeting, visit, agreement, approval, payment, delivery, forum, …
#     date: "{day}"
#     stated: Tuesday # the article's own words, where they differ
#     actors: [somebody]
#     cite: [{cite}]

# deals:
#   some-deal:
#     designation: What is bought
#     supplier: FRA
#     recipient: NOR
#     order: {{number: 1, unit: system, date: "{day}", cite: [{cite}]}}
#     stages:
#       - {{stage: contracted, date: "{day}", cite: [{cite}]}}
#     values:
#       - {{amount: 2400000, currency: NOK, stated: 2.4 million kroner, cite: [{cite}]}}
#     milestones:
#       - id: delivered
#         label: All delivered
#         forecasts:
#           - {{said: "{day}", by: somebody, due: "{day}", cite: [{cite}]}}
"""


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
        raise SkeletonError(
            "a name needs a letter from a to z or a digit, such as 'karsholm-light'"
        )
    return f"{stem}.yaml"


def skeleton(file: str, day: str, article: bytes | None = None) -> str:
    """Return the text of a new briefing.

    Args:
        file: The name of its file, from which the title derives.
        day: Today, the initial value of dates.
        article: The bytes of the article, if any.

    Raises:
        SkeletonError: the article has no sentences, or too many.
        NoTextError: the article is not text.
    """
    title = quote(file.removesuffix(".yaml").replace("-", " ").capitalize())
    values = {"schema": FILE_NAME, "file": file, "title": title, "day": day, "cite": "article"}
    if article is None:
        return _HEAD.format(**values) + _TAIL.format(**values)
    text = decode(article)
    spans = passages(text)
    if not spans:
        raise SkeletonError("there is no text in it")
    if len(spans) > MAX_PASSAGES:
        raise SkeletonError(f"more than {MAX_PASSAGES:,} sentences; take a part of it")
    values["cite"] = f"article {next(iter(spans))}"
    body = text_entry(digest(article), len(text), spans)
    body += "".join(f"{line}\n" for line in _notes(text, spans))
    return _HEAD.format(**values) + body + _TAIL.format(**values)


def _notes(text: str, spans: Mapping[str, Passage]) -> Iterator[str]:
    """Yield the notes on the article as lines of comment."""
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
