"""Names in the letters of a machine-readable zone: the recommended transliterations of Doc 9303-3, section 6.

Latin letters (table A) and Arabic-script letters with those of Dari, Pashto, Persian and Urdu (table C), as facts of
the standard. Short vowels and other marks are not encoded; shadda doubles its letter. Cyrillic is not covered.
"""

from __future__ import annotations

import unicodedata

_LATIN = {
    "Ä": "AE", "Å": "AA", "Æ": "AE", "Ð": "D", "Ø": "OE", "Ö": "OE", "Ü": "UE", "Þ": "TH", "ß": "SS",
    "ẞ": "SS", "Œ": "OE",
    "Ĳ": "IJ", "Đ": "D", "Ħ": "H", "ı": "I", "Ł": "L", "Ŋ": "N", "Ŧ": "T", "ĸ": "Q",
}  # fmt: skip
_ARABIC = {
    "ء": "XE", "آ": "XAA", "أ": "XAE", "ؤ": "U", "إ": "I", "ئ": "XI", "ا": "A", "ب": "B", "ة": "XTA", "ت": "T",
    "ث": "XTH",
    "ج": "J", "ح": "XH", "خ": "XKH", "د": "D", "ذ": "XDH", "ر": "R", "ز": "Z", "س": "S", "ش": "XSH", "ص": "XSS",
    "ض": "XDZ", "ط": "XTT", "ظ": "XZZ", "ع": "E", "غ": "G", "ف": "F", "ق": "Q", "ك": "K", "ل": "L", "م": "M",
    "ن": "N",
    "ه": "H", "و": "W", "ى": "XAY", "ي": "Y", "ٱ": "XXA", "ٹ": "XXT", "ټ": "XRT", "پ": "P", "ځ": "XKE", "څ": "XXH",
    "چ": "XC", "ڈ": "XXD", "ډ": "XDR", "ڑ": "XXR", "ړ": "XRR", "ږ": "XRX", "ژ": "XJ", "ښ": "XXS", "ک": "XKK",
    "ګ": "XXK",
    "گ": "XGG", "ں": "XNN", "ڼ": "XXN", "ھ": "XDO", "ۀ": "XYH", "ہ": "XXG", "ی": "XYA", "ۍ": "XXY", "ې": "Y",
    "ے": "XYB",
}  # fmt: skip
_SHADDA = "\u0651"
_DROPPED = frozenset("'’‘`´ʿʾ.,")


def to_mrz_letters(name: str) -> str:
    """A name in A-Z with `<` between its parts; letters that no table has are left out."""
    parts = unicodedata.normalize("NFC", name).replace("-", " ").replace("<", " ").split()
    return "<".join(filter(None, (_part(part) for part in parts)))


def _part(part: str) -> str:
    written: list[str] = []
    for place, char in enumerate(part):
        if char == _SHADDA:
            written.extend(written[-1:])
        elif char == "ة":
            written.append("XAH" if place == len(part) - 1 else "XTA")
        elif char not in _DROPPED:
            written.append(_letter(char))
    return "".join(written)


def _letter(char: str) -> str:
    if char in _ARABIC:
        return _ARABIC[char]
    for upper in (char, char.upper()):
        if upper in _LATIN:
            return _LATIN[upper]
    bare = unicodedata.normalize("NFKD", char).upper()
    return "".join(letter for letter in bare if letter.isascii() and letter.isalpha())
