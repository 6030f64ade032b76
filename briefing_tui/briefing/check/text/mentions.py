"""Detection of mentions: an actor by name, alias, surname or role, or by its body or country."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from briefing_tui.briefing.atoms.typography import fold
from briefing_tui.briefing.countries import country_name, other_country_words
from briefing_tui.briefing.model import Actor, Briefing

_OBJECT = re.compile(
    r"\b(?:to|of|with|for|from|in|into|against|between|towards?|near|at|on|over)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
"""Words before a name that make it the object or place of an action, not its subject."""

_ARTICLE = re.compile(r"\A(?:the|a|an)\s+", re.IGNORECASE)

_plain = lru_cache(maxsize=256)(fold)


def is_named(actor: Actor, words: str) -> bool:
    """Return whether words have a name of an actor, case-sensitively: "may" is not "May"."""
    return _any_of(_names(actor)).search(_plain(words)) is not None


def has_role(actor: Actor, words: str) -> bool:
    """Return whether words have an actor's role, even if another person holds it there."""
    if not actor.role:
        return False
    return _any_of((actor.role,), re.IGNORECASE).search(_plain(words)) is not None


def is_mentioned(actor: Actor, briefing: Briefing, words: str) -> bool:
    """Return whether words mention an actor, a body it acts for, or its country in any way."""
    if is_named(actor, words) or has_role(actor, words):
        return True
    if any(is_country_mentioned(code, words) for code in _countries(actor, briefing)):
        return True
    return any(is_named(body, words) for body in bodies(actor, briefing))


def acts_through(actor: Actor, briefing: Briefing, words: str) -> bool:
    """Return whether a body that an actor acts for, or its country, is the subject of an action."""
    text = _plain(words)
    patterns = [_any_of(_names(body)) for body in bodies(actor, briefing)]
    patterns += [_any_of(_nouns(code)) for code in _countries(actor, briefing)]
    return any(
        not text.startswith("'s", match.end())
        and not _OBJECT.search(text[max(0, match.start() - 20) : match.start()])
        for pattern in patterns
        for match in pattern.finditer(text)
    )


def bodies(actor: Actor, briefing: Briefing) -> list[Actor]:
    """Return the bodies and states that an actor acts for, directly or through others."""
    result: dict[str, Actor] = {}
    pending = list(actor.member_of)
    while pending:
        name = pending.pop()
        if name not in result and name in briefing.actors:
            result[name] = briefing.actors[name]
            pending += result[name].member_of
    return [body for body in result.values() if body is not actor]


def is_country_mentioned(code: str, words: str) -> bool:
    """Return whether words have a country's name, adjective, capital or the like."""
    return _adjectives(code).search(_plain(words)) is not None


def _countries(actor: Actor, briefing: Briefing) -> Iterable[str]:
    codes = [actor.country, *(body.country for body in bodies(actor, briefing))]
    return dict.fromkeys(code for code in codes if code and code != "unknown")


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
    """Return the names of a country, including its capital as a metonym."""
    adjectives = ("sh", "an", "ch", "ans", "ic", "ese", "iss")
    nouns = [word for word in other_country_words(code) if not word.endswith(adjectives)]
    return tuple(name for name in (country_name(code), *nouns) if name)


@cache
def _adjectives(code: str) -> re.Pattern[str]:
    name = country_name(code) or code
    # India, Indian, India's; China, Chinese; Norway, Norwegian.
    stem = re.sub("(?:[aeiouy]|ay)\\Z", "", name)
    stems = [rf"{re.escape(stem)}[a-z]*"] if len(stem) >= 4 and " " not in stem else []
    exact = [re.escape(word) for word in (name, *other_country_words(code))]
    return re.compile(rf"(?<!\w)(?:{'|'.join([*stems, *exact])})(?!\w)")


@lru_cache(maxsize=4096)
def _any_of(names: tuple[str, ...], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    branches = "|".join(r"\s+".join(map(re.escape, fold(name).split())) for name in names)
    return re.compile(rf"(?<!\w)(?:{branches})(?!\w)" if branches else r"(?!)", flags)
