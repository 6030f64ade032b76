"""Clauses of a sentence and their words, the context in which meanings are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from briefing_tui.briefing.atoms.typography import fold

_TOKEN = re.compile(
    r"(?P<word>[^\W_]+(?:[.'&-][^\W_]+)*(?:\.(?=[^\W_]\.)[^\W_]\.)?)|(?P<mark>[^\w\s])"
)
_NUMBER = re.compile(r"[0-9]")
_QUOTED = re.compile(r'"[^"]*"|(?<!\w)\'(?!\s)(?:[^\']|\'(?=\w))+\'(?!\w)')
_CONTRACTED = re.compile(r"n't\b")
_BOUNDARIES = frozenset(
    [
        "and",
        "but",
        "or",
        "while",
        "whereas",
        "although",
        "though",
        "because",
        "since",
        "if",
        "unless",
        "until",
        "after",
        "before",
        "when",
        "which",
        "who",
        "whom",
        "whose",
        "that",
        "where",
        "as",
        "than",
        "despite",
        "yet",
        "so",
    ]
)
"""Words that begin a clause."""

_MARKS = frozenset(",;:()-")

FUNCTION_WORDS = frozenset(
    [
        "a",
        "about",
        "after",
        "again",
        "against",
        "all",
        "also",
        "although",
        "am",
        "among",
        "an",
        "and",
        "another",
        "any",
        "are",
        "as",
        "at",
        "away",
        "back",
        "be",
        "because",
        "been",
        "before",
        "being",
        "below",
        "between",
        "both",
        "but",
        "by",
        "can",
        "could",
        "despite",
        "did",
        "do",
        "does",
        "doing",
        "done",
        "down",
        "during",
        "each",
        "either",
        "else",
        "ever",
        "every",
        "few",
        "for",
        "from",
        "further",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "hers",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "itself",
        "just",
        "may",
        "me",
        "might",
        "more",
        "most",
        "much",
        "must",
        "my",
        "near",
        "neither",
        "no",
        "nor",
        "not",
        "now",
        "of",
        "off",
        "on",
        "once",
        "one",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "per",
        "rather",
        "s",
        "shall",
        "she",
        "should",
        "since",
        "so",
        "some",
        "still",
        "such",
        "t",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "though",
        "through",
        "thus",
        "to",
        "too",
        "toward",
        "towards",
        "two",
        "under",
        "unless",
        "until",
        "up",
        "upon",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "whereas",
        "whether",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "within",
        "without",
        "would",
        "yet",
        "you",
        "your",
        "said",
        "say",
        "says",
        "saying",
        "told",
        "tell",
        "tells",
        "according",
        "adding",
        "added",
        "called",
        "call",
        "calls",
        "made",
        "make",
        "makes",
        "making",
        "get",
        "gets",
        "got",
        "put",
        "puts",
        "want",
        "wants",
        "wanted",
        "many",
        "none",
        "never",
        "always",
        "first",
        "last",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "hundred",
        "thousand",
        "million",
        "billion",
        "percent",
        "new",
        "today",
        "yesterday",
        "tomorrow",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "like",
    ]
)
"""Words that say nothing about what a clause is about."""

_IRREGULAR = dict(
    pair.split(":")
    for pair in [
        "said:say",
        "began:begin",
        "begun:begin",
        "bought:buy",
        "brought:bring",
        "built:build",
        "came:come",
        "caught:catch",
        "chose:choose",
        "chosen:choose",
        "cut:cut",
        "drew:draw",
        "drawn:draw",
        "fell:fall",
        "fallen:fall",
        "felt:feel",
        "fought:fight",
        "found:find",
        "gave:give",
        "given:give",
        "gone:go",
        "grew:grow",
        "grown:grow",
        "went:go",
        "heard:hear",
        "held:hold",
        "hit:hit",
        "kept:keep",
        "knew:know",
        "known:know",
        "lain:lie",
        "laid:lay",
        "led:lead",
        "left:leave",
        "lent:lend",
        "lost:lose",
        "meant:mean",
        "met:meet",
        "paid:pay",
        "ran:run",
        "risen:rise",
        "rose:rise",
        "saw:see",
        "seen:see",
        "sent:send",
        "shown:show",
        "shrank:shrink",
        "shrunk:shrink",
        "sold:sell",
        "spent:spend",
        "stood:stand",
        "stolen:steal",
        "stole:steal",
        "sought:seek",
        "struck:strike",
        "sued:sue",
        "suing:sue",
        "taught:teach",
        "took:take",
        "taken:take",
        "thrown:throw",
        "threw:throw",
        "told:tell",
        "thought:think",
        "understood:understand",
        "woke:wake",
        "won:win",
        "withdrew:withdraw",
        "withdrawn:withdraw",
        "wrote:write",
        "written:write",
        "upheld:uphold",
        "overthrew:overthrow",
        "overthrown:overthrow",
        "beat:beat",
        "beaten:beat",
        "fed:feed",
        "broke:break",
        "broken:break",
        "spoke:speak",
        "spoken:speak",
        "drove:drive",
        "driven:drive",
        "bore:bear",
        "sank:sink",
        "sunk:sink",
        "swore:swear",
        "sworn:swear",
        "dealt:deal",
        "worse:bad",
        "worst:bad",
        "better:good",
        "best:good",
        "lied:lie",
        "dying:die",
        "men:man",
        "women:woman",
    ]
)
_NOT_PAST = frozenset(
    ["need", "speed", "seed", "feed", "indeed", "exceed", "proceed", "succeed", "hundred", "red"]
)


class SentenceWord(msgspec.Struct, frozen=True):
    """A word of a sentence."""

    written: str
    lemma: str
    clause: int
    """Number of its clause in the text."""
    position: int
    """Number of the word in the text."""
    is_name: bool
    """Whether it is capitalised, and not only since it begins a sentence."""
    starts: bool
    """Whether it begins a sentence."""
    is_quoted: bool = False

    @property
    def is_content(self) -> bool:
        """Whether it says what a clause is about."""
        is_function = self.written.casefold() in FUNCTION_WORDS or self.lemma in FUNCTION_WORDS
        return not is_function and not self.is_quoted

    @property
    def stem(self) -> str:
        """What words of one family share: "deliveries" and "delivered" have one stem."""
        return stem(self.lemma)

    @property
    def is_past(self) -> bool:
        """Whether it has the form of a past tense or a participle."""
        word = self.written.casefold()
        is_irregular = word in _IRREGULAR and _IRREGULAR[word] != word
        return is_irregular or (word.endswith("ed") and word not in _NOT_PAST)


@lru_cache(maxsize=4096)
def lemma(word: str) -> str:
    """Return the basic form of an English word, as far as its ending shows it."""
    word = word.casefold().removesuffix("'s").rstrip("'").replace(".", "")
    word = _IRREGULAR.get(word, word)
    if len(word) > 4 and word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and word not in _NOT_PAST and re.search("[aeiouy]", base):
            if base[-1] == base[-2] and base[-1] not in "sl":
                return base[:-1]
            return base.removesuffix("e")
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


@lru_cache(maxsize=4096)
def stem(base: str) -> str:
    """Return the first letters of a basic form, by which words of one family are compared."""
    return base if _NUMBER.search(base) else base[:6].removesuffix("e")


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[SentenceWord, ...]:
    """Return the words of a text with their clauses; words in quotation marks are marked."""
    text = _CONTRACTED.sub(
        " not", fold(text).replace("cannot", "can not").replace("won't", "will not")
    )
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    result: list[SentenceWord] = []
    clause, starts = 0, True
    is_fresh = True
    for match in _TOKEN.finditer(text):
        written = match["word"]
        if written is None:
            if match["mark"] in ".!?":
                clause, starts, is_fresh = clause + 1, True, True
            elif match["mark"] in _MARKS and not is_fresh:
                clause, is_fresh = clause + 1, True
            continue
        word = written.casefold()
        if word in _BOUNDARIES and not is_fresh:
            clause += 1
        is_fresh = word in _BOUNDARIES
        is_capital = written[0].isupper()
        result.append(
            SentenceWord(
                written=written,
                lemma=lemma(written),
                clause=clause,
                position=len(result),
                is_name=is_capital and not starts,
                starts=starts,
                is_quoted=any(start < match.start() < end for start, end in quoted),
            )
        )
        starts = False
    return tuple(result)


def stems(words: Iterable[SentenceWord]) -> frozenset[str]:
    """Return the stems of the words that say what clauses are about."""
    return frozenset(word.stem for word in words if word.is_content)
