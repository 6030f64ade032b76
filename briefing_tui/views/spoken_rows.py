"""Rows in words, for reading aloud and for braille.

They are made from the same rows as on the full screen. Signs, columns and charts become words, and
our own abbreviations are spelled out; text in quotation marks is not changed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from briefing_tui.briefing.dates import MONTHS, MONTHS_SHORT, WEEKDAYS, Edtf, format_date_long
from briefing_tui.briefing.model import Event
from briefing_tui.briefing.terminal_text import one_line
from briefing_tui.views import glyphs
from briefing_tui.views.commitments import WINDOW_SIGNS
from briefing_tui.views.labels import CREDIBILITY, RELIABILITY, VOICES, VOICES_LONG, quantity
from briefing_tui.views.rows import Bar, Chart, Row, Span, View, plain

_STATUS = {
    glyphs.OCCURRED: "occurred",
    glyphs.PLANNED: "planned",
    glyphs.CANCELLED: "cancelled",
    glyphs.DISPUTED: "disputed",
}
_NOTICES = {glyphs.WARNING: "Sources disagree", glyphs.BROKEN: "The file has a mistake here"}
"""Signs after a text, as sentences."""
_MARKED = {glyphs.STAR: "starred", glyphs.NOTE: "with a note"}
_LEADS = {glyphs.NOTE: "Your note", glyphs.UNREAD: ""}
"""Signs before a line of the evidence."""

_DRAWN = f" {glyphs.FULL}{glyphs.FREE}"
"""The characters of a meter, which repeats the number beside it."""

_MONTH = "|".join(MONTHS_SHORT)
_MONTHS = dict(zip(MONTHS_SHORT, MONTHS, strict=True))
_DAYS = {name[:3]: name for name in WEEKDAYS}
_QUOTED = re.compile("(“[^”]*”)")
_NAME = "|".join((*MONTHS, *MONTHS_SHORT))
_PART = "Q[1-4]|(?:first|second) half|spring|summer|autumn|winter"
_RANGE = re.compile(
    rf"\b({_NAME}|\d{{4}}s?|{_PART}|\d\d:\d\d(?: UTC\S*)?)( \(uncertain\))? – "
    rf"(?=(?:about )?(?:\d|{_NAME}|{_PART}))"
)
_SHORT_MONTH = re.compile(rf"\b({_MONTH})\b(?= \d{{4}}\b| to (?:\d|[A-Z]))")
_DAY_MONTH = re.compile(rf"\b(\d\d?) ({_MONTH})\b")
_SHORT_DAY = re.compile(rf"\b({'|'.join(_DAYS)})(?= \d\d? (?:{_MONTH})\b)")
_PASSAGE = re.compile(r"¶(\d+) s(\d+)|\bP(\d+)S(\d+)\b")
_GRADED = re.compile(rf"({'|'.join(VOICES.values())})(?: ([A-F]?)(?:–([A-F]))?([1-6]?))?")
_BASES = {word: basis for basis, word in VOICES.items()}
_VERBS = ("said: ", "promised: ", "held: ", "ahead: ", "cancelled: ", "disputed: ")
_ENDS = (".", "?", "!", "…", ":", ";")


def spoken_text(text: str) -> str:
    """Return a text on one line, with our abbreviations and signs in words."""
    parts = _QUOTED.split(one_line(text))
    parts[::2] = [_spelled(part) for part in parts[::2]]
    return "".join(parts)


def _spelled(text: str) -> str:
    text = re.sub(r"(?<=\d)–(?=\d)", " to ", _RANGE.sub(r"\1\2 to ", text))
    text = _SHORT_DAY.sub(lambda match: _DAYS[match[1]], text)
    text = _DAY_MONTH.sub(lambda match: f"{match[1]} {_MONTHS[match[2]]}", text)
    text = _SHORT_MONTH.sub(lambda match: _MONTHS[match[1]], text)
    passage = "paragraph {} sentence {}"
    text = _PASSAGE.sub(lambda match: passage.format(*filter(None, match.groups())), text)
    text = re.sub(r"(?<=\d) × ", " ", text)
    text = re.sub(r"^ = ", ", that is ", text)
    return text.replace(glyphs.ARROW, "to")


def join_sentences(parts: Iterable[str]) -> str:
    """Join texts as sentences, each with a full stop unless it ends in a URL."""
    ended = []
    for text in filter(None, (_capitalized(part.strip()) for part in parts)):
        ends_in_url = "://" in text.rpartition(" ")[2]
        ended.append(text if ends_in_url or _is_sentence(text) else f"{text}.")
    return " ".join(ended)


def _capitalized(text: str) -> str:
    """Capitalize the first word, unless it is a name such as ``eBay``."""
    first = re.match(r"[^\W\d_]+(?=[,:;]?(?:\s|$))", text)
    return text[:1].upper() + text[1:] if first and first[0].islower() else text


def spoken_voice(tail: str) -> str:
    """Return the right column in words: voice and grade, or any other text in it."""
    match = _GRADED.fullmatch(tail.strip())
    if match is None:
        return "" if tail.strip() in RELIABILITY else spoken_text(tail.replace(" · ", ", "))
    word, *rated, digit = match.groups()
    reliability = ", to ".join(f"{letter}, {RELIABILITY[letter]}" for letter in rated if letter)
    credibility = f"{digit}, {CREDIBILITY[int(digit)]}" if digit else ""
    voice = VOICES_LONG[_BASES[word]].capitalize()
    return "; ".join(filter(None, [voice, reliability, credibility]))


def spoken_heading(view: View) -> str:
    """Return the title and size of a view: ``Timeline, 12 events``."""
    return f"{view.title}, {view.quantity}"


def spoken_row(row: Row, label: str = "", news: str = "") -> str:
    """Return a row in words; empty for the legend of a chart.

    ``label`` is the label of the row above that it continues, and ``news`` why it is unread.
    """
    if row.chart is not None:
        return _chart(row.chart)
    if row.bar is not None:
        return _bar(row.bar)
    if row.key.endswith("/legend"):
        return ""
    if row.kind == "heading":
        return spoken_text(plain(row.body))
    if row.kind == "rule":
        return join_sentences([f"{spoken_text(plain(row.body))}; what follows lies ahead"])
    when = _date(row.entry.date) if isinstance(row.entry, Event) else ""
    lead = when or spoken_text(plain(row.lead)) or label
    marks = [_MARKED[sign] for span in row.tail if (sign := span.text.strip()) in _MARKED]
    tail = plain(span for span in row.tail if span.text.strip() not in _MARKED)
    unread = ("unread", news) if row.sign else ()
    type_label = row.type.label if row.type else ""
    front = [row.new and "new", *unread, *marks, lead, _status(row), type_label]
    prefix = ", ".join(dict.fromkeys(filter(None, front)))
    body = _prose(row.body)
    if row.kind == "stop":
        body = re.sub(r"^(\d+)/(\d+)", r"promise \1 of \2", body)
    colon = "," if body.startswith(_VERBS) else ":"
    text = f"{prefix}{colon} {body}" if prefix else body
    note = "your note: " if row.mark is not None and row.mark.text == glyphs.NOTE else ""
    details = [f"{note}{_list_prose(detail)}" for detail in row.details]
    return join_sentences([text, *details, spoken_voice(tail)])


def spoken_evidence(row: Row) -> str:
    """Return a row of the evidence, or of a source's record, in words."""
    lead, body = plain(row.lead).strip(), _prose(row.body)
    if row.key.startswith("cite") and lead in RELIABILITY:
        return join_sentences([f"Source, {lead}, {RELIABILITY[lead]}: {body}"])
    if lead in _NOTICES:
        return join_sentences([f"{_NOTICES[lead]}: {body}"])
    lead = _LEADS.get(lead, lead)
    return join_sentences([f"{lead}: {body}" if lead else body])


def row_label(rows: tuple[Row, ...], index: int) -> str:
    """Return the label of a row, or of the row above that it continues; empty if there is none."""
    entry_type = type(rows[index].entry)
    for row in map(rows.__getitem__, range(index, -1, -1)):
        if not row.lead or type(row.entry) is not entry_type:
            break
        if label := plain(row.lead).strip():
            return spoken_text(label)
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


def _prose(spans: Iterable[Span]) -> str:
    """Return spans as prose: commas replace separators and spaces."""
    prose, notices = "", ""
    for span in spans:
        text = span.text
        notice = _NOTICES.get(text.strip())
        if notice is None and span.role == "warning":
            text = re.sub(rf"^( ?){glyphs.WARNING} ", r" · " if text[:1] == " " else "", text)
        if notice:
            notices += f" {notice}."
        elif not text.strip(f"{_DRAWN}·"):
            prose += " · " if "·" in text else text
        elif text.startswith("  ") or (text.startswith(" “") and span.role == "muted"):
            prose += f" · {text.strip()}"
        else:
            prose += text
    text = _join_phrases(spoken_text(part) for part in re.split("(?:^| )· ", prose))
    stop = "." if notices and not _is_sentence(text) else ""
    return f"{text}{stop}{notices}"


def _list_prose(spans: Iterable[Span]) -> str:
    return _join_phrases(spoken_text(span.text) for span in spans if span.text.strip(f"{_DRAWN}·"))


def _join_phrases(phrases: Iterable[str]) -> str:
    """Join phrases by commas, except after the end of a sentence."""
    text = ""
    for phrase in filter(None, phrases):
        text += ("" if not text else " " if _is_sentence(text) else ", ") + phrase
    return text


def _is_sentence(text: str) -> bool:
    """Whether a text ends like a sentence, before any closing quotation marks."""
    return text.rstrip("”\"'").endswith(_ENDS)


def _chart(chart: Chart) -> str:
    count = quantity(len(chart.promises), "promise")
    dates = ((_date(promise.said), _date(promise.due)) for promise in chart.promises)
    promises = "; ".join(f"said {said}, due {due}" for said, due in dates)
    met = f"Met {_date(chart.met)}" if chart.met else ""
    return join_sentences([f"{count} in order: {promises}", met])


def _date(date: Edtf) -> str:
    return spoken_text(format_date_long(date))


def _bar(bar: Bar) -> str:
    """Return a bar in years, as the days of its marks are only middles of intervals."""
    years: dict[str, dict[str, None]] = {glyph: {} for glyph in WINDOW_SIGNS}
    for day, glyph in bar.marks:
        years[glyph][_year(day)] = None
    if bar.window is not None:
        years[glyphs.BAR_WINDOW] = {" to ".join(dict.fromkeys(map(_year, bar.window))): None}
    marks = ((WINDOW_SIGNS[glyph], ", ".join(marked)) for glyph, marked in years.items() if marked)
    labels = "; ".join(f"{label} {marked}" for label, marked in marks)
    return join_sentences([f"From {_year(bar.start)} to {_year(bar.end)}: {labels}"])


def _year(day: int) -> str:
    return str(datetime.date.fromordinal(day).year)
