"""What is on the screen is found by typing it, whatever the letters and signs."""
# ruff: noqa: RUF001 - letters that look like others are what this is about

from __future__ import annotations

import unicodedata
from itertools import chain
from operator import itemgetter
from unicodedata import is_normalized

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_tui.briefing.ascii_text import ascii_of, in_ascii
from briefing_tui.briefing.terminal_text import clean
from briefing_tui.query.fact import Fact
from briefing_tui.query.folding import Needle, fold, foldings
from briefing_tui.query.matching import predicate
from briefing_tui.query.nodes import search_terms
from briefing_tui.query.parser import parse
from briefing_tui.query.snippet import matches
from briefing_tui.query.words import searchable_words, spellings, tokens
from tests.profiles import examples


@pytest.mark.parametrize(
    ("text", "query", "match"),
    [
        # Accents, in either form of Unicode, and letters that ASCII respells.
        ("Recep Erdoğan said", "erdogan", "Erdoğan"),
        ("Recep Erdoğan said", "Erdogan", "Erdoğan"),
        ("Recep Erdoğan said", "Erdog\u0306an", "Erdoğan"),
        ("Sa\u0303o Paulo", "São", "Sa\u0303o"),
        ("Sa\u0303o Paulo", "sao p", "Sa\u0303o P"),
        ("Łódź, Ærø", "lodz, aero", "Łódź, Ærø"),
        ("Łódź, Ærø", "Lodz, Aro", "Łódź, Ærø"),
        ("in Straße 5", "Strasse", "Straße"),
        ("in Straße 5", "strase 5", "Straße 5"),
        ("IN STRASSE 5", "straße", "STRASSE"),
        ("İstanbul", "istanbul", "İstanbul"),
        ("IĞDIR", "ığdır", "IĞDIR"),
        ("Iğdır", "igdir", "Iğdır"),
        ("Θεσσαλονίκης", "θεσσαλονικησ", "Θεσσαλονίκης"),
        ("Алёши", "алеши", "Алёши"),
        # Signs, as they are and as ASCII shows them.
        ("Modi–Putin call", "Modi-Putin", "Modi–Putin"),
        ("Modi–Putin call", "modi–putin", "Modi–Putin"),
        ("on 4–5\u202fOct", "4-5 oct", "4–5\u202fOct"),
        ("a “Tuesday” b", '"Tuesday"', "“Tuesday”"),
        ("the minister’s", "minister's", "minister’s"),
        ("«oui»", '"oui"', "«oui»"),
        ("wait…", "wait...", "wait…"),
        ("wait…", "wait~", "wait…"),
        ("IND → RUS", "ind > rus", "IND → RUS"),
        ("IND → RUS", "ind -> rus", "IND → RUS"),
        ("4×4, 5°", "4x4, 5o", "4×4, 5°"),
        ("cost €5m", "E5m", "€5m"),
        ("cost €5m", "€5", "€5"),
        ("½ of it", "1/2", "½"),
        # What is not seen, full-width forms, ligatures.
        ("re\u00adport", "report", "re\u00adport"),
        ("re\u00adport", "re-p", "re\u00adp"),
        ("क्\u200dष", "क्ष", "क्\u200dष"),
        ("می\u200cخواهم", "میخواهم", "می\u200cخواهم"),
        ("❤\ufe0f now", "❤ now", "❤\ufe0f now"),
        ("Ｓ－４００ x", "S-400", "Ｓ－４００"),
        ("S-400 x", "ｓ－４００", "S-400"),
        ("the oﬃce", "office", "oﬃce"),
        ("a  b", "a b", "a  b"),
        ("한국", "하", "한"),
        # Unfolded where the query says so.
        ("Sao Paulo", "São", ""),
        ("4-5", "4–5", ""),
        ("Erdoğan’ın", "erdoğan'ın", "Erdoğan’ın"),
        ("Erdoğan’ın", "erdogan’in", "Erdoğan’ın"),
        ("Erdoğan’ın", "erdogan‘in", ""),
        ("a → b", "a → b", "a → b"),
        ("a -> b", "a → b", ""),
        ("MODI", "Modi", ""),
        ("ERDOĞAN", "Erdogan", ""),
        ("Андреи", "Андрей", ""),
        ("ab", " ", ""),
        ("ab", "\u0301", ""),
    ],
)
def test_search_in_a_row(text: str, query: str, match: str) -> None:
    needle = Needle(query)
    assert [text[start:end] for start, end in needle.spans(text)] == ([match] if match else [])
    if query.strip(" \u0301"):
        assert needle.is_in(text) is bool(match)


@pytest.mark.parametrize(
    ("text", "query", "match"),
    [
        ("Recep Erdoğan said", "erdogan", "Erdoğan"),
        ("Recep Erdogan said", "Erdog\u0306an", "Erdogan"),
        ("in Straße 5", "strasse", "Straße"),
        ("in Straße 5", "STRASE", "Straße"),
        ("on 4–5\u202fOct", '"4-5 oct"', "4–5\u202fOct"),
        ("4×4 now", "4x4", "4×4"),
        ("4×4 now", "4×4", "4×4"),
        ("cost €5m", "E5m", "€5m"),
        ("cost €5m", "5m", "5m"),
        ("re\u00adport", "report", "re\u00adport"),
        ("re\u00adport", "re-port", "re\u00adport"),
        ("Ｓ－４００ x", "s-400", "Ｓ－４００"),
        ("the oﬃce", "offic*", "oﬃce"),
        ("पढ़\u200dकर", "पढ़कर", "पढ़\u200dकर"),
        ("ab", "a", ""),
    ],
)
def test_search_by_words(text: str, query: str, match: str) -> None:
    node = parse(query)
    fact = Fact("", "", "", text, searchable_words(text))
    assert predicate(node)(fact) is bool(match)
    spans = matches(text, search_terms(node))
    assert [text[start:end] for start, end in spans] == ([match] if match else [])


def test_every_character_is_found_as_ascii_shows_it() -> None:
    blocks = (range(0x80, 0x3400), range(0xA700, 0xAC00), range(0xF900, 0x10000))
    letters = map(chr, chain(*blocks, range(0x1D400, 0x1D800), range(0x1F100, 0x1F200)))
    respelt = [(char, ascii_of(char)) for char in letters if is_normalized("NFC", char)]
    assert len([char for char, spelling in respelt if spelling]) > 3000
    for char, spelling in filter(itemgetter(1), respelt):
        assert fold(spelling) in foldings(char), char
        assert set(spellings(spelling)) <= set(spellings(char)), char


def test_every_character_is_folded_once_and_for_all() -> None:
    for code in range(0x80, 0x3000):
        folded = fold(chr(code))
        assert fold(folded) == folded, hex(code)
        assert fold(unicodedata.normalize("NFD", chr(code))) == folded, hex(code)


TEXTS = st.text(
    st.sampled_from("aAbß.- İıæ–“…€×→\u0301\u0323\u200d\u00ad½ﬁ한न्म") | st.characters(), max_size=20
).map(lambda text: clean(text)[0])


@settings(deadline=None, max_examples=examples(60))
@given(TEXTS, st.integers(0, 20), st.integers(1, 20))
def test_any_part_of_a_text_is_found_in_every_form(text: str, start: int, length: int) -> None:
    part = unicodedata.normalize("NFC", text[start : start + length])
    if not fold(part).strip() or unicodedata.combining(part[0]):
        return
    for form in ("NFC", "NFD"):
        query = unicodedata.normalize(form, part)
        assert Needle(query).is_in(text)
        spans = Needle(query).spans(text)
        assert any(fold(part) in fold(text[begin:end]) for begin, end in spans)


@settings(deadline=None, max_examples=examples(60))
@given(TEXTS)
def test_any_text_is_found_as_ascii_shows_it(text: str) -> None:
    shown = in_ascii(text.replace("\n", " ").replace("\t", " "))
    # ASCII has no vowel signs, which are parts of words as they are written.
    has_vowel_signs = any(unicodedata.category(char)[0] == "M" and fold(char) for char in text)
    if "?" not in shown and shown.strip() and not has_vowel_signs:
        assert Needle(shown.lower()).is_in(text)
        words = searchable_words(text)
        assert f" {' '.join(tokens(shown))} " in f" {words} "
