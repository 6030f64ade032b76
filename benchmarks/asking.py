"""What people look for in a library of `benchmarks.library`: rare and common, found or not."""

from __future__ import annotations

import random
from collections.abc import Iterator

_COUNT = 260
_WORDS = (
    *("steel", "yard", "winter", "instalment", "the", "of", "on", "radar", "vessel", "budget"),
    *("escort", "karsholm", "ostrava", "ministry", "delegation", "waiver", "price", "2015"),
    *("spare", "welders", "nowhere-to-be-found", "telephones", "confirmed", "trials", "1"),
)
_PHRASES = (
    *('"second instalment"', '"the yard"', '"shortage of steel"', '"no change to the"'),
    *('"of the"', '"rival bid from abroad"', '"port amberly"', '"nobody said this"'),
)
_PREFIXES = ("de*", "del*", "deliver*", "st*", "th*", "in*", "an*", "no*", "qu*", "con*", "zz*")
_NAMES = (
    *("actor:asha-anders", "actor:anders", "actor:asha*", "actor:usha-zamora", "actor:as*"),
    *("deal:patrol-vessel-1", "deal:radar", "deal:vessel*", "deal:survey-drone-6", "actor:nobody"),
)
_FACETS = (
    *("type:delivery", "type:forecast", "type:payment,visit", "type:point", "type:title"),
    *("basis:external", "basis:stated", "reliability:<=B", "reliability:<A", "reliability:D"),
    *("sources:1", "sources:>=2"),
    *("is:planned", "is:new", "is:occurred", "is:disputed", "pane:deals", "pane:summary"),
    *("tag:karsholm", "tag:kars*", "tag:vessel", "id:all*", "title:karsholm", "title:radar"),
)
_DAYS = (
    *("after:2019", "after:2022", "before:2010-06", "date:2014", "date:2015-03", "after:9999"),
    *("known:<=2010", "known:2015", "known:>2020-03", "before:2008-02", "date:2012-05-04"),
)


def queries(seed: int = 1) -> list[str]:
    """The queries of a seed, the same for every library; each kind alone, then in company."""
    chance = random.Random(seed)
    alone = [*_WORDS, *_PHRASES, *_PREFIXES, *_NAMES, *_FACETS, *_DAYS]
    shunned = [f"not {one}" for one in (*_WORDS[:6], *_FACETS[:6], *_DAYS[:4])]
    return [*alone, *shunned, *_together(chance, _COUNT - len(alone) - len(shunned))]


def _together(chance: random.Random, count: int) -> Iterator[str]:
    some = (_WORDS, _PHRASES, _PREFIXES, _NAMES, _FACETS, _DAYS)
    for number in range(count):
        parts = [chance.choice(kind) for kind in chance.sample(some, chance.randint(2, 3))]
        if number % 4 == 1:
            yield " or ".join(parts)
        elif number % 4 == 2:
            yield f"{' '.join(parts[:-1])} -{parts[-1]}"
        elif number % 4 == 3:
            yield f"({parts[0]} or {parts[1]}) {chance.choice(_FACETS)}"
        else:
            yield " ".join(parts)
