"""Phrases with dates and speakers, each true for every value that can fill it."""

from __future__ import annotations

from briefing_tui.briefing.dates import Edtf, format_date, weekday
from briefing_tui.briefing.model import Forecast, Payment


def when(date: Edtf) -> str:
    """Return when something happened: ``on 2 Jan 2019``, ``in Q3 2024``, ``around 2017``."""
    start, end = date.start, date.end
    if start is None and end is None:
        return "on an unknown date"
    text = format_date(date)
    if start is None:
        return f"no later than {text.removeprefix('by ')}"
    if end is None:
        return f"{_single(Edtf.parse(date.text.partition('/')[0]))} or later"
    if start == end:
        return _single(date)
    if " – " not in text and date.precision == "day":
        return f"on {text}"
    first, _, last = date.text.partition("/")
    return f"between {_plain(Edtf.parse(first))} and {_plain(Edtf.parse(last))}"


def _single(date: Edtf) -> str:
    text = _plain(date)
    if text.startswith("about "):
        return f"around {text.removeprefix('about ')}"
    if date.precision == "century":
        return "between " + text.replace("\N{EN DASH}", " and ")
    return f"{'on' if date.is_day else 'in'} {text}"


def _plain(date: Edtf) -> str:
    """Return a date within a sentence, with the article that some periods need."""
    text = format_date(date)
    half = text.replace("first half", "the first half").replace("second half", "the second half")
    return half if date.precision != "decade" else f"the {half}".replace("the about", "about the")


def list_date(date: Edtf) -> str:
    """Return when something happened, as in a list: ``Nov 2021``, ``no later than Apr 2023``."""
    text = format_date(date)
    if not date.is_known:
        return text
    if date.start is None:
        return f"no later than {text.removeprefix('by ')}"
    return f"{text.removeprefix('from ')} or later" if date.end is None else text


def dated(verb: str, date: Edtf) -> str:
    """Return what happened and when, as in a list: ``met Nov 2021``, ``met, date unknown``."""
    return f"{verb} {list_date(date)}" if date.is_known else f"{verb}, {list_date(date)}"


def exact_date(date: Edtf) -> str:
    """Return a date as in a list, a day with its weekday: ``about Mon 7 Jan 2019``."""
    text, day = list_date(date), weekday(date)
    if day is None:
        return text
    rest = text.removeprefix("about ")
    return f"{text[: len(text) - len(rest)]}{day[:3]} {rest}"


def due_date(due: Edtf) -> str:
    """Return when something is due; ``../2020`` is "by the end of 2020", not only "by 2020"."""
    is_year = due.start is None and due.end is not None and not due.end.qualified
    if is_year and due.end is not None and due.end.precision == "year":
        return f"by the end of {due.end.year}"
    return format_date(due)


def due(date: Edtf) -> str:
    """Return what is promised: ``due Oct 2020``, ``without a due date``."""
    return f"due {due_date(date)}" if date.is_known else "without a due date"


def said(forecast: Forecast, speaker: str) -> str:
    """Return who said something when, as in a list; without a speaker it was only reported."""
    if not speaker:
        return f"{dated('reported', forecast.said)}, no speaker named"
    if not forecast.said.is_known:
        return dated(f"said by {speaker}", forecast.said)
    return f"{dated('said', forecast.said)} by {speaker}"


def forecast_sentence(forecast: Forecast, speaker: str) -> str:
    """Return a forecast as a sentence."""
    if not speaker:
        return f"Reported {when(forecast.said)}, no speaker named: {due(forecast.due)}"
    comma = "," if forecast.said.start is None and forecast.said.is_known else ""
    return f"{speaker} said{comma} {when(forecast.said)}: {due(forecast.due)}"


def payment_date(payment: Payment) -> str:
    """Return when a payment was made, or falls due."""
    if payment.date is None:
        return due(payment.due) if payment.due else "no date known"
    return list_date(payment.date)
