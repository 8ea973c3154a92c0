"""Which old one-byte code page a text was written in, by how plausible its letters and words come out.

No statistics of languages are carried: a wrong page shows itself by signs within words, capitals behind small
letters, two scripts in one word, and letters that the names and words of lists hardly ever have.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CANDIDATES = {
    "cp1256": 0.0, "cp1252": 0.0, "cp1251": 0.0, "cp1250": 0.05, "cp1254": 0.05, "koi8_u": 0.05, "iso8859_6": 0.1,
    "iso8859_2": 0.1, "iso8859_9": 0.1, "cp866": 0.1, "cp720": 0.1, "mac_arabic": 0.15, "cp850": 0.25, "cp437": 0.3,
    "mac_roman": 0.25,
}  # fmt: skip
"""Code pages that lists of the region and of its diaspora come in, with what the rarer ones are marked down by."""
_SCRIPT_OF = {
    **dict.fromkeys(("cp1256", "iso8859_6", "cp720", "mac_arabic"), "ARABIC"),
    **dict.fromkeys(("cp1251", "koi8_u", "cp866"), "CYRILLIC"),
}
"""A page that has its point in another script is not meant where hardly a letter of it comes out."""
_COMMON = {
    **dict.fromkeys("éèêëàâäáãåçíìîïñóòôöõøúùûüœæßÿÉÈÊÀÂÄÁÃÅÇÍÎÏÑÓÔÖÕØÚÙÛÜŒÆ", 1.0),
    **dict.fromkeys("ğışĞİŞ", 0.9),
    **dict.fromkeys("ąćęłńśźżčďěňřšťůžőűđĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽŐŰĐýÝ", 0.75),
    **dict.fromkeys("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچژگکیټځڅډړږښڼېۍۀە", 1.0),
    **dict.fromkeys("ًٌٍَُِّْٔ", 0.5),
    **dict.fromkeys("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹،؛؟٪", 0.8),
    **dict.fromkeys("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ", 1.0),
    **dict.fromkeys("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁІЇЄҐ", 0.9),
}
_PUNCTUATION = frozenset("“”„‘’‚–—…«»•·°№€£©®™\u00a0\u200c\u200d\u200e\u200f¿¡ªº½")
_RARE_LETTER, _SIGN, _CONTROL = 0.2, -0.7, -2.0
_WORD = re.compile(r"[^\W\d_]+")
_INSIDE = frozenset("’‘·\u200c\u200d")
"""Punctuation that stands within words."""


def find_code_page(sample: bytes) -> str:
    """The likeliest code page of bytes that are no UTF-8."""
    return max(CANDIDATES, key=lambda page: (_plausibility(sample, page), -list(CANDIDATES).index(page)))


def _plausibility(sample: bytes, page: str) -> float:
    """The mean weight of the signs beyond ASCII, less the fault of the words that they stand in; at most 1."""
    text = sample.decode(page, "replace")
    beyond = sum(sign > "\x7f" for sign in text)
    if not beyond:
        return 0.0
    total = 0.0
    last = len(text) - 1
    for at, sign in enumerate(text):
        if sign > "\x7f":
            before, after = text[at - 1] if at else " ", text[at + 1] if at < last else " "
            total += _weight(sign, is_inside=before.isalpha() and after.isalpha())
    total -= sum(_fault(word) for word in _WORD.findall(text) if not word.isascii())
    script = _SCRIPT_OF.get(page)
    is_pointless = script is not None and 2 * sum(_script(sign) == script for sign in text if sign > "\x7f") < beyond
    return total / beyond - CANDIDATES[page] - 0.3 * is_pointless


def _weight(sign: str, *, is_inside: bool) -> float:
    if sign in _COMMON:
        return _COMMON[sign]
    if sign in _PUNCTUATION:
        return _SIGN if is_inside and sign not in _INSIDE else 0.8
    if sign == "\ufffd" or unicodedata.category(sign) == "Cc":
        return _CONTROL
    return _RARE_LETTER if sign.isalpha() else _SIGN


def _fault(word: str) -> float:
    """What is wrong with a word, in signs: two scripts in it, capitals in the midst, hardly a plain letter."""
    beyond = sum(sign > "\x7f" for sign in word)
    scripts = {_script(letter) for letter in word}
    if len(scripts) > 1:
        return float(beyond)
    if scripts == {"ARABIC"}:
        return 0.0
    is_cased = word in (word.lower(), word.upper(), word.capitalize())
    is_crowded = scripts == {"LATIN"} and len(word) > 1 and 2 * beyond > len(word)
    return 0.7 * beyond * (not is_cased or is_crowded)


@lru_cache(maxsize=2048)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ")[0]
