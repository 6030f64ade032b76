"""Who is named in a passage: by name, other name, surname or role, or by body and country."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from briefing_tui.briefing.countries import country_name
from briefing_tui.briefing.figures import fold
from briefing_tui.briefing.model import Actor, Briefing

_ALSO = {
    "ARE": "UAE Emirati Emiratis Emirates",
    "AUS": "Canberra",
    "CHE": "Swiss Bern",
    "CHN": "PRC Beijing",
    "DEU": "Berlin",
    "DNK": "Danish Danes Copenhagen",
    "ESP": "Spanish Madrid",
    "FIN": "Finnish Finns Helsinki",
    "FRA": "French Paris",
    "FRO": "Faroese Faroes",
    "GBR": "UK U.K. Britain British London Whitehall",
    "GRC": "Greek Greeks Athens",
    "IND": "Delhi",
    "IRL": "Irish Dublin",
    "IRN": "Tehran",
    "ISL": "Icelandic",
    "JPN": "Tokyo",
    "KOR": "Seoul",
    "NLD": "Dutch Hague",
    "NOR": "Oslo",
    "PAK": "Islamabad",
    "POL": "Polish Poles Warsaw",
    "PRK": "Pyongyang",
    "RUS": "Moscow Kremlin",
    "SWE": "Swedish Swedes Stockholm",
    "TUR": "Turkey Turkish Turks Ankara",
    "TWN": "Taipei",
    "UKR": "Kyiv Kiev",
    "USA": "US U.S. USA America American Americans Washington",
}
"""What countries go by beside their names and the adjectives made of these."""

_NOT_ACTING = re.compile(
    r"\b(?:to|of|with|for|from|in|into|against|between|towards?|near|at|on|over)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
"""What stands before somebody to whom, or where, something is done."""

_ARTICLE = re.compile(r"\A(?:the|a|an)\s+", re.IGNORECASE)


def is_named(actor: Actor, words: str) -> bool:
    """Whether somebody is called by a name of his or its own."""
    return _any_of(_names(actor)).search(_plain(words)) is not None


def has_role(actor: Actor, words: str) -> bool:
    """Whether somebody's role is in the words, whoever has it there."""
    return bool(actor.role) and _phrase(actor.role or "").search(_plain(words)) is not None


def is_told_of(actor: Actor, briefing: Briefing, words: str) -> bool:
    """Whether somebody, a body it acts for, or its country comes up in any way."""
    if is_named(actor, words) or has_role(actor, words):
        return True
    if any(is_told_of_country(one, words) for one in _countries(actor, briefing)):
        return True
    return any(is_named(body, words) for body in bodies(actor, briefing))


def acts_through(actor: Actor, briefing: Briefing, words: str) -> bool:
    """Whether a body that somebody acts for, or the country, stands there as if it acted."""
    text = _plain(words)
    patterns = [_any_of(_names(body)) for body in bodies(actor, briefing)]
    patterns += [_any_of(_nouns(code)) for code in _countries(actor, briefing)]
    return any(
        not text.startswith("'s", match.end())
        and not _NOT_ACTING.search(text[max(0, match.start() - 20) : match.start()])
        for pattern in patterns
        for match in pattern.finditer(text)
    )


def bodies(actor: Actor, briefing: Briefing) -> list[Actor]:
    """The bodies and states that somebody acts for, and those that they are part of."""
    found: dict[str, Actor] = {}
    waiting = list(actor.member_of)
    while waiting:
        name = waiting.pop()
        if name not in found and name in briefing.actors:
            found[name] = briefing.actors[name]
            waiting += found[name].member_of
    return [one for one in found.values() if one is not actor]


def is_told_of_country(code: str, words: str) -> bool:
    """Whether a country is named, or called by an adjective, its capital or the like."""
    return _adjectives(code).search(_plain(words)) is not None


def _countries(actor: Actor, briefing: Briefing) -> Iterable[str]:
    codes = [actor.country, *(body.country for body in bodies(actor, briefing))]
    return dict.fromkeys(code for code in codes if code and code != "unknown")


@lru_cache(maxsize=256)
def _plain(words: str) -> str:
    return fold(words)


@lru_cache(maxsize=4096)
def _names(actor: Actor) -> tuple[str, ...]:
    names = [actor.name, *actor.aka]
    last = actor.name.split()[-1] if actor.name.split() else ""
    if actor.kind == "person" and len(last) >= 3:
        names.append(last)
    parts = _ARTICLE.sub("", actor.name).split()
    if actor.kind != "person" and len(parts) > 2:
        names += [" ".join(parts[1:]), "".join(part[0] for part in parts if part[0].isupper())]
    if actor.kind == "state" and actor.country and actor.country != "unknown":
        names += _nouns(actor.country)
    return tuple(dict.fromkeys(_ARTICLE.sub("", name) for name in names if len(name) > 1))


@cache
def _nouns(code: str) -> tuple[str, ...]:
    """The names of a country, and of its capital where that stands for it."""
    also = _ALSO.get(code, "").split()
    nouns = [one for one in also if not one.endswith(("sh", "an", "ch", "ans", "ic", "ese", "iss"))]
    return tuple(name for name in (country_name(code), *nouns) if name)


@cache
def _adjectives(code: str) -> re.Pattern[str]:
    name = country_name(code) or code
    # India, Indian, India's; China, Chinese; Norway, Norwegian.
    stem = re.sub("(?:[aeiouy]|ay)\\Z", "", name)
    stems = [rf"{re.escape(stem)}[a-z]*"] if len(stem) >= 4 and " " not in stem else []
    exact = [re.escape(one) for one in (name, *_ALSO.get(code, "").split())]
    return re.compile(rf"(?<!\w)(?:{'|'.join([*stems, *exact])})(?!\w)")


@lru_cache(maxsize=4096)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for names, which are written as they are written: "may" is not "May"."""
    written = "|".join(r"\s+".join(map(re.escape, fold(name).split())) for name in names)
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)" if written else r"(?!)")


@lru_cache(maxsize=4096)
def _phrase(words: str) -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, fold(words).split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
