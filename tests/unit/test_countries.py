"""The table of countries."""

from __future__ import annotations

import pytest

from briefing_tui.briefing.countries import country_codes, country_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("ABW", "Aruba"),
        ("CIV", "C\u00f4te d'Ivoire"),
        ("COD", "DR Congo"),
        ("CZE", "Czechia"),
        ("GBR", "United Kingdom"),
        ("IND", "India"),
        ("IRN", "Iran"),
        ("KOR", "South Korea"),
        ("PRK", "North Korea"),
        ("RUS", "Russia"),
        ("SHN", "Saint Helena, Ascension and Tristan da Cunha"),
        ("TUR", "T\u00fcrkiye"),
        ("TWN", "Taiwan"),
        ("USA", "United States"),
        ("VNM", "Vietnam"),
        ("ZWE", "Zimbabwe"),
    ],
)
def test_names(code: str, name: str) -> None:
    assert country_name(code) == name


@pytest.mark.parametrize("code", ["", "IN", "ind", "SUN", "XKX", "EUR"])
def test_unassigned_code(code: str) -> None:
    assert country_name(code) is None


def test_table_is_whole_and_sorted() -> None:
    codes = country_codes()
    assert len(codes) == len(set(codes)) == 249
    assert list(codes) == sorted(codes)
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in codes)


def test_names_are_distinct_and_trimmed() -> None:
    names = [country_name(code) or "" for code in country_codes()]
    assert len(set(names)) == len(names)
    assert all(name and " ".join(name.split()) == name for name in names)


def test_codes_agree_with_pycountry() -> None:
    pycountry = pytest.importorskip("pycountry", reason="the oracle pycountry is not installed")
    assert set(country_codes()) == {country.alpha_3 for country in pycountry.countries}
