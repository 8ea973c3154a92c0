"""The country that issued a document: a code, or a name as lists of the region write it."""

from __future__ import annotations

import re

from safepassage.core.intake.lexicon.fold import fold_phrase

_COUNTRIES = {
    fold_phrase(word): code
    for code, words in (
        ("AFG", "AF|Afghanistan|Afghan|Islamic Republic of Afghanistan|افغانستان|افغان|افغانی"),
        ("PAK", "PK|Pakistan|Pakistani|پاکستان|پاکستانی"),
        ("IRN", "IR|Iran|Iranian|Islamic Republic of Iran|ایران|ایرانی"),
        ("TJK", "TJ|Tajikistan|تاجکستان|تاجیکستان"),
        ("UZB", "UZ|Uzbekistan|ازبکستان|اوزبیکستان"),
        ("TKM", "TM|Turkmenistan|ترکمنستان"),
        ("IND", "IN|India|Indian|هند|هندوستان"),
        ("TUR", "TR|Turkey|Turkiye|Turkish|ترکیه"),
        ("USA", "US|United States|United States of America|America|American|امریکا|آمریکا|ایالات متحده|متحده ایالات"),
        ("GBR", "GB|UK|United Kingdom|Britain|Great Britain|British|England|انگلستان|بریتانیا|انگلیس"),
        ("DEU", "DE|D|Germany|German|Deutschland|آلمان|جرمنی"),
        ("CAN", "CA|Canada|Canadian|کانادا"),
        ("AUS", "AU|Australia|Australian|آسترالیا|استرالیا"),
        ("FRA", "FR|France|French|فرانسه"),
        ("NLD", "NL|Netherlands|Holland|Dutch|هالند|هلند"),
        ("SWE", "SE|Sweden|Swedish|سویدن|سوئد"),
    )
    for word in words.split("|")
}
_CODE = re.compile(r"[A-Z]{3}")


def read_country(text: str) -> str:
    """The country as ISO 3166-1 alpha-3; empty if the word is not known.

    A German passport's machine-readable zone writes D (ICAO Doc 9303-3, 5).
    """
    phrase = fold_phrase(text)
    if phrase in _COUNTRIES:
        return _COUNTRIES[phrase]
    code = text.strip().upper()
    return code if _CODE.fullmatch(code) else ""
