"""A briefing that means harm: markup, terminal commands and strange scripts in every field.

``python -m tests.hostile`` prints it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from briefing_tui.briefing.document import Document
from briefing_tui.briefing.load import load

NAME = "[b]hostile[/b].yaml"
EVENTS = 2000

NASTY: dict[str, str] = {
    "click": "[@click=app.quit]Click-me[/]",
    "click-copy": "[@click='app.copy_to_clipboard(\"owned\")']Copy-me[/]",
    "close": "[/x] [/] [/b]",
    "agency": "[Reuters] [PTI]",
    "bold": "[b] [bold red]loud[/bold red]",
    "link": "[link=https://evil.example]here[/link]",
    "variable": "$accent [$accent on $error]v[/] $$ ${HOME}",
    "format": "{0} {name!r} %s %(x)d \\e \\x1b",
    "unbalanced": "[[ ]] [ ] \\[ [red",
    "title-command": "one\x1b]0;owned\x07two",
    "clipboard-command": "one\x1b]52;c;b3duZWQ=\x1b\\two",
    "colour-command": "one\x1b[31mtwo\x1b[2J\x1b[Hthree",
    "c1-command": "one\x9b31mtwo\x9d0;owned\x9cthree\x84\x85",
    "c0": "one\x00\x01\x08\x0e\x7ftwo\x0bthree",
    "bidi": "one\u202egnp.exe\u202c\u2066two\u2069\u200f\u061c",
    "invisible": "one\ufeff\u200b\u00ad\U000e0041\U000e007ftwo\u3164",
    "breaks": "one\ttwo\nthree\r\nfour\u2028five\u2029six\n\n\nseven",
    "han": "漢字かな交じり文の見出し全角ＡＢＣ",
    "devanagari": "नमस्ते दुनिया क्षत्रिय",
    "arabic": "مرحبا بالعالم",
    "marks": "Z\u0351\u0364\u0322\u0325a\u030a\u0323\u0327l\u0334g\u0338o\u0489 e\u0301",
    "families": "👨\u200d👩\u200d👧\u200d👦 👩🏽\u200d🚀 🏳️\u200d🌈",
    "flags": "🇮🇳🇷🇺🇺🇸 🇮",
    "emoji-style": "⚠️ 1️⃣ ❤️ ☎",
    "leading-marks": "\u0301\u0302begins \u200d\u200d \ufe0f\ufe0f",
    "spaces": "\u00a0\u2003\u3000one\u00a0two\u2009three",
    # More than a screen of 80 × 24 holds.
    "long": "W" * 2000,
    "long-wide": "漢" * 500,
    "blank": "   ",
    "empty": "",
    "quotes": "\"'`\\\\ #:-&*!|>%@",
}
"""Texts by what is wrong with them."""

CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
"""What may never reach a terminal inside a line."""

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)

Value = str | int | list["Value"] | Mapping[str, "Value"]


def written(value: Value) -> str:
    """A value as YAML on one line; what cannot be seen is escaped."""
    if isinstance(value, Mapping):
        inside = (f"{written(key)}: {written(one)}" for key, one in value.items())
        return f"{{{', '.join(inside)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_HIDDEN.sub(_escape, escaped)}"'


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def text(title: str = NASTY["click"], events: int = EVENTS) -> str:
    """The briefing as a file has it."""
    sections = {
        "bottom_line": _lines(_points("about", "bottom")),
        "key_points": _lines(_points("note", "key")),
        "open_questions": _lines([{"text": "", "hedge": "", "note": ""}, {"text": 1, "cite": 2}]),
        "sources": _table(_sources()),
        "actors": _table(_actors()),
        "timeline": _lines(_events(events)),
        "deals": _table(_deals()),
    }
    head = f"briefing: 1\ntitle: {written(title)}\nas_of: 2019-06-15\nabout: s-click\n"
    strays = "".join(
        f"{written(bad)}: {written(bad)}\n" for name, bad in NASTY.items() if name not in _LONG
    )
    return head + strays + "".join(f"\n{name}:\n{body}" for name, body in sections.items())


@cache
def document(title: str = NASTY["click"], events: int = EVENTS) -> Document:
    """The briefing as it is read."""
    return load(text(title, events).encode(), NAME)


_LONG = ("long", "long-wide")


def _lines(entries: list[dict[str, Value]]) -> str:
    return "".join(f"  - {written(entry)}\n" for entry in entries)


def _table(entries: Mapping[str, Value]) -> str:
    return "".join(f"  {written(name)}: {written(entry)}\n" for name, entry in entries.items())


def _cite(name: str, limit: int = 2000) -> list[Value]:
    return [{"source": f"s-{name}", "at": "P1S1", "quote": NASTY[name][:limit]}, "nobody"]


def _evidence(name: str, limit: int = 2000) -> dict[str, Value]:
    """What every statement may carry, all of it bad."""
    bad, cite = NASTY[name][:limit], _cite(name, limit)
    dispute: dict[str, Value] = {"field": bad, "value": bad, "note": bad, "cite": cite}
    return {"hedge": bad, "note": bad, "cite": cite, "disputes": [dispute]}


def _points(extra: str, prefix: str) -> list[dict[str, Value]]:
    points: list[dict[str, Value]] = [
        {"text": bad, "about": [f"e-{name}", f"a-{name}", "d-click"], **_evidence(name)}
        for name, bad in NASTY.items()
    ]
    # An unknown key, a list of ids that are none, and no mapping at all.
    return [
        *points,
        {"text": prefix, NASTY["click"]: NASTY["bold"], extra: [NASTY["close"]]},
        {"text": [NASTY["click"]]},
    ]


def _sources() -> dict[str, Value]:
    found: dict[str, Value] = {
        f"s-{name}": {
            "kind": "news_article",
            "title": bad,
            "publisher": bad,
            "url": f"https://evil.example/{bad}" if number % 2 else bad,
            "published": {"date": "2019-01-09", "note": bad},
            "reliability": "F",
            "descriptor": bad,
            "text": {"sha256": "0" * 64, "passages": {"P1S1": [0, 1, bad[:50]], bad[:50]: [1]}},
        }
        for number, (name, bad) in enumerate(NASTY.items())
    }
    return {**found, NASTY["close"]: {"title": NASTY["click"]}, "s-broken": NASTY["colour-command"]}


def _actors() -> dict[str, Value]:
    countries = ("IND", "unknown", "XXX", "RUS")
    found: dict[str, Value] = {
        f"a-{name}": {
            "name": bad,
            "kind": "person",
            "role": bad,
            "country": countries[number % 4],
            "aka": [bad, bad],
            **_evidence(name),
        }
        for number, (name, bad) in enumerate(NASTY.items())
    }
    broken: dict[str, Value] = {
        f"b-{name}": {"name": bad, "kind": bad, "country": bad} for name, bad in NASTY.items()
    }
    return {**found, **broken, NASTY["click"]: {"name": NASTY["click"], "kind": "person"}}


def _events(number: int) -> list[dict[str, Value]]:
    kinds = list(NASTY.items())
    found: list[dict[str, Value]] = [
        {
            "id": f"e-{name}",
            "headline": bad,
            "type": "other",
            "date": "2019-01-09",
            "stated": bad,
            "text": bad,
            "actors": [f"a-{name}", "a-click"],
            "deals": ["d-click"],
            **_evidence(name),
        }
        for name, bad in kinds
    ]
    found += [{"id": bad, "headline": bad, "type": bad, "date": bad} for _, bad in kinds]
    for index in range(number - len(found)):
        name, bad = kinds[index % len(kinds)]
        short = bad[:40]
        found.append(
            {
                "id": f"n-{index}",
                "headline": f"{index} {short}",
                "type": "call",
                "date": f"{1900 + index % 150}-{index % 12 + 1:02}",
                "status": ("occurred", "planned", "cancelled", "disputed")[index % 4],
                "actors": [f"a-{name}"],
                "cite": ["s-agency"],
            }
        )
    return found


def _deals() -> dict[str, Value]:
    return {
        **{f"d-{name}": _deal(name) for name in NASTY},
        "d-broken": {"designation": NASTY["click"], "supplier": NASTY["bold"]},
        "d-list": [NASTY["close"]],
    }


def _deal(name: str) -> Value:
    whole = NASTY[name]
    # The longest once is enough; a deal has a great many texts.
    bad = whole[:300]
    carried = _evidence(name, 300)
    cite = {"cite": _cite(name, 300)}
    day = "2019-01-09"
    return {
        "designation": whole,
        "description": whole,
        "supplier": "RUS",
        "recipient": "IND",
        "comments": whole,
        **_evidence(name),
        "order": {"number": 3, "unit": bad, "date": day, "stated": bad, **carried},
        "same_units": [bad],
        "stages": [{"stage": "contracted", "date": day, "text": bad, **carried}, {"stage": bad}],
        "values": [{"amount": 1, "currency": "USD", "stated": bad, **carried}, {"amount": bad}],
        "milestones": [
            {
                "id": "first",
                "label": bad,
                "number": 3,
                "forecasts": [
                    {"said": day, "by": "a-click", "due": "2020-10", "stated": bad, **carried},
                    {"said": bad, "due": bad},
                ],
                "progress": [{"date": day, "number": 1, **cite}],
            },
            {"id": bad, "label": bad},
        ],
        "payments": [{"date": day, "stated": bad, **carried}, bad],
        "sanctions": [
            {
                "date": day,
                "regime": bad,
                "authority": "USA",
                "status": "none",
                "text": bad,
                **carried,
            },
            {"regime": bad},
        ],
        "statements": [
            {
                "date": day,
                "stated": bad,
                "speaker": "a-click",
                "text": bad,
                "quote": bad,
                **carried,
            },
            {"text": bad},
        ],
    }


if __name__ == "__main__":
    print(text(), end="")
