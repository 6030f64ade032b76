"""The rows in words, for reading aloud and for braille.

Made from the same rows as every other face. Signs, columns and pictures become words, and our own
abbreviations are spelled out; what stands in quotation marks stays as it was written.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from briefing_tui.briefing.dates import MONTHS, MONTHS_SHORT, WEEKDAYS, Edtf, words_long
from briefing_tui.briefing.model import Event
from briefing_tui.briefing.text import one_line
from briefing_tui.views import glyphs
from briefing_tui.views.deals import WINDOW_SIGNS
from briefing_tui.views.labels import CREDIBILITY, RELIABILITY, VOICES, VOICES_LONG
from briefing_tui.views.rows import Bar, Chart, Promise, Row, Span, View, plain

_STATUS = {
    glyphs.OCCURRED: "occurred",
    glyphs.PLANNED: "planned",
    glyphs.CANCELLED: "cancelled",
    glyphs.DISPUTED: "disputed as a whole",
}
_NOTICES = {
    glyphs.WARNING: "Sources disagree",
    glyphs.BROKEN: "The file has a mistake here",
}
"""Signs behind a text, as sentences."""
_MARKED = {glyphs.STAR: "starred", glyphs.NOTE: "with a note"}
_LEADS = {glyphs.NOTE: "Your note", glyphs.UNREAD: ""}
"""Signs before a line of the evidence."""

_DRAWN = f" {glyphs.FULL}{glyphs.FREE}"
"""What a span holds that is a picture of a number beside it."""

_MONTH = "|".join(MONTHS_SHORT)
_MONTHS = dict(zip(MONTHS_SHORT, MONTHS, strict=True))
_DAYS = {name[:3]: name for name in WEEKDAYS}
_QUOTED = re.compile("(“[^”]*”)")
_NAME = "|".join((*MONTHS, *MONTHS_SHORT))
_RANGE = re.compile(rf"\b({_NAME}|\d{{4}})( \(uncertain\))? – (?=(?:about )?(?:\d|{_NAME}))")
_SHORT_MONTH = re.compile(rf"\b({_MONTH})\b(?= \d{{4}}\b| to (?:\d|[A-Z]))")
_DAY_MONTH = re.compile(rf"\b(\d\d?) ({_MONTH})\b")
_SHORT_DAY = re.compile(rf"\b({'|'.join(_DAYS)})(?= \d\d? (?:{_MONTH})\b)")
_PASSAGE = re.compile(r"¶(\d+) s(\d+)|\bP(\d+)S(\d+)\b")
_GRADED = re.compile(rf"({'|'.join(VOICES.values())})(?: ([A-F]?)([1-6]?))?")
_BASES = {word: basis for basis, word in VOICES.items()}
_VERBS = ("said: ", "promised: ", "held: ", "ahead: ", "cancelled: ", "disputed: ")
_ENDS = (".", "?", "!", "…", ":", ";")


def aloud(text: str) -> str:
    """A text with our abbreviations and signs in words, on one line."""
    parts = _QUOTED.split(one_line(text))
    parts[::2] = [_spelled(part) for part in parts[::2]]
    return "".join(parts)


def _spelled(text: str) -> str:
    text = re.sub(r"(?<=\d)–(?=\d)", " to ", _RANGE.sub(r"\1\2 to ", text))
    text = _SHORT_DAY.sub(lambda found: _DAYS[found[1]], text)
    text = _DAY_MONTH.sub(lambda found: f"{found[1]} {_MONTHS[found[2]]}", text)
    text = _SHORT_MONTH.sub(lambda found: _MONTHS[found[1]], text)
    text = _PASSAGE.sub(
        lambda at: "paragraph {} sentence {}".format(*filter(None, at.groups())), text
    )
    text = re.sub(r"(?<=\d) × ", " ", text)
    text = re.sub(r"^ = ", ", that is ", text)
    return text.replace(glyphs.ARROW, "to")


def sentences(parts: Iterable[str]) -> str:
    """Texts one after the other, each ended by a stop, unless that would join an address."""
    said = ""
    for part in parts:
        text = _capital(part.strip())
        if text:
            said += (" " if said else "") + text
            address = "://" in text.rpartition(" ")[2]
            said += "" if address or _unquoted(text).endswith(_ENDS) else "."
    return said


def _capital(text: str) -> str:
    """A text that begins like a sentence, unless its first word is a name such as ``eBay``."""
    first = re.match(r"[^\W\d_]+(?=[,:;]?(?:\s|$))", text)
    return text[:1].upper() + text[1:] if first and first[0].islower() else text


def voiced_aloud(tail: str) -> str:
    """The column at the right edge in words: voice and grade, or whatever else stands there."""
    found = _GRADED.fullmatch(tail.strip())
    if found is None:
        return "" if tail.strip() in RELIABILITY else aloud(tail.replace(" · ", ", "))
    word, letter, digit = found.groups()
    said = [
        VOICES_LONG[_BASES[word]].capitalize(),
        f"{letter}, {RELIABILITY[letter]}" if letter else "",
        f"{digit}, {CREDIBILITY[int(digit)]}" if digit else "",
    ]
    return "; ".join(part for part in said if part)


def heading(view: View) -> str:
    """A pane's name and what it holds: ``Timeline, 12 events``."""
    return f"{view.title}, {view.counted}"


def row_aloud(row: Row, label: str = "", news: str = "") -> str:
    """A row in words; nothing for one that only explains a picture.

    Args:
        row: The row.
        label: What to say in front where the row leaves that to the one above it.
        news: What is unread about it, in a word, where that is known.
    """
    if row.chart is not None:
        return _chart(row.chart)
    if row.bar is not None:
        return _bar(row.bar)
    if row.key.endswith("/legend"):
        return ""
    if row.kind == "rule":
        return sentences([f"{aloud(plain(row.body))}; what follows lies ahead"])
    if row.kind == "heading":
        return aloud(plain(row.body))
    when = aloud(words_long(row.entry.date)) if isinstance(row.entry, Event) else ""
    lead = when or aloud(plain(row.lead)) or label
    marked = [_MARKED[sign] for span in row.tail if (sign := span.text.strip()) in _MARKED]
    tail = plain(span for span in row.tail if span.text.strip() not in _MARKED)
    unread = ("unread", news) if row.sign else ()
    front = [row.new and "new", *unread, *marked, lead, _status(row)]
    before = ", ".join(dict.fromkeys(part for part in front if part))
    body = _flowing(row.body)
    if row.kind == "stop":
        body = re.sub(r"^(\d+)/(\d+)", r"promise \1 of \2", body)
    colon = "," if body.startswith(_VERBS) else ":"
    said = f"{before}{colon} {body}" if before else body
    own = "your note: " if row.mark is not None and row.mark.text == glyphs.NOTE else ""
    details = [f"{own}{_listed(detail)}" for detail in row.details]
    return sentences([said, *details, voiced_aloud(tail)])


def evidence_aloud(row: Row) -> str:
    """A row of the evidence, or of a source's record, in words."""
    lead, body = plain(row.lead).strip(), _flowing(row.body)
    if row.key.startswith("cite") and lead in RELIABILITY:
        return sentences([f"Source, {lead}, {RELIABILITY[lead]}: {body}"])
    if lead in _NOTICES:
        return sentences([f"{_NOTICES[lead]}: {body}"])
    lead = _LEADS.get(lead, lead)
    return sentences([f"{lead}: {body}" if lead else body])


def label_of(rows: tuple[Row, ...], index: int) -> str:
    """The label of a row, or of the one above that it continues; nothing where there is none."""
    entry = rows[index].entry
    while index >= 0 and rows[index].lead and type(rows[index].entry) is type(entry):
        if label := plain(rows[index].lead).strip():
            return aloud(label)
        index -= 1
    return ""


def _status(row: Row) -> str:
    mark = row.mark
    if mark is None:
        return ""
    if mark.text in _MARKED:
        return _MARKED[mark.text]
    if isinstance(row.entry, Event):
        return _STATUS.get(mark.text, "")
    return mark.role if mark.role in ("error", "warning") else ""


def _flowing(spans: Iterable[Span]) -> str:
    """Spans as running text; what is set off by signs or spaces is set off by commas."""
    said, notices = "", ""
    for span in spans:
        text = span.text
        notice = _NOTICES.get(text.strip())
        if notice:
            notices += f" {notice}."
        elif not text.strip(f"{_DRAWN}·"):
            said += " · " if "·" in text else text
        elif text.startswith("  ") or (text.startswith(" “") and span.role == "muted"):
            said += f" · {text.strip()}"
        else:
            said += text
    phrases = [aloud(part) for part in re.split("(?:^| )· ", said)]
    flowing = _with_commas(phrases)
    stop = "." if notices and not _unquoted(flowing).endswith(_ENDS) else ""
    return f"{flowing}{stop}{notices}"


def _listed(spans: Iterable[Span]) -> str:
    """Spans that stand in columns, with commas between them."""
    phrases = [aloud(span.text) for span in spans if span.text.strip(f"{_DRAWN}·")]
    return _with_commas(phrases)


def _with_commas(phrases: Iterable[str]) -> str:
    said = ""
    for phrase in filter(None, phrases):
        ended = _unquoted(said).endswith(_ENDS)
        said += ("" if not said else " " if ended else ", ") + phrase
    return said


def _unquoted(text: str) -> str:
    """A text without the quotation mark at its end."""
    return text.rstrip("”\"'")


def _chart(chart: Chart) -> str:
    count = len(chart.promises)
    met = f"Met {_date(chart.met)}" if chart.met else ""
    promises = "; ".join(map(_promise, chart.promises))
    return sentences([f"{count} promise{'' if count == 1 else 's'} in order: {promises}", met])


def _promise(promise: Promise) -> str:
    return f"said {_date(promise.said)}, due {_date(promise.due)}"


def _date(date: Edtf) -> str:
    return aloud(words_long(date))


def _bar(bar: Bar) -> str:
    """The years only: a mark stands in the middle of what is known of a day."""
    years: dict[str, list[str]] = {glyph: [] for glyph in WINDOW_SIGNS}
    for day, glyph in bar.marks:
        years[glyph].append(_year(day))
    if bar.window is not None:
        years[glyphs.BAR_WINDOW] = [" to ".join(dict.fromkeys(map(_year, bar.window)))]
    told = [
        f"{WINDOW_SIGNS[glyph]} {', '.join(dict.fromkeys(found))}"
        for glyph, found in years.items()
        if found
    ]
    return sentences([f"From {_year(bar.start)} to {_year(bar.end)}: {'; '.join(told)}"])


def _year(day: int) -> str:
    return str(datetime.date.fromordinal(day).year)
