# ruff: noqa: SIM905  (a line is a list of words, some in Arabic script)
"""Words that say that somebody is not here to be brought out: abroad, in another country, evacuated before."""

from __future__ import annotations

import re
from functools import lru_cache

from safepassage.core.intake.lexicon.fold import fold_words

_COUNTRIES = (
    "germany|usa|u s a|america|united states|uk|u k|england|britain|united kingdom|canada|france|turkey|turkiye|iran|"
    "pakistan|india|tajikistan|uzbekistan|kazakhstan|kyrgyzstan|turkmenistan|qatar|doha|uae|dubai|abu dhabi|emirates|"
    "kuwait|bahrain|saudi|saudi arabia|australia|new zealand|netherlands|holland|belgium|sweden|norway|denmark|"
    "finland|austria|switzerland|italy|spain|portugal|greece|ireland|poland|ukraine|russia|albania|kosovo|macedonia|europe|"
    "mexico|brazil|indonesia|japan|ramstein|deutschland"
).split("|")
_COUNTRIES_ARABIC = (
    "آلمان|جرمنی|امریکا|متحده ایالات|ایالات متحده|انگلستان|بریتانیا|برتانیه|کانادا|فرانسه|ترکیه|ایران|پاکستان|هند|"
    "هندوستان|تاجکستان|تاجیکستان|ازبکستان|قطر|دوحه|امارات|دبی|کویت|عربستان|سعودی|استرالیا|هالند|هلند|هالنډ|بلجیم|سویدن|"
    "ناروی|دنمارک|فنلند|اتریش|سویس|ایتالیا|اسپانیا|یونان|پولند|اوکراین|روسیه|البانیا|کوزوو|اروپا"
).split("|")
_PHRASES = (
    "abroad|overseas|outside the country|outside of the country|out of the country|outside afghanistan|"
    "outside of afghanistan|already out|already left|left already|left the country|left afghanistan|"
    "already evacuated|evacuated already|was evacuated|were evacuated|been evacuated|evacuated before|"
    "evacuated earlier|in us|in the us|in u s|in the u s|evacuated to the us|"
    "در خارج|در خارج از کشور|خارج از کشور|خارج کشور|خارج هستند|خارج است|بیرون از کشور|بیرون از افغانستان|"
    "تخلیه شده|قبلا تخلیه|قبلا رفته|"
    "از کشور رفته|"
    "په بهر کې|بهر کې|بهر دي|له هېواده بهر|د هېواده بهر|بهر هېواد|له هېواده وتلي|ایستل شوي|مخکې وتلي"
).split("|")
_IDLE = frozenset(
    "of them who is are was were now already which has have they living lives live stays staying currently since "
    "از آن انها شان هم دی یی اند است هستند شد شده فعلا حالا پخوا قبلا مخکی اوس کی".split()
)
"""Words beside them that add nothing."""


def _folded(words: list[str]) -> str:
    plain = {" ".join(fold_words(word)) for word in words}
    return "|".join(sorted(plain, key=lambda word: (-len(word), word)))


_TO = "evacuated|gone|went|moved|taken|relocated|resettled"
_ELSEWHERE = re.compile(
    "(?:^|(?<= ))(?:"
    rf"(?:(?:was|were|been|already|{_TO}) )*in (?:the )?(?:{_folded(_COUNTRIES)})"
    rf"|(?:(?:was|were|been|already) )*(?:{_TO}|left) (?:to|for) (?:the )?(?:{_folded(_COUNTRIES)})"
    rf"|در (?:کشور )?(?:{_folded(_COUNTRIES_ARABIC)})"
    rf"|به (?:{_folded(_COUNTRIES_ARABIC)}) (?:رفته|انتقال|منتقل|تخلیه)(?: شده)?"
    rf"|په (?:{_folded(_COUNTRIES_ARABIC)})(?: کی)?"
    rf"|(?:{_folded(_COUNTRIES_ARABIC)}) ته (?:تللی|وتلی|رسیدلی)"
    rf"|(?:{_folded(_PHRASES)})"
    ")(?=$| )"
)


@lru_cache(maxsize=1 << 14)
def without_elsewhere(text: str) -> str | None:
    """A remark on kin, folded, without its words that say they are not here; None where it has no such words.

    A town of the own country ("in Herat") and a wish ("wants to go to Germany") are none: who is there needs a seat.
    """
    rest, found = _ELSEWHERE.subn(" ", " ".join(fold_words(text)))
    return " ".join(word for word in rest.split() if word not in _IDLE) if found else None
