"""Folding: one plain written form for each of the two scripts (spec/names-v1.md, step 1).

Sources: Unicode character names (which letters are variants of one letter); the Pashto and Dari alphabets
as taught (public grammar); apostrophes for ayn and hamza as ALA-LC and DIN 31635 write them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LATIN_LETTERS = {
    "ş": "sh", "ș": "sh", "š": "sh", "ś": "sh", "ç": "ch", "č": "ch", "ć": "ch", "ž": "zh", "ğ": "gh", "ġ": "gh",
    "ǧ": "j", "ǰ": "j", "ḫ": "kh", "ẖ": "kh", "ḏ": "dh", "ṯ": "th", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe",
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ŋ": "n", "ə": "a", "ñ": "n",
}  # fmt: skip
"""Latin letters that stand for two plain ones; every other letter loses its marks by NFKD."""

ARABIC_LETTERS = {
    # one letter, several code points
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ئ": "ی", "ے": "ی", "ۓ": "ی", "ێ": "ی", "ك": "ک", "ڪ": "ک", "ګ": "گ",
    "ڭ": "گ", "ە": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ۂ": "ه", "ۃ": "ه", "ة": "ه", "أ": "ا", "إ": "ا", "ٱ": "ا",
    "آ": "ا", "ؤ": "و", "ۇ": "و", "ۆ": "و", "ۋ": "و",
    # Pashto and Urdu letters on the sound they have in Dari
    "ټ": "ت", "ٹ": "ت", "ډ": "د", "ڈ": "د", "ړ": "ر", "ڑ": "ر", "ڼ": "ن", "ں": "ن", "ڵ": "ل", "څ": "س", "ځ": "ز",
    "ږ": "ژ", "ښ": "ش", "ڤ": "و",
    "ء": "",
}  # fmt: skip
"""Arabic-script variants and the letter that stands for them all."""

_DROPPED = re.compile(r"['’‘`´ʾʿʼʻˈ\u02b9\u0640]")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_NOT_A_LETTER = re.compile(r"[^a-z\u0600-\u06ff]+")


def is_arabic(text: str) -> bool:
    """Whether a text holds a letter of the Arabic script."""
    return _ARABIC.search(text) is not None


@lru_cache(maxsize=1 << 17)
def fold_word(word: str) -> str:
    """`fold` for one word: no blanks in, none out; anything that is no letter is dropped."""
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).replace("İ", "i").lower())
    spelt = "".join(LATIN_LETTERS.get(char, char) for char in _DROPPED.sub("", lowered))
    letters = "".join(ARABIC_LETTERS.get(char, char) for char in spelt)
    bare = "".join(char for char in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(char))
    return _NOT_A_LETTER.sub("", bare)
