"""Countries: ISO 3166-1 alpha-3 codes and everyday English names."""

from __future__ import annotations

from functools import cache

_NAMES = """
ABW Aruba; AFG Afghanistan; AGO Angola; AIA Anguilla; ALA Åland Islands; ALB Albania; AND Andorra;
ARE United Arab Emirates; ARG Argentina; ARM Armenia; ASM American Samoa; ATA Antarctica;
ATF French Southern Territories; ATG Antigua and Barbuda; AUS Australia; AUT Austria;
AZE Azerbaijan; BDI Burundi; BEL Belgium; BEN Benin; BES Caribbean Netherlands; BFA Burkina Faso;
BGD Bangladesh; BGR Bulgaria; BHR Bahrain; BHS Bahamas; BIH Bosnia and Herzegovina;
BLM Saint Barthélemy; BLR Belarus; BLZ Belize; BMU Bermuda; BOL Bolivia; BRA Brazil; BRB Barbados;
BRN Brunei; BTN Bhutan; BVT Bouvet Island; BWA Botswana; CAF Central African Republic; CAN Canada;
CCK Cocos (Keeling) Islands; CHE Switzerland; CHL Chile; CHN China; CIV Côte d'Ivoire;
CMR Cameroon; COD DR Congo; COG Republic of the Congo; COK Cook Islands; COL Colombia; COM Comoros;
CPV Cape Verde; CRI Costa Rica; CUB Cuba; CUW Curaçao; CXR Christmas Island; CYM Cayman Islands;
CYP Cyprus; CZE Czechia; DEU Germany; DJI Djibouti; DMA Dominica; DNK Denmark;
DOM Dominican Republic; DZA Algeria; ECU Ecuador; EGY Egypt; ERI Eritrea; ESH Western Sahara;
ESP Spain; EST Estonia; ETH Ethiopia; FIN Finland; FJI Fiji; FLK Falkland Islands; FRA France;
FRO Faroe Islands; FSM Micronesia; GAB Gabon; GBR United Kingdom; GEO Georgia; GGY Guernsey;
GHA Ghana; GIB Gibraltar; GIN Guinea; GLP Guadeloupe; GMB Gambia; GNB Guinea-Bissau;
GNQ Equatorial Guinea; GRC Greece; GRD Grenada; GRL Greenland; GTM Guatemala; GUF French Guiana;
GUM Guam; GUY Guyana; HKG Hong Kong; HMD Heard Island and McDonald Islands; HND Honduras;
HRV Croatia; HTI Haiti; HUN Hungary; IDN Indonesia; IMN Isle of Man; IND India;
IOT British Indian Ocean Territory; IRL Ireland; IRN Iran; IRQ Iraq; ISL Iceland; ISR Israel;
ITA Italy; JAM Jamaica; JEY Jersey; JOR Jordan; JPN Japan; KAZ Kazakhstan; KEN Kenya;
KGZ Kyrgyzstan; KHM Cambodia; KIR Kiribati; KNA Saint Kitts and Nevis; KOR South Korea; KWT Kuwait;
LAO Laos; LBN Lebanon; LBR Liberia; LBY Libya; LCA Saint Lucia; LIE Liechtenstein; LKA Sri Lanka;
LSO Lesotho; LTU Lithuania; LUX Luxembourg; LVA Latvia; MAC Macao; MAF Saint Martin; MAR Morocco;
MCO Monaco; MDA Moldova; MDG Madagascar; MDV Maldives; MEX Mexico; MHL Marshall Islands;
MKD North Macedonia; MLI Mali; MLT Malta; MMR Myanmar; MNE Montenegro; MNG Mongolia;
MNP Northern Mariana Islands; MOZ Mozambique; MRT Mauritania; MSR Montserrat; MTQ Martinique;
MUS Mauritius; MWI Malawi; MYS Malaysia; MYT Mayotte; NAM Namibia; NCL New Caledonia; NER Niger;
NFK Norfolk Island; NGA Nigeria; NIC Nicaragua; NIU Niue; NLD Netherlands; NOR Norway; NPL Nepal;
NRU Nauru; NZL New Zealand; OMN Oman; PAK Pakistan; PAN Panama; PCN Pitcairn Islands; PER Peru;
PHL Philippines; PLW Palau; PNG Papua New Guinea; POL Poland; PRI Puerto Rico; PRK North Korea;
PRT Portugal; PRY Paraguay; PSE Palestine; PYF French Polynesia; QAT Qatar; REU Réunion;
ROU Romania; RUS Russia; RWA Rwanda; SAU Saudi Arabia; SDN Sudan; SEN Senegal; SGP Singapore;
SGS South Georgia and the South Sandwich Islands; SHN Saint Helena, Ascension and Tristan da Cunha;
SJM Svalbard and Jan Mayen; SLB Solomon Islands; SLE Sierra Leone; SLV El Salvador; SMR San Marino;
SOM Somalia; SPM Saint Pierre and Miquelon; SRB Serbia; SSD South Sudan; STP São Tomé and Príncipe;
SUR Suriname; SVK Slovakia; SVN Slovenia; SWE Sweden; SWZ Eswatini; SXM Sint Maarten;
SYC Seychelles; SYR Syria; TCA Turks and Caicos Islands; TCD Chad; TGO Togo; THA Thailand;
TJK Tajikistan; TKL Tokelau; TKM Turkmenistan; TLS Timor-Leste; TON Tonga; TTO Trinidad and Tobago;
TUN Tunisia; TUR Türkiye; TUV Tuvalu; TWN Taiwan; TZA Tanzania; UGA Uganda; UKR Ukraine;
UMI United States Minor Outlying Islands; URY Uruguay; USA United States; UZB Uzbekistan;
VAT Vatican City; VCT Saint Vincent and the Grenadines; VEN Venezuela; VGB British Virgin Islands;
VIR United States Virgin Islands; VNM Vietnam; VUT Vanuatu; WLF Wallis and Futuna; WSM Samoa;
YEM Yemen; ZAF South Africa; ZMB Zambia; ZWE Zimbabwe
"""

_OTHER_WORDS = """
ARE UAE Emirati Emiratis Emirates; AUS Canberra; CHE Swiss Bern; CHN PRC Beijing; DEU Berlin;
DNK Danish Danes Copenhagen; ESP Spanish Madrid; FIN Finnish Finns Helsinki; FRA French Paris;
FRO Faroese Faroes; GBR UK U.K. Britain British London Whitehall; GRC Greek Greeks Athens;
IND Delhi; IRL Irish Dublin; IRN Tehran; ISL Icelandic; JPN Tokyo; KOR Seoul; NLD Dutch Hague;
NOR Oslo; PAK Islamabad; POL Polish Poles Warsaw; PRK Pyongyang; RUS Moscow Kremlin;
SWE Swedish Swedes Stockholm; TUR Turkey Turkish Turks Ankara; TWN Taipei; UKR Kyiv Kiev;
USA US U.S. USA America American Americans Washington
"""


def country_name(code: str) -> str | None:
    """Return the everyday English name of a country: "Russia", not "Russian Federation".

    Args:
        code: An ISO 3166-1 alpha-3 code in capitals, such as `RUS`.

    Returns:
        The name, or None if the code is not assigned.
    """
    return _table(_NAMES).get(code)


def other_country_words(code: str) -> list[str]:
    """Return words for a country other than its name and the adjectives derived from it."""
    return _table(_OTHER_WORDS).get(code, "").split()


def country_codes() -> tuple[str, ...]:
    """Return the officially assigned ISO 3166-1 alpha-3 codes in alphabetical order."""
    return tuple(_table(_NAMES))


@cache
def _table(text: str) -> dict[str, str]:
    entries = (entry.split(maxsplit=1) for entry in text.split(";"))
    return {code: name.strip() for code, name in entries}
