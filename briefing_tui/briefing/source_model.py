"""Where statements come from: citations, and the records of sources."""

from typing import ClassVar

import msgspec

from briefing_tui.briefing.dates import Edtf
from briefing_tui.briefing.problems import Place
from briefing_tui.briefing.vocabulary import (
    Basis,
    Count,
    Digest,
    Id,
    PassageId,
    Reliability,
    SourceKind,
)


class Entry(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Anything written as a mapping in the file."""

    place: Place | None = None
    """Where it was read; not part of the format."""


class Citation(Entry, frozen=True, kw_only=True):
    """A pointer to the evidence: a source and, for the article, a passage of it."""

    SHORT: ClassVar[str] = "SOURCE or SOURCE PASSAGE, such as 'article P4S3'"

    source: Id
    """Id of the source."""
    at: PassageId | None = None
    """Paragraph and sentence, counted from 1."""
    quote: str | None = None
    """Words that the source itself puts in quotation marks, at most twelve."""

    @staticmethod
    def from_text(text: str) -> dict[str, str]:
        """The fields of the short form; a ValueError tells what the form is."""
        words = text.split()
        if not 1 <= len(words) <= 2:
            raise ValueError(f"a citation is {Citation.SHORT}")
        return dict(zip(("source", "at"), words, strict=False))


class Published(Entry, frozen=True, kw_only=True):
    """When a source came out."""

    SHORT: ClassVar[str] = 'a date, such as "2019-01-09"'

    date: Edtf
    basis: Basis = "stated"
    """``inferred`` where the source bears no date."""
    note: str | None = None

    @staticmethod
    def from_text(text: str) -> dict[str, str]:
        """The fields of the short form."""
        return {"date": text}


class Passage(msgspec.Struct, frozen=True, array_like=True):
    """A sentence of a source's text: ``[start, end, hash]``."""

    start: Count
    """First code point, counted from 0."""
    end: Count
    """Code point after the last."""
    hash: str
    """First eight hexadecimal digits of the SHA-256 of the passage in UTF-8."""


class SourceText(Entry, frozen=True, kw_only=True):
    """Marks that identify a source's text without repeating it."""

    sha256: Digest
    """Of the file's bytes."""
    length: Count | None = None
    """Code points in all."""
    passages: dict[PassageId, Passage] = {}


class Source(Entry, frozen=True, kw_only=True):
    """Where statements come from; the key in the file is its id."""

    kind: SourceKind
    title: str
    publisher: str
    url: str | None = None
    """http or https."""
    published: Published
    retrieved: Edtf | None = None
    """Day the briefer saw it."""
    reliability: Reliability
    """Of the source alone, whatever it says here."""
    descriptor: str | None = None
    """What affects its quality: completeness, age, access, bias (ICD 206)."""
    derives_from: tuple[Id, ...] = ()
    """Sources it reprints or rewrites; they do not confirm each other."""
    text: SourceText | None = None
